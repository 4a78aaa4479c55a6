"""How a poll grew: ballots that are counted, by the day they came in. Nothing of what anyone chose.

It counts what the turnout counts: the ballots of the published total. Those counted apart are left out, and come in where the bank
counts them in (`counting_in.py`), those of days that are kept too: they are kept apart, as `2026-11-02/new`.

Days are counted once each and kept with the poll (`Poll.arrivals`), from participations after `Poll.counted_until`: a day that is
over by the worker, the last one after the close. So a page reads them without a query, however many took part; and as a kept
day is never counted again, a member who is erased later does not show as the one by whom a day went down. The audience is counted
anew with each day, as it is at the close, so that the turnout of an open poll is told against those who may answer it by now.

What is published of it (`growth_of`) moves as results do (`results/publishing.py`):

- Sums are rounded down to `RESULT_STEP` people: two curves, whenever they were read, differ by whole steps or by nothing.
- While the poll is open the curve ends with yesterday.

That is no secret of how many took part: the number of ballots stands on the poll's card and in the API, exact and live, for
everyone (participation is no result), and whoever notes it each day has the curve unrounded. What is kept back is which options
and groups moved: the curve tells of neither, and the totals beside it move by whole steps.
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
from .opening import audience_of

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
    for (day, apart), people in _came(poll, until).items():
        name = f"{day.isoformat()}/{apart}" if apart else day.isoformat()
        days[name] = days.get(name, 0) + people
    poll.arrivals, poll.counted_until = days, until
    if poll.is_open:
        poll.audience_size = audience_of(poll).count()
    poll.save(update_fields=["arrivals", "counted_until", "audience_size"])


def _countable_until(poll: Poll, now: datetime) -> datetime:
    """Up to when nobody can take part any more: the last midnight, or the close that is behind."""
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(now), time.min))
    return poll.closes_at if poll.closes_at and poll.closes_at <= now else midnight


def _came(poll: Poll, until: datetime | None = None) -> dict[tuple[date, str], int]:
    """Those not yet kept, by day and why they are counted apart. The index on (poll, at) finds them."""
    found = Participation.objects.of(poll)
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
    """Everyone whose ballot counts until now, by day: for the team. One query, of what came since the days that are kept."""
    days = _kept(poll)
    for (day, apart), people in _came(poll).items():
        if not apart or apart in poll.counts_in:
            days[day] = days.get(day, 0) + people
    return days


def _kept(poll: Poll) -> dict[date, int]:
    """The days that are kept, with those of the kinds that the bank counts in."""
    days: dict[date, int] = {}
    for name, people in poll.arrivals.items():
        day, _slash, apart = name.partition("/")
        if not apart or apart in poll.counts_in:
            days[date.fromisoformat(day)] = days.get(date.fromisoformat(day), 0) + people
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
    days = _kept(poll)
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
