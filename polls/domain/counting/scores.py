"""Scores: mean, median, how they spread over the scale, and STAR."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)
Scores = Mapping[int, int]  # score → how many gave it


def moments(counts: Scores) -> tuple[int, int, int]:
    """How many scores, their sum and their sum of squares: what `intervals.mean_interval` asks for."""
    return (
        sum(counts.values()),
        sum(score * n for score, n in counts.items()),
        sum(score * score * n for score, n in counts.items()),
    )


def mean(counts: Scores) -> float | None:
    """The arithmetic mean; None of no scores."""
    n, total, _squares = moments(counts)
    return total / n if n else None


def median(counts: Scores) -> float | None:
    """The middle score; of an even number of scores, halfway between the two in the middle. None of no scores."""
    n = sum(counts.values())
    return (_nth(counts, ceil(n / 2)) + _nth(counts, n // 2 + 1)) / 2 if n else None


def distribution(counts: Scores, scale: Sequence[int]) -> dict[int, float]:
    """The share of each score of the scale, between 0 and 1; all 0 of no scores."""
    n = sum(counts.get(score, 0) for score in scale)
    return {score: counts.get(score, 0) / n if n else 0.0 for score in scale}


def _nth(counts: Scores, nth: int) -> int:
    seen = 0
    for score in sorted(counts):
        seen += counts[score]
        if seen >= nth:
            return score
    raise ValueError("fewer scores than that")


class Decided(StrEnum):
    """What made the winner of the run-off: more prefer it; or, of as many, the higher total; or more of the highest score."""

    PREFERRED = "preferred"
    TOTAL = "total"
    HIGHEST = "highest"
    ALONE = "alone"
    TIE = "tie"


@dataclass(frozen=True)
class Star(Generic[T]):
    """`finalists`, the higher total first, with `preferences` for each; `tied` what no rule could separate, if anything."""

    finalists: tuple[T, ...]
    preferences: tuple[int, ...]
    winner: T | None
    decided: Decided
    tied: tuple[T, ...] = ()


def star(
    totals: Mapping[T, int],
    preferred: Mapping[tuple[T, T], int],
    options: Sequence[T],
    highest: Mapping[T, int] | None = None,
) -> Star[T]:
    """Score, then automatic run-off: the two highest totals; of them the one that more ballots score above the other.

    In `totals` and in `preferred` alike a blank counts as 0, below the lowest score one can give: Equal Vote Coalition,
    https://www.equal.vote/star, and "Why not ignore blanks?", https://www.starvoting.org/blank_vs_zero. Were finalists compared on
    those ballots alone that score both, who knows one option only would have no say in the end. votelib 0.4.0's `STAR()` has the
    same rule: it adds up what is given, and puts what is not below it.

    Ties by the Official Tiebreaker Protocol of the Equal Vote Coalition (https://www.starvoting.org/ties). For the final:
    among equal totals those that lose the most comparisons with the others are out, again and again; then those with the
    fewest of the highest score (`highest`). In the run-off: the higher total, then the most of the highest score.
    Where the protocol would draw lots there is no winner here: `tied` says between whom.
    """
    highest = highest or {}
    finalists: list[T] = []
    for total in sorted({totals.get(one, 0) for one in options}, reverse=True):
        level = [one for one in options if totals.get(one, 0) == total]
        chosen = _advance(level, 2 - len(finalists), preferred, highest)
        if chosen is None:
            return Star(tuple(finalists), (), None, Decided.TIE, tuple(level))
        finalists += chosen
        if len(finalists) == 2:
            return _run_off((finalists[0], finalists[1]), totals, preferred, highest)
    return Star(tuple(finalists), (), next(iter(finalists), None), Decided.ALONE)


def _advance(
    level: list[T], places: int, preferred: Mapping[tuple[T, T], int], highest: Mapping[T, int]
) -> list[T] | None:
    """Those of `level` who take the places, as many as there are; None where only lots could say."""
    if len(level) <= places:
        return level
    losses = {
        one: sum(preferred.get((other, one), 0) > preferred.get((one, other), 0) for other in level if other != one)
        for one in level
    }
    fewest = {one: -highest.get(one, 0) for one in level}
    for worse in (losses, fewest):
        stay = [one for one in level if worse[one] < max(worse.values())]
        if len(stay) >= places:
            return _advance(stay, places, preferred, highest)
        if stay:
            rest = _advance([one for one in level if one not in stay], places - len(stay), preferred, highest)
            return None if rest is None else stay + rest
    return None


def _run_off(
    finalists: tuple[T, T],
    totals: Mapping[T, int],
    preferred: Mapping[tuple[T, T], int],
    highest: Mapping[T, int],
) -> Star[T]:
    one, other = finalists
    votes = preferred.get((one, other), 0), preferred.get((other, one), 0)
    rules = [
        (Decided.PREFERRED, votes),
        (Decided.TOTAL, (totals.get(one, 0), totals.get(other, 0))),
        (Decided.HIGHEST, (highest.get(one, 0), highest.get(other, 0))),
    ]
    for rule, (ours, theirs) in rules:
        if ours != theirs:
            return Star(finalists, votes, one if ours > theirs else other, rule)
    return Star(finalists, votes, None, Decided.TIE, finalists)
