"""Whose idea it is to answer: staff take it, or give it to a colleague who may answer."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.errors import Invalid, require
from core.events import publish

from ..events import IdeaAssigned
from ..models import Idea
from ..permissions import can_answer, can_triage
from .moving import lock


def assign_idea(idea: Idea, to: Any, *, by: Any) -> Idea:
    """Give the idea to a colleague, or to nobody (None). Doing it again changes nothing. Raises NotAllowed, Invalid."""
    require(can_triage(by, idea))
    if to is not None and not can_answer(to, idea):
        raise Invalid(_("Choose a colleague who may answer."), code="cannot_answer", field="assignee")
    with transaction.atomic():
        idea = lock(idea)
        if idea.assignee_id != getattr(to, "pk", None):
            before, idea.assignee = idea.assignee_id, to
            idea.save(update_fields=["assignee"])
            publish(IdeaAssigned(idea.pk, idea.assignee_id, before), by=by)
    return idea
