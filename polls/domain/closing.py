"""Closing a poll: at its hour by itself, or sooner by hand. Said once."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from core.errors import ImpossibleMove, require
from core.events import publish
from core.schedule import every
from members.models import Member

from ..events import PollClosed
from ..models import Poll
from ..permissions import can_run_polls
from ..states import State
from .opening import audience_of, open_due


@transaction.atomic
def close(poll: Poll, *, by: Member) -> Poll:
    """Close now. A ballot that waits for the poll's lock meanwhile is late."""
    require(can_run_polls(by))
    poll = Poll.objects.select_for_update().get(pk=poll.pk)
    now = timezone.now()
    if poll.state_at(now) != State.OPEN:
        raise ImpossibleMove()
    poll.closes_at = now
    _shut(poll)
    publish(PollClosed(poll_id=poll.pk), by=by)
    return poll


def _shut(poll: Poll) -> None:
    poll.state = State.CLOSED
    poll.audience_size = audience_of(poll).count()
    poll.save(update_fields=["state", "closes_at", "audience_size"])


def close_due(now: datetime | None = None) -> int:
    """Write down that polls whose time has come are closed, and say so once each; how many."""
    now, closed = now or timezone.now(), 0
    for pk in Poll.objects.due_to_close(now).values_list("pk", flat=True):
        with transaction.atomic():
            poll = Poll.objects.select_for_update().filter(pk=pk, state=State.OPEN, closes_at__lte=now).first()
            if poll is None:
                continue
            _shut(poll)
            publish(PollClosed(poll_id=poll.pk))
            closed += 1
    return closed


@every(seconds=30)
def keep_the_hours() -> None:
    """Open and close what is due. Readers do not wait for it: the clock decides in every read."""
    open_due()
    close_due()
