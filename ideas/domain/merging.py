"""Merging a duplicate: it points to the idea that stays; nothing is copied or deleted; each voter counts once; it can be undone."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, ImpossibleMove, require
from core.events import publish

from ..events import IdeaMerged, IdeaMoveUndone, IdeaUnmerged
from ..models import Idea, IdeaMove, Merge, MergeSuggestion
from ..permissions import can_triage
from ..states import MOVES, State, Suggested, Visibility
from .carrying import carry_again, due_after, give_back, take_over
from .moving import check_reason, record_move, require_in_time, require_standing
from .voting import recount, voters_of
from .voting_for_others import recount_on_behalf


@dataclass(frozen=True)
class MergePreview:
    """Who counts after the merge: `together` people, of whom `both` supported the two ideas. The bank then owes an answer by
    `due_at`, if it owes one."""

    canonical_votes: int
    duplicate_votes: int
    both: int
    together: int
    due_at: datetime | None = None


def preview_merge(duplicate: Idea, canonical: Idea, *, by: Any) -> MergePreview:
    require(can_triage(by, duplicate))
    require_mergeable(duplicate, canonical)
    ours, theirs = set(voters_of(canonical)), set(voters_of(duplicate))
    due_at = due_after(canonical, duplicate)
    return MergePreview(len(ours), len(theirs), len(ours & theirs), len(ours | theirs), due_at)


@dataclass(frozen=True)
class PartingPreview:
    """The two ideas once they stand apart: each counts its own supporters, and the duplicate has the state it had."""

    canonical: Idea
    canonical_votes: int
    duplicate_votes: int
    state: str


def preview_unmerge(duplicate: Idea, *, by: Any) -> PartingPreview | None:
    """None where it is not merged."""
    require(can_triage(by, duplicate))
    merge = Merge.objects.filter(duplicate=duplicate, undone_at__isnull=True).select_related("canonical").first()
    if not merge:
        return None
    own = set(voters_of(duplicate))
    # Who supports another idea of the cluster, or the one that stays itself, still counts there.
    left = voters_of(merge.canonical, without=duplicate).count()
    return PartingPreview(merge.canonical, left, len(own), merge.state_before)


def merge_idea(duplicate: Idea, canonical: Idea, *, reason: str, by: Any, silent: bool = False) -> Merge:
    """Point `duplicate` to `canonical`, which carries its running promise: a merge is no answer (carrying.py).

    Raises `merge_loop`, `merge_chain`, `merge_unseen`, `merge_across_circles` (409), ImpossibleMove, NotAllowed, Invalid.
    """
    require(can_triage(by, duplicate))
    reason = check_reason(reason)
    with transaction.atomic():
        duplicate, canonical = _lock_both(duplicate, canonical)
        require_mergeable(duplicate, canonical)
        merge = Merge.objects.create(duplicate=duplicate, canonical=canonical, state_before=duplicate.state, by=by)
        take_over(merge, duplicate, canonical)
        duplicate.merged_into = canonical
        duplicate.save(update_fields=["merged_into"])
        Idea.objects.filter(pk=canonical.pk).update(merged_count=F("merged_count") + 1)
        # Listeners hear of the merge by IdeaMerged, so the step itself is silent.
        move = record_move(duplicate, State.MERGED, reason=reason, by=by, silent=True)
        recount(canonical)
        recount_on_behalf(canonical)
        suggested(duplicate, canonical).update(state=Suggested.ACCEPTED, decided_by=by, decided_at=merge.at)
        publish(IdeaMerged(duplicate.pk, canonical.pk, move.pk, is_silent=silent), by=by)
    return merge


def unmerge_idea(duplicate: Idea, *, reason: str, by: Any, silent: bool = False) -> IdeaMove:
    """Give the duplicate back the state it had; both counts are again those of their own rows, and so are their promises.

    Merge and un-merge stay on its path with their reasons, and its people are told unless `silent`; the pair is not
    suggested again. Raises NotAllowed, ImpossibleMove, Invalid, PrivateData.
    """
    require(can_triage(by, duplicate))
    reason = check_reason(reason)
    with transaction.atomic():
        merge, duplicate, canonical = _lock_merge(duplicate)
        _part(merge, duplicate, canonical)
        # Listeners hear of it by IdeaUnmerged, so the step itself is silent.
        move = record_move(duplicate, merge.state_before, reason=reason, by=by, silent=True)
        suggested(duplicate, canonical).update(state=Suggested.DISMISSED, decided_by=by, decided_at=move.at)
        recount_both(canonical, duplicate)
        publish(IdeaUnmerged(duplicate.pk, canonical.pk, move.pk, is_silent=silent), by=by)
    return move


def undo_merge(merge: Merge, *, by: Any) -> Idea:
    """Take back one's own merge within the seconds of undo: nobody has been told, and the path shows nothing of it."""
    require(can_triage(by, merge.duplicate) and merge.by_id == by.pk)
    with transaction.atomic():
        merge, duplicate, canonical = _lock_merge(merge.duplicate)
        require_in_time(merge.at, merge.undone_at)
        _part(merge, duplicate, canonical)
        moves = IdeaMove.objects.filter(idea=duplicate, undone_at__isnull=True)
        moves.filter(to_state=State.MERGED, at__gte=merge.at).update(undone_at=merge.undone_at)
        before = moves.last()
        duplicate.state, duplicate.state_since = merge.state_before, before.at if before else duplicate.created_at
        duplicate.save(update_fields=["state", "state_since"])
        suggested(duplicate, canonical).update(state=Suggested.OPEN, decided_by=None, decided_at=None)
        recount_both(canonical, duplicate)
        publish(IdeaUnmerged(duplicate.pk, canonical.pk, is_silent=True), by=by)
    return duplicate


def undo_unmerge(move: IdeaMove, *, by: Any) -> Idea:
    """Take back one's own un-merge within the seconds of undo: the merge stands as if it had not been touched."""
    require(can_triage(by, move.idea) and move.by_id == by.pk)
    with transaction.atomic():
        merge = Merge.objects.filter(duplicate=move.idea, undone_at__isnull=False).order_by("undone_at", "pk").last()
        if not merge or move.from_state != State.MERGED:
            raise DomainError(_("There is nothing left to undo."), code="too_late_to_undo", status=409)
        duplicate, canonical = _lock_both(move.idea, merge.canonical)
        move = IdeaMove.objects.select_for_update().get(pk=move.pk)
        require_in_time(move.at, move.undone_at)
        if duplicate.moves.filter(undone_at__isnull=True).last() != move:
            raise DomainError(_("A colleague has moved this idea since."), code="changed_since", status=409)
        require_mergeable(duplicate, canonical)
        move.undone_at, merge.undone_at = timezone.now(), None
        move.save(update_fields=["undone_at"])
        merge.save(update_fields=["undone_at"])
        carry_again(merge, canonical)
        duplicate.merged_into, duplicate.state, duplicate.state_since = canonical, State.MERGED, merge.at
        duplicate.save(update_fields=["merged_into", "state", "state_since"])
        Idea.objects.filter(pk=canonical.pk).update(merged_count=F("merged_count") + 1)
        suggested(duplicate, canonical).update(state=Suggested.ACCEPTED)
        recount_both(canonical, duplicate)
        publish(IdeaMoveUndone(duplicate.pk, move.pk), by=by)
    return duplicate


def _lock_merge(duplicate: Idea) -> tuple[Merge, Idea, Idea]:
    """The merge in force with its two ideas, locked."""
    merge = Merge.objects.filter(duplicate=duplicate, undone_at__isnull=True).select_related("canonical").first()
    if not merge:
        raise ImpossibleMove(_("This idea is not merged."))
    duplicate, canonical = _lock_both(duplicate, merge.canonical)
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    if merge.undone_at:  # a colleague parted them while we waited
        raise ImpossibleMove(_("This idea is not merged."))
    return merge, duplicate, canonical


def _part(merge: Merge, duplicate: Idea, canonical: Idea) -> None:
    merge.undone_at = timezone.now()
    merge.save(update_fields=["undone_at"])
    give_back(merge, canonical)
    duplicate.merged_into = None
    duplicate.save(update_fields=["merged_into"])
    Idea.objects.filter(pk=canonical.pk).update(merged_count=F("merged_count") - 1)


def recount_both(canonical: Idea, duplicate: Idea) -> None:
    """Each idea's counts from the rows that are now its own, or its cluster's."""
    for idea in (canonical, duplicate):
        recount(idea)
        recount_on_behalf(idea)


def suggested(duplicate: Idea, canonical: Idea):
    """The suggestion to merge these two, whichever way round it was made."""
    pair = [duplicate.pk, canonical.pk]
    return MergeSuggestion.objects.filter(duplicate__in=pair, canonical__in=pair)


def _lock_both(first: Idea, second: Idea) -> tuple[Idea, Idea]:
    """Always in the order of their keys, so that two merges never wait for each other."""
    both = Idea.objects.select_for_update(no_key=True).filter(pk__in=[first.pk, second.pk])
    rows = {row.pk: row for row in both.order_by("pk")}
    return rows[first.pk], rows[second.pk]


def require_can_stay(canonical: Idea) -> None:
    """Raise what keeps any idea from being merged into this one."""
    require_standing(canonical)
    if canonical.visibility != Visibility.PUBLIC:
        raise DomainError(
            _("The idea that stays is not shown to members now: those who support this one would count where nobody looks."),
            code="merge_unseen", status=409,
        )  # fmt: skip
    if canonical.merged_into_id:
        raise DomainError(
            _("That idea was itself merged. Choose the one it was merged into."), code="merge_chain", status=409
        )


def require_mergeable(duplicate: Idea, canonical: Idea) -> None:
    """Raise what keeps the one from being merged into the other. No query."""
    require_standing(duplicate)
    if duplicate.pk == canonical.pk:
        raise DomainError(_("An idea cannot be merged into itself."), code="merge_loop", status=409)
    require_can_stay(canonical)
    if duplicate.circle_id != canonical.circle_id:
        raise DomainError(
            _("One of the two ideas belongs to a circle: merged, it would be shown to others."),
            code="merge_across_circles", status=409,
        )  # fmt: skip
    if duplicate.merged_count:
        raise DomainError(
            _("Other ideas were merged into this one. Un-merge them first."), code="merge_chain", status=409
        )
    if State.MERGED not in MOVES[duplicate.state]:
        raise ImpossibleMove(
            _("An idea that is “%(state)s” cannot be merged.") % {"state": duplicate.get_state_display()}
        )
