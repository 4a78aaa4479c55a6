"""Cards on the wall: column, rank, effort, and the public reason of each decision."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.errors import Invalid, NotFound, require
from core.events import publish
from ideas.domain.moving import check_reason

from ..events import ItemMoved
from ..models import EFFORT_MAX, BoardItem, Placement, Quarter
from ..permissions import can_make_items, can_place
from ..states import Column
from .locking import lock_quarter
from .scoring import totals_of

SMALLEST_GAP = 1e-6


def move_card(
    quarter: Quarter, item: BoardItem, *, to: str, by: Any, position: int | None = None, reason: str | None = None
) -> Placement:
    """Put a card in a column at a position (0 is the top; None is the end), under the quarter's lock.

    A card that is not retained needs its reason now; the others may get it until the freeze. Raises NotAllowed,
    `quarter_frozen` (409), NotFound, Invalid (`unknown_column`, `reason_needed`), PrivateData.
    """
    require(can_place(by))
    if to not in Column.values:
        raise Invalid(_("There is no such column."), code="unknown_column", field="to")
    if reason is not None and reason.strip():
        reason = check_reason(reason)
    with transaction.atomic():
        quarter = lock_quarter(quarter)
        placement = Placement.objects.select_for_update().filter(quarter=quarter, item=item).first()
        require(placement is not None, NotFound())
        reason = placement.reason if reason is None else reason.strip()
        if to == Column.NOT_RETAINED and not reason:
            raise Invalid(
                _("Say why this subject is not retained: its people will read it."),
                code="reason_needed",
                field="reason",
            )
        before = placement.column
        placement.column, placement.reason = to, reason
        placement.rank = _rank_at(quarter, placement, position)
        placement.save(update_fields=["column", "reason", "rank"])
        if before != to:
            publish(ItemMoved(quarter.pk, item.pk, before, to), by=by)
    return placement


def explain_card(quarter: Quarter, item: BoardItem, *, reason: str, by: Any) -> Placement:
    """Write the public reason of where a card stands. Raises as `move_card`."""
    require(can_place(by))
    reason = check_reason(reason)
    with transaction.atomic():
        quarter = lock_quarter(quarter)
        placement = Placement.objects.filter(quarter=quarter, item=item).first()
        require(placement is not None, NotFound())
        placement.reason = reason
        placement.save(update_fields=["reason"])
    return placement


def set_effort(quarter: Quarter, item: BoardItem, *, effort: int, by: Any) -> Placement:
    """Say how much work a subject is, in points."""
    require(can_make_items(by) or can_place(by))
    if not 1 <= effort <= EFFORT_MAX:
        raise Invalid(_("Effort goes from 1 to 99 points."), code="bad_effort", field="effort")
    with transaction.atomic():
        quarter = lock_quarter(quarter)
        placement = Placement.objects.filter(quarter=quarter, item=item).first()
        require(placement is not None, NotFound())
        placement.effort = effort
        placement.save(update_fields=["effort"])
    return placement


def sort_by_score(quarter: Quarter) -> None:
    """Set every column's ranks by score, highest first (by demand where there is none). Call with the quarter locked."""
    placements = list(quarter.placements.all())
    totals = totals_of(quarter, placements)
    placements.sort(key=lambda row: (-(totals[row.item_id].score or 0), row.pk))
    for rank, placement in enumerate(placements, 1):
        placement.rank = rank
    Placement.objects.bulk_update(placements, ["rank"])


def _rank_at(quarter: Quarter, placement: Placement, position: int | None) -> float:
    """Halfway between the neighbours; the column is numbered again when two ranks come too close."""
    others = list(quarter.placements.in_column(placement.column).exclude(pk=placement.pk).order_by("rank", "id"))
    if not others:
        return 1.0
    place = len(others) if position is None else min(max(position, 0), len(others))
    if place == 0:
        return others[0].rank - 1
    if place == len(others):
        return others[-1].rank + 1
    low, high = others[place - 1].rank, others[place].rank
    if high - low > SMALLEST_GAP:
        return (low + high) / 2
    for rank, row in enumerate(others, 1):
        row.rank = float(rank)
    Placement.objects.bulk_update(others, ["rank"])
    return place + 0.5
