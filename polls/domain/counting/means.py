"""Whether groups differ in a mean, from sums and sums of squares alone."""

from collections.abc import Sequence

from .differing import Difference, Procedure, Size
from .ranks import LEAST_IN_GROUP, rank_test
from .special import f_tail

Moments = tuple[int, int, int]  # how many, their sum, their sum of squares


def compare_means(groups: Sequence[Moments]) -> Difference | None:
    """Brown's and Forsythe's F*, which does not suppose that groups spread alike; of two groups it is the square of Welch's t.

    F* = Σ n(m − M)² / Σ (1 − n/N)s², with k − 1 degrees of freedom and f, where 1/f = Σ c²/(n − 1) and c is a group's part of the
    divisor (Satterthwaite): M. B. Brown, A. B. Forsythe, "The Small Sample Behavior of Some Statistics Which Test the Equality of
    Several Means", Technometrics 16 (1974), 129–132. Welch's own W has no answer where all of one group give the same number, as
    when none of them gives an option any points; this one has.

    The effect is eta-squared, the part of all variance that lies between groups. Where all within each group give the same number,
    the numbers are known, and their ranks are compared instead. None where all give the same, or a group has fewer than
    `LEAST_IN_GROUP`.
    """
    groups = [group for group in groups if group[0]]
    if len(groups) < 2 or min(n for n, _total, _squares in groups) < LEAST_IN_GROUP:
        return None
    whole, total = sum(n for n, _total, _squares in groups), sum(own for _n, own, _squares in groups)
    within = [max(0.0, squares - own * own / n) for n, own, squares in groups]
    between = sum(n * (own / n - total / whole) ** 2 for n, own, _squares in groups)
    parts = [(1 - n / whole) * left / (n - 1) for (n, _total, _squares), left in zip(groups, within, strict=True)]
    if (divisor := sum(parts)) <= 0:
        return rank_test([{own // n: n} for n, own, _squares in groups])
    df = len(groups) - 1
    df2 = 1 / sum((part / divisor) ** 2 / (n - 1) for part, (n, _total, _squares) in zip(parts, groups, strict=True))
    statistic, effect = between / divisor, between / (between + sum(within))
    return Difference(statistic, df, f_tail(statistic, df, df2), effect, size_of(effect), Procedure.BROWN_FORSYTHE, df2)


def size_of(effect: float) -> Size:
    """Cohen's words for eta-squared, f²/(1 + f²) with f = 0.1 small, 0.25 medium, 0.4 large (1988, ch. 8)."""
    for f, size in ((0.4, Size.LARGE), (0.25, Size.MEDIUM), (0.1, Size.SMALL)):
        if effect >= f * f / (1 + f * f) - 1e-12:
            return size
    return Size.NEGLIGIBLE
