"""A score from 1 to 5 for each option. Kept as {option: score}; an option without one is in no mean, and below all that have one.

The first is what a mean of opinions wants; the second is STAR's own rule, by which a blank counts as 0 (`counting/scores.py`).
"""

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext as _

from ...models import Option, Question
from ...states import HIGHEST_SCORE, LOWEST_SCORE, Key
from ..wording import listed
from .answers import Answer, no_answer, refuse, require_known

SCORES = range(LOWEST_SCORE, HIGHEST_SCORE + 1)
BLANK = 0


def read(question: Question, options: Sequence[Option], answer: Answer) -> dict[str, int]:
    require_known(question, options, answer.numbers)
    if not answer.numbers:
        raise no_answer(question, _("Give a score before you vote."))
    if any(score not in SCORES for score in answer.numbers.values()):
        raise refuse(question, _("A score is a whole number from 1 to 5."), "bad_score")
    left = [option for option in options if not option.is_other and option.public_id not in answer.numbers]
    if left and not question.blanks:
        message = _("Give every option a score. Without one: %(options)s.") % {"options": listed(left)}
        raise refuse(question, message, "incomplete_scores", options=[option.public_id for option in left])
    return {
        option.public_id: answer.numbers[option.public_id] for option in options if option.public_id in answer.numbers
    }


def named(kept: dict[str, int]) -> frozenset[str]:
    return frozenset(kept)


def count(options: Sequence[Option], kept: dict[str, int]) -> Counter:
    """Scored; how often each score; and of each pair the one that was scored higher, a blank being 0."""
    given = [(option.pk, kept.get(option.public_id, BLANK)) for option in options]
    counts: Counter = Counter()
    for one, score in given:
        if score == BLANK:
            continue
        counts[one, Key.VOTES] = 1
        counts[one, str(score)] = 1
        for other, lower in given:
            if score > lower:
                counts[one, Key.over(other)] = 1
    return counts


def keys(options: Sequence[Option]) -> list[tuple[int, str]]:
    found = [(option.pk, key) for option in options for key in (Key.VOTES, *map(str, SCORES))]
    return found + [(one.pk, Key.over(other.pk)) for one in options for other in options if one.pk != other.pk]
