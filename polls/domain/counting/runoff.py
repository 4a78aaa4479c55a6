"""Instant run-off, round by round.

votelib (MIT) counts it too, and the tests compare with it; but it counts from the start for each round that is asked for, gives up
on a tie for elimination, and does not say by which rule an option went out.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from math import lcm
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)
Ranking = tuple[tuple[T, ...], ...]  # places from the first down, options that share one together
Profile = Mapping[Ranking, int]


class Rule(StrEnum):
    """What ended a round. From `FEWEST` to `PAIRS`: why those in `out` went out; the last two end without a winner."""

    MAJORITY = "majority"
    FEWEST = "fewest"
    EARLIER = "earlier"
    TOGETHER = "together"
    PAIRS = "pairs"
    TIE = "tie"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Round(Generic[T]):
    """Votes of the options still in, who goes out after it, and ballots that name none still in.

    Votes and exhausted ballots add up to all ballots in each round. `tied`: those among which no rule could choose.
    """

    counts: dict[T, float]
    out: tuple[T, ...]
    exhausted: float
    rule: Rule
    tied: tuple[T, ...] = ()


@dataclass(frozen=True)
class Runoff(Generic[T]):
    rounds: list[Round[T]] = field(default_factory=list)
    winner: T | None = None


def instant_runoff(profile: Profile, options: Sequence[T]) -> Runoff[T]:
    """In each round the option with the fewest votes goes out, until one has more than half of the votes still in play.

    W. R. Ware's method (1871), as in Maine Revised Statutes 21-A §723-A. A ballot is one vote for its highest place that names
    an option still in; options that share the place share the vote equally ("Split-IRV": T. Delemazure, D. Peters,
    "Generalizing Instant Runoff Voting to Allow Indifferences", arXiv:2404.11407, which also says what it costs: two options
    that everyone ranks side by side may weaken each other). A ballot that names none still in is exhausted. Options that
    are not in `options` are passed over.

    Of several with the fewest votes:
    1. the one with the fewest in the latest earlier round in which they differ goes out (Scottish Local Government
       Elections Order 2011, schedule 1, rule 51), those that are level there being compared in the round before;
    2. else all go out together, where all their votes together are fewer than those of any other: none of them can win,
       whatever the order (Maine's "batch elimination", §723-A 1.A and 1.G);
    3. else the one to which more ballots prefer each of the others;
    4. else there is no winner: where the law draws lots, a poll of opinion makes nothing up.
    """
    piles: _Piles[T] = _Piles(profile, options)
    rounds: list[Round[T]] = []
    earlier: list[dict[T, int]] = []
    while piles.left:
        counts = piles.counts()
        rule, out, tied = _judge(counts, earlier, profile)
        shown = {option: count / piles.unit for option, count in counts.items()}
        rounds.append(Round(shown, out, float(piles.exhausted), rule, tied))
        if not out:
            winner = max(counts, key=counts.__getitem__) if rule == Rule.MAJORITY else None
            return Runoff(rounds, winner)
        earlier.append(counts)
        piles.take_out(out)
    return Runoff(rounds)


def _judge(
    counts: dict[T, int], earlier: list[dict[T, int]], profile: Profile
) -> tuple[Rule, tuple[T, ...], tuple[T, ...]]:
    """What ends this round, who goes out, and who are tied for good."""
    total = sum(counts.values())
    if not total:
        return Rule.NOBODY, (), ()
    if 2 * max(counts.values()) > total:
        return Rule.MAJORITY, (), ()
    fewest = min(counts.values())
    lowest = tied = [option for option, count in counts.items() if count == fewest]
    if len(tied) == 1:
        return Rule.FEWEST, (tied[0],), ()
    for round_ in reversed(earlier):
        least = min(round_[option] for option in tied)
        tied = [option for option in tied if round_[option] == least]
        if len(tied) == 1:
            return Rule.EARLIER, (tied[0],), ()
    others = [count for option, count in counts.items() if option not in lowest]
    if others and fewest * len(lowest) < min(others):
        return Rule.TOGETHER, tuple(lowest), ()
    loser = _loser(tied, profile)
    return (Rule.PAIRS, loser, ()) if loser else (Rule.TIE, (), tuple(tied))


def _loser(tied: Sequence[T], profile: Profile) -> tuple[T, ...]:
    """The one of these that loses to each of the others, if any. What a ballot leaves out stands below what it ranks."""
    ahead: dict[tuple[T, T], int] = defaultdict(int)
    for ballot, n in profile.items():
        places = {option: place for place, group in enumerate(ballot) for option in group}
        for one in tied:
            for other in tied:
                if places.get(one, len(ballot)) < places.get(other, len(ballot)):
                    ahead[one, other] += n
    return tuple(one for one in tied if all(ahead[other, one] > ahead[one, other] for other in tied if other != one))


class _Piles(Generic[T]):
    """The ballots, each on the pile of the options it now stands for; a round moves the piles of those who go out alone.

    A ballot is kept as the places not yet reached, and read on from there. Counted in `unit`ths of a vote, so that equal parts
    stay whole numbers.
    """

    def __init__(self, profile: Profile, options: Sequence[T]):
        self.left = dict.fromkeys(options)
        self.exhausted = 0
        self.unit = 1
        self.piles: dict[tuple[T, ...], list[tuple[Iterator[tuple[T, ...]], int]]] = defaultdict(list)
        self.votes: dict[tuple[T, ...], int] = defaultdict(int)
        self._file((iter(ballot), n) for ballot, n in profile.items() if n)

    def counts(self) -> dict[T, int]:
        counts = dict.fromkeys(self.left, 0)
        for together, votes in self.votes.items():
            part = votes * (self.unit // len(together))
            for option in together:
                counts[option] += part
        return counts

    def take_out(self, out: Sequence[T]) -> None:
        for option in out:
            del self.left[option]
        for together in [together for together in self.piles if not all(option in self.left for option in together)]:
            pile, votes = self.piles.pop(together), self.votes.pop(together)
            rest = tuple(option for option in together if option in self.left)
            if rest:
                self.piles[rest] += pile
                self.votes[rest] += votes
            else:
                self._file(pile)
        self._divide()

    def _file(self, ballots: Iterable[tuple[Iterator[tuple[T, ...]], int]]) -> None:
        left, piles, votes = self.left, self.piles, self.votes
        for places, n in ballots:
            for group in places:
                if len(group) != 1:
                    group = tuple(option for option in group if option in left)
                    if not group:
                        continue
                elif group[0] not in left:
                    continue
                piles[group].append((places, n))
                votes[group] += n
                break
            else:
                self.exhausted += n
        self._divide()

    def _divide(self) -> None:
        self.unit = lcm(self.unit, *(len(together) for together in self.piles))
