"""Rankings: the rounds of an instant run-off, and who is preferred to whom."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ...words import number
from ..lettering import plain, width_of, wrap
from ..marks import Drawing, Line, Rect, Text
from ..shapes import Matrix, Round, Rounds, Standing
from ..tables import not_shown, round_name
from .sheet import BODY, GAP, SMALL, Sheet, bar

CELL = 40


def rounds(chart: Rounds, width: int) -> Drawing:
    """One round below the other; on a wide sheet two beside each other."""
    sheet = Sheet(chart, width)
    if not chart.rounds:
        sheet.empty()
    columns = 1 if sheet.is_narrow else 2
    across = (sheet.across - (columns - 1) * 2 * GAP) / columns
    for start in range(0, len(chart.rounds), columns):
        top, ends = sheet.y, []
        for column, found in enumerate(chart.rounds[start : start + columns]):
            sheet.y = top
            _round(sheet, chart, found, start + column + 1, sheet.left + column * (across + 2 * GAP), across)
            ends.append(sheet.y)
        sheet.y = max(ends) + GAP
    return sheet.finished()


def _round(sheet: Sheet, chart: Rounds, found: Round, place: int, x: float, across: float) -> None:
    sheet.block(round_name(place), x=x, width=across, size=BODY + 2, display=True)
    sheet.y += 4
    for line in found.lines:
        one, share = line["standing"], line["share"]
        value = (
            not_shown()
            if share is None
            else f"{chart.unit.said(share)} ({number(one.count, 0 if float(one.count).is_integer() else 1)})"
        )
        fate = _fate(one)
        room = width_of(value, SMALL, bold=True) + 12
        top = sheet.y
        own = f" ({fate})" if fate else ""
        sheet.name(plain(one.label) + own, own=own, x=x, width=across - room, size=SMALL + 1, bold=one.elected,
                   ink="ink-soft" if one.out else "ink")  # fmt: skip
        sheet.add(Text(x + across, top + SMALL + 1, value, SMALL, "ink", share is not None, "end"))
        sheet.y += 2
        fill, edge = ("brand", "") if one.elected else ("sheet", "edge") if one.out else ("edge", "")
        sheet.add(*bar(x, sheet.y, across, (share or 0) / 100, height=14, fill=fill, edge=edge))
        half = x + across / 2
        sheet.add(
            Line(half, sheet.y - 2, half, sheet.y + 16, "sheet", 4), Line(half, sheet.y - 2, half, sheet.y + 16, "ink")
        )
        sheet.y += 14 + 8
    if found.exhausted and found.shown:
        words = _("Nobody left: %(count)s") % {"count": chart.count_in_words(found.exhausted)}
        sheet.block(words, x=x, width=across, size=SMALL, ink="ink-faint")
    if found.reason:
        sheet.block(found.reason, x=x, width=across, size=SMALL, ink="ink-soft", most=10)


def _fate(one: Standing) -> str:
    if one.tied:
        return pgettext("in an instant run-off", "tied")
    return _("wins") if one.elected else _("goes out") if one.out else ""


def _count(count: float) -> str:
    return number(count, 0 if float(count).is_integer() else 1)


def matrix(chart: Matrix, width: int) -> Drawing:
    """A square of figures. On a phone with many options the name stands over its line, so that cells keep their width."""
    sheet = Sheet(chart, width)
    if not chart.names:
        sheet.empty()
        return sheet.finished()
    over = sheet.is_narrow and len(chart.names) > 4
    names = 28 if over else sheet.across * (0.4 if sheet.is_narrow else 0.36)
    cell = min(64.0, (sheet.across - names) / len(chart.names))
    sheet.block(_("Each line: in percent, how many prefer it to the option of the column, of those who tell the two apart."),
                size=SMALL, ink="ink-soft")  # fmt: skip
    sheet.y += GAP / 2
    for place in range(len(chart.names)):
        x = sheet.left + names + (place + 0.5) * cell
        sheet.add(Text(x, sheet.y + SMALL, number(place + 1), SMALL, "ink", True, "middle"))
    sheet.y += 22
    sheet.add(Line(sheet.left, sheet.y, sheet.left + names + cell * len(chart.names), sheet.y, "ink", 2))
    sheet.y += 1
    for here in range(len(chart.names)):
        _line(sheet, chart, here, names, cell, over)
    return sheet.finished()


def _line(sheet: Sheet, chart: Matrix, here: int, names: float, cell: float, over: bool) -> None:
    top, name = sheet.y, f"{here + 1}. {plain(chart.names[here])}"
    whole = names + cell * len(chart.names)
    sheet.y += 8
    if over:
        sheet.name(name, width=whole, size=SMALL, bold=True, most=3)
        top, tall = sheet.y, 28.0
    else:
        lines = wrap(name, names - 12, SMALL, bold=True, most=4)
        tall = max(CELL, len(lines) * SMALL * 1.3 + 16)
        sheet.name(name, width=names - 12, size=SMALL, bold=True, most=4)
    for there, value in enumerate(chart.cells[here]):
        x = sheet.left + names + there * cell
        if there == here:
            sheet.add(Rect(x, top, cell, tall, "well"))
            continue
        wins = value is not None and value > 50
        if wins:
            sheet.add(Rect(x, top, cell, tall, "brand-wash"))
        words = "–" if value is None else number(value)
        ink = "brand" if wins else "ink-soft"
        sheet.add(Text(x + cell / 2, top + tall / 2 + 5, words, SMALL, ink, wins, "middle"))
    sheet.y = top + tall
    sheet.add(Line(sheet.left, sheet.y, sheet.left + whole, sheet.y, "rule"))
