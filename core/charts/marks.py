"""The few marks a chart is drawn with. Colours are names of `palette`; measures are in CSS pixels from the top left."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rect:
    x: float
    y: float
    width: float
    height: float
    fill: str
    radius: float = 0
    edge: str = ""


@dataclass(frozen=True)
class Line:
    x1: float
    y1: float
    x2: float
    y2: float
    ink: str
    thick: float = 1


@dataclass(frozen=True)
class Text:
    """One line of words on its baseline; `anchor` is start, middle or end, `language` a code where it may not be the page's.
    `own`: what comes after the words, in the page's own."""

    x: float
    y: float
    words: str
    size: float
    ink: str = "ink"
    bold: bool = False
    anchor: str = "start"
    display: bool = False
    language: str = ""
    own: str = ""


@dataclass(frozen=True)
class Path:
    """Points joined by straight lines; filled if `fill` is named, drawn if `ink` is."""

    points: tuple[tuple[float, float], ...]
    ink: str = ""
    thick: float = 2
    fill: str = ""


Mark = Rect | Line | Text | Path


@dataclass(frozen=True)
class Drawing:
    width: int
    height: int
    marks: tuple[Mark, ...]
