"""Answers: one module per method reads what was sent, checks it, and says what it counts for.

Each module has `read(question, options, answer)`, the answer as a ballot keeps it, or a refusal; `count(options, kept)`, what it
adds to the tallies as {(option pk, key): n}; `keys(options)`, every (option pk, key) that can be counted; and `named(kept)`, the
options an answer speaks of.
"""

from types import ModuleType

from ...models import Question
from ...states import Method
from . import choosing, ranking, scoring, sharing
from .answers import KIND_OF, Answer, answers_of, require_kind

MODULES: dict[str, ModuleType] = {
    Method.SINGLE: choosing,
    Method.MULTIPLE: choosing,
    Method.RANKING: ranking,
    Method.SCORE: scoring,
    Method.POINTS: sharing,
}


def module_of(question: Question) -> ModuleType:
    return MODULES[question.method]


__all__ = ["KIND_OF", "MODULES", "Answer", "answers_of", "module_of", "require_kind"]
