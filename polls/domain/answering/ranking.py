"""A ranking, the best first. Kept as a list of ranks, each a list of the options that share it.

An option that is left out stands below every option that is ranked, and level with the others left out: the usual reading of a
partial ballot (M. Schulze, "The Schulze Method of Voting", arXiv:1804.02973, section 1.2).
"""

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext as _

from core.errors import Invalid

from ...models import Option, Question
from ...states import Key
from ..wording import listed
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
    if not question.ties and (shared := [rank for rank in ranks if len(rank) > 1]):
        raise _shared(question, options, shared)
    if not question.blanks and (left := [one for one in _needed(options) if one.public_id not in flat]):
        message = _("Give every option a place. Without one: %(options)s.") % {"options": listed(left)}
        raise refuse(question, message, "incomplete_ranking", options=[one.public_id for one in left])
    order = {option.public_id: option.position for option in options}
    return [sorted(rank, key=lambda option: order[option]) for rank in ranks]


def _shared(question: Question, options: Sequence[Option], ranks: Ranks) -> Invalid:
    """Names the options of each rank that several share."""
    together = [[one for one in options if one.public_id in rank] for rank in ranks]
    sentence = _("%(options)s share a place: give each its own.")
    message = " ".join(sentence % {"options": listed(level)} for level in together)
    return refuse(question, message, "tied_ranks", options=[one.public_id for level in together for one in level])


def _needed(options: Sequence[Option]) -> list[Option]:
    """“Other” may always be left out: not everyone has a word to add."""
    return [option for option in options if not option.is_other]


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
