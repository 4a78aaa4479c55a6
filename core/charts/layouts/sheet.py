"""The sheet a chart is laid out on, from the top down: heading, rows, note."""

from typing import Any

from ..lettering import wrap
from ..marks import Drawing, Line, Mark, Rect, Text
from ..shapes import Chart
from ..tables import nothing

LEADING = 1.3
SMALL, BODY, FIGURE = 14, 16, 20
GAP = 16


class Sheet:
    """Marks on their way to a drawing. `y` is how far down the sheet is filled; `is_narrow` says that a phone holds it."""

    def __init__(self, chart: Chart, width: int) -> None:
        self.chart, self.width = chart, width
        self.is_narrow = width < 640
        self.margin = 20 if self.is_narrow else 32
        self.left, self.right = self.margin, width - self.margin
        self.y: float = self.margin
        self.marks: list[Mark] = []
        self.block(
            chart.title, size=20 if self.is_narrow else 26, display=True, most=8, language=chart.language_of_title
        )
        self.y += GAP

    @property
    def across(self) -> float:
        return self.right - self.left

    def add(self, *marks: Mark) -> None:
        self.marks.extend(marks)

    def block(self, words: str, *, x: float | None = None, width: float | None = None, size: float = BODY, most: int = 6,
              ink: str = "ink", bold: bool = False, display: bool = False, language: str = "", own: str = "") -> float:  # fmt: skip
        """Words wrapped into lines from `y` down, which moves below them; the height they took. `language`: of the words, but for
        the `own` of the page that they end with."""
        x, top = self.left if x is None else x, self.y
        for line in wrap(words, width or self.right - x, size, bold or display, display, most):
            words = line.removesuffix(own)
            self.add(Text(x, self.y + size, words, size, ink, bold, "start", display, language, line[len(words) :]))
            self.y += round(size * LEADING)
        return self.y - top

    def name(self, words: str, **how: Any) -> float:
        """The name of a row, as `block`: in the language of who wrote it."""
        return self.block(words, language=self.chart.language_of_names, **how)

    def rule(self) -> None:
        self.add(Line(self.left, self.y, self.right, self.y, "rule"))

    def empty(self) -> None:
        self.block(nothing(), ink="ink-soft")

    def finished(self) -> Drawing:
        if self.chart.note:
            self.y += GAP / 2
            self.block(self.chart.note, size=SMALL, ink="ink-faint", most=8)
        height = round(self.y + self.margin)
        return Drawing(self.width, height, (Rect(0, 0, self.width, height, "sheet"), *self.marks))


def bar(
    x: float, y: float, width: float, share: float | None, *, height: float, fill: str, edge: str = ""
) -> list[Mark]:
    """A track and the part of it that is filled, from 0 to 1; the track alone where nothing may be shown."""
    marks: list[Mark] = [Rect(x, y, width, height, "well", 3)]
    if share:
        marks.append(Rect(x, y, max(1.0, width * share), height, fill, 3, edge))
    return marks


def whisker(x: float, y: float, width: float, low: float, high: float, *, arm: float = 5) -> list[Mark]:
    """An interval across a bar whose middle is at `y`, with a pale line around it so that it shows on any ground."""
    left, right = x + width * low, x + width * high
    return [
        Line(left, y, right, y, "sheet", 5),
        Line(left, y, right, y, "ink", 2),
        Line(left, y - arm, left, y + arm, "ink", 2),
        Line(right, y - arm, right, y + arm, "ink", 2),
    ]


def dot(x: float, y: float, radius: float, fill: str) -> list[Mark]:
    return [
        Rect(x - radius - 2, y - radius - 2, 2 * radius + 4, 2 * radius + 4, "sheet", radius + 2),
        Rect(x - radius, y - radius, 2 * radius, 2 * radius, fill, radius),
    ]
