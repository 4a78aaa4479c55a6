"""The official answer, and the note that staff alone read."""

from typing import Any

from django.utils.translation import gettext, pgettext_lazy

from ...domain.moving import answer_officially, undo_answer
from ...domain.posting import comment_on
from ...models import Idea, OfficialAnswer
from ...permissions import can_answer, can_note
from ..forms import AnswerForm, NoteForm
from .base import Done, Move, people_told, undoes


def _answer(idea: Idea, said: dict, by: Any) -> Done:
    told = people_told(idea, said)
    answer = answer_officially(idea, body=said["body"], by=by, silent=said["silent"])
    words = gettext("“%(title)s”: your answer is on the page") % {"title": idea.title}
    return Done(words, "answer", answer.public_id, told)


@undoes("answer")
def _undo(key: str, by: Any) -> Idea | None:
    answer = OfficialAnswer.objects.select_related("idea").filter(public_id=key).first()
    return undo_answer(answer, by=by) if answer else None


def _note(idea: Idea, said: dict, by: Any) -> Done:
    comment_on(idea, body=said["body"], by=by, is_internal=True)
    return Done(gettext("Your note is kept; staff alone read it."))


def _stands(may):
    """What is merged is answered and discussed on the idea that stays."""
    return lambda user, idea: may(user, idea) and idea.merged_into_id is None


ANSWER = Move(
    "answer", "r", "message-square", pgettext_lazy("desk", "Answer"), pgettext_lazy("desk", "Publish the answer"),
    AnswerForm, _stands(can_answer), _answer, tells=True, undoable=True,
)  # fmt: skip
NOTE = Move(
    "note", "n", "sticky-note", pgettext_lazy("desk", "Internal note"), pgettext_lazy("desk", "Keep the note"),
    NoteForm, _stands(can_note), _note, bulk=True,
)  # fmt: skip
