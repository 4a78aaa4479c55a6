"""A ranking, the best first. Kept as a list of ranks, each a list of the options that share it.

An option that is left out stands below every option that is ranked, and level with the others left out: the usual reading of a
partial ballot (M. Schulze, "The Schulze Method of Voting", arXiv:1804.02973, section 1.2).
"""

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from ...models import Option, Question
from ...states import Key
from .answers import Answer, no_answer, refuse, require_known

Ranks = list[list[str]]


def read(question: Question, options: Sequence[Option], answer: Answer) -> Ranks:
    ranks = [list(dict.fromkeys(rank)) for rank in answer.ranks if rank]
    flat = [option for rank in ranks for option in rank]
    require_known(question, options, flat)
    if not flat:
        raise no_answer(question, _("Put the options in your order before you vote."))
    if len(set(flat)) < len(flat):
        raise refuse(question, _("An option has one place only: it stands twice in your ranking."), "ranked_twice")
    if not question.ties and any(len(rank) > 1 for rank in ranks):
        raise refuse(question, _("Two options share a place: give each its own."), "tied_ranks")
    if not question.blanks and len(flat) < _needed(options):
        raise refuse(question, _("Give every option a place."), "incomplete_ranking")
    order = {option.public_id: option.position for option in options}
    return [sorted(rank, key=lambda option: order[option]) for rank in ranks]


def _needed(options: Sequence[Option]) -> int:
    """“Other” may always be left out: not everyone has a word to add."""
    return sum(not option.is_other for option in options)


def named(kept: Ranks) -> frozenset[str]:
    return frozenset(option for rank in kept for option in rank)


def count(options: Sequence[Option], kept: Ranks) -> Counter:
    """Ranked; ranked first; and for each pair, the one that was preferred."""
    place = {option: number for number, rank in enumerate(kept) for option in rank}
    counts: Counter = Counter()
    for one in options:
        mine = place.get(one.public_id)
        if mine is None:
            continue
        counts[one.pk, Key.VOTES] = 1
        if mine == 0:
            counts[one.pk, Key.FIRST] = 1
        for other in options:
            if other.pk != one.pk and mine < place.get(other.public_id, len(kept)):
                counts[one.pk, Key.over(other.pk)] = 1
    return counts


def keys(options: Sequence[Option]) -> list[tuple[int, str]]:
    found = [(option.pk, key) for option in options for key in (Key.VOTES, Key.FIRST)]
    return found + [(one.pk, Key.over(other.pk)) for one in options for other in options if one.pk != other.pk]
