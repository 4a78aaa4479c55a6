"""Writing the missions of a programme."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, Invalid, require
from core.shield import refuse_private

from ..models import TITLE_MAX, TITLE_MIN, Mission, Programme
from ..permissions import can_manage
from ..states import State
from .checking import check_text, lock

STEPS_MAX = 20


def write_mission(
    programme: Programme,
    *,
    title: str,
    brief: str,
    steps: str,
    by: Any,
    duration: str = "",
    mission: Mission | None = None,
) -> Mission:
    """A new mission at the end, or new words for one. Steps stay as they are once testers ticked some of them."""
    require(can_manage(by, programme))
    refuse_private(title=title, brief=brief, steps=steps, duration=duration)
    title = check_text(title, field="title", shortest=TITLE_MIN, longest=TITLE_MAX)
    brief = check_text(brief, field="brief", shortest=10, longest=1_000)
    duration = check_text(duration, field="duration", longest=40)
    lines = [line.strip() for line in steps.splitlines() if line.strip()]
    if not lines:
        raise Invalid(_("Write at least one step."), code="required", field="steps")
    if len(lines) > STEPS_MAX:
        raise Invalid(_("20 steps at most: make two missions of it."), code="too_many_steps", field="steps")
    steps = check_text("\n".join(lines), field="steps", longest=2_000)
    with transaction.atomic():
        programme = _open(programme)
        if mission is None:
            last = programme.missions.aggregate(last=Max("position"))["last"]
            mission = Mission(programme=programme, position=0 if last is None else last + 1)
        elif len(mission.step_list) != len(lines) and mission.progress.exists():
            raise DomainError(
                _("Testers have ticked steps of this mission: reword them, or add a new mission."),
                code="mission_begun", status=409,
            )  # fmt: skip
        mission.title, mission.brief, mission.steps, mission.duration = title, brief, steps, duration
        mission.save()
    return mission


def drop_mission(mission: Mission, *, by: Any) -> None:
    """Take a mission out that nobody has begun."""
    require(can_manage(by, mission.programme))
    with transaction.atomic():
        _open(mission.programme)
        if mission.progress.exists() or mission.findings.exists():
            raise DomainError(_("Testers have begun this mission: it stays."), code="mission_begun", status=409)
        mission.delete()


def shift_mission(mission: Mission, *, earlier: bool, by: Any) -> None:
    """Change places with the one before or after."""
    require(can_manage(by, mission.programme))
    with transaction.atomic():
        missions = list(_open(mission.programme).missions.all())
        here = next(index for index, other in enumerate(missions) if other.pk == mission.pk)
        there = here - 1 if earlier else here + 1
        if 0 <= there < len(missions):
            missions[here], missions[there] = missions[there], missions[here]
        for position, other in enumerate(missions):
            other.position = position
        Mission.objects.bulk_update(missions, ["position"])


def _open(programme: Programme) -> Programme:
    programme = lock(programme)
    if programme.state in (State.CLOSED, State.ARCHIVED):
        raise DomainError(_("This programme is closed: it stays as it was."), code="beta_closed", status=409)
    return programme
