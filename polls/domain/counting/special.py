"""Tail probabilities of the chi-square, Student's t and F distributions, in pure Python."""

from functools import lru_cache
from math import exp, lgamma, log, log1p, pi, sqrt
from statistics import NormalDist

TINY, ENOUGH, MOST_STEPS = 1e-300, 1e-15, 100_000


def chi_square_tail(statistic: float, df: int) -> float:
    """P(X² ≥ statistic) with `df` degrees of freedom: the regularised incomplete gamma function Q(df/2, statistic/2).

    The series of P where the statistic is small, the continued fraction of Q elsewhere (NIST *Digital Library of
    Mathematical Functions*, 8.11.4 and 8.9.2), the latter by Lentz's method as changed by Thompson and Barnett.
    """
    if statistic <= 0:
        return 1.0
    a, x = df / 2, statistic / 2
    front = exp(a * log(x) - x - lgamma(a))
    if x < a + 1:
        term = total = 1 / a
        n = a
        while term > total * ENOUGH:
            n += 1
            term *= x / n
            total += term
        return max(0.0, 1.0 - front * total)
    b = x + 1 - a
    terms = ((-n * (n - a), x + 1 - a + 2 * n) for n in range(1, MOST_STEPS))
    return min(1.0, front * _continued(1 / b, terms, b))


def student_tail(t: float, df: float) -> float:
    """P(|T| ≥ t) with `df` degrees of freedom: the regularised incomplete beta function I_x(df/2, 1/2), x = df/(df+t²).

    The continued fraction of DLMF 8.17.22, and 8.17.4 where it converges slowly.
    """
    if t <= 0:
        return 1.0
    x, y = df / (df + t * t), t * t / (df + t * t)
    return _beta(df / 2, 0.5, x, y)


def f_tail(statistic: float, df: float, df2: float) -> float:
    """P(F ≥ statistic) with `df` and `df2` degrees of freedom: I_x(df2/2, df/2), x = df2/(df2 + df·statistic) (DLMF 8.17)."""
    if statistic <= 0:
        return 1.0
    whole = df2 + df * statistic
    return _beta(df2 / 2, df / 2, df2 / whole, df * statistic / whole)


@lru_cache(maxsize=4096)
def student_quantile(df: int, confidence: float = 0.95) -> float:
    """The t with P(|T| ≤ t) = confidence: 12.706 for 1 degree of freedom at 0.95, 1.960 for many.

    Newton's method on `student_tail` from the normal quantile; from there it goes up to the quantile and never past it,
    for the tail is convex. Tables: *NIST/SEMATECH e-Handbook of Statistical Methods*, 1.3.6.7.2.
    """
    tail = 1 - confidence
    t = NormalDist().inv_cdf(1 - tail / 2)
    # lgamma(a + 1/2) - lgamma(a) loses digits where a is great; its expansion (DLMF 5.11.13) does not.
    a = df / 2
    ratio = lgamma(a + 0.5) - lgamma(a) if a < 1e4 else 0.5 * log(a) - 1 / (8 * a)
    for _step in range(100):
        density = exp(ratio - (df + 1) / 2 * log1p(t * t / df)) / sqrt(df * pi)
        move = (student_tail(t, df) - tail) / (2 * density)
        t += move
        if abs(move) < 1e-12 * t:
            break
    return t


def _beta(a: float, b: float, x: float, y: float) -> float:
    """I_x(a, b), where y = 1 - x is given apart lest its digits be lost."""
    if x > (a + 1) / (a + b + 2):
        return 1.0 - _beta(b, a, y, x)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(y)) / a
    return front * _continued(1.0, _beta_terms(a, b, x), 1.0)


def _beta_terms(a: float, b: float, x: float):
    for step in range(1, MOST_STEPS):
        m = step // 2
        if step % 2:
            yield -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)), 1.0
        else:
            yield m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)), 1.0


def _continued(start: float, terms, first: float) -> float:
    """1/(first + a₁/(b₁ + a₂/(b₂ + …))) by the modified Lentz method, from `start` = 1/first."""
    found, c, d = start, 1 / TINY, 1 / first
    for a, b in terms:
        d = b + a * d
        d = 1 / (d if abs(d) > TINY else TINY)
        c = b + a / c
        c = c if abs(c) > TINY else TINY
        step = c * d
        found *= step
        if abs(step - 1) < ENOUGH:
            break
    return found
