"""Moderation in figures: for everybody by year, for auditors by who is responsible."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Count, DurationField, ExpressionWrapper, F, Q, QuerySet
from django.utils import timezone

from ideas.models import Idea
from members.models import Member

from .models import Appeal, Report, Statement
from .states import Automation, Ground, Measure, Outcome, Reason, ReportState
from .subjects import of_circles

TAKEN = (Measure.HIDDEN, Measure.REMOVED, Measure.CLEARED)


@dataclass(frozen=True)
class Year:
    """A year of moderation. Medians are None where nothing was decided."""

    year: int
    reports: int = 0
    by_reason: list[tuple[Any, int]] = field(default_factory=list)
    upheld: int = 0
    refused: int = 0
    median_report: timedelta | None = None
    measures: list[tuple[Any, int]] = field(default_factory=list)
    removals: int = 0
    by_law: int = 0
    spotted: int = 0
    held: int = 0
    appeals: int = 0
    appeals_upheld: int = 0
    appeals_decided: int = 0
    median_appeal: timedelta | None = None
    bans: int = 0


def years() -> list[int]:
    """From the first report or statement to this year, the newest first."""
    first = min(
        (row for row in (Report.objects.order_by("created_at").values_list("created_at", flat=True).first(),
                         Statement.objects.order_by("at").values_list("at", flat=True).first()) if row),
        default=timezone.now(),
    )  # fmt: skip
    return list(range(timezone.localdate().year, first.year - 1, -1))


def year_of(year: int) -> Year:
    """What everyone may know: nothing of circles is counted. A fixed number of queries, whatever happened."""
    reports = Report.objects.filter(created_at__year=year).exclude(of_circles("case__"))
    reasons = Counter(dict(reports.order_by().values_list("reason").annotate(n=Count("pk"))))
    states = Counter(dict(reports.order_by().values_list("state").annotate(n=Count("pk"))))
    statements = Statement.objects.standing().filter(at__year=year).exclude(of_circles())
    rows = statements.order_by().values_list("measure", "ground", "automation").annotate(n=Count("pk"))
    measures, by_law, spotted = Counter(), 0, 0
    for measure, ground, automation, number in rows:
        measures[measure] += number
        by_law += number if measure in TAKEN and ground == Ground.LAW else 0
        spotted += number if measure in TAKEN and automation == Automation.FOUND else 0
    appeals = Appeal.objects.filter(created_at__year=year).exclude(of_circles("case__"))
    outcomes = Counter(dict(appeals.order_by().values_list("outcome").annotate(n=Count("pk"))))
    return Year(
        year, sum(reasons.values()), [(reason.label, reasons[reason]) for reason in Reason if reasons[reason]],
        states[ReportState.UPHELD], states[ReportState.REFUSED], median(reports.filter(decided_at__isnull=False)),
        [(measure.label, measures[measure]) for measure in Measure if measures[measure]],
        sum(measures[measure] for measure in TAKEN), by_law, spotted, measures[Measure.HELD], sum(outcomes.values()),
        outcomes[Outcome.UPHELD], outcomes[Outcome.UPHELD] + outcomes[Outcome.REFUSED],
        median(appeals.filter(decided_at__isnull=False)), measures[Measure.BANNED],
    )  # fmt: skip


def median(rows: QuerySet) -> timedelta | None:
    """The time that half of the decided rows took at most; of an even number, the longer of the two in the middle."""
    took = ExpressionWrapper(F("decided_at") - F("created_at"), output_field=DurationField())
    number = rows.count()
    return rows.annotate(took=took).order_by("took").values_list("took", flat=True)[number // 2] if number else None


@dataclass(frozen=True)
class Rate:
    """What became of ideas and comments in someone's themes, or by someone's hand."""

    person: Member | None
    ideas: int
    taken: int
    own_hand: int
    overturned: int

    @property
    def percent(self) -> float:
        """Ideas and comments taken away for a hundred ideas of the themes."""
        return 100 * self.taken / self.ideas if self.ideas else 0.0


def rates(days: int = 365) -> list[Rate]:
    """By owner of themes: ideas posted, taken away (by anyone, by the owner's own hand), given back on appeal; highest first."""
    since = timezone.now() - timedelta(days=days)
    ideas = dict(
        Idea.objects.filter(created_at__gte=since, category__owner__isnull=False)
        .order_by().values_list("category__owner").annotate(n=Count("pk"))
    )  # fmt: skip
    taken = (
        Statement.objects.standing()
        .filter(at__gte=since, measure__in=TAKEN, owner__isnull=False)
        .order_by()
        .values("owner")
    )
    taken = taken.annotate(
        n=Count("pk"), own=Count("pk", filter=Q(by=F("owner"))),
        overturned=Count("pk", filter=Q(appeal__outcome=Outcome.UPHELD)),
    )  # fmt: skip
    found = {row["owner"]: row for row in taken}
    people = Member.objects.in_bulk({*ideas, *found})
    rows = [
        Rate(people.get(pk), ideas.get(pk, 0), found.get(pk, {}).get("n", 0), found.get(pk, {}).get("own", 0),
             found.get(pk, {}).get("overturned", 0))
        for pk in people
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (-row.percent, -row.ideas))
