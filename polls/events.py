"""What happens to a poll. No event says what anyone chose."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PollWritten:
    """Made (`is_new`), or changed."""

    poll_id: int
    is_new: bool = False


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
class PollReopened:
    poll_id: int
    closes_at: str


@dataclass(frozen=True)
class PollReminded:
    """Those who had not answered are told once more."""

    poll_id: int


@dataclass(frozen=True)
class BallotsCountedIn:
    """The kinds of ballots counted apart that are counted now, by their codes with blanks between, and why. None: no more."""

    poll_id: int
    kinds: str
    reason: str


@dataclass(frozen=True)
class BurstSetApart:
    """So many ballots of new accounts that had been counted are counted apart, for a burst was noticed. By nobody: by the rule."""

    poll_id: int
    ballots: int


@dataclass(frozen=True)
class PollWeighted:
    """The bank gave the shares of its audience (so many strata), or took them away (0)."""

    poll_id: int
    strata: int


@dataclass(frozen=True)
class NamesExported:
    """Someone took the names and answers of an open poll away, as a file of this kind."""

    poll_id: int
    kind: str


@dataclass(frozen=True)
class WordsExported:
    """Someone took what voters wrote away, as a file of this kind; of it the audit keeps nothing else."""

    poll_id: int
    kind: str


@dataclass(frozen=True)
class PollDecided:
    poll_id: int


@dataclass(frozen=True)
class RemarkPosted:
    remark_id: int
    poll_id: int


@dataclass(frozen=True)
class RemarkEdited:
    remark_id: int
    poll_id: int


@dataclass(frozen=True)
class RemarkDeleted:
    """Its author took it back."""

    remark_id: int
    poll_id: int


@dataclass(frozen=True)
class RemarkHidden:
    """Held, hidden or removed (`to`) by a moderator."""

    remark_id: int
    poll_id: int
    reason: str
    to: str


@dataclass(frozen=True)
class RemarkRestored:
    remark_id: int
    poll_id: int
    reason: str


@dataclass(frozen=True)
class RemarkSightUndone:
    """What a moderator made of it was taken back within its seconds: nobody was told."""

    remark_id: int
    poll_id: int
    to_visibility: str
