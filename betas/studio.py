"""What the beta studio measures: the funnel, findings by severity, and who would hear of the end."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.hearing import who_will_hear
from ideas.domain.following import hearers_of_many

from .domain.closing import moved_by_shipping
from .domain.telling import TESTING, testers_of
from .models import Enrolment, Programme
from .states import HOLDS_A_SEAT, Enrolled, Review, Severity


@dataclass(frozen=True)
class Step:
    """A step of the funnel: how many people, their share of the candidates, and the rate from the step before
    (for what the active do: of the active)."""

    label: str
    people: int
    share: float
    rate: int | None


def funnel_of(programme: Programme) -> list[Step]:
    """Interested or applied → accepted → charter signed → active → filed a report → did all missions. Two queries."""
    accepted = Q(state__in=(*HOLDS_A_SEAT, Enrolled.INACTIVE, Enrolled.COMPLETED)) | Q(agreed_at__isnull=False)
    active = Q(state__in=(Enrolled.ACTIVE, Enrolled.COMPLETED))
    worked = Q(findings__isnull=False) | Q(progress__done_at__isnull=False)
    counted = Enrolment.objects.filter(programme=programme).aggregate(
        applied=Count("pk", distinct=True),
        accepted=Count("pk", filter=accepted, distinct=True),
        signed=Count("pk", filter=Q(agreed_at__isnull=False), distinct=True),
        active=Count("pk", filter=active | Q(agreed_at__isnull=False) & worked, distinct=True),
        reported=Count("pk", filter=Q(findings__isnull=False), distinct=True),
    )
    missions = Count("pk", filter=Q(progress__done_at__isnull=False))
    total = programme.missions.count()
    finished = (
        Enrolment.objects.filter(programme=programme).annotate(done=missions).filter(done__gte=total).count()
        if total
        else 0
    )
    applied, accepted, signed, active = (counted[name] for name in ("applied", "accepted", "signed", "active"))
    names = [
        (_("Candidates"), applied, 0),
        (_("Accepted"), accepted, applied),
        (_("Charter signed"), signed, accepted),
        (pgettext("testers", "Active"), active, signed),
        (_("Sent a report"), counted["reported"], active),
        (_("Did all missions"), finished, active),
    ]
    return [
        Step(label, people, round(100 * people / max(applied, 1), 1), round(100 * people / base) if base else None)
        for label, people, base in names
    ]


@dataclass
class Weight:
    """A line of the findings by severity: how many to look at, confirmed, and settled."""

    code: str
    label: str
    new: int = 0
    open: int = 0
    settled: int = 0

    @property
    def total(self) -> int:
        return self.new + self.open + self.settled


def findings_by_severity(programme: Programme) -> list[Weight]:
    """Faults by severity, then what is no fault. Duplicates stand apart and are not counted."""
    lines = {severity: Weight(severity, str(Severity(severity).label)) for severity in Severity.values}
    lines[""] = Weight("", _("Ideas, praise, questions"))
    for severity, state, total in programme.findings.exclude(state=Review.DUPLICATE).by_severity():
        line = lines.get(severity, lines[""])
        if state in (Review.NEW, Review.NEEDS_INFO):
            line.new += total
        elif state == Review.CONFIRMED:
            line.open += total
        else:
            line.settled += total
    return list(lines.values())


def missions_done(programme: Programme):
    """The missions with `done_count` testers who did them and `begun_count` who began."""
    return programme.missions.annotate(
        begun_count=Count("progress"), done_count=Count("progress", filter=Q(progress__done_at__isnull=False))
    ).order_by(F("position"), "id")


def who_hears_of_the_end(programme: Programme, *, by: Any) -> tuple[int, int]:
    """(testers, people of the ideas that it moves on) who will hear that `by` closes it, by their own wishes, so that staff know
    before they do. Testers hear by their test alone."""
    testers = testers_of(programme)
    told = {member for _idea, member in hearers_of_many(moved_by_shipping(programme), by=by)}
    return who_will_hear(testers, TESTING).count(), len(told - set(testers.values_list("pk", flat=True)))
