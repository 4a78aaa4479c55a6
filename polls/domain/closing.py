"""Closing a poll: at its hour by itself, or sooner by hand. Said once."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import ImpossibleMove, Invalid, require
from core.events import handles, publish
from core.schedule import every
from members.models import Member

from ..events import BallotsCountedIn, PollClosed, PollReopened
from ..models import Poll
from ..permissions import can_run_polls
from ..states import State
from .dating import require_near
from .opening import audience_of, open_due
from .publishing_reactions import keep_reactions_as_published
from .publishing_tally import keep_filed
from .results.publishing import keep_as_published
from .results.runoffs import keep_runoffs


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


@transaction.atomic
def reopen(poll: Poll, *, closes_at: datetime, by: Member) -> Poll:
    """Take ballots again until `closes_at`, as long as nothing was decided. What the policy hid while open is hidden again.

    What the first close published stays a published table: the next one differs from it by `RESULT_STEP` ballots, or is it.
    """
    require(can_run_polls(by))
    poll = Poll.objects.select_for_update().get(pk=poll.pk)
    now = timezone.now()
    require(poll.state_at(now) == State.CLOSED, ImpossibleMove())  # a draft opens by its own verb, which checks it
    if closes_at <= now:
        raise Invalid(_("Choose a moment to come."), field="closes_at", code="bad_dates")
    require_near(closes_at, "closes_at")
    if not poll.is_counted:
        _shut(poll)  # its hour had come, and the worker had not yet written it down
    keep_runoffs(poll.pk)
    keep_as_published(poll)
    keep_reactions_as_published(poll)
    keep_filed(poll)
    poll.move_to(State.OPEN, now)
    poll.closes_at, poll.reopened_at = closes_at, now
    poll.save(update_fields=["state", "closes_at", "reopened_at", "filed_ballots", "filed_moves"])
    publish(PollReopened(poll_id=poll.pk, closes_at=closes_at.isoformat()), by=by)
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
    """Open and close what is due. Readers do not wait for it: the clock decides in every read. Only the last figures do, for
    a ballot that was in time may come in just after the hour (`results/publishing.py`)."""
    open_due()
    close_due()


@handles(PollClosed, BallotsCountedIn)
def work_out_runoffs(event: PollClosed | BallotsCountedIn, *, event_id: UUID) -> None:
    """Rounds of rankings need every ballot: worked out once after the close, by the worker."""
    if Poll.objects.filter(pk=event.poll_id).over().exists():
        keep_runoffs(event.poll_id)
