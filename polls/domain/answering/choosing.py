"""One choice, or several. Kept as the list of options chosen, in the poll's order."""

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import ngettext

from ...models import Option, Question
from ...states import Key
from .answers import Answer, no_answer, refuse, require_known


def read(question: Question, options: Sequence[Option], answer: Answer) -> list[str]:
    require_known(question, options, answer.options)
    wanted = set(answer.options)
    chosen = [option.public_id for option in options if option.public_id in wanted]
    if not chosen:
        raise no_answer(question)
    if question.most and len(chosen) > question.most:
        message = ngettext(
            "Choose one option only.", "Choose %(most)d options at most: take some away.", question.most
        ) % {"most": question.most}
        raise refuse(question, message, "too_many_options", max_choices=question.most)
    return chosen


def named(kept: list[str]) -> frozenset[str]:
    return frozenset(kept)


def count(options: Sequence[Option], kept: list[str]) -> Counter:
    return Counter({(option.pk, Key.VOTES): 1 for option in options if option.public_id in kept})


def keys(options: Sequence[Option]) -> list[tuple[int, str]]:
    return [(option.pk, Key.VOTES) for option in options]
