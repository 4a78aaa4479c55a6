"""Figures that stand beside an option: a share of ballots, or a mean, each with its 95 % interval."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from ...models import Option
from ...states import HIGHEST_SCORE, POINTS
from ..counting.intervals import mean_interval, spread, wilson


@dataclass(frozen=True)
class Share:
    """Votes for one option among `ballots`; share and interval are between 0 and 1. `votes` None: not shown."""

    option: Option
    votes: int | None
    ballots: int | None

    @property
    def shown(self) -> bool:
        return self.votes is not None and self.ballots is not None

    @property
    def share(self) -> float:
        return self.votes / self.ballots if self.ballots else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        return wilson(self.votes, self.ballots)

    @property
    def low(self) -> float:
        return self.interval[0]

    @property
    def high(self) -> float:
        return self.interval[1]

    @property
    def percent(self) -> float:
        return 100 * self.share

    @property
    def low_percent(self) -> float:
        return 100 * self.low

    @property
    def high_percent(self) -> float:
        return 100 * self.high


@dataclass(frozen=True)
class Mean:
    """The mean of `n` numbers given to an option, from their sum and the sum of their squares. `n` None: not shown.

    `top` is the end of the scale: 5 for scores, 100 for points. Its percents are of the scale, for a bar.
    """

    option: Option
    n: int | None
    total: int = 0
    squares: int = 0
    top: int = HIGHEST_SCORE

    @property
    def shown(self) -> bool:
        return bool(self.n)

    @property
    def value(self) -> float:
        return self.total / self.n if self.n else 0.0

    @property
    def spread(self) -> float:
        """The sample standard deviation."""
        return spread(self.n or 0, self.total, self.squares)

    @property
    def interval(self) -> tuple[float, float]:
        """Student's, within the scale; all of it where fewer than `SMALLEST_CELL` gave a number."""
        scale = (self.bottom, float(self.top))
        return mean_interval(self.n or 0, self.total, self.squares, scale, least=settings.LAB["SMALLEST_CELL"])

    @property
    def bottom(self) -> float:
        return 0.0 if self.top == POINTS else 1.0

    @property
    def low(self) -> float:
        return self.interval[0]

    @property
    def high(self) -> float:
        return self.interval[1]

    @property
    def percent(self) -> float:
        return self.on_scale(self.value)

    @property
    def low_percent(self) -> float:
        return self.on_scale(self.low)

    @property
    def high_percent(self) -> float:
        return self.on_scale(self.high)

    def on_scale(self, value: float) -> float:
        """A value as a percent of the scale."""
        return 100 * max(0.0, value - self.bottom) / (self.top - self.bottom)


Figure = Share | Mean


def leader(figures: Sequence[Figure]) -> Option | None:
    """The option ahead of all others, unless its interval meets that of any of them, or some are not shown.

    Of means the second is not always the one that reaches highest: one of few people reaches far.
    """
    if not figures or not all(figure.shown for figure in figures):
        return None
    first = max(figures, key=lambda figure: figure.percent)
    if any(first.low <= other.high for other in figures if other is not first):
        return None
    return first.option
