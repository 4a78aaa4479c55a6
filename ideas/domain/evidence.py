"""What speaks for an idea: its support over time and by group, what was said, where it is linked from, what it feeds.

Groups under LAB["SMALLEST_CELL"] are hidden, and with them what a subtraction would give (core/suppressing.py). The tables
cut the same people once each, into groups that never overlap between tables in a known way: customers by segment and prospects
in one table, ages in a second, regions in a third. Employees are counted apart, in none of them.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Min, Q, Sum
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.suppressing import hide_small
from members.models import Member
from members.states import AgeBand, Kind, Segment

from ..feeding import Feed, fed_by
from ..models import Comment, Idea, Referral, VoteOnBehalf
from ..querysets import votes_of_ideas
from ..search import similar
from ..states import Origin, Source, Visibility
from .voting import voters_of

PLACES = 12  # lines of where it was linked from
REFERRAL_DAYS = 90
GROUPS: tuple[tuple[Any, Callable[[str, str], bool]], ...] = (
    (_("Private customers"), lambda kind, segment: kind == Kind.CUSTOMER and segment == Segment.PRIVATE),
    (_("Professionals"), lambda kind, segment: kind == Kind.CUSTOMER and segment == Segment.PROFESSIONAL),
    (_("Students"), lambda kind, segment: kind == Kind.CUSTOMER and segment == Segment.STUDENT),
    (_("Not customers yet"), lambda kind, segment: kind == Kind.PROSPECT),
)


@dataclass(frozen=True)
class Cell:
    """A group's people; None where there are too few to say."""

    label: Any
    people: int | None


@dataclass(frozen=True)
class Support:
    """`community` are members who are not staff, each once; `behalf` people heard elsewhere, by source."""

    community: int
    staff: int
    behalf: list[Cell]
    groups: list[Cell]
    ages: list[Cell]
    regions: list[Cell]

    @property
    def heard_elsewhere(self) -> int:
        return sum(cell.people or 0 for cell in self.behalf)


@dataclass(frozen=True)
class Span:
    """Votes that came in a day, a week or a month, and how many there were in all at its end."""

    start: date
    votes: int
    whole: int


@dataclass(frozen=True)
class Said:
    """Comments by who speaks; `writers` are the people of the community who said something, each once."""

    official: int
    members: int
    notes: int
    writers: int


@dataclass(frozen=True)
class Place:
    kind: Any
    host: str
    reads: int


@dataclass(frozen=True)
class Evidence:
    idea: Idea
    support: Support
    course: list[Span]
    said: Said
    alike: list[Idea]
    places: list[Place]
    feeds: list[Feed]


def evidence_of(idea: Idea) -> Evidence:
    """All of it, in a fixed number of queries whatever the votes, comments and links."""
    return Evidence(
        idea, support_by_group(idea), course_of(idea), said_on(idea), similar(idea.title, 5, leave_out=idea),
        places_of(idea), fed_by(idea),
    )  # fmt: skip


def support_by_group(idea: Idea) -> Support:
    rows = list(
        Member.objects.filter(pk__in=voters_of(idea))
        .order_by()
        .values_list("is_staff", "kind", "segment", "age_band", "region")
        .annotate(people=Count("pk"))
    )
    ours = [row[1:] for row in rows if not row[0]]
    elsewhere = VoteOnBehalf.objects.filter(idea=idea, taken_back_at__isnull=True).order_by()
    behalf = dict(elsewhere.values_list("source").annotate(people=Sum("people")))
    ages, regions = Counter(), Counter()
    for _kind, _segment, age, region, people in ours:
        ages[age] += people
        regions[region] += people
    known = sorted(region for region in regions if region)
    return Support(
        sum(row[-1] for row in ours),
        sum(row[-1] for row in rows if row[0]),
        [Cell(label, behalf[source]) for source, label in Source.choices if behalf.get(source)],
        cells((label, sum(row[-1] for row in ours if belongs(row[0], row[1]))) for label, belongs in GROUPS),
        cells([*((label, ages[band]) for band, label in AgeBand.choices), (_("Not said"), ages[""])]),
        cells([*((region, regions[region]) for region in known), (_("Not said"), regions[""])]),
    )


def cells(counts: Iterable[tuple[Any, int]]) -> list[Cell]:
    counts = list(counts)
    shown = hide_small([people for _label, people in counts], settings.LAB["SMALLEST_CELL"])
    return [Cell(label, people) for (label, _people), people in zip(counts, shown, strict=True)]


def course_of(idea: Idea) -> list[Span]:
    """Votes as they came: by day for two months, by week for a year, then by month. Each person once, at the first vote."""
    if idea.merged_count:
        keys = [idea.pk, *Idea.objects.filter(merged_into=idea).values_list("pk", flat=True)]
        firsts = (
            votes_of_ideas().filter(object_id__in=keys).order_by().values("user_id").annotate(first=Min("create_at"))
        )
        days = Counter(timezone.localtime(row["first"]).date() for row in firsts)
    else:
        votes: Any = votes_of_ideas().filter(object_id=idea.pk).order_by()
        days = Counter(dict(votes.annotate(day=TruncDate("create_at")).values_list("day").annotate(votes=Count("pk"))))
    if not days:
        return []
    first, last = min(days), timezone.localdate()
    start = _bucket(first, last - first)
    spans: Counter = Counter()
    for day, votes in days.items():
        spans[start(day)] += votes
    found, whole, place = [], 0, start(first)
    while place <= last:
        whole += spans[place]
        found.append(Span(place, spans[place], whole))
        place = start(_after(place, last - first))
    return found


def _bucket(first: date, length: timedelta) -> Callable[[date], date]:
    if length <= timedelta(days=60):
        return lambda day: day
    if length <= timedelta(days=366):
        return lambda day: day - timedelta(days=day.weekday())
    return lambda day: day.replace(day=1)


def _after(day: date, length: timedelta) -> date:
    """A day of the next span."""
    if length <= timedelta(days=60):
        return day + timedelta(days=1)
    return day + timedelta(days=7 if length <= timedelta(days=366) else 32)


def said_on(idea: Idea) -> Said:
    public = Q(is_internal=False, visibility=Visibility.PUBLIC)
    return Said(
        **Comment.objects.filter(idea=idea).aggregate(
            official=Count("pk", filter=public & Q(is_official=True)),
            members=Count("pk", filter=public & Q(is_official=False)),
            notes=Count("pk", filter=Q(is_internal=True)),
            writers=Count("author", filter=public & Q(is_official=False), distinct=True),
        )
    )


def places_of(idea: Idea) -> list[Place]:
    since = timezone.localdate() - timedelta(days=REFERRAL_DAYS)
    rows = Referral.objects.filter(idea=idea, day__gte=since).order_by().values_list("kind", "host")
    rows = rows.annotate(whole=Sum("reads")).order_by("-whole", "host")[:PLACES]
    return [Place(Origin(kind).label, host, reads) for kind, host, reads in rows]


__all__ = ["GROUPS", "Evidence", "cells", "evidence_of"]
