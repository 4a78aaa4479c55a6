"""Asking members about a subject: a draft poll made from it, which then speaks for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.errors import require
from core.language import language_of
from core.text import excerpt
from ideas.models import Idea
from ideas.states import Visibility
from polls.domain.results import Headline, headlines_of
from polls.domain.writing import MOST_OPTIONS, write_poll
from polls.models import Poll
from polls.permissions import can_run_polls, can_see_results
from polls.states import State

from ..models import BoardItem, Evidence
from ..permissions import can_make_items
from .items import join_poll

LONGEST_SUBJECT, LONGEST_OPTION = 90, 120


def can_ask(user: Any) -> bool:
    """Who makes subjects and runs polls."""
    return can_make_items(user) and can_run_polls(user)


@transaction.atomic
def ask_members(item: BoardItem, *, by: Any) -> Poll:
    """A draft poll in which the house asks its members about the subject, with its ideas as options; nobody is asked before it is
    opened.

    It is worded in the language of the subject. What staff wrote of it for the board is not in it, nor are ideas that not everyone
    may read. With fewer than two, the options ask whether one would use it. Done twice, gives the draft there is. Raises
    NotAllowed, PrivateData.
    """
    require(can_ask(by))
    item = BoardItem.objects.select_for_update().get(pk=item.pk)
    known = Evidence.objects.filter(item=item, poll__state=State.DRAFT).select_related("poll").first()
    if known:
        return known.poll
    with override(language_of(f"{item.title} {item.summary}")):
        poll = write_poll(by=by, **_asked(item))
    join_poll(poll, item, by=by)
    return poll


def _asked(item: BoardItem) -> dict[str, Any]:
    """Title, introduction and the one question: the bank speaks, to its members."""
    ideas = _ideas(item)
    subject = excerpt(item.title, LONGEST_SUBJECT)
    if ideas:
        title = _("“%(subject)s”: which of your ideas should we begin with?") % {"subject": subject}
        intro = _(
            "You suggested these ideas. We are preparing what the bank does next, and your answer helps us to choose. "
            "Once the poll is closed, we will tell you what we decide, and why."
        )
    else:
        title = _("“%(subject)s”: would it be of use to you?") % {"subject": subject}
        intro = _(
            "We are preparing what the bank does next, and would like to know whether this counts for you. "
            "Once the poll is closed, we will tell you what we decide, and why."
        )
    options = ideas or [_("Yes, I would use it"), _("No, it is not for me"), _("I do not know yet")]
    return {"title": title, "intro": intro, "questions": [{"options": [{"text": text} for text in options]}]}


def _ideas(item: BoardItem) -> list[str]:
    """The titles of the subject's ideas that everyone may read; none, where there are fewer than two to choose from."""
    ideas = Idea.objects.filter(evidence__item=item, visibility=Visibility.PUBLIC, circle__isnull=True).order_by(
        "evidence__id"
    )
    titles = dict.fromkeys(
        excerpt(title, LONGEST_OPTION) for title in ideas.values_list("title", flat=True)[:MOST_OPTIONS]
    )
    return list(titles) if len(titles) > 1 else []


@dataclass(frozen=True)
class Asked:
    """A poll that speaks for a subject, as this reader may know it; `headline` None: nothing to be seen yet."""

    poll: Poll
    headline: Headline | None
    sees: bool


def polls_asked(proofs: Iterable[Evidence], reader: Any) -> dict[int, Asked]:
    """{poll's key: how it stands} for the polls among the evidence: four queries, however many, none for none."""
    keys = [proof.poll_id for proof in proofs if proof.poll_id]
    if not keys:
        return {}
    polls = list(Poll.objects.filter(pk__in=keys).with_ballot_count().with_questions())
    seen = [poll for poll in polls if can_see_results(reader, poll)]
    headlines = headlines_of(seen)
    return {poll.pk: Asked(poll, headlines.get(poll.pk), poll in seen) for poll in polls}
