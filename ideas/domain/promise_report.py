"""Promises kept and missed, by month, theme and person in charge.

A promise belongs to the month it was due in. Kept: the official answer came by that day. Missed: it came later, or is still
owed. Decided: the idea left the queue with a public reason and without a letter; counted apart, it is neither.
The person in charge is who has the idea in hand, else the theme's owner.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce, TruncMonth
from django.utils import timezone

from members.models import Member

from ..models import Category, Idea, OfficialAnswer
from ..states import AWAITING


@dataclass(frozen=True)
class Line:
    """The promises due in one month, in one theme, of one person."""

    month: date
    category_id: int
    owner_id: int | None
    kept: int = 0
    late: int = 0
    owed: int = 0
    decided: int = 0


@dataclass
class Tally:
    """Sums of lines. `missed` are those answered late and those still owed after their day."""

    label: Any
    kept: int = 0
    late: int = 0
    owed: int = 0
    decided: int = 0

    def take(self, line: Line) -> None:
        self.kept += line.kept
        self.late += line.late
        self.owed += line.owed
        self.decided += line.decided

    @property
    def missed(self) -> int:
        return self.late + self.owed

    @property
    def share(self) -> int | None:
        """Kept out of those that were kept or missed, in %; None where there were none."""
        whole = self.kept + self.missed
        return round(100 * self.kept / whole) if whole else None


@dataclass
class Report:
    whole: Tally
    months: list[Tally] = field(default_factory=list)
    themes: list[Tally] = field(default_factory=list)
    owners: list[Tally] = field(default_factory=list)


def report(since: date, until: date, *, now: datetime | None = None) -> Report:
    """Promises due from `since` to `until`, months included whole. Five queries whatever their number."""
    lines = lines_of(since, until, now or timezone.now())
    names = {theme.pk: theme.name for theme in Category.objects.all()}
    people = {
        member.pk: str(member) for member in Member.objects.filter(pk__in={line.owner_id for line in lines} - {None})
    }
    whole = Tally("")
    for line in lines:
        whole.take(line)
    months = _by(lines, lambda line: line.month, _months(since, until))
    themes = _by(
        lines, lambda line: line.category_id, [key for key in names if any(x.category_id == key for x in lines)]
    )
    owners = _by(lines, lambda line: line.owner_id, sorted(people, key=people.__getitem__))
    for tally in themes:
        tally.label = names[tally.label]
    for tally in owners:
        tally.label = people.get(tally.label)
    return Report(whole, months, themes, owners)


def lines_of(since: date, until: date, now: datetime) -> list[Line]:
    """Counts by month, theme and person in charge; one query for answers, one for what was not answered."""
    start, end = _moment(since.replace(day=1)), _moment(_next_month(until))
    cells: dict[tuple, dict[str, int]] = defaultdict(dict)
    answers = OfficialAnswer.objects.filter(undone_at__isnull=True, promise_due_at__gte=start, promise_due_at__lt=end)
    in_time = Q(at__lte=F("promise_due_at"))
    rows = (
        answers.order_by()
        .annotate(month=TruncMonth("promise_due_at"), owner=Coalesce("idea__assignee_id", "idea__category__owner_id"))
        .values_list("month", "idea__category_id", "owner")
        .annotate(kept=Count("pk", filter=in_time), late=Count("pk", filter=~in_time))
    )
    for month, theme, owner, kept, late in rows:
        cells[(_day(month), theme, owner)] |= {"kept": kept, "late": late}
    ideas = Idea.objects.filter(answered_at__isnull=True, promise_due_at__gte=start, promise_due_at__lt=end)
    waits = Q(state__in=AWAITING)
    rows = (
        ideas.order_by()
        .annotate(month=TruncMonth("promise_due_at"), owner=Coalesce("assignee_id", "category__owner_id"))
        .values_list("month", "category_id", "owner")
        .annotate(owed=Count("pk", filter=waits & Q(promise_due_at__lt=now)), decided=Count("pk", filter=~waits))
    )
    for month, theme, owner, owed, decided in rows:
        cells[(_day(month), theme, owner)] |= {"owed": owed, "decided": decided}
    return [
        Line(*key, **counts)
        for key, counts in sorted(cells.items(), key=lambda item: str(item[0]))
        if any(counts.values())
    ]


def _by(lines: Iterable[Line], key: Callable[[Line], Any], order: list) -> list[Tally]:
    """One tally for each of `order`, then one for nobody where some lines have no one."""
    tallies = {value: Tally(value) for value in order}
    for line in lines:
        tallies.setdefault(key(line), Tally(key(line))).take(line)
    return list(tallies.values())


def _months(since: date, until: date) -> list[date]:
    found, month = [], since.replace(day=1)
    while month <= until:
        found.append(month)
        month = _next_month(month)
    return found


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day))


def _day(month: datetime) -> date:
    return timezone.localtime(month).date()
