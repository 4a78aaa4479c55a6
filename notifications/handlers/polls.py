"""Who hears of polls: those invited when it opens, and once more those of them who have not answered; those who answered when it
closes, if it opens again, and when the bank decides."""

from uuid import UUID

from core.events import handles, job, later
from polls.domain.deciding import participants_of
from polls.domain.opening import audience_of
from polls.domain.reminding import silent_in
from polls.events import PollClosed, PollDecided, PollOpened, PollReminded, PollReopened
from polls.models import Poll
from polls.states import State

from ..domain.telling import News, tell
from ..states import Topic


@handles(PollOpened)
def on_opened(event: PollOpened, *, event_id: UUID) -> None:
    tell_poll("poll_opened", event.poll_id, str(event_id))


@handles(PollClosed)
def on_closed(event: PollClosed, *, event_id: UUID) -> None:
    tell_poll("poll_closed", event.poll_id, str(event_id))


@handles(PollReminded)
def on_reminded(event: PollReminded, *, event_id: UUID) -> None:
    tell_poll("poll_reminder", event.poll_id, str(event_id))


@handles(PollReopened)
def on_reopened(event: PollReopened, *, event_id: UUID) -> None:
    tell_poll("poll_reopened", event.poll_id, str(event_id))


@handles(PollDecided)
def on_decided(event: PollDecided, *, event_id: UUID) -> None:
    tell_poll("poll_decided", event.poll_id, str(event_id))


AUDIENCES = {"poll_opened": audience_of, "poll_reminder": silent_in}  # all else is for those who answered
WHILE_OPEN, ONCE_OVER = ("poll_reminder", "poll_reopened"), ("poll_closed",)


@job
def tell_poll(kind: str, poll_id: int, event_id: str, after: int = 0) -> None:
    """Taking part is public to nobody: only who took part hears of the close.

    Who is left to tell is asked anew at each chunk, and what is no longer so is not told. Each hears of each once in a poll's
    life: of the second close of a poll that opened again only those who had not heard of the first.
    """
    poll = Poll.objects.exclude(state=State.DRAFT).filter(pk=poll_id).first()
    if poll is None or (kind in WHILE_OPEN and not poll.is_open) or (kind in ONCE_OVER and not poll.is_over):
        return
    audience = AUDIENCES.get(kind, participants_of)(poll)
    news = News(kind, Topic.POLLS, f"{kind}:{poll.pk}", "poll", poll.pk, event_id=event_id)
    if more := tell(audience, news, after=after):
        later(tell_poll, kind, poll_id, event_id, more)
