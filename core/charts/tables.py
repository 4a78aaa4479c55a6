"""The table behind a chart, and the same in sentences. Whoever cannot see the drawing misses nothing of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import singledispatch
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ..words import day, is_french, percent
from .lettering import plain
from .shapes import Bar, Bars, Chart, Curve, Matrix, PairedBars, Rounds, Spread, Stacked, StackedRow

Cell = str | float | int | None


@dataclass(frozen=True)
class Table:
    """Rows begin with their names. A float is a value, an int a count, None a figure that must not be shown, "" none at all."""

    head: list[str]
    rows: list[list[Cell]]
    names: int = 1  # how many cells at the beginning of a row are names
    foot: int = 0  # how many of the last rows are named by the page, not by what was asked


@singledispatch
def table(chart: Chart) -> Table:
    raise NotImplementedError(type(chart))


@singledispatch
def sentences(chart: Chart) -> list[str]:
    """The chart in words, a sentence a row."""
    raise NotImplementedError(type(chart))


def in_words(chart: Chart) -> str:
    """All of it: what an SVG says in its description."""
    said = sentences(chart) or [nothing()]
    return " ".join([*(f"{line}." for line in (text.rstrip(".") for text in said)), plain(chart.note)]).strip()


def not_shown() -> str:
    """The page's own word for a figure that is not shown: too few stand behind it, or it would give one of those away."""
    return _("hidden")


def nothing() -> str:
    return _("No figures.")


def option() -> str:
    return _("Option")


def name_of(chart: Chart) -> str:
    return str(chart.unit.name) or pgettext("column of figures", "Value")


def named(label: str, figures: Sequence[str]) -> str:
    """« Label : 45,9 %, 564 » with the colon of the language."""
    colon = "\u00a0: " if is_french() else ": "
    return f"{plain(label)}{colon}{', '.join(figures)}"


def between(chart: Chart, row: Any) -> str:
    return _("between %(low)s and %(high)s") % {"low": chart.unit.said(row.low), "high": chart.unit.said(row.high)}


def mean_said(chart: Chart, mean: float) -> str:
    return _("mean %(mean)s") % {"mean": chart.unit.said(mean)}


def beside(chart: Chart, row: StackedRow) -> list[str]:
    """What stands beside a mean of scores: the median, and how many gave one."""
    median = [] if row.median is None else [_("median %(median)s") % {"median": chart.unit.said(row.median)}]
    return median + ([chart.count_in_words(row.count)] if row.count is not None else [])


def spread_said(chart: Chart, spread: float) -> str:
    return _("standard deviation %(spread)s") % {"spread": chart.unit.said(spread)}


def figures_of(chart: Chart, bar: Bar) -> list[str]:
    """A bar in words: value, interval, count."""
    if bar.value is None:
        return [not_shown()]
    said = [chart.unit.said(bar.value)]
    said += [between(chart, bar)] if bar.has_interval else []
    return said + ([chart.count_in_words(bar.count)] if bar.count is not None else [])


def _columns(rows: Sequence[Any], wanted: Sequence[tuple[str, str]]) -> tuple[list[str], list[str]]:
    """Heads and fields of the columns that any row fills."""
    used = [(head, field) for head, field in wanted if any(getattr(row, field) is not None for row in rows)]
    return [head for head, _field in used], [field for _head, field in used]


def _cells(row: Any, main: str, columns: Sequence[str]) -> list[Cell]:
    """The row's figures; where the main one must not be shown, none is."""
    if getattr(row, main) is None:
        return [None] * (len(columns) + 1)
    rest = (getattr(row, column) for column in columns)
    return [float(getattr(row, main)), *("" if value is None else value for value in rest)]


def _interval(chart: Chart) -> list[tuple[str, str]]:
    return [
        (pgettext("end of a margin", "Low"), "low"),
        (pgettext("end of a margin", "High"), "high"),
        (chart.counted or pgettext("column of figures", "Number"), "count"),
    ]


@table.register
def _bars(chart: Bars) -> Table:
    heads, columns = _columns(chart.rows, _interval(chart))
    rows = [[plain(row.label), *_cells(row, "value", columns)] for row in chart.rows]
    return Table([option(), name_of(chart), *heads], rows)


@sentences.register
def _bars_said(chart: Bars) -> list[str]:
    return [named(row.label, figures_of(chart, row)) for row in chart.rows]


@table.register
def _paired(chart: PairedBars) -> Table:
    """A row for each option and group: a spreadsheet filters it."""
    bars = [(row.label, bar) for row in chart.rows for bar in row.bars]
    heads, columns = _columns([bar for _label, bar in bars], _interval(chart))
    rows = [[plain(label), plain(bar.label), *_cells(bar, "value", columns)] for label, bar in bars]
    return Table([option(), _("Group"), name_of(chart), *heads], rows, names=2)


@sentences.register
def _paired_said(chart: PairedBars) -> list[str]:
    return [
        named(row.label, ["; ".join(named(bar.label, figures_of(chart, bar)) for bar in row.bars)])
        for row in chart.rows
    ]


@table.register
def _stacked(chart: Stacked) -> Table:
    wanted = [(_("Median"), "median"), (chart.counted or pgettext("column of figures", "Number"), "count")]
    heads, columns = _columns(chart.rows, wanted)
    levels = [f"{plain(level)} (%)" for level in chart.levels]
    rows: list[list[Cell]] = []
    for row in chart.rows:
        hidden = row.mean is None or not row.shares
        figures = [None] * (1 + len(columns) + len(levels)) if hidden else _cells(row, "mean", columns)
        rows.append([plain(row.label), *figures, *(() if hidden else map(float, row.shares))])
    return Table([option(), str(chart.unit.name) or _("Mean"), *heads, *levels], rows)


@sentences.register
def _stacked_said(chart: Stacked) -> list[str]:
    said = []
    for row in chart.rows:
        if row.mean is None or not row.shares:
            said.append(named(row.label, [not_shown()]))
            continue
        parts = [
            _("%(share)s for %(level)s") % {"share": percent(share, 1), "level": plain(level)}
            for level, share in zip(chart.levels, row.shares, strict=True)
        ]
        said.append(named(row.label, [mean_said(chart, row.mean), *beside(chart, row), *parts]))
    return said


@table.register
def _spread(chart: Spread) -> Table:
    heads, columns = _columns(chart.rows, [(_("Standard deviation"), "spread"), *_interval(chart)])
    rows = [[plain(row.label), *_cells(row, "mean", columns)] for row in chart.rows]
    return Table([option(), str(chart.unit.name) or _("Mean"), *heads], rows)


@sentences.register
def _spread_said(chart: Spread) -> list[str]:
    said = []
    for row in chart.rows:
        if row.mean is None:
            said.append(named(row.label, [not_shown()]))
            continue
        figures = [chart.unit.said(row.mean)]
        figures += [between(chart, row)] if row.has_interval else []
        figures += [spread_said(chart, row.spread)] if row.spread is not None else []
        figures += [chart.count_in_words(row.count)] if row.count is not None else []
        said.append(named(row.label, figures))
    return said


def round_name(place: int) -> str:
    return _("Round %(n)d") % {"n": place}


@table.register
def _rounds(chart: Rounds) -> Table:
    names = list(dict.fromkeys(one.label for found in chart.rounds for one in found.standings))
    rows: list[list[Cell]] = []
    for name in names:
        row: list[Cell] = [plain(name)]
        for found in chart.rounds:
            row.append(next((one.count if found.shown else None for one in found.standings if one.label == name), ""))
        rows.append([*row, _fate(chart, name)])
    if any(found.exhausted is not None for found in chart.rounds):
        left = (None if not one.shown else "" if one.exhausted is None else one.exhausted for one in chart.rounds)
        rows.append([_("Nobody left"), *left, ""])
    head = [option(), *(round_name(place) for place in range(1, len(chart.rounds) + 1)), _("Outcome")]
    return Table(head, rows, foot=len(rows) - len(names))


def _fate(chart: Rounds, name: str) -> str:
    for place, found in enumerate(chart.rounds, 1):
        for one in found.standings:
            if one.label == name and one.elected:
                return _("wins")
            if one.label == name and one.tied:
                return pgettext("in an instant run-off", "tied, no winner")
            if one.label == name and one.out:
                said = _("out after round %(n)d") % {"n": place}
                return f"{said}. {plain(found.reason)}" if found.reason else said
    return ""


@sentences.register
def _rounds_said(chart: Rounds) -> list[str]:
    said = []
    for place, found in enumerate(chart.rounds, 1):
        figures = []
        for line in found.lines:
            one, share = line["standing"], line["share"]
            words = [not_shown()] if share is None else [chart.count_in_words(one.count), percent(share, 1)]
            words += [_("goes out")] if one.out else []
            words += [_("wins")] if one.elected else []
            words += [pgettext("in an instant run-off", "tied")] if one.tied else []
            figures.append(named(one.label, words))
        if found.exhausted and found.shown:
            figures.append(named(_("Nobody left"), [chart.count_in_words(found.exhausted)]))
        said.append(named(round_name(place), ["; ".join(figures)]))
        said += [plain(found.reason)] if found.reason else []
    return said


@table.register
def _matrix(chart: Matrix) -> Table:
    head = [_("… preferred to"), *(plain(name) for name in chart.names)]
    rows = [
        [plain(name), *("" if here == there else value for there, value in enumerate(chart.cells[here]))]
        for here, name in enumerate(chart.names)
    ]
    return Table(head, rows)


@sentences.register
def _matrix_said(chart: Matrix) -> list[str]:
    said = []
    for here, name in enumerate(chart.names):
        figures = [
            _("%(share)s against %(other)s")
            % {"share": not_shown() if value is None else chart.unit.said(value), "other": plain(chart.names[there])}
            for there, value in enumerate(chart.cells[here])
            if there != here
        ]
        said.append(named(name, ["; ".join(figures)]))
    return said


@table.register
def _curve(chart: Curve) -> Table:
    return Table(
        [_("Day"), chart.counted or pgettext("column of figures", "Number")],
        [[date.isoformat(), count] for date, count in chart.points],
    )


@sentences.register
def _curve_said(chart: Curve) -> list[str]:
    return [named(day(date, "always"), [chart.count_in_words(count)]) for date, count in chart.points]


def written(value: Cell) -> Any:
    """A cell of a file: a decimal comma where the language has one, and words where a figure must not be shown."""
    if value is None:
        return not_shown()
    if isinstance(value, float):
        text = f"{value:.2f}".rstrip("0").rstrip(".")
        return text.replace(".", ",") if is_french() else text
    return value
