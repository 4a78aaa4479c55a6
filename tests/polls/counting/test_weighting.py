"""Post-stratification and what it costs: Kish's effective sample size."""

import random

import pytest

from polls.domain.counting.weighting import merged, pooled, weighted_mean, weighted_share, weights


def test_each_stratum_weighs_its_share_of_the_audience():
    # A survey of 60 women and 40 men of a population that is half and half.
    found = weights({"women": 60, "men": 40}, {"women": 0.5, "men": 0.5})
    assert found.by_stratum == pytest.approx({"women": 50 / 60, "men": 50 / 40})
    assert (found.covered, found.missing, found.apart, found.usable) == (1, (), 0, True)
    assert found.largest == 1.25
    # Σw = 100, Σw² = 60·(5/6)² + 40·(5/4)² = 104.1667
    assert found.design_effect == pytest.approx(1.0416667)
    assert found.effective() == found.effective(100) == pytest.approx(96.0)
    assert found.effective(50) == pytest.approx(48.0)


def test_shares_already_right_weigh_nothing_more():
    found = weights({"a": 30, "b": 70}, {"a": 0.3, "b": 0.7})
    assert found.by_stratum == pytest.approx({"a": 1, "b": 1})
    assert (found.design_effect, found.effective()) == (pytest.approx(1), pytest.approx(100))


def test_kishs_effective_size_is_sum_squared_over_sum_of_squares():
    sample, shares = {"a": 10, "b": 200, "c": 37}, {"a": 0.4, "b": 0.35, "c": 0.25}
    found = weights(sample, shares)
    each = [found.by_stratum[stratum] for stratum, n in sample.items() for _ in range(n)]
    assert sum(each) == pytest.approx(247), "weights are 1 on average"
    assert found.effective() == pytest.approx(sum(each) ** 2 / sum(w * w for w in each))
    mean_weight = sum(each) / len(each)
    variance = sum((w - mean_weight) ** 2 for w in each) / len(each)
    assert found.design_effect == pytest.approx(1 + variance / mean_weight**2), (
        "Kish 1965: 1 + the squared variation of w"
    )


def test_weighted_share_is_the_mean_of_the_strata_by_their_weight():
    # 40 of 60 women and 10 of 40 men choose it: 50 % of ballots, 45.8 % of a population half and half.
    share = weighted_share({"women": 40, "men": 10}, {"women": 60, "men": 40}, {"women": 0.5, "men": 0.5})
    assert share == pytest.approx((40 / 60 + 10 / 40) / 2)


def test_stratum_without_ballots_leaves_its_weight_to_the_others():
    sample, shares = {"young": 20, "old": 80, "oldest": 0}, {"young": 0.45, "old": 0.45, "oldest": 0.1}
    found = weights(sample, shares)
    assert (found.covered, found.missing, found.usable) == (pytest.approx(0.9), ("oldest",), True)
    assert found.by_stratum == pytest.approx({"young": 2.5, "old": 0.625})
    assert weighted_share({"young": 20, "old": 0}, sample, shares) == pytest.approx(0.5)


@pytest.mark.parametrize(("missing", "usable"), [(0.19, True), (0.2, True), (0.21, False), (1.0, False)])
def test_under_four_fifths_of_the_audience_there_is_no_weighted_result(missing, usable):
    sample, shares = {"here": 50, "away": 0}, {"here": 1 - missing, "away": missing}
    assert weights(sample, shares).usable is usable
    assert (weighted_share({"here": 25}, sample, shares) is not None) is usable


def test_ballots_of_strata_that_have_no_share_weigh_nothing_and_are_told():
    sample = {"a": 10, "b": 10, "unknown": 5}
    found = weights(sample, {"a": 0.5, "b": 0.5})
    assert (found.apart, "unknown" in found.by_stratum) == (5, False)
    assert weighted_share({"a": 5, "b": 5, "unknown": 5}, sample, {"a": 0.5, "b": 0.5}) == pytest.approx(0.5)


def test_shares_need_not_add_up_to_one():
    sample = {"a": 10, "b": 30}
    assert weights(sample, {"a": 2000, "b": 1000}).by_stratum == pytest.approx({"a": 8 / 3, "b": 4 / 9})
    assert weighted_mean({"a": 30, "b": 30}, sample, {"a": 2000, "b": 1000}) == pytest.approx(3 * 2 / 3 + 1 / 3)


def test_extreme_weight_is_kept_and_told():
    found = weights({"rare": 1, "common": 999}, {"rare": 0.5, "common": 0.5})
    assert found.largest == pytest.approx(500)
    assert found.effective() < 4, "a thousand ballots that tell as much as four"


def test_nothing_to_weigh_is_no_result():
    found = weights({}, {})
    assert (found.usable, found.largest, found.covered, found.effective()) == (False, 0, 0, 0)
    assert weighted_share({}, {}, {}) is weighted_mean({}, {"a": 5}, {}) is None


def test_weighted_mean_of_scores():
    # 20 young give 4 on average, 80 old 2: 2.4 unweighted; half and half make 3.
    assert weighted_mean({"young": 80, "old": 160}, {"young": 20, "old": 80}, {"young": 1, "old": 1}) == pytest.approx(
        3
    )


@pytest.mark.parametrize("seed", range(30))
def test_effective_sample_is_never_more_than_the_ballots_nor_the_share_out_of_bounds(seed):
    dice = random.Random(seed)
    strata = "abcdefgh"
    sample = {stratum: dice.randrange(40) for stratum in strata}
    shares = {stratum: dice.random() for stratum in strata}
    chosen = {stratum: dice.randint(0, n) for stratum, n in sample.items()}
    found = weights(sample, shares)
    assert found.effective() <= sum(sample.values()) + 1e-9
    assert sum(found.by_stratum[stratum] * sample[stratum] for stratum in found.by_stratum) == pytest.approx(
        sum(sample[stratum] for stratum in found.by_stratum)
    )
    share = weighted_share(chosen, sample, shares)
    assert share is None or -1e-9 <= share <= 1 + 1e-9


@pytest.mark.parametrize(
    ("sample", "shares", "together"),
    [
        ({"a": 20, "b": 1, "c": 9}, {"a": 0.3, "b": 0.4, "c": 0.3}, {"b", "c"}),
        ({"a": 20, "b": 2, "c": 3}, {"a": 0.3, "b": 0.4, "c": 0.3}, {"b", "c"}),
        ({"a": 20, "b": 2, "c": 9}, {"a": 0.7, "c": 0.3}, {"b", "c"}),
        ({"a": 20, "b": 5, "c": 9}, {"a": 0.7, "c": 0.3}, set()),
        ({"a": 20, "b": 0, "c": 9}, {"a": 0.5, "b": 0.2, "c": 0.3}, set()),
        ({"a": 6, "b": 1, "c": 1}, {"a": 0.5, "b": 0.5}, {"a", "b", "c"}),
    ],
)
def test_strata_of_a_few_ballots_are_weighed_with_others(sample, shares, together):
    pools = pooled(sample, shares, 5)
    assert {one for one in pools if sum(pools[other] == pools[one] for other in pools) > 1} == together
    assert sum(merged(sample, pools).values()) == sum(sample.values())
    small = [n for pool, n in merged(sample, pools).items() if 0 < n < 5 and merged(shares, pools).get(pool)]
    assert small == []
