"""100 points to share between the options. Kept as {option: points}, options without any left out."""

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext as _

from ...models import Option, Question
from ...states import POINTS, Key
from .answers import Answer, no_answer, refuse, require_known


def read(question: Question, options: Sequence[Option], answer: Answer) -> dict[str, int]:
    require_known(question, options, answer.numbers)
    given = {option: points for option, points in answer.numbers.items() if points}
    if not given:
        raise no_answer(question, _("Share your 100 points before you vote."))
    if any(points < 0 or points > POINTS for points in given.values()):
        raise refuse(question, _("Points are whole numbers from 0 to 100."), "bad_points")
    total = sum(given.values())
    if total != POINTS:
        message = _("Your points make %(total)d: they must make 100.") % {"total": total}
        raise refuse(question, message, "bad_points_total", total=total)
    return {option.public_id: given[option.public_id] for option in options if option.public_id in given}


def named(kept: dict[str, int]) -> frozenset[str]:
    return frozenset(kept)


def count(options: Sequence[Option], kept: dict[str, int]) -> Counter:
    counts: Counter = Counter()
    for option in options:
        points = kept.get(option.public_id)
        if points:
            counts[option.pk, Key.VOTES] = 1
            counts[option.pk, Key.SUM] = points
            counts[option.pk, Key.SQUARES] = points * points
    return counts


def keys(options: Sequence[Option]) -> list[tuple[int, str]]:
    return [(option.pk, key) for option in options for key in (Key.VOTES, Key.SUM, Key.SQUARES)]
