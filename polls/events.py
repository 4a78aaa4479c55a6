"""What happens to a poll. No event says what anyone chose."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PollWritten:
    poll_id: int


@dataclass(frozen=True)
class PollScheduled:
    """It will open at its hour; or, `back`, it is a draft again."""

    poll_id: int
    back: bool = False


@dataclass(frozen=True)
class PollCloseMoved:
    poll_id: int
    closes_at: str


@dataclass(frozen=True)
class PollOpened:
    poll_id: int


@dataclass(frozen=True)
class BallotCast:
    """Someone took part (the actor), for the first time or again. Never with the choice."""

    poll_id: int


@dataclass(frozen=True)
class PollClosed:
    poll_id: int


@dataclass(frozen=True)
class PollDecided:
    poll_id: int
