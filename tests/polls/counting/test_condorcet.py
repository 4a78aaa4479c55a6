"""Condorcet, Schulze and Borda against published elections, and against votelib."""

import pytest
from votelib.component.rankscore import Borda
from votelib.convert import RankedToPositionalVotes
from votelib.evaluate.condorcet import EVALUATORS
from votelib.evaluate.core import Tie

from polls.domain.counting.condorcet import borda, condorcet_winner, schulze

from .elections import CITIES, SCHULZE_45, TENNESSEE, pairs_of, profile_of, strict, weak

CAPITAL = pairs_of(profile_of(TENNESSEE), CITIES)


def test_capital_of_tennessee():
    assert CAPITAL["Nashville", "Memphis"] == 58
    assert condorcet_winner(CAPITAL, CITIES) == "Nashville"
    assert schulze(CAPITAL, CITIES) == [["Nashville"], ["Chattanooga"], ["Knoxville"], ["Memphis"]]
    # https://en.wikipedia.org/wiki/Borda_count
    assert borda(CAPITAL, CITIES, 100) == {"Memphis": 126, "Nashville": 194, "Chattanooga": 173, "Knoxville": 107}


def test_schulzes_own_example_has_no_condorcet_winner_and_e_first():
    pairs = pairs_of(profile_of(SCHULZE_45), "ABCDE")
    assert (pairs["A", "B"], pairs["E", "D"], pairs["B", "D"]) == (20, 31, 33)
    assert condorcet_winner(pairs, "ABCDE") is None
    assert schulze(pairs, "ABCDE") == [["E"], ["A"], ["C"], ["B"], ["D"]]


def test_two_as_good_as_each_other_share_the_first_place():
    pairs = pairs_of(profile_of({("A", "B", "C"): 3, ("B", "A", "C"): 3}), "ABC")
    assert schulze(pairs, "ABC") == [["A", "B"], ["C"]]
    assert condorcet_winner(pairs, "ABC") is None


def test_option_that_nothing_defeats_is_first_though_it_defeats_nothing():
    # A beats B; C ties with both. votelib, which counts wins, has A alone.
    pairs = {("A", "B"): 6, ("B", "A"): 4, ("A", "C"): 5, ("C", "A"): 5, ("B", "C"): 5, ("C", "B"): 5}
    assert schulze(pairs, "ABC") == [["A", "C"], ["B"]]


def test_paradox_of_condorcet_is_a_tie_of_all():
    pairs = pairs_of(profile_of({("A", "B", "C"): 1, ("B", "C", "A"): 1, ("C", "A", "B"): 1}), "ABC")
    assert condorcet_winner(pairs, "ABC") is None
    assert schulze(pairs, "ABC") == [["A", "B", "C"]]
    assert borda(pairs, "ABC") == {"A": 3, "B": 3, "C": 3}


@pytest.mark.parametrize("options", ["", "A", "AB"])
def test_no_ballots_put_all_in_one_place(options):
    assert schulze({}, options) == ([list(options)] if options else [])
    assert condorcet_winner({}, options) == (options if len(options) == 1 else None)
    assert borda({}, options) == dict.fromkeys(options, 0)


def test_borda_shares_the_points_of_places_that_are_level():
    pairs = pairs_of({(("A",), ("B", "C")): 4, (("B", "C"), ("A",)): 1}, "ABC")
    assert borda(pairs, "ABC", 5) == {"A": 8, "B": 3.5, "C": 3.5}
    assert sum(borda(pairs, "ABC", 5).values()) == 5 * 3, "each ballot gives the same points in all"


def test_borda_without_the_ballots_keeps_order_and_distance():
    pairs = pairs_of({(("A", "B"), ("C",)): 4, (("A", "B", "C"),): 6}, "ABC")
    known, guessed = borda(pairs, "ABC", 10), borda(pairs, "ABC")
    assert {known[one] - guessed[one] for one in "ABC"} == {6.0}


@pytest.mark.parametrize("seed", range(150))
def test_votelibs_winner_is_among_ours(seed):
    options = "ABCDEFGH"[: 3 + seed % 6]
    pairs = pairs_of(weak(seed, options, 9 + seed), options)
    (theirs,) = EVALUATORS["schulze"].evaluate(pairs, 1)
    ours = schulze(pairs, options)
    assert set(theirs if isinstance(theirs, Tie) else [theirs]) <= set(ours[0])
    assert sorted(option for place in ours for option in place) == sorted(options)
    winner = condorcet_winner(pairs, options)
    assert winner is None or ours[0] == [winner]


def test_votelibs_whole_order_is_ours_where_nothing_ties():
    compared = 0
    for seed in range(60):
        pairs = pairs_of(profile_of(strict(seed, "ABCDE", 101)), "ABCDE")
        ours = schulze(pairs, "ABCDE")
        if all(len(place) == 1 for place in ours):
            assert EVALUATORS["schulze"].evaluate(pairs, 5) == [place[0] for place in ours]
            compared += 1
    assert compared > 40


@pytest.mark.parametrize("seed", range(40))
def test_votelibs_borda_of_whole_ballots_is_ours_of_pairs(seed):
    orders = strict(seed, "ABCDE", 57)
    theirs = RankedToPositionalVotes(Borda(base=0)).convert(orders)
    assert borda(pairs_of(profile_of(orders), "ABCDE"), "ABCDE", 57) == {one: theirs.get(one, 0) for one in "ABCDE"}


@pytest.mark.parametrize("seed", range(40))
def test_winner_is_the_same_by_any_name_and_in_any_order(seed):
    profile = weak(seed, "ABCDE", 60)
    pairs = pairs_of(profile, "ABCDE")
    rename = dict(zip("ABCDE", "ecadb", strict=True))
    renamed = {(rename[one], rename[other]): n for (one, other), n in pairs.items()}
    again = schulze(renamed, list("abcde"))
    assert [{rename[one] for one in place} for place in schulze(pairs, "ABCDE")] == [set(place) for place in again]


@pytest.mark.parametrize("seed", range(40))
def test_doubling_every_ballot_changes_no_place(seed):
    pairs = pairs_of(weak(seed, "ABCDEF", 40), "ABCDEF")
    doubled = {pair: 2 * n for pair, n in pairs.items()}
    assert schulze(pairs, "ABCDEF") == schulze(doubled, "ABCDEF")
    assert condorcet_winner(pairs, "ABCDEF") == condorcet_winner(doubled, "ABCDEF")


def test_turning_every_ballot_round_turns_schulzes_order_round():
    compared = 0
    for seed in range(60):
        pairs = pairs_of(profile_of(strict(seed, "ABCDE", 61)), "ABCDE")
        ours = schulze(pairs, "ABCDE")
        if all(len(place) == 1 for place in ours):
            assert schulze({(b, a): n for (a, b), n in pairs.items()}, "ABCDE") == ours[::-1]
            compared += 1
    assert compared > 40
