"""The official answer, and the note that staff alone read."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext, pgettext_lazy

from core.commenting import check_body
from core.text import whole

from ...domain.commenting import comment_on
from ...domain.moving import answer_officially, check_answer
from ...domain.templating import fill, fill_text, templates_for
from ...models import Idea, TemplateVersion
from ...permissions import can_answer, can_note
from ..forms import AnswerForm, BulkAnswerForm, NoteForm
from .base import EACH, NOBODY, PEOPLE, Done, InBulk, Move, people_told


def _answer(idea: Idea, said: dict, by: Any) -> Done:
    told = people_told(idea, said, by)
    version = _version(said.get("template", ""))[0]
    answer = answer_officially(idea, body=said["body"], by=by, silent=said["silent"], written_from=version)
    words = gettext("“%(title)s”: your answer is on the page") % {"title": idea.title}
    return Done(words, "answer", answer.public_id, told)


def _version(chosen: str) -> tuple[TemplateVersion | None, str]:
    """`<template>.<language>` from the list of templates; `<template>.<language>.<number>` once its text was filled."""
    key, _dot, rest = chosen.partition(".")
    language, _dot, number = rest.partition(".")
    versions = TemplateVersion.objects.select_related("template").filter(template__public_id=key)
    if (wanted := whole(number[:5])) is not None:
        versions = versions.filter(number=wanted)
    return versions.first() if key else None, language if language in ("fr", "en") else ""


def _filled(idea: Idea, user: Any, asked: Mapping) -> dict:
    """The chosen template's text for this idea."""
    version, language = _version(asked.get("template", "")[:40])
    if not version:
        return {}
    letter = fill(version, idea, language=language)
    return {"body": letter.text, "template": f"{version.template.public_id}.{language}.{version.number}"}


def _answer_each(idea: Idea, said: dict, by: Any) -> Done:
    """The same text to many: what is an idea's own (its author’s name, its title) is filled for each."""
    return _answer(idea, said | {"body": fill_text(said["body"], idea)}, by)


def _letters(rows: Sequence[Idea], user: Any, typed: Mapping) -> dict:
    return {"templates": templates_for(None, by=user), "chosen_letter": _version(typed.get("template", "")[:40])[0]}


def _unfilled(user: Any, asked: Mapping) -> dict:
    """The chosen template's text with its fields: each idea fills its own."""
    version, language = _version(asked.get("template", "")[:40])
    if not version:
        return {}
    language = language or user.language
    key = f"{version.template.public_id}.{language}.{version.number}"
    return {"body": version.body_in(language), "template": key}


def _templates(idea: Idea, user: Any, typed: Mapping) -> dict:
    version = _version(typed.get("template", "")[:40])[0]
    return {"templates": templates_for(idea, by=user), "chosen": version}


def _note(idea: Idea, said: dict, by: Any) -> Done:
    note = comment_on(idea, body=said["body"], by=by, is_internal=True)
    return Done(gettext("Your note is kept; staff alone read it."), "note", note.public_id)


def _stands(may):
    """What is merged is answered and discussed on the idea that stays."""
    return lambda user, idea: may(user, idea) and idea.merged_into_id is None


def _answerable(user: Any, idea: Idea) -> bool:
    """An idea that its author took back awaits no answer."""
    return can_answer(user, idea) and idea.merged_into_id is None and not idea.is_withdrawn


ANSWER = Move(
    "answer", "r", "message-square", pgettext_lazy("desk", "Answer"), pgettext_lazy("desk", "Publish the answer"),
    AnswerForm, _answerable, _answer, hears=PEOPLE, tells=True, allows=can_answer, undoable=True, start=_filled, shows=_templates,
    check=lambda said: check_answer(said["body"]), part="ideas/desk/_letters.html",
    bulk=InBulk(
        form=BulkAnswerForm, run=_answer_each, start=_unfilled, shows=_letters, part="ideas/desk/_bulk_letters.html"
    ),
)  # fmt: skip
NOTE = Move(
    "note", "n", "sticky-note", pgettext_lazy("desk", "Internal note"), pgettext_lazy("desk", "Keep the note"),
    NoteForm, _stands(can_note), _note, hears=NOBODY, check=lambda said: check_body(said["body"]), undoable=True, bulk=EACH,
)  # fmt: skip
