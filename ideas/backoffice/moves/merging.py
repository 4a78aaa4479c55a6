"""Merging a duplicate, with who counts shown before, and separating it again."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, pgettext_lazy

from core.errors import DomainError, Invalid

from ...domain.merging import merge_idea, preview_merge, preview_unmerge, unmerge_idea
from ...models import Idea
from ...permissions import can_triage
from ...states import State
from ..forms import MergeForm, TellingForm
from .base import Done, Move, people_told, reaches


def find_canonical(text: str) -> Idea:
    """The idea that stays, by its public id or an address that holds it."""
    for word in reversed(re.findall(r"[0-9a-z]{12}", text)):
        idea = Idea.objects.filter(public_id=word).first()
        if idea:
            return idea
    raise Invalid(gettext("We find no idea there. Paste the address of its page."), code="unknown_idea", field="into")


def _merge(idea: Idea, said: dict, by: Any) -> Done:
    canonical = find_canonical(said["into"])
    told = people_told(idea, said)
    merge_idea(idea, canonical, reason=said["reason"], by=by, silent=said["silent"])
    words = gettext("“%(title)s” is merged into “%(other)s”") % {"title": idea.title, "other": canonical.title}
    return Done(words, "merge", idea.public_id, told)


def _preview(idea: Idea, user: Any, typed: Mapping) -> dict:
    """Who counts after the merge, or why it cannot be."""
    into = typed.get("into", "")
    if not into:
        return {"merge": None}
    try:
        canonical = find_canonical(into)
        return {"merge": (canonical, preview_merge(idea, canonical, by=user))}
    except DomainError as refusal:
        return {"merge": refusal}


def _unmerge(idea: Idea, said: dict, by: Any) -> Done:
    told = people_told(idea, said)
    move = unmerge_idea(idea, reason=said["reason"], by=by, silent=said["silent"])
    return Done(
        gettext("“%(title)s” stands on its own again.") % {"title": idea.title}, "unmerge", move.public_id, told
    )


def _after_parting(idea: Idea, user: Any, typed: Mapping) -> dict:
    """Who counts on each side once the two stand apart again."""
    stays = idea.merged_into
    return {"parting": preview_unmerge(idea, by=user) if stays else None}


def _can_unmerge(user: Any, idea: Idea) -> bool:
    return can_triage(user, idea) and idea.merged_into_id is not None


MERGE = Move(
    "merge", "m", "git-merge", pgettext_lazy("desk", "Merge"), pgettext_lazy("desk", "Merge the two ideas"),
    MergeForm, reaches(State.MERGED), _merge, tells=True, leads_to=State.MERGED, undoable=True,
    start=lambda idea, user, asked: {"into": asked.get("into", "")}, shows=_preview, part="ideas/desk/_merge.html",
)  # fmt: skip
UNMERGE = Move(
    "unmerge", "m", "undo-2", pgettext_lazy("desk", "Un-merge"), pgettext_lazy("desk", "Un-merge"),
    TellingForm, _can_unmerge, _unmerge, tells=True, undoable=True, shows=_after_parting, part="ideas/desk/_unmerge.html",
)  # fmt: skip
