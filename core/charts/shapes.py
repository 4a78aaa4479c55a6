"""What a chart says: figures and their names, nothing of how it looks. A value that is None is one that must not be shown."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..words import number, percent


@dataclass(frozen=True)
class Unit:
    """What values are and how they are written; `least` and `most` are the ends of the axis."""

    name: Any
    is_percent: bool = False
    decimals: int = 1
    least: float = 0.0
    most: float = 100.0

    def said(self, value: float) -> str:
        return percent(value, self.decimals) if self.is_percent else number(value, self.decimals)

    def at(self, value: float) -> float:
        """Where a value lies on the axis, from 0 to 1."""
        return min(1.0, max(0.0, (value - self.least) / ((self.most - self.least) or 1)))

    def percent_at(self, value: float) -> float:
        """The same from 0 to 100, as the SVG attributes of a page want it."""
        return 100 * self.at(value)


PERCENT = Unit("%", is_percent=True)


@dataclass(frozen=True, kw_only=True)
class Chart:
    """`note` stands below the drawing: what the whiskers mean, what was left out, who was asked.

    `language` is that of the rows' names and of `asked`, the words that the title begins with; "" where it is the page's own.
    """

    title: str
    note: str = ""
    unit: Unit = PERCENT
    counted: str = ""  # heads the column of counts
    count_in_words: Callable[[int], str] = number  # "564 ballots"
    language: str = ""
    asked: str = ""

    @property
    def what(self) -> str:
        """What the title says of what was asked."""
        return self.title.removeprefix(self.asked)

    @property
    def language_of_names(self) -> str:
        return self.language

    @property
    def language_of_title(self) -> str:
        """ "" where the title says more, in the page's own."""
        return "" if self.what else self.language


@dataclass(frozen=True)
class Bar:
    """A value with its interval and the count behind it; either may be absent."""

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    count: int | None = None
    win: bool = False

    @property
    def has_interval(self) -> bool:
        return self.value is not None and self.low is not None and self.high is not None


@dataclass(frozen=True, kw_only=True)
class Bars(Chart):
    rows: tuple[Bar, ...] = ()


@dataclass(frozen=True)
class PairedRow:
    """A row seen by each group, in the order of `PairedBars.groups`; the label of a bar is its group's."""

    label: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, kw_only=True)
class PairedBars(Chart):
    groups: tuple[str, ...] = ()
    rows: tuple[PairedRow, ...] = ()

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Each row with its bars and where they end on the axis, from 0 to 100; None where there is nothing to show."""
        return [
            {
                "label": row.label,
                "bars": [
                    {"bar": bar, "at": None if bar.value is None else self.unit.percent_at(bar.value)}
                    for bar in row.bars
                ],
            }
            for row in self.rows
        ]


@dataclass(frozen=True)
class StackedRow:
    """How a count falls on the levels, in percent and in their order. No shares: hidden."""

    label: str
    shares: tuple[float, ...] = ()
    mean: float | None = None
    count: int | None = None
    win: bool = False
    median: float | None = None

    @property
    def parts(self) -> list[dict[str, float]]:
        """Each share with where it starts, both from 0 to 100."""
        return [{"share": share, "start": sum(self.shares[:place])} for place, share in enumerate(self.shares)]


@dataclass(frozen=True, kw_only=True)
class Stacked(Chart):
    """Shares of ordered levels, scores from 1 to 5 for instance, with their mean, which `unit` writes."""

    levels: tuple[str, ...] = ("1", "2", "3", "4", "5")
    rows: tuple[StackedRow, ...] = ()
    unit: Unit = Unit("", decimals=1, least=1, most=5)


@dataclass(frozen=True)
class SpreadRow:
    """A mean, its interval, and how far the values lie from it (`spread`, a standard deviation)."""

    label: str
    mean: float | None
    spread: float | None = None
    low: float | None = None
    high: float | None = None
    count: int | None = None
    win: bool = False

    @property
    def has_interval(self) -> bool:
        return self.mean is not None and self.low is not None and self.high is not None


def _places(row: SpreadRow) -> list[tuple[str, float | None]]:
    shown = row if row.mean is not None else SpreadRow(row.label, None)
    band = (None, None) if shown.spread is None else (shown.mean - shown.spread, shown.mean + shown.spread)
    return [("mean", shown.mean), ("low", shown.low), ("high", shown.high), ("left", band[0]), ("right", band[1])]


@dataclass(frozen=True, kw_only=True)
class Spread(Chart):
    rows: tuple[SpreadRow, ...] = ()
    unit: Unit = Unit("", decimals=1)

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Each row with where its marks lie on the axis, from 0 to 100; None where there is no such mark."""
        return [
            {"row": row, **{name: None if value is None else self.unit.percent_at(value) for name, value in places}}
            for row, places in ((row, _places(row)) for row in self.rows)
        ]


@dataclass(frozen=True)
class Standing:
    """A candidate in a round. `out`: leaves after it; `elected`: wins with it; `tied`: nothing separates it at the end."""

    label: str
    count: float | None  # ties share a ballot
    out: bool = False
    elected: bool = False
    tied: bool = False


@dataclass(frozen=True)
class Round:
    """`reason`: in words, why those who leave do, or why nobody wins, where there was a tie."""

    standings: tuple[Standing, ...]
    exhausted: float | None = None  # those with nobody left in the race
    reason: str = ""

    @property
    def shown(self) -> bool:
        """One count that must not be shown hides its round: the others and their sum would give it away."""
        return all(one.count is not None for one in self.standings)

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Each standing with its share of those still counted, from 0 to 100, or None."""
        whole = sum(one.count for one in self.standings) or 1 if self.shown else None
        return [{"standing": one, "share": whole and 100 * one.count / whole} for one in self.standings]


@dataclass(frozen=True, kw_only=True)
class Rounds(Chart):
    """An instant run-off: the counts of each round, in which the last leaves until one has more than half."""

    rounds: tuple[Round, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Matrix(Chart):
    """Who is preferred to whom. `cells[i][j]`: in percent of those who tell i from j, who prefer i; None where not shown."""

    names: tuple[str, ...] = ()
    cells: tuple[tuple[float | None, ...], ...] = ()
    unit: Unit = Unit("%", is_percent=True, decimals=0)


@dataclass(frozen=True, kw_only=True)
class Curve(Chart):
    """A count over days, in their order."""

    points: tuple[tuple[dt.date, int], ...] = ()
    unit: Unit = Unit("", decimals=0)

    @property
    def language_of_names(self) -> str:
        return ""  # days

    @property
    def last(self) -> tuple[dt.date, int]:
        return self.points[-1]

    @property
    def most(self) -> float:
        """A round number at or above the greatest."""
        greatest, step = max([count for _day, count in self.points] + [1]), 1
        while True:
            for factor in (1, 1.2, 1.5, 2, 3, 4, 5, 6, 8):
                if factor * step >= greatest:
                    return factor * step
            step *= 10

    @property
    def places(self) -> list[tuple[float, float]]:
        """Each point from the left and from the top, both from 0 to 100; days keep their distance."""
        if not self.points:
            return []
        first, last = self.points[0][0], self.points[-1][0]
        days = (last - first).days or 1
        return [(100 * (day - first).days / days, 100 - 100 * count / self.most) for day, count in self.points]

    @property
    def line(self) -> str:
        """The points as an SVG attribute in a box of 100 by 100."""
        return " ".join(f"{x:.2f},{y:.2f}" for x, y in self.places)

    @property
    def area(self) -> str:
        """The same closed along the bottom."""
        return f"0,100 {self.line} {self.places[-1][0]:.2f},100" if self.points else ""
