"""Kruskal–Wallis, the rank-biserial correlation and Brown–Forsythe against published figures."""

from collections import Counter

import pytest

from polls.domain.counting.differing import Procedure, Size
from polls.domain.counting.means import compare_means, size_of
from polls.domain.counting.ranks import compare_scores, rank_test, superiority
from polls.domain.counting.special import f_tail

# Counts of insects after six sprays: G. Beall, Biometrika 32 (1942), 243–262, as R has them (`InsectSprays`).
SPRAYS = [
    "10 7 20 14 14 12 10 23 17 20 14 13", "11 17 21 11 16 14 17 17 19 21 7 13", "0 1 7 2 3 1 2 1 3 0 1 4",
    "3 5 12 6 4 3 5 5 5 5 2 4", "3 5 3 5 3 6 1 1 3 2 6 4", "11 9 15 22 15 16 13 10 26 26 24 13",
]  # fmt: skip


def test_sprays_with_many_ties():
    # R's help of kruskal.test: chi-squared = 54.691, df = 5, p-value = 1.511e-10.
    found = compare_scores([Counter(map(int, row.split())) for row in SPRAYS])
    assert (round(found.statistic, 3), found.df, found.kind) == (54.691, 5, Procedure.KRUSKAL_WALLIS)
    assert found.p == pytest.approx(1.511e-10, rel=1e-3)
    assert (found.effect, found.size) == (pytest.approx(54.691 / 71, abs=1e-4), Size.LARGE)


def test_grades_of_three_instructors():
    # W. J. Conover, Practical Nonparametric Statistics, 3rd ed. 1999, section 5.2, example 2: T = 0.3209.
    grades = [
        dict(zip((5, 4, 3, 2, 1), of, strict=True)) for of in ((4, 14, 17, 6, 2), (10, 6, 9, 7, 6), (6, 7, 8, 6, 1))
    ]
    found = compare_scores(grades)
    assert (round(found.statistic, 4), found.df, found.size) == (0.3209, 2, Size.NEGLIGIBLE)
    assert found.p > 0.85


def test_three_groups_of_lungs():
    # M. Hollander and D. A. Wolfe, Nonparametric Statistical Methods, 1973, p. 116, as in R's help: 0.77143, df = 2,
    # p-value = 0.68.
    lungs = [Counter(row) for row in ((29, 30, 25, 26, 32), (38, 27, 40, 24), (28, 34, 37, 22, 20))]
    found = rank_test(lungs)
    assert (round(found.statistic, 5), found.df, round(found.p, 2)) == (0.77143, 2, 0.68)
    assert compare_scores(lungs) is None, "too few in a group for the chi-square"


def test_ties_alone():
    # SciPy's help of scipy.stats.kruskal: statistic=7.0, pvalue=0.0301973834223185.
    found = rank_test([{1: 3}, {2: 3}, {2: 2}])
    assert (found.statistic, found.p) == (pytest.approx(7), pytest.approx(0.0301973834223185))


def test_tortoises_and_hares():
    # https://en.wikipedia.org/wiki/Mann–Whitney_U_test, whose order of arrival gives U = 11 and 25: (25 − 11)/36.
    tortoises, hares = Counter((12, 6, 5, 4, 3, 2)), Counter((11, 10, 9, 8, 7, 1))
    assert superiority(hares, tortoises) == pytest.approx(14 / 36)
    assert superiority(tortoises, hares) == pytest.approx(-14 / 36)


@pytest.mark.parametrize("scores", [[{3: 20}, {3: 30}], [{3: 20}, {}], [{3: 20, 4: 9}], [{4: 50, 5: 50}, {1: 5}], []])
def test_scores_that_are_all_equal_or_too_few_are_not_compared(scores):
    assert compare_scores(scores) is None


def test_irises():
    # O. Dag, A. Dolgun, N. M. Konar, "onewaytests", The R Journal 10 (2018), 175–199: bf.test(Sepal.Length ~ Species) of iris
    # gives 119.2645 with 2 and 123.9255 degrees of freedom, p = 1.317059e-29. Sums and sums of squares of Fisher's sepals, in mm.
    found = compare_means([(50, 2503, 125909), (50, 2968, 177486), (50, 3294, 218990)])
    assert (round(found.statistic, 4), found.df, round(found.df2, 4)) == (119.2645, 2, 123.9255)
    assert found.p == pytest.approx(1.317059e-29, rel=1e-5)
    assert (round(found.effect, 4), found.kind) == (0.6187, Procedure.BROWN_FORSYTHE)


def test_of_two_groups_it_is_welchs():
    # "Student", Biometrika 6 (1908), 1–25, as in R's help of t.test: t = -1.8608, df = 17.776, p-value = 0.07939.
    drugs = [7, -16, -2, -12, -1, 34, 37, 8, 0, 20], [19, 8, 11, 1, -1, 44, 55, 16, 46, 34]
    found = compare_means([(10, sum(hours), sum(one * one for one in hours)) for hours in drugs])
    assert (round(found.statistic**0.5, 4), round(found.df2, 3), round(found.p, 5)) == (1.8608, 17.776, 0.07939)


def test_group_in_which_all_give_nothing_is_compared_with_one_that_gives():
    given = (20, 600, 21000)
    assert compare_means([given, (20, 0, 0)]).p < 1e-4
    apart = compare_means([(10, 1000, 100_000), (10, 0, 0)])
    assert apart.p < 1e-4 and apart.kind == Procedure.KRUSKAL_WALLIS, "all of one give 100, all of the other nothing"


@pytest.mark.parametrize(
    "groups", [[(20, 1000, 50_000), (30, 1500, 75_000)], [(20, 0, 0), (30, 0, 0)], [(5, 90, 3000), (40, 900, 30_000)]]
)
def test_points_that_are_all_equal_or_too_few_are_not_compared(groups):
    assert compare_means(groups) is None


@pytest.mark.parametrize(
    ("eta_squared", "size"),
    # Cohen 1988, section 8.2.3: f = 0.10, 0.25 and 0.40 are 0.0099, 0.0588 and 0.1379.
    [(0.0098, Size.NEGLIGIBLE), (0.0100, Size.SMALL), (0.0589, Size.MEDIUM), (0.1380, Size.LARGE)],
)
def test_sizes_of_means_are_cohens(eta_squared, size):
    assert size_of(eta_squared) == size


@pytest.mark.parametrize(("df", "df2", "f"), [(1, 10, 4.965), (2, 20, 3.493), (5, 30, 2.534), (10, 10, 2.978)])
def test_tail_of_f_is_that_of_the_tables(df, df2, f):
    # NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.3, at 5 %.
    assert f_tail(f, df, df2) == pytest.approx(0.05, abs=5e-5)
    assert f_tail(0, df, df2) == 1.0
