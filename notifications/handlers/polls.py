"""Who hears of polls: those invited when it opens; those who answered when it closes and when the bank decides."""

from uuid import UUID

from core.events import handles, job, later
from polls.domain.deciding import participants_of
from polls.domain.opening import audience_of
from polls.events import PollClosed, PollDecided, PollOpened
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


@handles(PollDecided)
def on_decided(event: PollDecided, *, event_id: UUID) -> None:
    tell_poll("poll_decided", event.poll_id, str(event_id))


@job
def tell_poll(kind: str, poll_id: int, event_id: str, after: int = 0) -> None:
    """Taking part is public to nobody: only who took part hears of the close."""
    poll = Poll.objects.exclude(state=State.DRAFT).filter(pk=poll_id).first()
    if poll is None:
        return
    audience = audience_of(poll) if kind == "poll_opened" else participants_of(poll)
    news = News(kind, Topic.POLLS, f"{kind}:{poll.pk}", "poll", poll.pk, event_id=event_id)
    if more := tell(audience, news, after=after):
        later(tell_poll, kind, poll_id, event_id, more)
