"""Scores: mean, median, shares, and STAR by its published rules."""

import random
from collections import Counter

from votelib.evaluate.cardinal import STAR

from polls.domain.counting.scores import Decided, distribution, mean, median, moments, star

from .elections import CITIES


def count(ballots, options):
    """Totals, who is scored above whom, and how many of the highest score."""
    totals = {one: sum(ballot.get(one, 0) * n for ballot, n in ballots) for one in options}
    preferred = {
        (one, other): sum(n for ballot, n in ballots if ballot.get(one, 0) > ballot.get(other, 0))
        for one in options
        for other in options
        if one != other
    }
    return totals, preferred, options, {one: sum(n for ballot, n in ballots if ballot.get(one) == 5) for one in options}


def scored(names, *rows):
    return [(dict(zip(names, row, strict=True)), 1) for row in rows]


def test_mean_median_and_shares():
    counts = {1: 1, 2: 0, 4: 2, 5: 1}
    assert moments(counts) == (4, 14, 58)
    assert (mean(counts), median(counts)) == (3.5, 4)
    assert median({2: 1, 5: 1}) == 3.5
    assert median({3: 3}) == 3
    assert distribution(counts, range(1, 6)) == {1: 0.25, 2: 0, 3: 0, 4: 0.5, 5: 0.25}
    assert (mean({}), median({5: 0})) == (None, None)
    assert distribution({}, [1, 2]) == {1: 0, 2: 0}


def test_capital_of_tennessee():
    # https://en.wikipedia.org/wiki/STAR_voting: each city is scored by how near it is.
    rows = [((5, 2, 1, 0), 42), ((0, 5, 2, 1), 26), ((0, 3, 5, 4), 15), ((0, 2, 4, 5), 17)]
    ballots = [(dict(zip(CITIES, row, strict=True)), n) for row, n in rows]
    totals, *_rest = counted = count(ballots, CITIES)
    assert totals == {"Memphis": 210, "Nashville": 293, "Chattanooga": 237, "Knoxville": 171}
    found = star(*counted)
    assert found.finalists == ("Nashville", "Chattanooga")
    assert (found.preferences, found.winner, found.decided) == ((68, 32), "Nashville", Decided.PREFERRED)


def test_reference_example_of_starvote():
    # The starvote package: Chuck 13, Amy 10, Brian 9; then Chuck before Amy on two ballots of three.
    found = star(*count(scored(["Amy", "Brian", "Chuck"], (1, 3, 5), (5, 2, 3), (4, 4, 5)), ["Amy", "Brian", "Chuck"]))
    assert (found.finalists, found.preferences, found.winner) == (("Chuck", "Amy"), (2, 1), "Chuck")


# Published by the Equal Vote Coalition: bettervoting, packages/backend/src/Tabulators/Star.test.ts, "Runnerup tie". A 0 is a blank.
RUNNER_UP_TIE = [
    (5, 4, 3, 3), (4, 5, 1, 1), (4, 5, 1, 2), (3, 5, 1, 0), (5, 4, 3, 0),
    (5, 0, 4, 1), (5, 0, 4, 0), (4, 0, 5, 1), (3, 4, 5, 0), (3, 5, 5, 4),
]  # fmt: skip
FOUR = ("Allison", "Bill", "Carmen", "Doug")


def test_published_example_in_which_a_blank_is_a_zero_for_the_run_off_too():
    found = star(*count(scored(FOUR, *RUNNER_UP_TIE), FOUR))
    assert (found.finalists, found.winner) == (("Allison", "Bill"), "Allison")
    assert found.preferences == (5, 5), "on the ballots that score both, it would be 2 to 5, and Bill"
    assert found.decided == Decided.TOTAL


def test_votelib_counts_what_is_left_blank_below_what_is_scored():
    blank = [
        {one: score for one, score in ballot.items() if score}
        for ballot, _n in scored("AB", (1, 0), (1, 0), (1, 0), (2, 5))
    ]
    assert star(*count([(ballot, 1) for ballot in blank], "AB")).winner == "A"
    assert STAR().evaluate(Counter(frozenset(ballot.items()) for ballot in blank), 1) == ["A"]


def test_run_off_may_turn_the_totals_round():
    found = star(*count(scored("AB", (5, 0), (3, 4), (3, 4)), "AB"))
    assert (found.finalists, found.winner) == (("A", "B"), "B")


def test_run_off_as_many_prefer_is_won_by_the_higher_total():
    found = star(*count(scored("AB", (5, 0), (3, 4)), "AB"))
    assert (found.winner, found.decided) == ("A", Decided.TOTAL)


def test_run_off_with_equal_totals_is_won_by_the_most_of_the_highest_score():
    # As starvote's published "breakable tie in automatic runoff round using max score count".
    found = star(*count(scored("AB", (5, 4), (3, 4), (4, 4)), "AB"))
    assert (found.preferences, found.winner, found.decided) == ((1, 1), "A", Decided.HIGHEST)


def test_run_off_that_nothing_decides_has_no_winner():
    found = star(*count(scored("AB", (5, 3), (3, 5)), "AB"))
    assert (found.winner, found.decided, found.tied) == (None, Decided.TIE, ("A", "B"))


def test_tie_for_the_second_place_goes_to_the_one_that_more_prefer():
    found = star(*count(scored("ABC", (5, 3, 2), (5, 3, 2), (5, 1, 3)), "ABC"))
    assert found.finalists == ("A", "B")
    assert count(scored("ABC", (5, 3, 2), (5, 3, 2), (5, 1, 3)), "ABC")[0] == {"A": 15, "B": 7, "C": 7}


def test_of_three_level_those_that_lose_the_most_comparisons_are_out():
    totals, fives = {"A": 9, "B": 9, "C": 9}, {}
    preferred = {("A", "B"): 2, ("B", "A"): 1, ("A", "C"): 2, ("C", "A"): 1, ("B", "C"): 2, ("C", "B"): 1}
    assert set(star(totals, preferred, "ABC", fives).finalists) == {"A", "B"}


def test_circle_for_the_final_is_broken_by_the_highest_scores_or_not_at_all():
    totals = {"A": 9, "B": 9, "C": 9}
    preferred = {("A", "B"): 2, ("B", "A"): 1, ("B", "C"): 2, ("C", "B"): 1, ("C", "A"): 2, ("A", "C"): 1}
    found = star(totals, preferred, "ABC", {"A": 1, "B": 2, "C": 2})
    assert (found.finalists, found.winner) == (("B", "C"), "B")
    found = star(totals, preferred, "ABC")
    assert (found.winner, found.decided, found.tied) == (None, Decided.TIE, ("A", "B", "C"))


def test_unbreakable_tie_for_the_second_place_is_said():
    # The starvote package prints this one: "unbreakable tie for second in score round".
    totals = {"Chuck": 15, "Amy": 6, "Brian": 6}
    preferred = {("Amy", "Brian"): 1, ("Brian", "Amy"): 1}
    found = star(totals, preferred, ["Amy", "Brian", "Chuck"], {"Chuck": 3})
    assert (found.finalists, found.winner, found.tied) == (("Chuck",), None, ("Amy", "Brian"))


def test_one_option_wins_and_none_is_nobody():
    assert (star({"A": 3}, {}, "A").winner, star({"A": 3}, {}, "A").decided) == ("A", Decided.ALONE)
    assert star({}, {}, []).winner is None


def test_votelib_agrees_where_no_totals_tie():
    compared = 0
    for seed in range(80):
        dice = random.Random(seed)
        ballots = [({one: dice.randint(1, 5) for one in "ABCDE"}, 1) for _ in range(101)]
        counted = count(ballots, "ABCDE")
        found = star(*counted)
        if len(set(counted[0].values())) == 5 and found.decided == Decided.PREFERRED:
            votes = Counter(frozenset(ballot.items()) for ballot, _n in ballots)
            assert STAR().evaluate(votes, 1) == [found.winner]
            compared += 1
    assert compared > 40
