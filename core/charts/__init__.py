"""Charts drawn by the server for keeping: one layout of plain marks, written as SVG, PNG or CSV.

    chart = Bars(title="…", rows=(Bar("A year without fees", 45.9, low=43.2, high=48.7, win=True),))
    svg(chart)               on a wide sheet; svg(chart, width=PHONE) is laid out anew for a phone, never shrunk
    png(chart), csv(chart)   the same figures

What a page shows stands in `templates/ui/chart_*.html`, which take these same charts.
"""

from .files import csv, png, svg
from .layouts import PHONE, WIDE, lay_out
from .shapes import (
    PERCENT,
    Bar,
    Bars,
    Chart,
    Curve,
    Matrix,
    PairedBars,
    PairedRow,
    Round,
    Rounds,
    Spread,
    SpreadRow,
    Stacked,
    StackedRow,
    Standing,
    Unit,
)
from .tables import Table, in_words, table

__all__ = [
    "PERCENT", "PHONE", "WIDE", "Bar", "Bars", "Chart", "Curve", "Matrix", "PairedBars", "PairedRow", "Round", "Rounds",
    "Spread", "SpreadRow", "Stacked", "StackedRow", "Standing", "Table", "Unit", "csv", "in_words", "lay_out", "png", "svg",
    "table",
]  # fmt: skip
