"""How sure a share or a mean is: intervals at 95 %, and the spread."""

from math import inf, sqrt
from statistics import NormalDist

from .special import student_quantile

Z_95 = 1.959963984540054


def wilson(successes: float, trials: float, z: float = Z_95) -> tuple[float, float]:
    """The Wilson score interval of a share, as (low, high) between 0 and 1.

    E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", Journal of the American
    Statistical Association 22 (1927), 209–212. Unlike p ± z·sqrt(p(1−p)/n) it stays within 0 and 1 and holds at small n.
    Of a weighted share, `trials` is the effective sample size.
    """
    if not trials:
        return 0.0, 1.0
    share, z2 = successes / trials, z * z
    middle = (share + z2 / (2 * trials)) / (1 + z2 / trials)
    half = z / (1 + z2 / trials) * sqrt(share * (1 - share) / trials + z2 / (4 * trials * trials))
    return max(0.0, middle - half), min(1.0, middle + half)


def spread(n: int, total: int, squares: int) -> float:
    """The sample standard deviation, sqrt((Σx² − (Σx)²/n) / (n − 1)); 0 under two values.

    Of whole numbers the difference is worked out without rounding.
    """
    if n < 2:
        return 0.0
    return sqrt(max(0.0, (n * squares - total * total) / (n * (n - 1))))


def mean_interval(
    n: int, total: int, squares: int, scale: tuple[float, float] = (-inf, inf), confidence: float = 0.95, least: int = 2
) -> tuple[float, float]:
    """The interval of a mean, mean ± t·s/√n with Student's t of n − 1 degrees of freedom, within the scale's ends.

    "Student" [W. S. Gosset], "The Probable Error of a Mean", Biometrika 6 (1908), 1–25. `n` values with this `total` and sum
    of `squares`: who gave an option no points counts among the n with a 0. Under `least` values it is the whole scale.

    Where all gave the same, Student's would be a point, however few they are. It then reaches to what the mean would be if as
    many as Wilson's upper end of 0 in n gave the end of the scale instead: 5 fives, of 1 to 5, are between 3.3 and 5; 100 of them
    between 4.9 and 5.
    """
    if n < max(2, least):
        return scale
    mean, sigma = total / n, spread(n, total, squares)
    if not sigma:
        others = wilson(0, n, NormalDist().inv_cdf((1 + confidence) / 2))[1]
        return mean - others * (mean - scale[0]), mean + others * (scale[1] - mean)
    half = student_quantile(n - 1, confidence) * sigma / sqrt(n)
    return max(scale[0], mean - half), min(scale[1], mean + half)
