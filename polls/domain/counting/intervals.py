"""How sure a share or a mean is: intervals at 95 %, and the spread."""

from math import inf, sqrt

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
    n: int, total: int, squares: int, scale: tuple[float, float] = (-inf, inf), confidence: float = 0.95
) -> tuple[float, float]:
    """The interval of a mean, mean ± t·s/√n with Student's t of n − 1 degrees of freedom, within the scale's ends.

    "Student" [W. S. Gosset], "The Probable Error of a Mean", Biometrika 6 (1908), 1–25. `n` values with this `total` and sum
    of `squares`: who gave an option no points counts among the n with a 0. Under two values it is the whole scale.
    """
    if n < 2:
        return scale
    mean, half = total / n, student_quantile(n - 1, confidence) * spread(n, total, squares) / sqrt(n)
    return max(scale[0], mean - half), min(scale[1], mean + half)
