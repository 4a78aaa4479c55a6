"""Groups of words as a boolean expression in a full-text language."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

Groups = Sequence[Sequence[str]]
MOST_COMBINATIONS = 28  # two of eight words


@dataclass(frozen=True)
class Language:
    """How a full-text language writes a word that is only begun, a whole word, « and » and « or »."""

    begun: str
    whole: str
    both: str
    either: str

    def all_of(self, terms: Sequence[str]) -> str:
        return self._joined(self.both, terms)

    def any_of(self, terms: Sequence[str]) -> str:
        return self._joined(self.either, terms)

    def group(self, words: Sequence[str]) -> str:
        """The first word is what was typed, maybe only begun; the others are words of the vocabulary, whole."""
        first, *others = words
        return self.any_of([self.begun.format(first), *(self.whole.format(other) for other in others)])

    @staticmethod
    def _joined(sign: str, terms: Sequence[str]) -> str:
        return terms[0] if len(terms) == 1 else "(" + sign.join(terms) + ")"


def boolean(groups: Groups, least: int, language: Language) -> str:
    """« at least `least` of the groups »: (a and b) or (a and c) or (b and c)."""
    terms = [language.group(group) for group in groups]
    if least >= len(terms):
        return language.all_of(terms)
    if least <= 1:
        return language.any_of(terms)
    if least == len(terms) - 1:
        return _all_but_one(terms, language)
    ways = list(combinations(terms, least))[:MOST_COMBINATIONS]
    return language.any_of([language.all_of(way) for way in ways])


def _all_but_one(terms: Sequence[str], language: Language) -> str:
    """By halves: one is missing in the one or in the other. 24 words are written for eight, and not 56."""
    if len(terms) == 1:
        return ""
    left, right = terms[: len(terms) // 2], terms[len(terms) // 2 :]
    ways = []
    for whole, lacking in ((left, right), (right, left)):
        rest = _all_but_one(lacking, language)
        ways.append(language.all_of([*whole, rest] if rest else whole))
    return language.any_of(ways)
