"""What would change under other weights or another capacity. Pure: nothing is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .demand import Demand
from .scoring import Total, total_of


@dataclass(frozen=True)
class Card:
    """What the simulation needs of a card; `is_in` says whether it is in this quarter's column now."""

    id: str
    title: str
    effort: int
    demand: Demand
    notes: Mapping[str, Sequence[int | None]]
    is_in: bool = False


@dataclass(frozen=True)
class Line:
    """One card in the simulated order. `was` and `place` count from 1."""

    card: Card
    total: Total
    was: int
    place: int
    fits: bool
    fitted: bool

    @property
    def crosses(self) -> str:
        """ "in" if it comes above the line of capacity, "out" if it falls below, else ""."""
        return "" if self.fits == self.fitted else "in" if self.fits else "out"

    @property
    def step(self) -> int:
        return self.was - self.place


@dataclass(frozen=True)
class Simulation:
    lines: tuple[Line, ...]
    used: int
    capacity: int

    @property
    def crossing(self) -> list[Line]:
        return [line for line in self.lines if line.crosses]


def simulate(
    cards: Sequence[Card],
    *,
    weights: Mapping[str, int],
    capacity: int,
    real_weights: Mapping[str, int],
    real_capacity: int,
    demand_reference: int,
) -> Simulation:
    """Rank the cards by score under both frames, fill each capacity from the top, and say what crosses the line.

    Filling skips a card that is too big for what is left and goes on with the next (first fit in order of score).
    """
    was, fitted, _ = _filled(cards, real_weights, real_capacity, demand_reference)
    now, fits, totals = _filled(cards, weights, capacity, demand_reference)
    before = {card.id: place for place, card in enumerate(was, 1)}
    lines = tuple(
        Line(card, totals[card.id], before[card.id], place, card.id in fits, card.id in fitted)
        for place, card in enumerate(now, 1)
    )
    return Simulation(lines, sum(line.card.effort for line in lines if line.fits), capacity)


def _filled(cards, weights, capacity, demand_reference):
    totals = {
        card.id: total_of(
            weights=weights, notes=card.notes, effort=card.effort, demand=card.demand, demand_reference=demand_reference
        )
        for card in cards
    }
    order = sorted(cards, key=lambda card: (-(totals[card.id].score or 0), card.id))
    used, fits = 0, set()
    for card in order:
        if used + card.effort <= capacity:
            used += card.effort
            fits.add(card.id)
    return order, fits, totals
