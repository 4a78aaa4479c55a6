"""The weighted result: what the ballots would say if each age and product weighed what it weighs in the real audience.

Ages and products of fewer than `SMALLEST_CELL` ballots are weighed together (`counting.weighting.pooled`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings

from ...models import Option, Question
from ...states import Dimension, Key, Method
from ..counting import weighting
from .figures import Figure, Mean
from .methods import figure_of
from .publishing import Published


@dataclass(frozen=True)
class Weighed:
    """An option's figure and its weighted value: a share between 0 and 1, a mean score, or mean points. None: cannot be said."""

    figure: Figure
    value: float | None

    @property
    def option(self) -> Option:
        return self.figure.option

    @property
    def percent(self) -> float:
        """Of the scale, for a bar."""
        if self.value is None:
            return 0.0
        return self.figure.on_scale(self.value) if isinstance(self.figure, Mean) else 100 * self.value


@dataclass(frozen=True)
class Weighted:
    """Beside the raw figures, in their order. `effective`: how many ballots of a simple random sample would tell as much (Kish);
    `covered`: the part of the audience whose strata have ballots; `largest`: the heaviest weight; `usable`: covered enough.
    """

    rows: list[Weighed]
    ballots: int
    effective: float
    covered: float
    largest: float
    usable: bool

    @property
    def covered_percent(self) -> float:
        return 100 * self.covered


def weigh(published: Published, question: Question, figures: Sequence[Figure]) -> Weighted | None:
    """Post-stratified by age and product. None before the close, and without weights."""
    shares = published.shares
    if not shares or not published.final or Dimension.STRATUM in published.withheld:
        return None
    sample = {
        stratum: published.answered(question.pk, Dimension.STRATUM, stratum)
        for stratum in published.cells(Dimension.STRATUM)
    }
    pools = weighting.pooled(sample, shares, settings.LAB["SMALLEST_CELL"])
    found = weighting.weights(weighting.merged(sample, pools), weighting.merged(shares, pools))
    rows = [Weighed(figure, _weighted(published, question, figure, sample, shares)) for figure in figures]
    return Weighted(rows, sum(sample.values()), found.effective(), found.covered, found.largest, found.usable)


def _weighted(
    published: Published, question: Question, figure: Figure, sample: dict[str, int], shares: Mapping[str, float]
) -> float | None:
    """Of a score the sample is those who scored the option; else those who answered the question."""
    option, totals, voters = figure.option, {}, {}
    for stratum in sample:
        where = (Dimension.STRATUM, stratum)
        if isinstance(figure, Mean):
            one = figure_of(published, question, option, *where)
            totals[stratum], voters[stratum] = one.total, one.n or 0
        else:
            key = Key.FIRST if question.method == Method.RANKING else Key.VOTES
            totals[stratum] = published.votes(question.pk, option.pk, key, *where)
    heard = voters if question.method == Method.SCORE else sample
    pools = weighting.pooled(heard, shares, settings.LAB["SMALLEST_CELL"])
    return weighting.weighted_mean(*(weighting.merged(values, pools) for values in (totals, heard, shares)))
