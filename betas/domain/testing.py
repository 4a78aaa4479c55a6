"""Doing missions: a tester ticks the steps; a mission is done when all are."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import Invalid
from core.events import publish
from members.permissions import require_taking_part

from ..events import MissionCompleted
from ..models import Mission, MissionProgress
from .enrolling import lock_both, require_test_open, require_tester, show_life


def tick_steps(mission: Mission, *, steps: Iterable[int], by: Any) -> MissionProgress:
    """Set which steps are done (numbers from 0). Sending the same again changes nothing.

    Raises NotSignedIn, `not_a_tester`, `charter_unsigned`, `beta_not_started`, `beta_over`, Invalid (`unknown_step`).
    """
    enrolment = require_tester(mission.programme, by)
    require_taking_part(by)
    count = len(mission.step_list)
    ticked = sorted(set(steps))
    if any(not 0 <= step < count for step in ticked):
        raise Invalid(_("This mission has no such step."), code="unknown_step", field="steps")
    with transaction.atomic():
        programme, enrolment = lock_both(enrolment)
        require_test_open(programme)
        show_life(enrolment)
        progress, _made = MissionProgress.objects.get_or_create(mission=mission, enrolment=enrolment)
        was_done, is_done = progress.done_at is not None, len(ticked) == count
        progress.steps = ticked
        progress.done_at = (progress.done_at or timezone.now()) if is_done else None
        progress.save(update_fields=["steps", "done_at"])
        if is_done and not was_done:
            publish(MissionCompleted(programme.pk, enrolment.pk, mission.pk), by=by)
    return progress
