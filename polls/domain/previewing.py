"""The preview: a poll as those it invites will get it, from what is saved. Nothing is stored by looking."""

from datetime import timedelta

from django.utils import timezone

from core.errors import require
from members.models import Member

from ..models import Poll
from ..permissions import Sight, can_read_studio
from ..states import State
from .opening import audience_of
from .standing import Standing

USUAL_LENGTH = timedelta(days=14)  # of a poll whose close is not set yet


def as_if_open(poll: Poll, *, by: Member) -> Standing:
    """Where someone invited would stand, were this poll, a draft too, open now: they may answer, and have not.

    The poll itself is changed to be drawn, and must never be saved. Raises NotAllowed.
    """
    require(can_read_studio(by))
    now = timezone.now()
    poll.state, poll.opens_at, poll.decided_at = State.OPEN, now, None
    poll.closes_at = poll.closes_at if poll.closes_at and poll.closes_at > now else now + USUAL_LENGTH
    poll.audience_size = audience_of(poll).count()
    return Standing(poll, refusal=None, sight=Sight(False, "after_vote"))
