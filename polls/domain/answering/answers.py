"""What a voter sends for one question, before it is checked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from core.errors import Invalid

from ...models import Option, Question
from ...states import CHOICES, Method

KIND_OF = {  # the name of an answer in the API, by method
    Method.SINGLE: "options", Method.MULTIPLE: "options", Method.RANKING: "ranks", Method.SCORE: "scores",
    Method.POINTS: "points",
}  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """To a question: options chosen; or ranks from the first down, tied options in one; or a number for each option.

    Options are public ids. `other` is the text of the option “other”, `comment` the free comment. `kinds` are the names under
    which an app sent the answer (`options`, `ranks`, `scores`, `points`); empty, where a form sent it.
    """

    options: Sequence[str] = ()
    ranks: Sequence[Sequence[str]] = ()
    numbers: Mapping[str, int] = field(default_factory=dict)
    other: str = ""
    comment: str = ""
    kinds: frozenset[str] = frozenset()

    @property
    def is_empty(self) -> bool:
        return not (self.options or any(self.ranks) or self.numbers or self.other.strip() or self.comment.strip())


def answers_of(questions: Sequence[Question], options: Sequence[Option], chosen: Sequence[str]) -> dict[str, Answer]:
    """A bare list of options as answers: what a poll of choices alone needs. Each goes to its own question."""
    homes = {option.public_id: option.question for option in options}
    by_question: dict[str, list[str]] = {}
    for public_id in dict.fromkeys(chosen):
        if public_id not in homes or homes[public_id].method not in CHOICES:
            raise unknown_option()
        by_question.setdefault(homes[public_id].public_id, []).append(public_id)
    return {question: Answer(options=ids) for question, ids in by_question.items()}


def unknown_option(question: Question | None = None) -> Invalid:
    message = _("This option is not part of the poll. Reload the page and choose again.")
    return Invalid(
        message, code="unknown_option", field="options", extra={"question": question.public_id} if question else None
    )


def refuse(question: Question, message, code: str, **extra) -> Invalid:
    """A refusal that says which question it is about, in `extra["question"]`."""
    return Invalid(message, code=code, field="options", extra={"question": question.public_id, **extra})


def no_answer(question: Question, message=None) -> Invalid:
    return refuse(question, message or _("Choose an option before you vote."), "no_option")


def require_known(question: Question, options: Sequence[Option], named) -> None:
    """Every option named is one of the question's."""
    if set(named) - {option.public_id for option in options}:
        raise unknown_option(question)


def require_kind(question: Question, answer: Answer) -> None:
    """What an app sent is an answer of the question's method."""
    wanted = KIND_OF[question.method]
    if answer.kinds - {wanted}:
        message = _("This question is answered by “%(kind)s”.") % {"kind": wanted}
        raise refuse(question, message, "wrong_kind", kind=wanted)
