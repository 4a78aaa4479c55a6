"""Whether groups give higher scores than others: of counts by score, so that a hundred thousand ballots cost no more than ten."""

from collections.abc import Mapping, Sequence
from math import sqrt

from .differing import Difference, Procedure, size_of
from .special import chi_square_tail

Scores = Mapping[int, int]  # score → how many gave it
LEAST_IN_GROUP = 6  # with five or fewer in a group Kruskal and Wallis give tables in the chi-square's stead


def compare_scores(groups: Sequence[Scores]) -> Difference | None:
    """Kruskal's and Wallis's test, scores that are equal sharing the mean of their ranks; of two groups it is the Mann–Whitney test
    (its z squared, without a correction for continuity).

    H = 12/(N(N + 1))·Σ R²/n − 3(N + 1), over 1 − Σ(t³ − t)/(N³ − N) where t scores are equal, with as many degrees of freedom as
    groups less one: W. H. Kruskal, W. A. Wallis, "Use of Ranks in One-Criterion Variance Analysis", Journal of the American
    Statistical Association 47 (1952), 583–621. Epsilon-squared is H/(N − 1): T. L. Kelley (1935), as M. and E. Tomczak give it,
    Trends in Sport Sciences 1 (2014), 19–25; its root is read as a correlation (Cohen: 0.1, 0.3, 0.5).

    Groups of nobody are left out. None where all gave the same score, or a group is too small for the chi-square.
    """
    groups = [group for group in groups if any(group.values())]
    sizes = [sum(group.values()) for group in groups]
    if len(groups) < 2 or min(sizes) < LEAST_IN_GROUP:
        return None
    return rank_test(groups)


def rank_test(groups: Sequence[Scores]) -> Difference | None:
    """The test itself, of groups of any size; None where all gave the same score."""
    sizes = [sum(group.values()) for group in groups]
    n, ranks = sum(sizes), _ranks(groups)
    if len(ranks) < 2:
        return None
    sums = [sum(ranks[score] * count for score, count in group.items() if count) for group in groups]
    ties = [sum(group.get(score, 0) for group in groups) for score in ranks]
    plain = 12 / (n * (n + 1)) * sum(own * own / size for own, size in zip(sums, sizes, strict=True)) - 3 * (n + 1)
    statistic = max(0.0, plain / (1 - sum(t**3 - t for t in ties) / (n**3 - n)))
    df = len(groups) - 1
    effect = min(1.0, statistic / (n - 1))
    return Difference(
        statistic, df, chi_square_tail(statistic, df), effect, size_of(sqrt(effect), 1), Procedure.KRUSKAL_WALLIS
    )


def superiority(group: Scores, others: Scores) -> float:
    """The rank-biserial correlation, from −1 to 1: how much more often someone of the group scores higher than one of the others
    than lower. D. S. Kerby, "The Simple Difference Formula", Comprehensive Psychology 3 (2014), 11.IT.3.1.
    """
    pairs = [(n * m, one - other) for one, n in group.items() for other, m in others.items()]
    whole = sum(many for many, _step in pairs)
    return sum(many * ((step > 0) - (step < 0)) for many, step in pairs) / whole if whole else 0.0


def _ranks(groups: Sequence[Scores]) -> dict[int, float]:
    """The rank of each score that anyone gave: the mean of the places of those who gave it."""
    found, before = {}, 0
    for score in sorted({score for group in groups for score, n in group.items() if n}):
        many = sum(group.get(score, 0) for group in groups)
        found[score] = before + (many + 1) / 2
        before += many
    return found
