"""The end: shipped, back to the workshop, or dropped, with what the testers changed. Their ideas follow."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import ImpossibleMove, Invalid, require
from core.events import publish
from core.shield import for_public
from ideas.domain.moving import move_idea
from ideas.models import Idea
from ideas.states import State as IdeaState

from ..events import ProgrammeClosed
from ..models import CHANGED_MAX, CHANGED_MIN, Programme
from ..permissions import can_manage
from ..states import TESTED_IN, Enrolled, Outcome, State
from .checking import check_text, lock
from .running import move, tested_ideas

DELIVERABLE = (IdeaState.IN_BETA, IdeaState.PLANNED)


def close_programme(programme: Programme, *, outcome: str, what_changed: str, by: Any) -> Programme:
    """Close it and say publicly what came of it.

    Shipped: its ideas become delivered, with that text as the reason. Otherwise ideas in beta go back to planned,
    unless another programme still tries them. A programme that never ran can only be dropped.
    Raises NotAllowed, ImpossibleMove (409), Invalid, PrivateData.
    """
    require(can_manage(by, programme))
    if outcome not in Outcome.values:
        raise Invalid(_("Choose what came of the test."), code="unknown_outcome", field="outcome")
    text = for_public(check_text(what_changed, field="what_changed", shortest=CHANGED_MIN, longest=CHANGED_MAX))
    with transaction.atomic():
        was_tested = lock(programme).state in TESTED_IN
        if outcome != Outcome.DROPPED and not was_tested:
            raise ImpossibleMove(_("Nobody has tested it yet: it can only be dropped."))
        programme = _close(programme, outcome, text, by)
        for idea in tested_ideas(programme):
            _move_on(idea, outcome, text, by)
        programme.enrolments.filter(state=Enrolled.ACTIVE).update(
            state=Enrolled.COMPLETED, state_since=programme.closed_at
        )
        publish(ProgrammeClosed(programme.pk, outcome), by=by)
    return programme


def _close(programme: Programme, outcome: str, text: str, by: Any) -> Programme:
    Programme.objects.filter(pk=programme.pk).update(outcome=outcome, what_changed=text, closed_at=timezone.now())
    return move(programme, State.CLOSED, by=by)


def moved_by_shipping(programme: Programme) -> list[Idea]:
    """Its ideas that become delivered if it ships; all that closing it can move. None, where nobody has tested it."""
    tested = tested_ideas(programme) if programme.state in TESTED_IN else []
    return [idea for idea in tested if idea.state in DELIVERABLE]


def _move_on(idea: Idea, outcome: str, reason: str, by: Any) -> None:
    if outcome == Outcome.SHIPPED:
        if idea.state in DELIVERABLE:
            move_idea(idea, IdeaState.DELIVERED, reason=reason, by=by)
    elif idea.state == IdeaState.IN_BETA and not Programme.objects.of_idea(idea).in_state(*TESTED_IN).exists():
        move_idea(idea, IdeaState.PLANNED, reason=reason, by=by)
