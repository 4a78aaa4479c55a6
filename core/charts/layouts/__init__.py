"""One layout for each chart: from figures to marks, on a phone's sheet or a wide one."""

from ..marks import Drawing
from ..shapes import Bars, Chart, Curve, Matrix, PairedBars, Rounds, Spread, Stacked
from . import bars, growth, ranking, scores

PHONE, WIDE = 390, 960
LAYOUTS = {
    Bars: bars.bars,
    PairedBars: bars.paired_bars,
    Stacked: scores.stacked,
    Spread: scores.spread,
    Rounds: ranking.rounds,
    Matrix: ranking.matrix,
    Curve: growth.curve,
}


def lay_out(chart: Chart, width: int = WIDE) -> Drawing:
    """The marks of a chart on a sheet `width` pixels wide, as high as it needs. Letters keep their size at any width."""
    return LAYOUTS[type(chart)](chart, width)
