"""How many members would hear of a move, for the moves that can be made now: page and API say the same."""

from dataclasses import dataclass

from ..models import Poll
from ..states import State
from .deciding import participants_of
from .opening import audience_of
from .reminding import who_would_hear


@dataclass(frozen=True)
class Hearers:
    """Members, by move; None where that move is not to be made now."""

    open: int | None = None
    remind: int | None = None
    close: int | None = None
    reopen: int | None = None
    decide: int | None = None


def hearers_of(poll: Poll) -> Hearers:
    """The opening reaches the audience, a reminder who has not answered, anything later who took part. Two queries at most."""
    if poll.is_open:
        silent = None if poll.reminded_at else who_would_hear(poll).count()
        return Hearers(remind=silent, close=participants_of(poll).count())
    if poll.current_state == State.CLOSED:
        took_part = participants_of(poll).count()
        return Hearers(reopen=took_part, decide=took_part)
    if poll.current_state in (State.DRAFT, State.SCHEDULED):
        return Hearers(open=audience_of(poll).count())
    return Hearers()
