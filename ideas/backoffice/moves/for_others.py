"""Votes recorded on behalf of people who asked elsewhere."""

from typing import Any

from django.utils.translation import gettext, ngettext, pgettext_lazy

from ...domain.voting_for_others import check_votes, vote_for_others
from ...models import Idea
from ...permissions import can_vote_for_others
from ..forms import BulkOthersForm, OthersForm
from .base import NOBODY, Done, InBulk, Move, done_deed


def _record(idea: Idea, said: dict, by: Any) -> Done:
    vote = vote_for_others(
        idea, source=said["source"], people=said["people"], reference=said.get("reference", ""), by=by
    )
    people = ngettext("%(n)s vote on behalf", "%(n)s votes on behalf", vote.people) % {"n": vote.people}
    return done_deed(gettext("“%(title)s”: %(people)s") % {"title": idea.title, "people": people}, vote.deed)


def _can_record(user: Any, idea: Idea) -> bool:
    return can_vote_for_others(user, idea) and idea.is_open_to_votes


def _check(said: dict) -> None:
    check_votes(source=said["source"], people=said["people"], reference=said.get("reference", ""))


FOR_OTHERS = Move(
    "for-others", "v", "thumbs-up", pgettext_lazy("desk", "On behalf"), pgettext_lazy("desk", "Record the votes"),
    OthersForm, _can_record, _record, hears=NOBODY, allows=can_vote_for_others, check=_check, undoable=True,
    bulk=InBulk(form=BulkOthersForm),
)  # fmt: skip
