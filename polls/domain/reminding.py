"""Reminding those who have not answered: once per poll, while it is open, by each one's own wishes."""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, require
from core.events import publish
from core.hearing import who_will_hear
from members.models import Member

from ..events import PollReminded
from ..models import Participation, Poll
from ..permissions import Closed, NotOpen, can_run_polls
from .opening import audience_of

TOPIC = "polls"  # the line of one's preferences that speaks of polls


class AlreadyReminded(DomainError):
    code, status = "already_reminded", 409
    message = _("This poll’s reminder is sent. One is all that members get.")


class NobodyToRemind(DomainError):
    code, status = "nobody_to_remind", 409
    message = _("Nobody is left to remind: whoever may answer has answered, or wishes to hear nothing of polls.")


def silent_in(poll: Poll) -> QuerySet[Member]:
    """The members invited who have not answered and may still do so."""
    answered = Participation.objects.filter(poll=poll, member=OuterRef("pk"))
    free = Q(banned_until__isnull=True) | Q(banned_until__lte=timezone.now())
    return audience_of(poll).filter(free, ~Exists(answered))


def who_would_hear(poll: Poll) -> QuerySet[Member]:
    """Those a reminder sent now would reach: `silent_in`, less those who wish to hear nothing of polls."""
    return who_will_hear(silent_in(poll), TOPIC)


@transaction.atomic
def remind(poll: Poll, *, by: Member) -> Poll:
    """Have those who have not answered told once that the poll is open and until when, with nothing of its result.

    The poll's row keeps that it was done, re-opening included. Raises NotAllowed, NotOpen, Closed, AlreadyReminded,
    NobodyToRemind.
    """
    require(can_run_polls(by))
    poll = Poll.objects.select_for_update().get(pk=poll.pk)
    if not poll.is_open:
        raise Closed() if poll.is_over else NotOpen()
    if poll.reminded_at:
        raise AlreadyReminded()
    if not who_would_hear(poll).exists():
        raise NobodyToRemind()
    poll.reminded_at = timezone.now()
    if not Poll.objects.filter(pk=poll.pk, reminded_at__isnull=True).update(reminded_at=poll.reminded_at):
        raise AlreadyReminded()  # where rows are not locked, the update decides
    publish(PollReminded(poll_id=poll.pk), by=by)
    return poll
