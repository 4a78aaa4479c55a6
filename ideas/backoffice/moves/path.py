"""Moves along the path: under review, to the board (the board brings a fuller one where it is installed), not retained."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext, pgettext_lazy

from ...domain.moving import move_idea
from ...models import Idea
from ...permissions import can_triage
from ...states import State
from ..forms import TellingForm
from .base import EACH, PEOPLE, Done, Move, people_told, public_reason, reaches


def _step(to: str) -> Callable[[Idea, dict, Any], Done]:
    def run(idea: Idea, said: dict, by: Any) -> Done:
        told = people_told(idea, said, by)
        move = move_idea(idea, to, reason=said["reason"], by=by, silent=said["silent"])
        words = gettext("“%(title)s”: %(state)s") % {"title": idea.title, "state": State(to).label.lower()}
        return Done(words, "move", move.public_id, told)

    return run


REVIEW = Move(
    "review", "e", "eye", pgettext_lazy("desk", "Under review"), pgettext_lazy("desk", "Take under review"),
    TellingForm, reaches(State.UNDER_REVIEW), _step(State.UNDER_REVIEW), hears=PEOPLE, tells=True, allows=can_triage,
    leads_to=State.UNDER_REVIEW, check=public_reason, undoable=True, bulk=EACH,
)  # fmt: skip
BOARD = Move(
    "board", "c", "scale", pgettext_lazy("desk", "To the board"), pgettext_lazy("desk", "Send to the board"),
    TellingForm, reaches(State.CANDIDATE), _step(State.CANDIDATE), hears=PEOPLE, tells=True, allows=can_triage,
    leads_to=State.CANDIDATE, check=public_reason, undoable=True, bulk=EACH,
)  # fmt: skip
DECLINE = Move(
    "decline", "d", "ban", pgettext_lazy("desk", "Do not retain"), pgettext_lazy("desk", "Do not retain"),
    TellingForm, reaches(State.DECLINED), _step(State.DECLINED), hears=PEOPLE, tells=True, allows=can_triage,
    leads_to=State.DECLINED, check=public_reason, undoable=True, bulk=EACH,
)  # fmt: skip
