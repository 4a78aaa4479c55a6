"""Merging a duplicate, with who counts shown before, and separating it again."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext, pgettext_lazy

from core.errors import DomainError, Invalid

from ...domain.merging import merge_idea, preview_merge, preview_unmerge, require_can_stay, unmerge_idea
from ...domain.merging_many import preview_merges
from ...models import Idea
from ...permissions import can_triage
from ...search import search
from ...states import State, Visibility
from ..forms import BulkMergeForm, MergeForm, TellingForm
from .base import EACH, PEOPLE, Done, InBulk, Move, people_told, public_reason, reaches

NAMED = 6
CANDIDATES = 12  # of the chosen ideas, so many are offered as the one that stays
LISTED = 20  # of those that go, so many are named


def find_canonical(text: str) -> Idea:
    """The idea that stays, by its public id or an address that holds it."""
    for word in reversed(re.findall(r"[0-9a-z]{12}", text)):
        idea = Idea.objects.filter(public_id=word).first()
        if idea:
            return idea
    raise Invalid(gettext("We find no idea there. Paste the address of its page."), code="unknown_idea", field="into")


def _merge(idea: Idea, said: dict, by: Any) -> Done:
    try:
        canonical = find_canonical(said["into"])
    except Invalid as unknown:
        message = gettext("Which idea stays? Choose it below, or paste the address of its page.")
        raise Invalid(message, code=unknown.code, field="into") from unknown
    told = people_told(idea, said, by)
    merge_idea(idea, canonical, reason=said["reason"], by=by, silent=said["silent"])
    words = gettext("“%(title)s” is merged into “%(other)s”") % {"title": idea.title, "other": canonical.title}
    return Done(words, "merge", idea.public_id, told)


def _preview(idea: Idea, user: Any, typed: Mapping) -> dict:
    """Who counts after the merge, or why it cannot be; the ideas to choose from, where words were typed."""
    into = typed.get("into", "").strip()
    if not into:
        return {"merge": None}
    try:
        canonical = find_canonical(into)
    except Invalid:
        return {"merge": None, "asked": into, "found": ideas_named(into, beside=idea)}
    try:
        return {"merge": (canonical, preview_merge(idea, canonical, by=user))}
    except DomainError as refusal:
        return {"merge": refusal}


def _unseen(idea: Idea, user: Any, sent: Mapping) -> bool:
    """The two can be merged, and who counts after that was not on the page from which it was sent."""
    shown = _preview(idea, user, sent)["merge"]
    return isinstance(shown, tuple) and sent.get("shown") != shown[0].public_id


def ideas_named(text: str, *, beside: Idea) -> list[Idea]:
    """Ideas that these words may mean, best first, among those the idea could be merged into."""
    able = Idea.objects.filter(visibility=Visibility.PUBLIC, circle=beside.circle_id).exclude(state=State.MERGED)
    return list(search(able.exclude(pk=beside.pk), text).select_related("category")[:NAMED])


def _into(said: dict) -> Idea:
    canonical = find_canonical(said["into"])
    try:
        require_can_stay(canonical)
    except DomainError as refusal:
        refusal.field = "into"
        raise
    return canonical


def _beside(said: dict) -> list[int]:
    return [find_canonical(said["into"]).pk]


def _stays(rows: Sequence[Idea], user: Any, typed: Mapping) -> dict:
    """Of the chosen ideas, those that could stay, the most supported first; what merging into the chosen one makes."""
    able = [row for row in rows if row.visibility == Visibility.PUBLIC and not row.merged_into_id]
    candidates = sorted(able, key=lambda row: (-row.vote_score, row.pk))[:CANDIDATES]
    first = candidates[0].public_id if candidates else ""
    into = typed.get("into", "").strip()
    stays = "" if into else typed.get("stays", first)
    shown = {"candidates": candidates, "stays": stays, "merges": None}
    if not (into or stays):
        return shown
    try:
        known = next((row for row in rows if row.public_id == stays), None)
        preview = preview_merges(rows, known or find_canonical(into or stays), by=user)
    except DomainError as refusal:
        return shown | {"merges_refused": refusal}
    return shown | {
        "merges": preview,
        "listed": preview.going[:LISTED],
        "more": len(preview.going[LISTED:]),
        "refused": preview.refused[:LISTED],
        "more_refused": len(preview.refused[LISTED:]),
        "audience": preview.audience,
        "able": len(preview.going),
        "others": 0,  # they are named with their reasons
        "from_states": sorted({row.state for row in preview.going}),
    }


def _merges_unseen(rows: Sequence[Idea], user: Any, sent: Mapping) -> bool:
    """What would be merged into the chosen idea was not on the page from which it was sent."""
    shown = _stays(rows, user, sent)["merges"]
    return shown is not None and sent.get("shown") != shown.canonical.public_id


def _unmerge(idea: Idea, said: dict, by: Any) -> Done:
    told = people_told(idea, said, by)
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
    MergeForm, reaches(State.MERGED), _merge, hears=PEOPLE, tells=True, allows=can_triage, leads_to=State.MERGED, undoable=True,
    check=public_reason, start=lambda idea, user, asked: {"into": asked.get("into", "")}, shows=_preview,
    unseen=_unseen, part="ideas/desk/_merge.html",
    bulk=InBulk(
        form=BulkMergeForm, shows=_stays, part="ideas/desk/_bulk_merge.html", check=_into, beside=_beside,
        unseen=_merges_unseen, act=pgettext_lazy("desk", "Merge into the one that stays"),
    ),
)  # fmt: skip
UNMERGE = Move(
    "unmerge", "m", "undo-2", pgettext_lazy("desk", "Un-merge"), pgettext_lazy("desk", "Un-merge"),
    TellingForm, _can_unmerge, _unmerge, hears=PEOPLE, tells=True, allows=can_triage, undoable=True, bulk=EACH,
    check=public_reason, shows=_after_parting, part="ideas/desk/_unmerge.html",
)  # fmt: skip
