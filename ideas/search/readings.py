"""The ways a query may be read, from the strictest to the loosest.

1. every word as typed (each may be only begun, « rendez » finds « rendez-vous »);
2. every word, or one that it may be a slip of (« virment », « instentané »), from the vocabulary of all ideas;
3. all words but one, so that a word nobody used does not hide what the others say.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from .tables import engine
from .words import fold, words_of

NEAR_ENOUGH = 72  # of 100: one letter wrong, missing or swapped in a word of five
MOST_NEAR, MOST_DOUBTFUL = 6, 5
SHORTEST_DOUBTFUL = 4


@dataclass(frozen=True)
class Reading:
    """Groups of words that stand for one another, and how many of the groups an idea must hold."""

    groups: tuple[tuple[str, ...], ...]
    least: int

    @property
    def is_partial(self) -> bool:
        return self.least < len(self.groups)


def readings(text: str) -> Iterator[Reading]:
    """Lazily: the vocabulary is looked at only by who asks for the second reading."""
    words = words_of(text)
    if not words:
        return
    plain = tuple((word,) for word in words)
    yield Reading(plain, len(words))
    groups = widened(words)
    if groups != plain:
        yield Reading(groups, len(words))
    if len(words) > 1:
        yield Reading(groups, len(words) - 1)


def stages(text: str) -> Iterator[tuple[Reading, ...]]:
    """The readings by what each needs to know: the words alone, then the vocabulary."""
    left = readings(text)
    first = next(left, None)
    if first is None:
        return
    yield (first,)
    if rest := tuple(left):
        yield rest


def widened(words: list[str]) -> tuple[tuple[str, ...], ...]:
    """Each word with those of the vocabulary that it may be a slip of. Words that nobody used are doubted first."""
    doubtful = [word for word in words if len(word) >= SHORTEST_DOUBTFUL and word.isalpha()]
    near = engine().near_words(doubtful, most_asked=MOST_DOUBTFUL) if doubtful else {}
    return tuple((word, *_nearest(word, near.get(word, ()))) for word in words)


def _nearest(word: str, others) -> list[str]:
    scored = {other: fuzz.ratio(word, other) for other in map(fold, others) if other != word}
    near = sorted((other for other in scored if scored[other] >= NEAR_ENOUGH), key=lambda other: -scored[other])
    return near[: MOST_NEAR - 1]
