"""What the team did with the demo's polls, as the record of events has it: made, changed, opened, reminded, closed, decided.

Events go in as rows, at their hour: nobody is told of a past that never was.
"""

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from core.models import Event
from core.roles import PRODUCT_OWNER

from ..events import (
    BallotsCountedIn,
    NamesExported,
    PollClosed,
    PollDecided,
    PollOpened,
    PollReminded,
    PollReopened,
    PollScheduled,
    PollWeighted,
    PollWritten,
)
from ..models import Poll
from ..states import State

Row = tuple[datetime, Any, bool]  # when, what, and whether the clock did it


def write(demo: Any) -> None:
    """The course of every poll that has none yet."""
    owner = demo.accounts["produit"]
    told = set(Event.objects.filter(name=PollWritten.__name__).values_list("payload__poll_id", flat=True))
    rows = [row for poll in Poll.objects.exclude(pk__in=told) for row in _course(poll, demo.now)]
    events = [
        Event(
            name=type(event).__name__, payload=asdict(event), actor="system" if by_itself else owner.public_id,
            role="system" if by_itself else PRODUCT_OWNER,
        )
        for _at, event, by_itself in rows
    ]  # fmt: skip
    made = Event.objects.bulk_create(events)
    for event, (at, *_rest) in zip(made, rows, strict=True):
        event.at = at  # the record dates what it writes: a past is dated after
    Event.objects.bulk_update(made, ["at"], batch_size=500)


def _course(poll: Poll, now: datetime) -> list[Row]:
    made = poll.created_at
    rows: list[Row] = [
        (made, PollWritten(poll.pk, is_new=True), False),
        (made + timedelta(minutes=14), PollWritten(poll.pk), False),
        (made + timedelta(minutes=31), PollWritten(poll.pk), False),
    ]
    if poll.state == State.DRAFT:
        return rows
    rows.append((made + timedelta(days=1), PollScheduled(poll.pk), False))
    if poll.opens_at <= now:
        rows.append((poll.opens_at, PollOpened(poll.pk), True))
    rows += _while_open(poll)
    if poll.reopened_at:
        rows.append((first_close(poll), PollClosed(poll.pk), True))
        rows.append((poll.reopened_at, PollReopened(poll.pk, poll.closes_at.isoformat()), False))
    if poll.closes_at <= now:
        rows.append((poll.closes_at, PollClosed(poll.pk), True))
    if poll.counted_in:
        reason = poll.counted_in_reason
        rows.append(
            (poll.closes_at + timedelta(hours=15), BallotsCountedIn(poll.pk, poll.counted_in.strip(), reason), False)
        )
    if poll.decided_at:
        rows.append((poll.decided_at, PollDecided(poll.pk), False))
    return rows


def _while_open(poll: Poll) -> list[Row]:
    rows: list[Row] = []
    if poll.weighted:
        strata = poll.audience_shares.count()
        rows.append((poll.opens_at + timedelta(days=2), PollWeighted(poll.pk, strata), False))
    if poll.reminded_at:
        rows.append((poll.reminded_at, PollReminded(poll.pk), False))
    if not poll.confidential:
        rows.append((poll.opens_at + timedelta(days=2, hours=3), NamesExported(poll.pk, "csv"), False))
    return rows


def first_close(poll: Poll) -> datetime:
    """A poll of the demo is opened again the morning after it closed."""
    return poll.reopened_at - timedelta(hours=15)
