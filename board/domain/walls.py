"""The wall as a person sees it: columns of cards, each with its total, and the line of what fits the capacity."""

from dataclasses import dataclass, field

from ..models import Factor, Placement, Quarter
from ..states import Column
from .scoring import Total, totals_of

ICONS = {
    Column.CANDIDATE: "circle-dashed", Column.THIS_QUARTER: "circle-dot", Column.NEXT: "arrow-right",
    Column.LATER: "hourglass", Column.NOT_RETAINED: "ban",
}  # fmt: skip


@dataclass
class Card:
    """`place` is the rank by score over the whole wall; `is_under` says it stands below the line of capacity."""

    placement: Placement
    total: Total
    demand_share: float = 0.0
    place: int = 0
    is_under: bool = False
    line_before: bool = False

    @property
    def item(self):
        return self.placement.item

    @property
    def evidence_count(self) -> int:
        return self.placement.evidence_count


@dataclass
class WallColumn:
    key: str
    label: str
    icon: str
    cards: list[Card] = field(default_factory=list)

    @property
    def effort(self) -> int:
        return sum(card.placement.effort for card in self.cards)

    @property
    def is_now(self) -> bool:
        return self.key == Column.THIS_QUARTER

    @property
    def is_folded(self) -> bool:
        return self.key in (Column.LATER, Column.NOT_RETAINED)


@dataclass
class Wall:
    """While scoring is private (`is_secret`) cards stand by demand, without score, rank or line: for the chair too."""

    quarter: Quarter
    factors: list[Factor]
    columns: list[WallColumn]
    cards: list[Card]

    @property
    def is_secret(self) -> bool:
        return not self.quarter.is_revealed

    @property
    def now(self) -> WallColumn:
        return next(column for column in self.columns if column.is_now)

    @property
    def used(self) -> int:
        """Points of this quarter that stand above the line."""
        return sum(card.placement.effort for card in self.now.cards if not card.is_under)

    @property
    def left(self) -> int:
        return self.quarter.capacity - self.used

    @property
    def next_effort(self) -> int | None:
        return next((card.placement.effort for card in self.now.cards if card.is_under), None)

    def card(self, public_id: str) -> Card | None:
        return next((card for card in self.cards if card.item.public_id == public_id), None)


def wall_of(quarter: Quarter) -> Wall:
    """Four queries, whatever the number of cards: placements, factors, notes, demand. Two once frozen."""
    placements = list(quarter.placements.on_wall().with_evidence_count())
    factors = list(quarter.factors.all())
    totals = totals_of(quarter, placements, factors)
    cards = [Card(row, totals.get(row.item_id) or Total(None)) for row in placements]
    most = max((card.total.demand.people for card in cards), default=0)
    for card in cards:
        card.demand_share = round(100 * card.total.demand.people / most, 1) if most else 0.0
    _rank(cards, secret=not quarter.is_revealed)
    columns = [WallColumn(column.value, column.label, ICONS[column]) for column in Column]
    by_key = {column.key: column for column in columns}
    for card in cards:
        by_key[card.placement.column].cards.append(card)
    wall = Wall(quarter, factors, columns, cards)
    if not wall.is_secret:
        _draw_line(wall)
    return wall


def _rank(cards: list[Card], *, secret: bool) -> None:
    if secret:
        cards.sort(key=lambda card: (-card.total.demand.people, card.placement.pk))
        return
    for place, card in enumerate(sorted(cards, key=lambda card: (-(card.total.score or 0), card.placement.pk)), 1):
        card.place = place


def _draw_line(wall: Wall) -> None:
    """The line stands before the first card that no longer fits; all cards after it are under it."""
    used, under = 0, False
    for card in wall.now.cards:
        if not under and used + card.placement.effort > wall.quarter.capacity:
            under = card.line_before = True
        card.is_under = under
        used += 0 if under else card.placement.effort
