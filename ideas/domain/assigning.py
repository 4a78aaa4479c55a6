"""Whose idea it is to answer: staff take it, or give it to a colleague who may answer."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.errors import Invalid, require
from core.events import publish

from ..events import IdeaAssigned
from ..models import Deed, Idea
from ..permissions import can_answer, can_triage
from ..states import Doing
from .moving import changed_since, lock
from .recording import check_note, record_deed, restores


def assign_idea(idea: Idea, to: Any, *, by: Any, reason: str = "", silent: bool = False) -> Idea:
    """Give the idea to a colleague, who is told unless `silent`, or to nobody (None). Doing it again changes nothing.

    Raises NotAllowed, Invalid.
    """
    require(can_triage(by, idea))
    if to is not None and not can_answer(to, idea):
        raise Invalid(_("Choose a colleague who may answer."), code="cannot_answer", field="assignee")
    reason = check_note(reason)
    with transaction.atomic():
        idea = lock(idea)
        if idea.assignee_id != getattr(to, "pk", None):
            before, idea.assignee = idea.assignee_id, to
            idea.save(update_fields=["assignee"])
            words = (lambda: gettext("in charge:")) if to else (lambda: gettext("in nobody’s hands"))
            record_deed(
                idea, Doing.ASSIGNED, words, by=by, whom=to, reason=reason, silent=silent or to is None, assignee=before,
                after=idea.assignee_id,
            )  # fmt: skip
            publish(IdeaAssigned(idea.pk, idea.assignee_id, before, is_silent=silent), by=by)
    return idea


@restores(Doing.ASSIGNED)
def _give_back(idea: Idea, deed: Deed) -> None:
    if idea.assignee_id != deed.before["after"]:
        raise changed_since()
    idea.assignee_id = deed.before["assignee"]
    idea.save(update_fields=["assignee"])
