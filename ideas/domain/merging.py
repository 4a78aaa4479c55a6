"""Merging a duplicate: it points to the idea that stays; nothing is copied or deleted; each voter counts once; it can be undone."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, ImpossibleMove, require
from core.events import publish

from ..events import IdeaMerged, IdeaUnmerged
from ..models import Idea, IdeaMove, Merge
from ..permissions import can_triage
from ..states import MOVES, State
from .moving import check_reason, record_move, require_standing
from .voting import recount, voters_of


@dataclass(frozen=True)
class MergePreview:
    """Who counts after the merge: `together` people, of whom `both` supported the two ideas."""

    canonical_votes: int
    duplicate_votes: int
    both: int
    together: int


def preview_merge(duplicate: Idea, canonical: Idea, *, by: Any) -> MergePreview:
    require(can_triage(by, duplicate))
    _require_mergeable(duplicate, canonical)
    ours, theirs = set(voters_of(canonical)), set(voters_of(duplicate))
    return MergePreview(len(ours), len(theirs), len(ours & theirs), len(ours | theirs))


def merge_idea(duplicate: Idea, canonical: Idea, *, reason: str, by: Any, silent: bool = False) -> Merge:
    """Point `duplicate` to `canonical`. Raises `merge_loop`, `merge_chain` (409), ImpossibleMove, NotAllowed, Invalid."""
    require(can_triage(by, duplicate))
    reason = check_reason(reason)
    with transaction.atomic():
        duplicate, canonical = _lock_both(duplicate, canonical)
        _require_mergeable(duplicate, canonical)
        merge = Merge.objects.create(duplicate=duplicate, canonical=canonical, state_before=duplicate.state, by=by)
        duplicate.merged_into = canonical
        duplicate.save(update_fields=["merged_into"])
        Idea.objects.filter(pk=canonical.pk).update(merged_count=F("merged_count") + 1)
        # Listeners hear of the merge by IdeaMerged, so the step itself is silent.
        move = record_move(duplicate, State.MERGED, reason=reason, by=by, silent=True)
        recount(canonical)
        publish(IdeaMerged(duplicate.pk, canonical.pk, move.pk, is_silent=silent), by=by)
    return merge


def unmerge_idea(duplicate: Idea, *, reason: str, by: Any) -> Idea:
    """Give the duplicate back the state it had; both counts are again those of their own rows."""
    require(can_triage(by, duplicate))
    reason = check_reason(reason)
    with transaction.atomic():
        merge = Merge.objects.filter(duplicate=duplicate, undone_at__isnull=True).first()
        if not merge:
            raise ImpossibleMove(_("This idea is not merged."))
        duplicate, canonical = _lock_both(duplicate, merge.canonical)
        merge.undone_at = timezone.now()
        merge.save(update_fields=["undone_at"])
        duplicate.merged_into = None
        duplicate.save(update_fields=["merged_into"])
        Idea.objects.filter(pk=canonical.pk).update(merged_count=F("merged_count") - 1)
        IdeaMove.objects.filter(idea=duplicate, to_state=State.MERGED, undone_at__isnull=True).update(
            undone_at=timezone.now()
        )
        duplicate.state = merge.state_before
        duplicate.state_since = timezone.now()
        duplicate.save(update_fields=["state", "state_since"])
        recount(canonical)
        recount(duplicate)
        publish(IdeaUnmerged(duplicate.pk, canonical.pk), by=by)
    return duplicate


def _lock_both(first: Idea, second: Idea) -> tuple[Idea, Idea]:
    """Always in the order of their keys, so that two merges never wait for each other."""
    rows = {row.pk: row for row in Idea.objects.select_for_update().filter(pk__in=[first.pk, second.pk]).order_by("pk")}
    return rows[first.pk], rows[second.pk]


def _require_mergeable(duplicate: Idea, canonical: Idea) -> None:
    require_standing(duplicate)
    require_standing(canonical)
    if duplicate.pk == canonical.pk:
        raise DomainError(_("An idea cannot be merged into itself."), code="merge_loop", status=409)
    if duplicate.circle_id != canonical.circle_id:
        raise DomainError(
            _("One of the two ideas belongs to a circle: merged, it would be shown to others."),
            code="merge_across_circles", status=409,
        )  # fmt: skip
    if canonical.merged_into_id:
        raise DomainError(
            _("That idea was itself merged. Choose the one it was merged into."), code="merge_chain", status=409
        )
    if duplicate.merged_count:
        raise DomainError(
            _("Other ideas were merged into this one. Un-merge them first."), code="merge_chain", status=409
        )
    if State.MERGED not in MOVES[duplicate.state]:
        raise ImpossibleMove(
            _("An idea that is “%(state)s” cannot be merged.") % {"state": duplicate.get_state_display()}
        )
