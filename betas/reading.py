"""What page, API and desk read alike: one programme as someone sees it, and a tester's missions."""

from collections.abc import Iterable
from typing import Any

from core.errors import NotFound

from .domain.applying import Chance, chance_of
from .models import Enrolment, Finding, InterestRegistration, Mission, MissionProgress, Programme
from .permissions import can_see, can_see_finding, is_signed_in
from .states import IMPACT, Enrolled


class Seen:
    """A programme as one person sees it."""

    def __init__(self, programme: Programme, user: Any):
        self.programme, self.user = programme, user
        self.enrolment = my_enrolment(programme, user)
        self.chance: Chance = chance_of(programme, user, self.enrolment)

    @property
    def is_interested(self) -> bool:
        return (
            is_signed_in(self.user)
            and InterestRegistration.objects.filter(programme=self.programme, member=self.user).exists()
        )

    @property
    def feature_flag(self) -> str:
        """The key the mobile app reads: for testers who signed, while the test is on."""
        mine = self.enrolment
        has_it = mine and mine.is_tester and mine.holds_a_seat and self.programme.is_tested
        return self.programme.feature_flag if has_it else ""

    @property
    def waiting_before(self) -> int | None:
        """How many stand before me on the waiting list."""
        mine = self.enrolment
        if not mine or mine.state != Enrolled.WAITLISTED:
            return None
        waiting = list(self.programme.enrolments.waiting().values_list("pk", flat=True)[:1000])
        return waiting.index(mine.pk) if mine.pk in waiting else len(waiting)

    @property
    def has_cockpit(self) -> bool:
        """Whether there is a tester's book to show: charter signed, and the test not given up."""
        return bool(self.enrolment and (self.enrolment.is_tester or self.enrolment.state == Enrolled.COMPLETED))


def find_programme(public_id: str, *, user: Any, programmes: Any = None) -> Programme:
    """One programme the user may see. Raises NotFound, also for a draft that is not theirs to see."""
    programmes = Programme.objects.all() if programmes is None else programmes
    programme = programmes.select_related("owner").filter(public_id=public_id).first()
    if programme is None or not can_see(user, programme):
        raise NotFound()
    return programme


def my_enrolment(programme: Programme, user: Any) -> Enrolment | None:
    if not is_signed_in(user):
        return None
    enrolment = Enrolment.objects.filter(programme=programme, member=user).first()
    if enrolment:
        enrolment.programme = programme
    return enrolment


def missions_of(programme: Programme, enrolment: Enrolment | None) -> list[Mission]:
    """The missions, each with `ticked` (numbers of steps), `done_at` and `steps_done` (step and whether it is)."""
    missions = list(programme.missions.all())
    known = {row.mission_id: row for row in MissionProgress.objects.filter(enrolment=enrolment)} if enrolment else {}
    for mission in missions:
        row = known.get(mission.pk)
        mission.ticked = row.steps if row else []
        mission.done_at = row.done_at if row else None
        mission.steps_done = [(at, step, at in mission.ticked) for at, step in enumerate(mission.step_list)]
    return missions


def find_mission(programme: Programme, public_id: str) -> Mission:
    mission = programme.missions.filter(public_id=public_id).first()
    if mission is None:
        raise NotFound()
    mission.programme = programme
    return mission


def find_finding(programme: Programme, public_id: str, *, user: Any, findings: Any = None) -> Finding:
    """A finding its author or the bank may read. Raises NotFound for all others."""
    findings = Finding.objects.all() if findings is None else findings
    finding = findings.select_related("enrolment").filter(programme=programme, public_id=public_id).first()
    if finding is None or not can_see_finding(user, finding):
        raise NotFound()
    return finding


def changed_by(findings: Iterable[Finding]) -> int:
    """How many of the findings changed something."""
    return sum(finding.state in IMPACT for finding in findings)
