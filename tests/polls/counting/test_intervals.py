"""Intervals against printed tables."""

from math import inf, sqrt
from statistics import fmean, stdev

import pytest

from polls.domain.counting.intervals import mean_interval, spread, wilson
from polls.domain.counting.special import chi_square_tail, student_quantile, student_tail


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    # R. G. Newcombe, Statistics in Medicine 17 (1998), 857–872, table I, method 3.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_gives_newcombes_published_intervals(successes, trials, low, high):
    assert wilson(successes, trials) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


def test_share_of_nothing_could_be_anything():
    assert wilson(0, 0) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("df", "confidence", "t"),
    # NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2, and the usual tables to more digits.
    [
        (1, 0.95, 12.7062), (2, 0.95, 4.30265), (3, 0.95, 3.18245), (4, 0.95, 2.77645), (5, 0.95, 2.57058),
        (9, 0.95, 2.26216), (10, 0.95, 2.22814), (29, 0.95, 2.04523), (100, 0.95, 1.98397), (1, 0.99, 63.65674),
        (2, 0.99, 9.92484), (5, 0.99, 4.03214), (5, 0.90, 2.01505), (10, 0.98, 2.76377), (10, 0.999, 4.58689),
    ],
)  # fmt: skip
def test_students_t_is_that_of_the_tables(df, confidence, t):
    assert student_quantile(df, confidence) == pytest.approx(t, abs=6e-6 * max(1, t))


def test_students_t_of_one_and_two_degrees_is_the_closed_form():
    from math import pi, tan

    assert student_quantile(1) == pytest.approx(tan(0.475 * pi), rel=1e-12)
    assert student_quantile(2) == pytest.approx(0.95 * sqrt(2 / (1 - 0.95**2)), rel=1e-12)


def test_students_t_of_many_is_the_normal_one():
    assert student_quantile(100_000) == pytest.approx(1.959963984540054, abs=3e-5)
    assert student_quantile(10_000_000) == pytest.approx(1.959963984540054 + 2.372e-7, abs=1e-9)


@pytest.mark.parametrize("df", [1, 2, 7, 50, 999, 20_000])
def test_quantile_and_tail_undo_each_other(df):
    assert student_tail(student_quantile(df, 0.95), df) == pytest.approx(0.05, rel=1e-9)


@pytest.mark.parametrize(
    ("df", "p", "statistic"),
    # Upper critical values, e-Handbook 1.3.6.7.4, to six decimals.
    [
        (1, 0.05, 3.841459), (1, 0.01, 6.634897), (1, 0.001, 10.827566), (2, 0.05, 5.991465), (3, 0.05, 7.814728),
        (4, 0.01, 13.276704), (5, 0.10, 9.236357), (6, 0.05, 12.591587), (10, 0.05, 18.307038), (10, 0.99, 2.558212),
        (20, 0.95, 10.850811), (30, 0.05, 43.772972), (100, 0.05, 124.342113), (100, 0.95, 77.929465),
    ],
)  # fmt: skip
def test_chi_square_tail_is_that_of_the_tables(df, p, statistic):
    assert chi_square_tail(statistic, df) == pytest.approx(p, abs=1e-6)


def test_chi_square_tail_at_its_ends():
    assert chi_square_tail(0, 3) == 1.0
    assert 0 <= chi_square_tail(5000, 3) < 1e-300
    assert chi_square_tail(1e-9, 40) == pytest.approx(1.0)


# Student's own sleep data (Biometrika 6, 1908, p. 20): extra hours by the second drug, in tenths.
SLEEP = [19, 8, 11, 1, -1, 44, 55, 16, 46, 34]


def test_mean_interval_of_students_sleep_data():
    n, total, squares = len(SLEEP), sum(SLEEP), sum(x * x for x in SLEEP)
    assert spread(n, total, squares) == pytest.approx(stdev(SLEEP), rel=1e-12) == pytest.approx(20.02, abs=5e-3)
    low, high = mean_interval(n, total, squares)
    assert (low, high) == (
        pytest.approx(9.0, abs=0.05),
        pytest.approx(37.6, abs=0.05),
    )  # R: t.test(extra): 0.898, 3.762
    assert (low + high) / 2 == pytest.approx(fmean(SLEEP))


def test_interval_stays_on_the_scale_and_of_one_value_it_is_the_scale():
    assert mean_interval(3, 14, 66, scale=(1, 5))[1] == 5
    assert mean_interval(1, 3, 9, scale=(1, 5)) == mean_interval(0, 0, 0, scale=(1, 5)) == (1, 5)
    assert mean_interval(0, 0, 0) == (-inf, inf)


def test_same_answer_by_everyone_has_no_spread():
    assert spread(7, 7 * 33, 7 * 33 * 33) == 0
    assert spread(1, 5, 25) == spread(0, 0, 0) == 0


def test_same_answer_by_a_few_is_no_certainty():
    """Student's interval would be a point. n fives of 1 to 5 reach down as if Wilson's upper end of 0 in n gave a 1."""
    for n, low in ((5, 5 - 4 * 0.43448), (30, 5 - 4 * 0.11351), (1000, 5 - 4 * 0.0038267)):
        assert mean_interval(n, 5 * n, 25 * n, scale=(1, 5)) == (pytest.approx(low, abs=5e-4), 5)
    assert mean_interval(10, 0, 0, scale=(0, 100)) == (0, pytest.approx(27.75, abs=0.01))
    assert mean_interval(7, 7 * 33, 7 * 33 * 33) == (-inf, inf), "without ends nothing bounds the others"


def test_mean_of_fewer_than_asked_could_be_anything():
    assert mean_interval(4, 13, 45, scale=(1, 5), least=5) == (1, 5)
    assert mean_interval(5, 17, 61, scale=(1, 5), least=5) != (1, 5)
