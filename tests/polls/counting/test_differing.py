"""Chi-square, Cramér's V, Cochran's rule and Holm's procedure against textbooks."""

import pytest

from polls.domain.counting.differing import Size, compare, compare_choices, holm, size_of


def test_parties_by_gender():
    # A. Agresti, An Introduction to Categorical Data Analysis, 2nd ed. 2007, p. 39: X² = 30.1, df 2, P < 0.0001.
    found = compare([[762, 484], [327, 239], [468, 477]])
    assert (round(found.statistic, 3), found.df) == (30.070, 2)
    assert found.p == pytest.approx(2.954e-07, rel=1e-3)
    assert found.effect == pytest.approx((30.070 / 2757) ** 0.5, abs=1e-5)
    assert found.size == Size.SMALL, "beyond doubt, and small"


def test_neighbourhoods_by_work():
    # https://en.wikipedia.org/wiki/Chi-squared_test: about 24.57 with 6 degrees of freedom.
    found = compare([[90, 60, 104, 95], [30, 50, 51, 20], [30, 40, 45, 35]])
    assert (round(found.statistic, 2), found.df) == (24.57, 6)
    assert found.p == pytest.approx(0.0004098, rel=1e-3)


def test_handedness_by_sex():
    # https://en.wikipedia.org/wiki/Contingency_table, and R's chisq.test without correction.
    found = compare([[43, 9], [44, 4]])
    assert (round(found.statistic, 4), found.df, round(found.p, 4)) == (1.7774, 1, 0.1825)


def test_two_by_two_is_the_square_of_the_comparison_of_two_shares():
    found = compare([[430, 440], [90, 40]])
    first, second, pooled = 430 / 520, 440 / 480, 870 / 1000
    z2 = (first - second) ** 2 / (pooled * (1 - pooled) * (1 / 520 + 1 / 480))
    assert found.statistic == pytest.approx(z2)
    assert (found.df, round(found.effect, 4)) == (1, round((z2 / 1000) ** 0.5, 4))


def test_same_shares_differ_in_nothing():
    found = compare([[20, 40], [30, 60]])
    assert (found.statistic, found.p, found.effect, found.size) == (0, 1, 0, Size.NEGLIGIBLE)


def test_each_group_its_own_choice_is_as_large_as_it_gets():
    found = compare([[50, 0, 0], [0, 50, 0], [0, 0, 50]])
    assert (found.effect, found.size) == (pytest.approx(1), Size.LARGE)


@pytest.mark.parametrize(
    "table",
    [[], [[]], [[5, 9]], [[5], [9]], [[0, 0], [0, 0]], [[9, 0], [12, 0]], [[9, 12], [0, 0]], [[6, 3], [3, 2]]],
)
def test_nothing_is_said_where_there_is_too_little_to_compare(table):
    assert compare(table) is None


def test_cochrans_rule_allows_a_fifth_of_small_cells_and_none_under_one():
    assert compare([[40, 40], [40, 40], [40, 40], [40, 40], [4, 4]]) is not None, "2 of 10 under 5"
    assert compare([[40, 40], [40, 40], [40, 40], [4, 4]]) is None, "2 of 8 under 5"
    assert compare([[400, 40], [400, 40], [400, 40], [400, 40], [4, 0]]) is None, "one under 1"


def test_options_nobody_chose_and_empty_groups_are_left_out():
    assert compare([[30, 0, 20], [0, 0, 0], [10, 0, 40]]) == compare([[30, 20], [10, 40]])


@pytest.mark.parametrize(
    ("v", "shorter", "size"),
    # Cohen 1988, table 7.2.3's thresholds: w = 0.1, 0.3, 0.5; V is that over the root of the shorter side less one.
    [
        (0.09, 1, Size.NEGLIGIBLE), (0.1, 1, Size.SMALL), (0.3, 1, Size.MEDIUM), (0.5, 1, Size.LARGE),
        (0.071, 2, Size.SMALL), (0.213, 2, Size.MEDIUM), (0.354, 2, Size.LARGE),
        (0.058, 3, Size.SMALL), (0.174, 3, Size.MEDIUM), (0.289, 3, Size.LARGE),
    ],
)  # fmt: skip
def test_sizes_are_cohens(v, shorter, size):
    assert size_of(v, shorter) == size


def test_of_several_choices_each_option_is_compared_for_itself():
    cash, travel = compare_choices([[60, 20], [50, 50]], [100, 100])
    assert cash == compare([[60, 20], [40, 80]])
    assert travel.statistic == 0


def test_option_that_everyone_chose_is_not_compared():
    assert compare_choices([[100, 100]], [100, 100]) == [None]


def test_holms_published_examples():
    # https://en.wikipedia.org/wiki/Holm–Bonferroni_method: H4 and H1 fall at 0.05, H3 and H2 do not.
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    # The same as R’s p.adjust by the method “holm”.
    assert holm([0.01, 0.02, 0.03, 0.04, 0.05]) == pytest.approx([0.05, 0.08, 0.09, 0.09, 0.09])
    assert holm([0.9, 0.6]) == [1.0, 1.0]
    assert holm([0.04]) == [0.04]
    assert holm([]) == []
