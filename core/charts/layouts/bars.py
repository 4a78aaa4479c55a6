"""Bars from 0 to the most: one for each row, or one for each group of a row."""

from ..lettering import width_of
from ..marks import Drawing, Text
from ..shapes import Bar, Bars, Chart, PairedBars
from ..tables import figures_of, not_shown
from .sheet import BODY, FIGURE, GAP, SMALL, Sheet, bar, whisker


def bars(chart: Bars, width: int) -> Drawing:
    sheet = Sheet(chart, width)
    if not chart.rows:
        sheet.empty()
    room = max([72, *(width_of(_said(chart, row), FIGURE, True, True) + 8 for row in chart.rows)])
    for place, row in enumerate(chart.rows):
        if place:
            sheet.y += GAP / 2
            sheet.rule()
            sheet.y += GAP / 2
        _row(sheet, chart, row, room)
    return sheet.finished()


def _said(chart: Chart, row: Bar) -> str:
    return not_shown() if row.value is None else chart.unit.said(row.value)


def _row(sheet: Sheet, chart: Bars, row: Bar, room: float) -> None:
    """Narrow: the label and its value over the bar. Wide: label, bar, value in three columns."""
    value = _said(chart, row)
    size, ink = (BODY, "ink-soft") if row.value is None else (FIGURE, "ink")
    names = sheet.across - room - GAP if sheet.is_narrow else sheet.across * 0.34
    top = sheet.y
    tall = sheet.name(row.label, width=names, bold=True)
    if sheet.is_narrow:
        sheet.add(Text(sheet.right, top + size, value, size, ink, True, "end", row.value is not None))
        x, across, y = sheet.left, sheet.across, top + tall + 4
    else:
        x = sheet.left + names + GAP
        across, y = sheet.right - room - GAP - x, top
        sheet.add(Text(sheet.right, top + size, value, size, ink, True, "end", row.value is not None))
    share = None if row.value is None else chart.unit.at(row.value)
    sheet.add(*bar(x, y, across, share, height=24, fill="brand" if row.win else "edge"))
    if row.has_interval:
        sheet.add(*whisker(x, y + 12, across, chart.unit.at(row.low), chart.unit.at(row.high)))
    sheet.y = y + 24 + 4
    if len(details := figures_of(chart, row)) > 1:
        sheet.block(", ".join(details[1:]), x=x, width=sheet.right - x, size=SMALL, ink="ink-faint")
    sheet.y = max(sheet.y, top + tall)


def paired_bars(chart: PairedBars, width: int) -> Drawing:
    sheet = Sheet(chart, width)
    if not chart.rows:
        sheet.empty()
    names = _names_width(sheet, chart)
    for place, row in enumerate(chart.rows):
        if place:
            sheet.y += GAP
        sheet.name(row.label, bold=True)
        sheet.y += 4
        for at, one in enumerate(row.bars):
            _group(sheet, chart, one, names, at)
    return sheet.finished()


def _names_width(sheet: Sheet, chart: PairedBars) -> float:
    labels = {one.label for row in chart.rows for one in row.bars}
    widest = max((width_of(label, SMALL + 1) for label in labels), default=0)
    return min(widest, sheet.across * (0.32 if sheet.is_narrow else 0.25))


def _group(sheet: Sheet, chart: Chart, one: Bar, names: float, at: int) -> None:
    """The group's name, its bar, its value, on one line; groups take turns in filled and outlined bars."""
    top, size = sheet.y, SMALL + 1
    tall = sheet.block(one.label, width=names + 1, size=size, ink="ink-soft", most=3)
    value = _said(chart, one)
    room = 68 if sheet.is_narrow else 84
    x = sheet.left + names + 12
    across, y = sheet.right - room - x, top + 3
    fill, edge = ("brand", "") if at % 2 == 0 else ("brand-wash", "brand")
    share = None if one.value is None else chart.unit.at(one.value)
    sheet.add(*bar(x, y, across, share, height=14, fill=fill, edge=edge))
    if one.has_interval:
        sheet.add(*whisker(x, y + 7, across, chart.unit.at(one.low), chart.unit.at(one.high)))
    ink, bold = ("ink-soft", False) if one.value is None else ("ink", True)
    sheet.add(Text(sheet.right, top + size, value, size, ink, bold, "end"))
    sheet.y = top + max(tall, 24) + 2
