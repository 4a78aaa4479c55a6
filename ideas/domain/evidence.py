"""What speaks for an idea: its support over time and by group, what was said, where it is linked from, what it feeds.

Groups under LAB["SMALLEST_CELL"] are hidden, and with them what a subtraction would give (core/suppressing.py). The tables
cut the same people once each, into groups that never overlap between tables in a known way: customers by segment and prospects
in one table, ages in a second, regions in a third. Employees are counted apart, in none of them.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.suppressing import hide_small
from members.states import AgeBand, Kind, Segment

from ..feeding import Feed, fed_by
from ..models import Comment, Idea, Referral
from ..search import similar
from ..states import Origin, Source
from .quarantining import days_set_aside
from .tallying import Tally, days_of, tally_of
from .voting_for_others import votes_on_behalf_of

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
    """Votes that came in a day, a week or a month, and how many there were in all at its end.

    `aside`: those set aside that are told here, and `with_aside` all that came by its end with them; None where none are told.
    """

    start: date
    votes: int
    whole: int
    aside: int | None = None
    with_aside: int | None = None


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
    """`as_of`: when support and its course were counted, where they are kept and not counted just now (tallying.py).

    `set_aside` votes are in no other figure.
    """

    idea: Idea
    as_of: datetime | None
    support: Support
    set_aside: int
    course: list[Span]
    said: Said
    alike: list[Idea]
    places: list[Place]
    feeds: list[Feed]


def evidence_of(idea: Idea) -> Evidence:
    """All of it, in a fixed number of queries whatever the votes, comments and links."""
    tally, aside = tally_of(idea), days_set_aside(idea)
    return Evidence(
        idea, tally.at, support_by_group(idea, tally), aside.total(), course_of(idea, tally, aside), said_on(idea),
        similar(idea.title, 5, leave_out=idea), places_of(idea), fed_by(idea),
    )  # fmt: skip


def support_by_group(idea: Idea, tally: Tally | None = None) -> Support:
    rows = (tally or tally_of(idea)).people
    ours = [row[1:] for row in rows if not row[0]]
    behalf = dict(votes_on_behalf_of(idea).order_by().values_list("source").annotate(people=Sum("people")))
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


def course_of(idea: Idea, tally: Tally | None = None, aside: Mapping[date, int] | None = None) -> list[Span]:
    """Votes as they came: by day for two months, by week for a year, then by month. Each person once, at the first vote.

    Beside what counts, what would with the votes set aside (`aside`, by day).
    """
    days = tally.days if tally else days_of(idea)
    aside = days_set_aside(idea) if aside is None else aside
    if not days and not aside:
        return []
    first, last = min([*days, *aside]), timezone.localdate()
    start = _bucket(first, last - first)
    spans, apart, places = Counter(), Counter(), []
    for counts, by_day in ((spans, days), (apart, aside)):
        for day, votes in by_day.items():
            counts[start(day)] += votes
    place = start(first)
    while place <= last:
        places.append(place)
        place = start(_after(place, last - first))
    told = told_together([apart[place] for place in places], settings.LAB["SMALLEST_CELL"])
    wholes = list(accumulate(spans[place] for place in places))
    beside = zip(told, accumulate(told), strict=True) if told else [(None, None)] * len(places)
    return [
        Span(place, spans[place], whole, now, whole + so_far if told else None)
        for place, whole, (now, so_far) in zip(places, wholes, beside, strict=True)
    ]


def told_together(counts: list[int], smallest: int) -> list[int] | None:
    """The same in all, moved so that no step is smaller than `smallest`: fewer wait for the next ones, and the last ones go
    with those before. None where there are too few for one step, or none."""
    told, waiting, steps = [0] * len(counts), 0, []
    for place, count in enumerate(counts):
        waiting += count
        if waiting >= smallest:
            told[place], waiting = waiting, 0
            steps.append(place)
    if not steps:
        return None
    told[steps[-1]] += waiting
    return told


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
    """What its number of comments counts, and the notes of the staff."""
    counted = Q(pk__in=Comment.objects.filter(idea=idea).counted().order_by().values("pk"))
    return Said(
        **Comment.objects.filter(idea=idea).aggregate(
            official=Count("pk", filter=counted & Q(is_official=True)),
            members=Count("pk", filter=counted & Q(is_official=False)),
            notes=Count("pk", filter=Q(is_internal=True, deleted_at__isnull=True)),
            writers=Count("author", filter=counted & Q(is_official=False), distinct=True),
        )
    )


def places_of(idea: Idea) -> list[Place]:
    since = timezone.localdate() - timedelta(days=REFERRAL_DAYS)
    rows = Referral.objects.filter(idea=idea, day__gte=since).order_by().values_list("kind", "host")
    rows = rows.annotate(whole=Sum("reads")).order_by("-whole", "host")[:PLACES]
    return [Place(Origin(kind).label, host, reads) for kind, host, reads in rows]


__all__ = ["GROUPS", "Evidence", "cells", "evidence_of"]
