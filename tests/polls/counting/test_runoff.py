"""Instant run-off, round by round: published elections, each rule for ties, and votelib."""

import random

import pytest
from votelib.evaluate.sequential import TransferableVoteSelector

from polls.domain.counting.runoff import Rule, instant_runoff

from .elections import CITIES, TENNESSEE, profile_of, strict, weak


def ballots(**orders):
    """ABC=3: three ballots with A, then B, then C."""
    return profile_of(orders)


def test_capital_of_tennessee_round_by_round():
    # https://en.wikipedia.org/wiki/Instant-runoff_voting
    found = instant_runoff(profile_of(TENNESSEE), CITIES)
    first, second, third = found.rounds
    assert first.counts == {"Memphis": 42, "Nashville": 26, "Chattanooga": 15, "Knoxville": 17}
    assert (first.out, first.rule) == (("Chattanooga",), Rule.FEWEST)
    assert second.counts == {"Memphis": 42, "Nashville": 26, "Knoxville": 32}
    assert second.out == ("Nashville",)
    assert third.counts == {"Memphis": 42, "Knoxville": 58}
    assert (third.out, third.rule, found.winner) == ((), Rule.MAJORITY, "Knoxville")


def test_burlington_2009():
    # https://en.wikipedia.org/wiki/2009_Burlington_mayoral_election, the ballots by its three leading candidates.
    profile = {
        (("Montroll",), ("Kiss",), ("Wright",)): 1332, (("Montroll",), ("Wright",), ("Kiss",)): 767,
        (("Montroll",),): 455, (("Kiss",), ("Montroll",), ("Wright",)): 2043, (("Kiss",), ("Wright",), ("Montroll",)): 371,
        (("Kiss",),): 568, (("Wright",), ("Montroll",), ("Kiss",)): 1513, (("Wright",), ("Kiss",), ("Montroll",)): 495,
        (("Wright",),): 1289,
    }  # fmt: skip
    found = instant_runoff(profile, ["Montroll", "Kiss", "Wright"])
    assert found.rounds[0].counts == {"Montroll": 2554, "Kiss": 2982, "Wright": 3297}
    assert found.rounds[1].counts == {"Kiss": 4314, "Wright": 4064}
    assert found.rounds[1].exhausted == 455
    assert found.winner == "Kiss"


def test_majority_of_first_places_ends_it_at_once():
    found = instant_runoff(ballots(ABC=6, BCA=3, CBA=2), "ABC")
    assert (len(found.rounds), found.winner) == (1, "A")


def test_half_is_no_majority_and_of_two_level_the_one_that_came_behind_goes_out():
    found = instant_runoff(ballots(AB=5, BA=3, CBA=2), "ABC")
    assert [round_.rule for round_ in found.rounds] == [Rule.FEWEST, Rule.EARLIER, Rule.MAJORITY]
    assert (found.rounds[1].counts, found.winner) == ({"A": 5, "B": 5}, "A")


def test_of_several_last_the_one_with_fewer_in_an_earlier_round_goes_out():
    found = instant_runoff(ballots(A=10, B=9, C=8, DC=1), "ABCD")
    assert found.rounds[0].out == ("D",)
    assert found.rounds[1].counts == {"A": 10, "B": 9, "C": 9}
    assert (found.rounds[1].out, found.rounds[1].rule) == (("C",), Rule.EARLIER)


def test_latest_round_in_which_they_differ_decides():
    found = instant_runoff(ballots(A=15, B=7, C=6, DC=2, EB=2, EC=1), "ABCDE")
    assert [(round_.counts["B"], round_.counts["C"]) for round_ in found.rounds[:3]] == [(7, 6), (7, 8), (9, 9)]
    assert (found.rounds[2].out, found.rounds[2].rule) == (("B",), Rule.EARLIER)


def test_those_who_cannot_win_even_together_go_out_together():
    found = instant_runoff(ballots(AB=10, BA=9, CB=2, DB=2), "ABCD")
    assert (found.rounds[0].out, found.rounds[0].rule) == (("C", "D"), Rule.TOGETHER)
    assert found.winner == "B"


def test_options_without_a_vote_go_out_together():
    found = instant_runoff(ballots(AB=5, BA=4, CA=4), "ABCDEF")
    assert found.rounds[0].out == ("D", "E", "F")


def test_of_two_last_that_could_still_win_the_one_that_loses_to_the_other_goes_out():
    found = instant_runoff(ballots(ABC=5, BCA=4, CBA=4), "ABC")
    assert (found.rounds[0].out, found.rounds[0].rule) == (("C",), Rule.PAIRS)
    assert found.winner == "B"


def test_where_lots_would_be_drawn_there_is_no_winner():
    found = instant_runoff(ballots(A=5, B=5), "AB")
    assert (found.winner, found.rounds[0].rule, found.rounds[0].tied) == (None, Rule.TIE, ("A", "B"))
    cycle = instant_runoff(ballots(ABC=1, BCA=1, CAB=1), "ABC")
    assert (cycle.winner, cycle.rounds[0].tied) == (None, ("A", "B", "C"))


def test_options_that_share_a_place_share_the_vote():
    found = instant_runoff({(("A", "B", "C"), ("D",)): 2, (("D",),): 2, (("B",),): 1}, "ABCD")
    assert found.rounds[0].counts == pytest.approx({"A": 2 / 3, "B": 5 / 3, "C": 2 / 3, "D": 2})
    assert (found.rounds[0].out, found.rounds[0].rule) == (("A", "C"), Rule.TOGETHER)
    assert found.rounds[1].counts == {"B": 3, "D": 2}
    assert found.winner == "B"


def test_shared_vote_goes_to_those_who_are_left_of_the_place():
    found = instant_runoff({(("A", "B"),): 3, (("A",),): 2, (("C",),): 4, (("B",),): 1}, "ABC")
    assert found.rounds[0].counts == {"A": 3.5, "B": 2.5, "C": 4}
    assert found.rounds[1].counts == {"A": 5, "C": 4}
    assert (found.rounds[1].exhausted, found.winner) == (1, "A")


def test_ballot_that_names_none_of_those_left_is_exhausted():
    found = instant_runoff(ballots(A=4, B=4, C=1, CB=1), "ABC")
    assert [round_.exhausted for round_ in found.rounds] == [0, 1]
    assert (found.rounds[1].counts, found.winner) == ({"A": 4, "B": 5}, "B")


@pytest.mark.parametrize("profile", [{}, {(): 5}, {((),): 5}, {(("gone",),): 5}])
def test_ballots_that_say_nothing_elect_nobody(profile):
    found = instant_runoff(profile, "AB")
    assert (found.winner, found.rounds[-1].rule) == (None, Rule.NOBODY)
    assert found.rounds[-1].exhausted == sum(profile.values())


def test_no_options_no_rounds():
    assert instant_runoff({(("A",),): 5}, []).rounds == []


@pytest.mark.parametrize("seed", range(150))
def test_votes_and_exhausted_ballots_add_up_in_every_round(seed):
    options = "ABCDEFGHIJKL"[: 3 + seed % 10]
    profile = weak(seed, options, 20 + seed)
    found = instant_runoff(profile, options)
    still = set(options)
    for round_ in found.rounds:
        assert sum(round_.counts.values()) + round_.exhausted == pytest.approx(20 + seed)
        assert set(round_.counts) == still
        still -= set(round_.out)
    assert (found.winner is None) == (found.rounds[-1].rule in (Rule.TIE, Rule.NOBODY))
    assert found.winner is None or found.winner in still


@pytest.mark.parametrize("seed", range(60))
def test_winner_is_the_same_by_any_name_in_any_order_and_twice_over(seed):
    profile = weak(seed, "ABCDE", 80)
    rename = dict(zip("ABCDE", "ecadb", strict=True))
    shuffled = list(profile.items())
    random.Random(seed).shuffle(shuffled)
    again = {tuple(tuple(rename[one] for one in group) for group in ballot): 2 * n for ballot, n in shuffled}
    one, other = instant_runoff(profile, "ABCDE"), instant_runoff(again, "abcde")
    assert rename.get(one.winner) == other.winner
    assert [round_.rule for round_ in one.rounds] == [round_.rule for round_ in other.rounds]
    assert [{rename[out] for out in round_.out} for round_ in one.rounds] == [
        set(round_.out) for round_ in other.rounds
    ]


def test_votelib_agrees_where_nobody_ties_for_last():
    compared = 0
    for seed in range(120):
        orders = strict(seed, "ABCDEF", 301)
        found = instant_runoff(profile_of(orders), "ABCDEF")
        if all(round_.rule in (Rule.FEWEST, Rule.MAJORITY) for round_ in found.rounds):
            assert TransferableVoteSelector(quota_function="droop").evaluate(orders, 1) == [found.winner]
            compared += 1
    assert compared > 60


@pytest.mark.parametrize("seed", range(60))
def test_each_round_is_what_a_count_from_the_start_would_give(seed):
    profile = weak(seed, "ABCDEFG", 70)
    out = set()
    for round_ in instant_runoff(profile, "ABCDEFG").rounds:
        plain = dict.fromkeys((option for option in "ABCDEFG" if option not in out), 0)
        for ballot, n in profile.items():
            group = next((kept for kept in ([one for one in group if one not in out] for group in ballot) if kept), [])
            for option in group:
                plain[option] += n / len(group)
        assert round_.counts == pytest.approx(plain)
        out |= set(round_.out)
