"""How many ideas each filter would show. Read once in a while for all readers: the figure helps, it does not have to be exact."""

from collections import Counter
from dataclasses import dataclass, field
from time import monotonic

from django.db.models import Count

from .models import Idea
from .states import State

FRESH_SECONDS = 20
_kept: dict[str, tuple[float, "Figures"]] = {}


@dataclass
class Figures:
    """Public ideas by state, theme and circle (their keys). Merged ones count among the states, not in the whole."""

    cells: Counter = field(default_factory=Counter)

    def seen_by(self, user) -> "Figures":
        """Those that this reader's lists show: of no circle, and of the circles they are in."""
        if not any(circle for _state, _category, circle in self.cells):
            return self
        mine = {None, *(user.circle_ids if user.is_authenticated else ())}
        return Figures(Counter({cell: number for cell, number in self.cells.items() if cell[2] in mine}))

    def count(self, *, states=(), categories=()) -> int:
        """How many ideas have one of the states and one of the themes; all, without the merged ones, if none is given."""
        return sum(
            number
            for (state, category, _circle), number in self.cells.items()
            if (state in states if states else state != State.MERGED) and (not categories or category in categories)
        )


def figures(*, fresh: bool = False) -> Figures:
    """One grouped query, at most every twenty seconds in each process."""
    at, found = _kept.get("all", (0.0, None))
    if fresh or found is None or monotonic() - at > FRESH_SECONDS:
        rows = (
            Idea.objects.in_public()
            .order_by()
            .values_list("state", "category_id", "circle_id")
            .annotate(number=Count("pk"))
        )
        found = Figures(Counter({(state, category, circle): number for state, category, circle, number in rows}))
        _kept["all"] = (monotonic(), found)
    return found


def forget() -> None:
    _kept.clear()
