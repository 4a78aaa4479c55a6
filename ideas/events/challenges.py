"""Challenges, from the call to the winners."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class ChallengeWritten:
    challenge_id: int


@dataclass(frozen=True)
class ChallengeAnnounced:
    challenge_id: int


@dataclass(frozen=True)
class ChallengeLengthened:
    """`dates` maps each date that was put later to its new moment."""

    challenge_id: int
    dates: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class RulesPublished:
    """`asks_again`: the challenge was open, so who has entered is told and asked to accept."""

    challenge_id: int
    number: int
    asks_again: bool = False


@dataclass(frozen=True)
class RulesAccepted:
    challenge_id: int
    number: int


@dataclass(frozen=True)
class ChallengeOpened:
    """Entries are taken: those it calls hear of it."""

    challenge_id: int


@dataclass(frozen=True)
class ChallengeClosesSoon:
    """The last days to enter: those who may and have not hear of it."""

    challenge_id: int


@dataclass(frozen=True)
class ChallengeVotesCounted:
    challenge_id: int


@dataclass(frozen=True)
class IdeaEntered:
    challenge_id: int
    idea_id: int


@dataclass(frozen=True)
class EntryWithdrawn:
    challenge_id: int
    idea_id: int


@dataclass(frozen=True)
class JurorInvited:
    """The person invited hears of it."""

    challenge_id: int
    member_id: int


@dataclass(frozen=True)
class JurorSeated:
    challenge_id: int
    member_id: int


@dataclass(frozen=True)
class JurorRemoved:
    challenge_id: int
    member_id: int


@dataclass(frozen=True)
class EntryNoted:
    """That a juror noted; never what."""

    challenge_id: int
    idea_id: int


@dataclass(frozen=True)
class EntryCalledUp:
    challenge_id: int
    idea_id: int


@dataclass(frozen=True)
class NotesHandedIn:
    challenge_id: int
    member_id: int


@dataclass(frozen=True)
class WinnersProposed:
    challenge_id: int


@dataclass(frozen=True)
class ChallengeResultsPublished:
    """Winners, entrants and voters hear of it, each once."""

    challenge_id: int
