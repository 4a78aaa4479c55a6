"""A quarter's course up to the meeting: opened with its own factors, then scored alone, then revealed."""

import re
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, Invalid, require
from core.events import publish
from members.models import Member

from ..events import QuarterOpened, ScoresRevealed, ScoringStarted
from ..models import Factor, Placement, Quarter, Score
from ..permissions import can_chair
from ..states import CARRIED_OVER, DEFAULT_WEIGHTS, Column, FactorKey, QuarterState
from .locking import lock_quarter

CAPACITY_MAX = 999


def open_quarter(
    code: str, *, by: Any, weights: Mapping[str, int] | None = None, capacity: int = 40, quorum: int = 2
) -> Quarter:
    """Open a quarter with its own weights and capacity; what the last one left open comes over as candidates.

    A factor of weight 0 is left out. Raises NotAllowed, Invalid (`bad_code`, `bad_capacity`, `bad_weights`),
    `quarter_exists`, `quarter_in_progress` (409).
    """
    require(can_chair(by))
    weights = check_weights(weights or DEFAULT_WEIGHTS)
    if not re.fullmatch(r"20\d\d-Q[1-4]", code):
        raise Invalid(_("Write a quarter as 2026-Q4."), code="bad_code", field="code")
    check_capacity(capacity)
    with transaction.atomic():
        if Quarter.objects.in_progress().exists():
            raise DomainError(_("Publish the quarter in progress first."), code="quarter_in_progress", status=409)
        try:
            with transaction.atomic():
                quarter = Quarter.objects.create(
                    code=code, capacity=capacity, quorum=max(quorum, 1), opened_by=by,
                    demand_reference=max(Member.objects.living().community().count(), 10),
                )  # fmt: skip
        except IntegrityError as error:
            raise DomainError(
                _("This quarter was opened already."), code="quarter_exists", status=409, field="code"
            ) from error
        Factor.objects.bulk_create(
            [Factor(quarter=quarter, key=key, weight=weight, position=position)
             for position, (key, weight) in enumerate(weights.items())]
        )  # fmt: skip
        carry_over(quarter)
        publish(QuarterOpened(quarter.pk), by=by)
    return quarter


def carry_over(quarter: Quarter) -> int:
    """Bring what the last published quarter put off to this one's candidates, in the order it had. How many came."""
    last = Quarter.objects.published().filter(code__lt=quarter.code).first()
    if not last:
        return 0
    waiting = {column: place for place, column in enumerate((Column.NEXT, Column.LATER, Column.CANDIDATE))}
    rows = sorted(
        last.placements.filter(column__in=CARRIED_OVER), key=lambda row: (waiting[row.column], row.rank, row.pk)
    )
    created = Placement.objects.bulk_create(
        [Placement(quarter=quarter, item_id=row.item_id, rank=rank, effort=row.effort, carried_over=True)
         for rank, row in enumerate(rows, 1)]
    )  # fmt: skip
    return len(created)


def start_scoring(quarter: Quarter, *, by: Any) -> Quarter:
    """Members score, each alone, from now on. Raises `no_items` (409) on an empty wall."""
    require(can_chair(by))
    with transaction.atomic():
        quarter = lock_quarter(quarter)
        quarter.move_to(QuarterState.SCORING)
        if not quarter.placements.exists():
            raise DomainError(_("There is no subject to score yet."), code="no_items", status=409)
        quarter.scoring_since = timezone.now()
        quarter.save(update_fields=["state", "scoring_since"])
        publish(ScoringStarted(quarter.pk), by=by)
    return quarter


def reveal_scores(quarter: Quarter, *, by: Any) -> Quarter:
    """Show everyone the spread, once enough members have scored; candidates then stand by score.

    Raises `not_enough_scorers` (409) with how many are missing.
    """
    from .placing import sort_by_score

    require(can_chair(by))
    with transaction.atomic():
        quarter = lock_quarter(quarter)
        quarter.move_to(QuarterState.DECIDING)
        scorers = Score.objects.filter(quarter=quarter).values("member").distinct().count()
        if scorers < quarter.quorum:
            raise DomainError(
                _("Too few members have scored: %(scorers)s of the %(quorum)s needed.")
                % {"scorers": scorers, "quorum": quarter.quorum},
                code="not_enough_scorers", status=409,
            )  # fmt: skip
        quarter.revealed_at = timezone.now()
        quarter.save(update_fields=["state", "revealed_at"])
        sort_by_score(quarter)
        publish(ScoresRevealed(quarter.pk), by=by)
    return quarter


def set_frame(
    quarter: Quarter, *, by: Any, weights: Mapping[str, int] | None = None, capacity: int | None = None
) -> None:
    """Change the capacity or the weights before the freeze; the minutes show those that stood at the end."""
    require(can_chair(by))
    with transaction.atomic():
        quarter = lock_quarter(quarter)
        if capacity is not None:
            check_capacity(capacity)
            quarter.capacity = capacity
            quarter.save(update_fields=["capacity"])
        if weights is not None:
            weights = check_weights(weights)
            quarter.factors.all().delete()
            Factor.objects.bulk_create(
                [Factor(quarter=quarter, key=key, weight=weight, position=position)
                 for position, (key, weight) in enumerate(weights.items())]
            )  # fmt: skip


def check_weights(weights: Mapping[str, int]) -> dict[str, int]:
    """Weights by factor, in the house's order, without those of 0. Raises Invalid `bad_weights`."""
    known = {str(key): weight for key, weight in weights.items()}
    bad = [key for key, weight in known.items() if key not in FactorKey.values or not 0 <= weight <= 100]
    if bad:
        raise Invalid(_("A weight goes from 0 to 100."), code="bad_weights", field=f"weight_{bad[0]}")
    kept = {str(key): known[key] for key in FactorKey.values if known.get(key)}
    if not kept:
        raise Invalid(_("At least one factor must weigh something."), code="bad_weights")
    return kept


def check_capacity(capacity: int) -> None:
    if not 1 <= capacity <= CAPACITY_MAX:
        raise Invalid(_("The capacity goes from 1 to 999 points."), code="bad_capacity", field="capacity")
