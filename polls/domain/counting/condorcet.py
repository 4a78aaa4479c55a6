"""Rankings counted by pairs: the Condorcet winner, Schulze's order and Borda's points.

`pairs[a, b]` is how many prefer a to b; a pair that is missing is nobody. votelib (MIT) finds the winner and the strongest
paths. The rest is here because it has no answer: its Schulze orders options by their number of wins, which gives one
winner where the method leaves two, and drops options that tie with all others; its Borda needs whole ballots.
"""

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

from votelib.evaluate.condorcet import CondorcetWinner, Schulze

T = TypeVar("T", bound=Hashable)
Pairs = Mapping[tuple[T, T], int]


def condorcet_winner(pairs: Pairs, options: Sequence[T]) -> T | None:
    """The option that more prefer than not, against each of the others; None where there is none.

    M. de Condorcet, *Essai sur l’application de l’analyse à la probabilité des décisions rendues à la pluralité des voix*, 1785.
    """
    if len(options) < 2:
        return options[0] if options else None
    return next(iter(CondorcetWinner().evaluate(_complete(pairs, options))), None)


def schulze(pairs: Pairs, options: Sequence[T]) -> list[list[T]]:
    """The places, the best first; options that none of the method's defeats separate share one, in the order given.

    a defeats b where the strongest path from a to b is stronger than that from b to a; a path is as strong as its weakest
    pair, a pair as strong as its ballots ("winning votes"). M. Schulze, "The Schulze Method of Voting", arXiv:1804.02973,
    section 2. The first place holds every option that nothing defeats (the paper's potential winners), the next
    those that nothing left defeats, and so on.
    """
    paths = Schulze.widest_paths(_complete(pairs, options))
    left, places = list(options), []
    while left:
        best = [
            one
            for one in left
            if not any(paths.get((other, one), 0) > paths.get((one, other), 0) for other in left if other != one)
        ]
        places.append(best)
        left = [one for one in left if one not in best]
    return places


def borda(pairs: Pairs, options: Sequence[T], ballots: int | None = None) -> dict[T, float]:
    """A point for each option that a ballot puts below, half a point for each that it puts level.

    J.-C. de Borda, "Mémoire sur les élections au scrutin", 1781 (printed 1784), with ties as D. Black has them, *The Theory of
    Committees and Elections*, 1958. `ballots` is how many ranked; without it the most that any pair separates, which moves
    all points alike, and neither order nor distance.
    """
    pairs = _complete(pairs, options)
    if ballots is None:
        ballots = max((pairs[one, other] + pairs[other, one] for one, other in pairs), default=0)
    return {
        one: sum((ballots + pairs[one, other] - pairs[other, one]) / 2 for other in options if other != one)
        for one in options
    }


def _complete(pairs: Pairs, options: Sequence[T]) -> dict[tuple[T, T], int]:
    """Every pair of these options and no other."""
    return {(one, other): pairs.get((one, other), 0) for one in options for other in options if one != other}
