"""The triage's move "complaint": the idea at hand becomes one."""

from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from ideas.backoffice import moves
from ideas.models import Idea

from ..domain.opening import open_complaint
from ..forms import OpenForm
from ..permissions import can_handle


def _offered(user: Any, idea: Idea) -> bool:
    return can_handle(user)


def _open(idea: Idea, said: dict, by: Any) -> moves.Done:
    complaint = open_complaint(idea, reason=said["reason"], hide=said["hide"], statement=said["statement"], by=by)
    words = gettext("Complaint %(reference)s is open; its author is told.")
    return moves.Done(words % {"reference": complaint.reference})


moves.add(
    moves.Move(
        "complaint",
        "p",
        "shield-alert",
        pgettext_lazy("desk", "Complaint"),
        pgettext_lazy("desk", "Open a complaint"),
        OpenForm,
        _offered,
        _open,
        hears=_("The author is told at once, in private. There is no undo."),
    )
)
