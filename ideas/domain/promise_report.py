"""Promises kept and missed, by month, theme and person in charge.

A promise belongs to the month it was due in. Kept: the official answer came by that day. Missed: it came later, or is still
owed. Decided: the idea left the queue with a public reason and without a letter; counted apart, it is neither.
A merge is no answer (carrying.py): what was missed by then stays missed, what still ran counts once, with the idea that carries
it; an idea merged into an answered one is answered by that, in time where the merge was.
The person in charge is who has the idea in hand, else the theme's owner.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, TruncMonth
from django.utils import timezone

from members.models import Member

from ..models import Category, Idea, Merge, OfficialAnswer
from ..states import AWAITING, MergedPromise, State

Key = tuple[date, int, int | None]  # month, theme, person in charge


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
    """Promises due from `since` to `until`, months included whole. Six queries whatever their number."""
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
    """Counts by month, theme and person in charge; a query each for answers, for what was not answered, and two for merges."""
    start, end = _moment(since.replace(day=1)), _moment(_next_month(until))
    cells: dict[Key, Counter[str]] = defaultdict(Counter)
    answers = OfficialAnswer.objects.filter(undone_at__isnull=True, promise_due_at__gte=start, promise_due_at__lt=end)
    in_time = Q(at__lte=F("promise_due_at"))
    rows = (
        answers.filter(~Exists(_counted_already("idea")))
        .order_by()
        .annotate(month=TruncMonth("promise_due_at"), owner=Coalesce("idea__assignee_id", "idea__category__owner_id"))
        .values_list("month", "idea__category_id", "owner")
        .annotate(kept=Count("pk", filter=in_time), late=Count("pk", filter=~in_time))
    )
    for month, theme, owner, kept, late in rows:
        cells[(_day(month), theme, owner)] += Counter(kept=kept, late=late)
    ideas = Idea.objects.filter(answered_at__isnull=True, promise_due_at__gte=start, promise_due_at__lt=end)
    waits = Q(state__in=AWAITING)
    rows = (
        ideas.exclude(state=State.MERGED)
        .filter(~Exists(_counted_already("pk")))
        .order_by()
        .annotate(month=TruncMonth("promise_due_at"), owner=Coalesce("assignee_id", "category__owner_id"))
        .values_list("month", "category_id", "owner")
        .annotate(owed=Count("pk", filter=waits & Q(promise_due_at__lt=now)), decided=Count("pk", filter=~waits))
    )
    for month, theme, owner, owed, decided in rows:
        cells[(_day(month), theme, owner)] += Counter(owed=owed, decided=decided)
    for key, what in [*_merged(start, end), *_carrying_on(start, end, now)]:
        cells[key] += what
    return [Line(*key, **counts) for key, counts in sorted(cells.items(), key=lambda item: str(item[0])) if counts]


def _merged(start: datetime, end: datetime) -> Iterator[tuple[Key, Counter[str]]]:
    """Promises of ideas that are merged, but those that the idea that stays carries on in time."""
    merges = Merge.objects.filter(undone_at__isnull=True, duplicate__answered_at__isnull=True)
    merges = merges.filter(duplicate__promise_due_at__gte=start, duplicate__promise_due_at__lt=end)
    missed, answered = Q(duplicate__promise_due_at__lt=F("at")), Q(promise=MergedPromise.ANSWERED)
    rows = (
        merges.order_by()
        .annotate(
            month=TruncMonth("duplicate__promise_due_at"),
            owner=Coalesce("duplicate__assignee_id", "duplicate__category__owner_id"),
        )
        .values_list("month", "duplicate__category_id", "owner")
        .annotate(
            late=Count("pk", filter=missed),
            kept=Count("pk", filter=~missed & answered),
            decided=Count("pk", filter=~missed & ~answered & ~Q(promise=MergedPromise.CARRIED)),
        )
    )
    for month, theme, owner, late, kept, decided in rows:
        yield (_day(month), theme, owner), Counter(late=late, kept=kept, decided=decided)


def _missed_and_carried():
    """Merges of an idea whose promise was missed by then: it is counted, though the idea that stays carries its clock."""
    return Merge.objects.filter(undone_at__isnull=True, promise=MergedPromise.CARRIED, given_due_at__lt=F("at"))


def _counted_already(idea: str):
    """Of an idea, or of its answer: the clock is that of a missed promise that is counted where it was missed."""
    return _missed_and_carried().filter(canonical=OuterRef(idea), given_due_at=OuterRef("promise_due_at"))


def _carrying_on(start: datetime, end: datetime, now: datetime) -> Iterator[tuple[Key, Counter[str]]]:
    """Ideas whose clock is counted already: they count by the next one, their own or one that they carry on in time."""
    answers = OfficialAnswer.objects.filter(idea=OuterRef("canonical"), undone_at__isnull=True).order_by("at", "pk")
    rows = (
        Merge.objects.filter(undone_at__isnull=True, promise=MergedPromise.CARRIED)
        .filter(canonical__in=_missed_and_carried().values("canonical"))
        .select_related("canonical__category", "duplicate")
        .annotate(
            answer_at=Subquery(answers.values("at")[:1]), answer_due=Subquery(answers.values("promise_due_at")[:1])
        )
    )
    carried: dict[int, list[Any]] = defaultdict(list)
    for row in rows.order_by("canonical_id", "pk"):
        carried[row.canonical_id].append(row)
    for merges in carried.values():
        idea, answer_at = merges[0].canonical, merges[0].answer_at if merges[0].canonical.answered_at else None
        shown = merges[0].answer_due if answer_at else idea.promise_due_at
        giver = next((one for one in merges if shown and one.given_due_at == shown and shown < one.at), None)
        if giver is None:
            continue  # it runs by a clock that is counted with it
        others = [one.duplicate.promise_due_at for one in merges if one.duplicate.promise_due_at >= one.at]
        due = min(filter(None, [giver.stood_due_at, *others]), default=None)
        if due is None or not start <= due < end:
            continue
        key = (_day(due).replace(day=1), idea.category_id, idea.assignee_id or idea.category.owner_id)
        if what := _standing(idea, due, answer_at, now):
            yield key, Counter([what])


def _standing(idea: Idea, due: datetime, answer_at: datetime | None, now: datetime) -> str:
    if answer_at:
        return "kept" if answer_at <= due else "late"
    if idea.state not in AWAITING:
        return "decided"
    return "owed" if due < now else ""


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
