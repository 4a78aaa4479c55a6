"""How people of the demo answer: each function gives one that draws an answer as a ballot keeps it, from options' public ids."""

from collections.abc import Callable, Sequence
from itertools import cycle
from random import Random
from typing import Any

from ..states import HIGHEST_SCORE, LOWEST_SCORE, POINTS

Lean = Callable[[Random, list[str], Any], Any]


def one(*weights: float) -> Lean:
    return lambda random, options, member: random.choices(options, weights)[:1]


def in_turn(*places: int) -> Lean:
    """One after the other, round and round: whole rounds give each option exactly its part."""
    turns = cycle(places)
    return lambda random, options, member: [options[next(turns)]]


def one_by_age(weights: dict[str, Sequence[float]]) -> Lean:
    """Who does not say their age answers as the whole."""
    whole = [sum(row[place] for row in weights.values()) for place in range(len(next(iter(weights.values()))))]
    return lambda random, options, member: random.choices(options, weights.get(member.age_band, whole))[:1]


def by_kind(leans: dict[str, Lean]) -> Lean:
    """Customers and prospects each in their way."""
    return lambda random, options, member: leans[member.kind](random, options, member)


def some(most: int, *weights: float) -> Lean:
    """From one to `most` options, in the poll's order."""

    def lean(random: Random, options: list[str], member: Any) -> list[str]:
        wanted, chosen = random.randint(1, most), set()
        while len(chosen) < wanted:
            chosen |= set(random.choices(options, weights))
        return [option for option in options if option in chosen]

    return lean


def ranks(*camps: tuple[float, Sequence[int]]) -> Lean:
    """Camps of people, each with its order of the options; now and then two neighbours change places."""

    def lean(random: Random, options: list[str], member: Any) -> list[list[str]]:
        order = list(random.choices([order for _weight, order in camps], [weight for weight, _order in camps])[0])
        for place in range(1, len(order) - 1):
            if random.random() < 0.14:
                order[place], order[place + 1] = order[place + 1], order[place]
        return [[options[place]] for place in order]

    return lean


def scores(*means: float) -> Lean:
    """Around a mean for each option; one in twelve has no opinion, but of everything at once."""

    def lean(random: Random, options: list[str], member: Any) -> dict[str, int]:
        given = {
            option: min(max(round(random.gauss(mean, 1)), LOWEST_SCORE), HIGHEST_SCORE)
            for option, mean in zip(options, means, strict=True)
        }
        left_out = {option for option in options[1:] if random.random() < 1 / 12}
        return {option: score for option, score in given.items() if option not in left_out}

    return lean


def points(*shares: float) -> Lean:
    """By tens, around these shares of the whole."""

    def lean(random: Random, options: list[str], member: Any) -> dict[str, int]:
        drawn = random.choices(options, shares, k=POINTS // 10)
        return {option: 10 * drawn.count(option) for option in options if option in drawn}

    return lean
