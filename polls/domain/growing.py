"""How a poll grew: members who took part, by day, the bank's own people left out. Nothing of what anyone chose.

Days are counted once each and kept with the poll (`Poll.arrivals`), from participations after `Poll.counted_until`: a day that is
over by the worker, the last one after the close. So a page reads them without a query, however many took part; and as a kept
day is never counted again, a member who is erased later does not show as the one by whom a day went down.

What is published of it (`growth_of`) follows the rule of results (`results/publishing.py`):

- Sums are rounded down to `RESULT_STEP` people, so that a day with few shows no one, and two curves, whenever they were read,
  differ by whole steps or by nothing.
- While the poll is open the curve ends with yesterday: today's sum would move while people are known to be voting.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from core.events import handles
from core.schedule import every

from ..events import PollClosed
from ..models import Participation, Poll

BY_DAY, BY_WEEK = timedelta(days=60), timedelta(days=366)
Days = Mapping[date, int]


# Keeping


@transaction.atomic
def keep_days(poll_id: int, now: datetime | None = None) -> None:
    """Count the days that are over and not yet kept; of a poll that is over, all to its close."""
    poll = Poll.objects.select_for_update().filter(pk=poll_id).first()
    if poll is None or poll.opens_at is None:
        return
    until = _countable_until(poll, now or timezone.now())
    if poll.counted_until and poll.counted_until >= until:
        return
    days = dict(poll.arrivals)
    for day, people in _came(poll, until).items():
        days[day.isoformat()] = days.get(day.isoformat(), 0) + people
    poll.arrivals, poll.counted_until = days, until
    poll.save(update_fields=["arrivals", "counted_until"])


def _countable_until(poll: Poll, now: datetime) -> datetime:
    """Up to when nobody can take part any more: the last midnight, or the close that is behind."""
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(now), time.min))
    return poll.closes_at if poll.closes_at and poll.closes_at <= now else midnight


def _came(poll: Poll, until: datetime | None = None) -> Days:
    """Those not yet kept, by day. The index on (poll, at) finds them."""
    found = Participation.objects.of(poll).of_members()
    if poll.counted_until:
        found = found.filter(at__gte=poll.counted_until)
    return (found.filter(at__lt=until) if until else found).by_day()


@every(minutes=10)
def keep_days_of_all() -> None:
    """Each poll with a day to count, once a day; a poll whose close nobody counted, too."""
    now = timezone.now()
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(now), time.min))
    for pk in Poll.objects.with_days_to_count(now, midnight).values_list("pk", flat=True):
        keep_days(pk, now)


@handles(PollClosed)
def keep_last_day(event: PollClosed, *, event_id: UUID) -> None:
    keep_days(event.poll_id)


# Reading


def days_of(poll: Poll) -> Days:
    """Everyone who took part until now, by day: for the team. One query, of what came since the days that are kept."""
    days = {date.fromisoformat(day): people for day, people in poll.arrivals.items()}
    for day, people in _came(poll).items():
        days[day] = days.get(day, 0) + people
    return days


@dataclass(frozen=True)
class Growth:
    """`points`: (the last day of a span, people by then in all), the latter in whole steps of `step`."""

    points: list[tuple[date, int]]
    step: int


def growth_of(poll: Poll) -> Growth | None:
    """What of the growth is published, from the kept days. No query; None before the first step. Ask `can_see_results` first."""
    if not poll.counted_until:
        return None
    step = settings.LAB["RESULT_STEP"]
    days = {date.fromisoformat(day): people for day, people in poll.arrivals.items()}
    first = min([timezone.localdate(poll.opens_at), *days])
    last = max([timezone.localdate(poll.counted_until - timedelta(microseconds=1)), *days])
    points = [(min(end, last), whole - whole % step) for _start, end, _came, whole in spans_of(days, first, last)]
    return Growth(points, step) if points and points[-1][1] else None


def spans_of(days: Days, first: date, last: date) -> Iterator[tuple[date, date, int, int]]:
    """By day for two months, by week for a year, then by month: first and last day, who came in it, who in all by its end."""
    start, further = _spans(last - first)
    by_span: dict[date, int] = {}
    for day, people in days.items():
        by_span[start(day)] = by_span.get(start(day), 0) + people
    whole, place = 0, start(first)
    while place <= last:
        whole += by_span.get(place, 0)
        following = start(place + further)
        yield place, following - timedelta(days=1), by_span.get(place, 0), whole
        place = following


def _spans(length: timedelta) -> tuple[Callable[[date], date], timedelta]:
    """What the first day of a day's span is, and a step that leads into the next span."""
    if length <= BY_DAY:
        return (lambda day: day), timedelta(days=1)
    if length <= BY_WEEK:
        return (lambda day: day - timedelta(days=day.weekday())), timedelta(days=7)
    return (lambda day: day.replace(day=1)), timedelta(days=32)
