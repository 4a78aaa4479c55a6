"""Filling in a ballot: every question that is put to the voter read by its method, those that are not left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.errors import Invalid
from core.shield import PrivateData, for_public, refuse_private

from ..models import Option, Question
from ..states import CHOICES, Method
from .answering import Answer, module_of, require_kind
from .answering.answers import refuse, require_known

LONGEST_OTHER, LONGEST_COMMENT = 160, 1000


@dataclass(frozen=True)
class Filled:
    """A ballot as it is kept: `choices` and `words` by question, and every option it speaks of in the poll's order."""

    choices: dict
    words: dict
    options: tuple[str, ...]


def fill(questions: Sequence[Question], answers: Mapping[str, Answer]) -> Filled:
    """Check the answers together. Each question has its options in `options.all()`.

    A question whose “only if” is not met is not asked, and an answer to it is left out. One that is not required may be left
    empty. Raises Invalid, with the question in `extra`; where several answers are wrong, the first one's refusal, and all of them
    in `extra["faults"]`, so that they can be put right in one go.
    """
    unknown = set(answers) - {question.public_id for question in questions}
    if unknown:
        message = _("This question is not part of the poll. Reload the page and answer again.")
        raise Invalid(message, code="unknown_question", field="answers", extra={"question": min(unknown)[:20]})
    choices, words, chosen, spoken, faults = {}, {}, set(), [], []
    for question in questions:
        if not question.applies_to(chosen):
            continue
        try:
            one = _fill_one(question, answers.get(question.public_id, Answer()))
        except Invalid as fault:
            faults.append(fault)
            continue
        if one.words:
            words[question.public_id] = one.words
        if one.kept is None:
            continue
        choices[question.public_id] = one.kept
        if question.method in CHOICES:
            chosen |= one.named
        spoken += [option.public_id for option in question.options.all() if option.public_id in one.named]
    if faults:
        raise _together(faults)
    return Filled(choices, words, tuple(spoken))


def _together(faults: Sequence[Invalid]) -> Invalid:
    first = faults[0]
    if len(faults) > 1:
        first.extra["faults"] = [
            {"question": fault.extra.get("question", ""), "code": fault.code, "detail": str(fault)} for fault in faults
        ]
    return first


@dataclass(frozen=True)
class One:
    """One answer: `kept` as its method keeps it (None: left out), the options it names, its words."""

    kept: Any
    named: frozenset[str]
    words: dict[str, str]


def _fill_one(question: Question, answer: Answer) -> One:
    options = list(question.options.all())
    require_kind(question, answer)
    answer = _with_other_chosen(question, options, answer)
    said = _words(question, options, answer)
    if not question.required and _is_left_out(question, options, answer):
        return One(None, frozenset(), said)
    module = module_of(question)
    kept = module.read(question, options, answer)
    named = frozenset(module.named(kept))
    _check_other(question, options, answer, named)
    return One(kept, named, said)


def _is_left_out(question: Question, options: Sequence[Option], answer: Answer) -> bool:
    """Nothing was answered; a form that shares points sends 0 for each option, and no point is no answer."""
    if question.method == Method.POINTS and not any(answer.numbers.values()):
        require_known(question, options, answer.numbers)
        return True
    return not (answer.options or any(answer.ranks) or answer.numbers)


def _other_of(options: Sequence[Option]) -> Option | None:
    return next((option for option in options if option.is_other), None)


def _with_other_chosen(question: Question, options: Sequence[Option], answer: Answer) -> Answer:
    """A word of one's own and nothing else chosen is a choice of “other”."""
    other = _other_of(options)
    if other and answer.other.strip() and question.method in CHOICES and not answer.options:
        return Answer(options=[other.public_id], other=answer.other, comment=answer.comment)
    return answer


def _words(question: Question, options: Sequence[Option], answer: Answer) -> dict[str, str]:
    said = {}
    if answer.other.strip() and _other_of(options):
        said["other"] = _clean(question, answer.other, "other", LONGEST_OTHER)
    if answer.comment.strip() and question.comments:
        said["comment"] = _clean(question, answer.comment, "comment", LONGEST_COMMENT)
    return said


def _clean(question: Question, text: str, name: str, longest: int) -> str:
    text = text.strip()
    if len(text) > longest:
        raise refuse(question, _("Keep it under %(n)d characters.") % {"n": longest}, "too_long", part=name)
    try:
        refuse_private(**{f"{question.public_id}.{name}": text})
    except PrivateData as refusal:
        refusal.extra |= {"question": question.public_id, "part": name}
        raise
    return for_public(text)


def _check_other(question: Question, options: Sequence[Option], answer: Answer, named: frozenset[str]) -> None:
    other = _other_of(options)
    if other is None:
        return
    if other.public_id in named and not answer.other.strip():
        raise refuse(question, _("You chose “other”: say what."), "other_without_words", part="other")
    if answer.other.strip() and other.public_id not in named:
        message = _("You wrote an answer of your own without choosing it: choose it, or take the words away.")
        raise refuse(question, message, "other_not_chosen", part="other")
