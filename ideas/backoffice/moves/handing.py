"""Into whose hands an idea goes."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, pgettext_lazy

from ...domain.assigning import assign_idea
from ...models import Idea
from ...permissions import can_triage
from ..forms import AssignForm
from .base import Done, Move


def _assign(idea: Idea, said: dict, by: Any) -> Done:
    to = said["assignee"]
    assign_idea(idea, to, by=by)
    if not to:
        return Done(gettext("“%(title)s” is nobody’s now.") % {"title": idea.title})
    return Done(gettext("“%(title)s” is in the hands of %(who)s.") % {"title": idea.title, "who": to.nickname})


def _holder(idea: Idea, user: Any, asked: Mapping) -> dict:
    """Who presses "assign" mostly takes the idea; one who has it gives it on."""
    return {"assignee": (idea.assignee or user).public_id}


ASSIGN = Move(
    "assign", "a", "user-plus", pgettext_lazy("desk", "Assign"), pgettext_lazy("desk", "Assign"),
    AssignForm, can_triage, _assign, bulk=True, start=_holder,
)  # fmt: skip
