"""Scores and points: how they fall on their levels, and where their mean lies."""

from ...words import number, percent
from ..lettering import plain, width_of
from ..marks import Drawing, Line, Mark, Rect, Text
from ..shapes import Spread, SpreadRow, Stacked, StackedRow
from ..tables import beside, between, mean_said, not_shown, spread_said
from .sheet import BODY, FIGURE, GAP, SMALL, Sheet, dot

DEEPEST = 4  # the last of the five colours of a scale


def stacked(chart: Stacked, width: int) -> Drawing:
    sheet = Sheet(chart, width)
    if not chart.rows:
        sheet.empty()
    for place, row in enumerate(chart.rows):
        if place:
            sheet.y += GAP / 2
            sheet.rule()
            sheet.y += GAP / 2
        _levels(sheet, chart, row)
    return sheet.finished()


def _levels(sheet: Sheet, chart: Stacked, row: StackedRow) -> None:
    """The label and its mean, the bar cut into levels, and below it the share of each level beside its colour."""
    hidden = row.mean is None or not row.shares
    value = not_shown() if hidden else mean_said(chart, row.mean)
    room = width_of(value, BODY, bold=True) + 8
    top = sheet.y
    sheet.name(row.label, width=sheet.across - room - GAP, bold=True)
    sheet.add(Text(sheet.right, top + BODY, value, BODY, "ink-soft" if hidden else "ink", not hidden, "end"))
    sheet.y += 4
    sheet.add(Rect(sheet.left, sheet.y, sheet.across, 24, "well", 3))
    for place, part in enumerate([] if hidden else row.parts):
        wide = sheet.across * part["share"] / 100
        if wide >= 1:
            x = sheet.left + sheet.across * part["start"] / 100
            sheet.add(Rect(x, sheet.y, wide, 24, level(place, len(row.shares)), 0, "brand"))
    sheet.y += 24 + 6
    if not hidden:
        _legend(sheet, chart, row)
        if said := beside(chart, row):
            sheet.block(", ".join(said), size=SMALL, ink="ink-faint")


def level(place: int, levels: int) -> str:
    return f"level-{round(place * DEEPEST / max(levels - 1, 1))}"


def _legend(sheet: Sheet, chart: Stacked, row: StackedRow) -> None:
    step = sheet.across / max(len(chart.levels), 1)
    for place, (name, share) in enumerate(zip(chart.levels, row.shares, strict=True)):
        x, y = sheet.left + place * step, sheet.y
        sheet.add(Rect(x, y + 3, 12, 12, level(place, len(chart.levels)), 2, "brand"))
        sheet.add(Text(x + 18, y + SMALL, plain(name), SMALL, "ink", True))
        sheet.add(Text(x + 24 + width_of(plain(name), SMALL, True), y + SMALL, percent(share), SMALL, "ink-soft"))
    sheet.y += 20


def spread(chart: Spread, width: int) -> Drawing:
    sheet = Sheet(chart, width)
    if not chart.rows:
        sheet.empty()
        return sheet.finished()
    for row in chart.rows:
        _mean(sheet, chart, row)
    _axis(sheet, chart)
    return sheet.finished()


def _mean(sheet: Sheet, chart: Spread, row: SpreadRow) -> None:
    """The mean as a dot, its interval as a whisker, and the spread as a pale band behind them."""
    top, hidden = sheet.y, row.mean is None
    value = not_shown() if hidden else chart.unit.said(row.mean)
    size = BODY if hidden else FIGURE
    room = width_of(value, size, True, True) + 8
    sheet.name(row.label, width=sheet.across - room - GAP, bold=True)
    sheet.add(Text(sheet.right, top + size, value, size, "ink-soft" if hidden else "ink", True, "end", not hidden))
    y = sheet.y + 18
    sheet.add(Line(sheet.left, y, sheet.right, y, "edge"))
    if not hidden:
        sheet.add(*_point(sheet, chart, row, y))
    sheet.y = y + 16
    details = [] if hidden else [between(chart, row)] if row.has_interval else []
    details += [spread_said(chart, row.spread)] if row.spread is not None and not hidden else []
    details += [chart.count_in_words(row.count)] if row.count is not None and not hidden else []
    if details:
        sheet.block(", ".join(details), size=SMALL, ink="ink-faint")
    sheet.y += GAP


def _point(sheet: Sheet, chart: Spread, row: SpreadRow, y: float) -> list[Mark]:
    def x(value: float) -> float:
        return sheet.left + sheet.across * chart.unit.at(value)

    marks: list[Mark] = []
    if row.spread is not None:
        left, right = x(row.mean - row.spread), x(row.mean + row.spread)
        marks.append(Rect(left, y - 9, max(1.0, right - left), 18, "brand-wash", 3, "brand"))
        marks.append(Line(left, y, right, y, "edge"))
    if row.has_interval:
        marks.append(Line(x(row.low), y, x(row.high), y, "ink", 3))
        marks += [Line(x(end), y - 9, x(end), y + 9, "ink", 2) for end in (row.low, row.high)]
    return marks + dot(x(row.mean), y, 5, "brand" if row.win else "ink")


def _axis(sheet: Sheet, chart: Spread) -> None:
    """The ends and the middle of the scale that all rows share."""
    middle = (chart.unit.least + chart.unit.most) / 2
    ends = ((chart.unit.least, "start"), (middle, "middle"), (chart.unit.most, "end"))
    sheet.add(Line(sheet.left, sheet.y, sheet.right, sheet.y, "ink"))
    for value, anchor in ends:
        x = sheet.left + sheet.across * chart.unit.at(value)
        sheet.add(Line(x, sheet.y, x, sheet.y + 6, "ink"))
        words = number(value, 0 if float(value).is_integer() else 1)
        sheet.add(Text(x, sheet.y + 8 + SMALL, words, SMALL, "ink-soft", False, anchor))
    sheet.y += 8 + SMALL + 6
