"""Suggested merges of many ideas: accepted, each into what it looks like most, or dismissed. One alone has its own buttons."""

from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError

from ...domain.merging import merge_idea
from ...domain.recording import check_note
from ...domain.suggesting import canonicals_of, dismiss_merges, suggestions_for
from ...models import REASON_MAX, Idea
from ...permissions import can_triage
from ..forms import DeskForm, TellingForm, _text
from .base import EACH, NOBODY, PEOPLE, Done, InBulk, Move, done_deed, people_told, public_reason


class DismissForm(DeskForm):
    main = "note"
    note = _text(_("Reason, for colleagues (may stay empty)"), rows=2, longest=REASON_MAX)


def _accept(idea: Idea, said: dict, by: Any) -> Done:
    best = suggestions_for(idea).select_related("canonical").first()
    if not best:
        raise DomainError(gettext("This suggestion was settled already."), code="suggestion_closed", status=409)
    told = people_told(idea, said, by)
    merge_idea(idea, best.canonical, reason=said["reason"], by=by, silent=said["silent"])
    words = gettext("“%(title)s” is merged into “%(other)s”")
    return Done(words % {"title": idea.title, "other": best.canonical.title}, "merge", idea.public_id, told)


def _dismiss(idea: Idea, said: dict, by: Any) -> Done:
    deed = dismiss_merges(idea, by=by, reason=said.get("note", ""))
    return done_deed(gettext("Two ideas: this pair will not be suggested again."), deed)


def _check_note(said: dict) -> None:
    check_note(said.get("note", ""))


def _is_suggested(user: Any, idea: Idea) -> bool:
    """The page of the chosen ideas reads them with it; elsewhere it is looked up."""
    if not can_triage(user, idea):
        return False
    known = getattr(idea, "is_suggested", None)
    return suggestions_for(idea).exists() if known is None else known


ACCEPT = Move(
    "accept", "f", "git-merge", pgettext_lazy("desk", "Merge as suggested"), pgettext_lazy("desk", "Merge as suggested"),
    TellingForm, _is_suggested, _accept, hears=PEOPLE, tells=True, allows=can_triage, check=public_reason, undoable=True,
    bulk=InBulk(leads_to=canonicals_of), alone=False,
)  # fmt: skip
DISMISS = Move(
    "dismiss", "i", "x", pgettext_lazy("desk", "Not the same"), pgettext_lazy("desk", "Dismiss the suggestions"),
    DismissForm, _is_suggested, _dismiss, hears=NOBODY, allows=can_triage, check=_check_note, undoable=True, bulk=EACH, alone=False,
)  # fmt: skip
