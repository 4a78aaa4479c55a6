"""A count as it grew, day by day."""

from ...words import day, number
from ..lettering import width_of
from ..marks import Drawing, Line, Path, Text
from ..shapes import Curve
from ..tables import named
from .sheet import GAP, SMALL, Sheet, dot


def curve(chart: Curve, width: int) -> Drawing:
    sheet = Sheet(chart, width)
    if not chart.points:
        sheet.empty()
        return sheet.finished()
    tall, most = (200 if sheet.is_narrow else 280), chart.most
    left = sheet.left + width_of(number(most), SMALL) + 8
    across, top = sheet.right - 8 - left, sheet.y + GAP
    ground = top + tall
    for part in (0, 0.5, 1):
        y = ground - tall * part
        sheet.add(Line(left, y, left + across, y, "ink" if part == 0 else "rule"))
        if float(most * part).is_integer():
            sheet.add(Text(left - 8, y + 5, number(most * part), SMALL, "ink-soft", False, "end"))
    places = tuple((left + across * x / 100, top + tall * y / 100) for x, y in chart.places)
    if len(places) > 1:
        sheet.add(Path(((places[0][0], ground), *places, (places[-1][0], ground)), fill="brand-wash"))
        sheet.add(Path(places, ink="brand", thick=3))
    sheet.add(*dot(*places[-1], 5, "brand"))
    sheet.y = ground + 8
    _days(sheet, chart, places)
    sheet.y += SMALL + GAP
    date, count = chart.points[-1]
    sheet.block(named(day(date), [chart.count_in_words(count)]), size=SMALL, bold=True)
    return sheet.finished()


def _days(sheet: Sheet, chart: Curve, places: tuple[tuple[float, float], ...]) -> None:
    """The first and the last day, and those between them that leave room."""
    wanted = (0, len(places) - 1, *range(len(places)))
    taken: list[tuple[float, float]] = []
    for place in dict.fromkeys(wanted):
        words, x = day(chart.points[place][0], "never"), places[place][0]
        wide = width_of(words, SMALL)
        start = min(max(x - wide / 2, sheet.left), sheet.right - wide)
        if all(start > right + GAP or start + wide + GAP < left for left, right in taken):
            taken.append((start, start + wide))
            sheet.add(Text(start, sheet.y + SMALL, words, SMALL, "ink-soft"))
