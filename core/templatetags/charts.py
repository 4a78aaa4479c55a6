"""Charts drawn by the server as SVG: `{% load charts %}`. Each stands beside the table it shows; the drawing is its picture.

{% columns bars label="Promises by month" %}     bars: (label, [(value, css class), …] from the bottom up)
{% curve points label="Votes in all" %}          points: (label, value), in their order
"""

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join

from ..words import number

register = template.Library()
WIDE, HIGH, LEFT, FOOT, TOP = 900, 200, 38, 22, 14


def _scale(most: float) -> float:
    """A round number at or above the greatest: 1, 2 or 5 times a power of ten."""
    step = 1
    while True:
        for factor in (1, 2, 5):
            if factor * step >= most:
                return factor * step
        step *= 10


def _frame(most: float) -> str:
    ground = HIGH - FOOT
    return format_html(
        '<line class="sz" x1="{}" y1="{}" x2="{}" y2="{}"/><line class="sz dash" x1="{}" y1="{}" x2="{}" y2="{}"/>'
        '<text class="t-end" x="{}" y="{}">{}</text><text class="t-end" x="{}" y="{}">0</text>',
        LEFT, ground, WIDE, ground, LEFT, TOP, WIDE, TOP, LEFT - 6, TOP + 4, number(most), LEFT - 6, ground + 4,
    )  # fmt: skip


def _svg(label: str, inside: str) -> str:
    return format_html(
        '<svg class="dk-svg" viewBox="0 0 {} {}" width="100%" role="img" aria-label="{}">{}</svg>',
        WIDE,
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
def curve(points: Sequence[tuple[Any, float]], label: str = "") -> str:
    """A line through the points, left to right; at most six labels below."""
    if not points:
        return ""
    most = _scale(max(max(value for _name, value in points), 1))
    step = (WIDE - LEFT - 12) / max(len(points) - 1, 1)
    places = [
        (LEFT + 6 + place * step, HIGH - FOOT - value / most * (HIGH - FOOT - TOP))
        for place, (_name, value) in enumerate(points)
    ]
    line = format_html('<polyline class="sa" points="{}"/>', " ".join(f"{x:.1f},{y:.1f}" for x, y in places))
    every = -(-len(points) // 6)
    names = [
        _text(x, HIGH - 6, points[place][0], "t-mid") for place, (x, _y) in enumerate(places) if place % every == 0
    ]
    return _svg(label, format_html("{}{}{}", _frame(most), line, format_html_join("", "{}", ((one,) for one in names))))


def _rect(x: float, y: float, wide: float, tall: float, css: str) -> str:
    box = f"{x:.1f}", f"{y:.1f}", f"{wide:.1f}", f"{tall:.1f}"
    return format_html('<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="1"/>', css, *box)


def _text(x: float, y: float, words: Any, css: str) -> str:
    return format_html('<text class="{}" x="{}" y="{}">{}</text>', css, f"{x:.1f}", f"{y:.1f}", words)
