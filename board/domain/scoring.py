"""Scores: each member's own, 0 to 5; and what is made of them.

The score of an item, on 100:

    score = 20 × Σ weight(f) × value(f) / Σ weight(f)

- for a factor that members score, value is the *median* of their notes: one extreme note moves it little;
- demand is computed from people (board/domain/demand.py);
- effort is computed from points: ease = 5 − log2(points), at least 0, so that each doubling of the work costs one note;
- a factor nobody scored yet is left out of both sums, and the score is marked as incomplete.

It is a weighted sum whose parts come from RICE (reach, impact, confidence, effort: Intercom, 2016) and WSJF (cost of delay
over job size: Reinertsen, 2009): instead of dividing by effort, which lets very small things beat all others, effort enters
as a logarithm with a weight of its own, that a simulation can raise.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log2
from statistics import median
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, Invalid, NotFound, require

from ..models import BoardItem, Factor, Placement, Quarter, Score
from ..permissions import can_score
from ..states import HIGHEST, SCORED, FactorKey
from .demand import Demand, demand_of, demand_value
from .locking import lock_quarter


@dataclass(frozen=True)
class Part:
    """One factor of one item: its value (None if nobody scored it), and what it brings to the score on 100."""

    key: str
    weight: int
    value: float | None
    points: float
    notes: tuple[int, ...] = ()
    abstained: int = 0

    @property
    def label(self) -> str:
        return FactorKey(self.key).label

    @property
    def is_computed(self) -> bool:
        return self.key not in SCORED

    @property
    def lowest(self) -> int | None:
        return min(self.notes, default=None)

    @property
    def highest(self) -> int | None:
        return max(self.notes, default=None)

    @property
    def note_count(self) -> int:
        return len(self.notes)

    @property
    def gap(self) -> int:
        return self.highest - self.lowest if self.notes else 0


@dataclass(frozen=True)
class Total:
    """An item's score on 100 (None when no factor has a value) with its parts, heaviest first."""

    score: float | None
    parts: tuple[Part, ...] = field(default_factory=tuple)
    demand: Demand = field(default_factory=Demand)

    @property
    def is_complete(self) -> bool:
        return all(part.value is not None for part in self.parts)

    def part(self, key: str) -> Part | None:
        return next((part for part in self.parts if part.key == key), None)


def give_score(
    quarter: Quarter, item: BoardItem, *, values: Mapping[str, int | None], by: Any, abstain: bool = False
) -> None:
    """Set one's own notes on an item; those not named stay. Abstaining empties all of them and is said.

    Raises NotAllowed, `quarter_frozen`, `not_scoring` (409), NotFound (not on this wall), Invalid (`unknown_factor`, `bad_score`).
    """
    require(can_score(by))
    values = dict.fromkeys(SCORED) if abstain else _checked(values)
    with transaction.atomic():
        quarter = lock_quarter(quarter)
        if not quarter.takes_scores:
            raise DomainError(_("Scoring is not open for this quarter."), code="not_scoring", status=409)
        require(Placement.objects.filter(quarter=quarter, item=item).exists(), NotFound())
        now = timezone.now()
        Score.objects.bulk_create(
            [Score(quarter=quarter, item=item, member=by, factor=key, value=value, at=now) for key, value in values.items()],
            update_conflicts=True, unique_fields=["quarter", "item", "member", "factor"], update_fields=["value", "at"],
        )  # fmt: skip


def _checked(values: Mapping[str, int | None]) -> dict[str, int | None]:
    for key, value in values.items():
        if key not in SCORED:
            raise Invalid(_("This factor is not scored by members."), code="unknown_factor", field=key)
        if value is None or isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= HIGHEST:
            raise Invalid(_("A note goes from 0 to 5."), code="bad_score", field=key)
    if not values:
        raise Invalid(_("Choose a note first."), code="bad_score")
    return dict(values)


def ease(points: int) -> float:
    """5 − log2(effort points), at least 0: 1 point is 5, 2 are 4, 8 are 2, 32 and more are 0."""
    return round(max(0.0, HIGHEST - log2(max(points, 1))), 2)


def total_of(
    *,
    weights: Mapping[str, int],
    notes: Mapping[str, Sequence[int | None]],
    effort: int,
    demand: Demand,
    demand_reference: int,
) -> Total:
    """The score of one item (see the module's formula). Pure: serves the wall, the freeze and the simulation."""
    values: dict[str, float | None] = {}
    for key in weights:
        given = [note for note in notes.get(key, ()) if note is not None]
        values[key] = float(median(given)) if given else None
    if FactorKey.DEMAND in values:
        values[FactorKey.DEMAND] = demand_value(demand.weighted, demand_reference)
    if FactorKey.EFFORT in values:
        values[FactorKey.EFFORT] = ease(effort)
    whole = sum(weight for key, weight in weights.items() if values[key] is not None)
    parts = [_part(key, weight, values[key], whole, notes.get(key, ())) for key, weight in weights.items()]
    score = round(sum(part.points for part in parts), 1) if whole else None
    return Total(score, tuple(sorted(parts, key=lambda part: -part.weight)), demand)


def total_kept(row: Mapping[str, Any]) -> Total:
    """The total of one item as the snapshot keeps it."""
    whole = sum(part["weight"] for part in row["factors"] if part["value"] is not None)
    parts = tuple(
        Part(part["key"], part["weight"], part["value"], points_of(part["weight"], part["value"], whole),
             tuple(part["notes"]), part["abstained"])
        for part in row["factors"]
    )  # fmt: skip
    return Total(row["score"], parts, Demand(row["people"], row["staff"], row["people"]))


def points_of(weight: int, value: float | None, whole: int) -> float:
    """What a value brings to a score on 100."""
    return 100 / HIGHEST * weight * value / whole if value is not None and whole else 0.0


def _part(key: str, weight: int, value: float | None, whole: int, notes: Sequence[int | None]) -> Part:
    points = points_of(weight, value, whole)
    given = tuple(sorted(note for note in notes if note is not None))
    return Part(str(key), weight, value, points, given, len(notes) - len(given))


def notes_of(quarter: Quarter) -> dict[int, dict[str, list[int | None]]]:
    """item → factor → notes (None is an abstention), in one query. For those who may see the spread, or to compute."""
    found: dict[int, dict[str, list[int | None]]] = defaultdict(lambda: defaultdict(list))
    rows = Score.objects.filter(quarter=quarter).order_by("id").values_list("item_id", "factor", "value")
    for item_id, factor, value in rows:
        found[item_id][factor].append(value)
    return found


def totals_of(
    quarter: Quarter, placements: Iterable[Placement], factors: Iterable[Factor] | None = None
) -> dict[int, Total]:
    """The score of each placed item by item id: two queries (notes, demand), one more if the factors are not given.

    While scoring is private no note is read, for the chair either: only demand and ease are in. Once frozen, the totals are
    those of the snapshot, and no query is made; the placements then need their `item`.
    """
    placements = list(placements)
    if quarter.hash:
        kept = quarter.kept_items
        return {row.item_id: total_kept(kept[row.item.public_id]) for row in placements if row.item.public_id in kept}
    factors = list(quarter.factors.all()) if factors is None else list(factors)
    weights = {factor.key: factor.weight for factor in factors}
    notes = notes_of(quarter) if quarter.is_revealed else {}
    demands = demand_of(placement.item_id for placement in placements)
    return {
        placement.item_id: total_of(
            weights=weights, notes=notes.get(placement.item_id, {}), effort=placement.effort,
            demand=demands[placement.item_id], demand_reference=quarter.demand_reference,
        )
        for placement in placements
    }  # fmt: skip
