"""Plain factories of the board: `a_quarter(state="deciding")`, `an_item(quarter, ideas=[...])`."""

from itertools import count

from django.utils import timezone

from board.domain.freezing import keep
from board.models import BoardItem, Evidence, Factor, Placement, Quarter, Score
from board.states import DEFAULT_WEIGHTS, SCORED, QuarterState

from .members import a_board_chair
from .naming import serials

_serials, _ranks = serials(), count(1)
WHY = "C’est la première demande de l’année, et l’équipe est prête."


def a_quarter(code: str = "2026-Q4", state: str = QuarterState.DECIDING, weights=DEFAULT_WEIGHTS, **fields) -> Quarter:
    fields.setdefault("demand_reference", 100)
    quarter = Quarter.objects.create(code=code, state=state, **fields)
    Factor.objects.bulk_create(
        [Factor(quarter=quarter, key=key, weight=weight, position=n) for n, (key, weight) in enumerate(weights.items())]
    )
    return quarter


def an_item(quarter=None, *, ideas=(), column="candidate", effort=5, reason="", rank=None, **fields) -> BoardItem:
    serial = next(_serials)
    fields.setdefault("title", f"Un sujet qui porte le numéro {serial}")
    item = BoardItem.objects.create(**fields)
    for idea in ideas:
        Evidence.objects.create(item=item, idea=idea)
    if quarter:
        Placement.objects.create(
            quarter=quarter,
            item=item,
            column=column,
            effort=effort,
            reason=reason,
            rank=next(_ranks) if rank is None else rank,
        )
    return item


def scores(quarter, item, member, **values) -> None:
    """Notes for every scored factor: 3 unless given."""
    Score.objects.bulk_create(
        [Score(quarter=quarter, item=item, member=member, factor=key, value=values.get(key, 3)) for key in SCORED]
    )


def a_frozen_quarter(code: str = "2026-Q4", by=None, **fields) -> Quarter:
    """Freeze what was placed before by `freeze(quarter)`, or an empty one."""
    return freeze(a_quarter(code, **fields), by=by)


def freeze(quarter, by=None) -> Quarter:
    quarter.state, quarter.frozen_at, quarter.frozen_by = QuarterState.FROZEN, timezone.now(), by or a_board_chair()
    keep(quarter)
    return quarter


def published(quarter, by=None) -> Quarter:
    """As after a publication, without moving any idea."""
    freeze(quarter, by=by)
    quarter.state, quarter.published_at = QuarterState.PUBLISHED, timezone.now()
    quarter.save(update_fields=["state", "published_at"])
    return quarter
