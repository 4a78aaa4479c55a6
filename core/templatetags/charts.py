"""Charts drawn by the server as SVG: `{% load charts %}`. Each stands beside the table it shows; the drawing is its picture.

The filters put a chart of `core.charts` into words for the fragments `ui/chart_*.html`.

{% columns bars label="Promises by month" %}     bars: (label, [(value, css class), …] from the bottom up)
{% curve points label="Votes in all" %}          points: (label, value), in their order
{% curve points label beside=values %}           a second, dashed line: as many values as there are points
"""

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join

from ..charts import Chart, Table, table
from ..charts.tables import beside, between, written
from ..words import number

register = template.Library()
WIDE, HIGH, LEFT, FOOT, TOP = 900, 200, 38, 22, 14
LETTER = 7  # how wide a digit stands, at most


def _scale(most: float) -> float:
    """A round number at or above the greatest: 1, 2 or 5 times a power of ten."""
    step = 1
    while True:
        for factor in (1, 2, 5):
            if factor * step >= most:
                return factor * step
        step *= 10


def _frame(most: float, wide: float = WIDE) -> str:
    ground = HIGH - FOOT
    return format_html(
        '<line class="sz" x1="{}" y1="{}" x2="{}" y2="{}"/><line class="sz dash" x1="{}" y1="{}" x2="{}" y2="{}"/>'
        '<text class="t-end" x="{}" y="{}">{}</text><text class="t-end" x="{}" y="{}">0</text>',
        LEFT, ground, wide, ground, LEFT, TOP, wide, TOP, LEFT - 6, TOP + 4, number(most), LEFT - 6, ground + 4,
    )  # fmt: skip


def _svg(label: str, inside: str, wide: float = WIDE) -> str:
    return format_html(
        '<svg class="dk-svg" viewBox="0 0 {} {}" width="100%" role="img" aria-label="{}">{}</svg>',
        wide,
        HIGH,
        label,
        inside,
    )


@register.simple_tag
def columns(bars: Sequence[tuple[Any, Sequence[tuple[float, str]]]], label: str = "") -> str:
    """Stacked columns; the sum stands above each, every n-th label below."""
    if not bars:
        return ""
    most = _scale(max([sum(value for value, _css in parts) for _name, parts in bars] + [1]))
    step, every = (WIDE - LEFT) / len(bars), -(-len(bars) // 12)
    marks = []
    for place, (name, parts) in enumerate(bars):
        x, base, whole = LEFT + place * step, HIGH - FOOT, sum(value for value, _css in parts)
        for value, css in parts:
            tall = value / most * (HIGH - FOOT - TOP)
            base -= tall
            if value:
                marks.append(_rect(x + step * 0.18, base, step * 0.64, tall, css))
        if whole and len(bars) <= 24:
            marks.append(_text(x + step / 2, base - 4, number(whole), "t-mid t-ink"))
        if place % every == 0:
            marks.append(_text(x + step / 2, HIGH - 6, name, "t-mid"))
    return _svg(label, format_html("{}{}", _frame(most), format_html_join("", "{}", ((mark,) for mark in marks))))


@register.simple_tag
def curve(
    points: Sequence[tuple[Any, float]], label: str = "", beside: Sequence[float] = (), wide: float = WIDE
) -> str:
    """A line through the points, left to right; a label below for each 150 of its width. `beside` is drawn dashed, under it.

    `wide`: about as many pixels as it is shown on, so that its words keep their size.
    """
    if not points:
        return ""
    values = [value for _name, value in points]
    most = _scale(max([*values, *beside, 1]))
    step = (wide - LEFT - 12) / max(len(points) - 1, 1)
    lines = [_line(values, step, most, "sa")]
    if beside:
        lines.insert(0, _line(beside, step, most, "swarn dash"))
    every = -(-len(points) // max(2, int(wide // 150)))
    names = [
        _text(LEFT + 6 + place * step, HIGH - 6, name, "t-mid", wide)
        for place, (name, _value) in enumerate(points)
        if place % every == 0
    ]
    return _svg(
        label,
        format_html("{}{}", _frame(most, wide), format_html_join("", "{}", ((one,) for one in (*lines, *names)))),
        wide,
    )


def _line(values: Sequence[float], step: float, most: float, css: str) -> str:
    places = (
        f"{LEFT + 6 + place * step:.1f},{HIGH - FOOT - value / most * (HIGH - FOOT - TOP):.1f}"
        for place, value in enumerate(values)
    )
    return format_html('<polyline class="{}" points="{}"/>', css, " ".join(places))


def _rect(x: float, y: float, wide: float, tall: float, css: str) -> str:
    box = f"{x:.1f}", f"{y:.1f}", f"{wide:.1f}", f"{tall:.1f}"
    return format_html('<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="1"/>', css, *box)


def _text(x: float, y: float, words: Any, css: str, wide: float = WIDE) -> str:
    """A long label at the right end is written up to the edge, not across it."""
    if css == "t-mid" and x + len(str(words)) * LETTER / 2 > wide:
        x, css = wide, "t-end"
    return format_html('<text class="{}" x="{}" y="{}">{}</text>', css, f"{x:.1f}", f"{y:.1f}", words)


@register.filter
def said(chart: Chart, value: float) -> str:
    """A value of the chart as its unit writes it."""
    return chart.unit.said(value)


@register.filter
def counted(chart: Chart, count: int) -> str:
    """A count of the chart in words: "564 ballots"."""
    return chart.count_in_words(count)


@register.filter
def beside_mean(chart: Chart, row: Any) -> str:
    """The median of a row of scores, and how many gave one."""
    return ", ".join(beside(chart, row))


@register.filter
def margin(chart: Chart, row: Any) -> str:
    """The interval of a row: "between 43% and 49%"."""
    return between(chart, row)


@register.filter
def figures(chart: Chart) -> Table:
    """The table behind the chart, each cell as it is written."""
    behind = table(chart)
    return Table(behind.head, [[written(cell) for cell in row] for row in behind.rows], behind.names)
