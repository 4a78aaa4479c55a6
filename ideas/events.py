"""What happens to ideas. Ids are the integer keys: events never leave the server as they are."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class IdeaPosted:
    idea_id: int


@dataclass(frozen=True)
class IdeaEdited:
    idea_id: int


@dataclass(frozen=True)
class IdeaWithdrawn:
    """Its author took it back; `was_public` is false for one that only its author had seen."""

    idea_id: int
    was_public: bool = True


@dataclass(frozen=True)
class IdeaMoved:
    """A step on the path. Listeners wait for LAB["UNDO_SECONDS"] and look whether the move still stands.

    `is_told_together`: another event (a quarter's publication) tells it with others, as one message to each person.
    """

    idea_id: int
    move_id: int
    from_state: str
    to_state: str
    is_silent: bool = False
    is_told_together: bool = False


@dataclass(frozen=True)
class IdeaMoveUndone:
    idea_id: int
    move_id: int


@dataclass(frozen=True)
class IdeaAnswered:
    idea_id: int
    answer_id: int
    is_silent: bool = False


@dataclass(frozen=True)
class IdeaMerged:
    """The move of the duplicate carries the reason; listeners tell the duplicate's people where it went."""

    duplicate_id: int
    canonical_id: int
    move_id: int
    is_silent: bool = False


@dataclass(frozen=True)
class IdeaUnmerged:
    """The move of the duplicate carries the reason; None where the merge was only undone, of which nobody has heard."""

    duplicate_id: int
    canonical_id: int
    move_id: int | None = None
    is_silent: bool = False


@dataclass(frozen=True)
class IdeaHidden:
    idea_id: int
    reason: str
    to_visibility: str


@dataclass(frozen=True)
class CommentHidden:
    comment_id: int
    idea_id: int
    reason: str
    to_visibility: str


@dataclass(frozen=True)
class CommentRestored:
    comment_id: int
    idea_id: int
    reason: str


@dataclass(frozen=True)
class IdeaRestored:
    idea_id: int
    reason: str


@dataclass(frozen=True)
class VotesSetAside:
    """So many votes do not count any more; `batch` names the burst that they were part of."""

    idea_id: int
    batch: str
    votes: int


@dataclass(frozen=True)
class VotesReleased:
    idea_id: int
    batch: str
    votes: int


@dataclass(frozen=True)
class IdeaAssigned:
    idea_id: int
    assignee_id: int | None
    before_id: int | None = None


@dataclass(frozen=True)
class IdeaAnswerUndone:
    idea_id: int
    answer_id: int


@dataclass(frozen=True)
class CommentPosted:
    comment_id: int
    idea_id: int


@dataclass(frozen=True)
class PromiseChanged:
    """A theme's figures, before and after: votes, days, percents, and the manager's key."""

    category_id: int
    before: dict
    after: dict


@dataclass(frozen=True)
class PromiseEscalated:
    idea_id: int
    escalation_id: int


@dataclass(frozen=True)
class IdeaRaised:
    """It comes before the others; by words found in it, or by a colleague."""

    idea_id: int
    urgency_id: int


@dataclass(frozen=True)
class IdeaCalmed:
    idea_id: int
    urgency_id: int


@dataclass(frozen=True)
class UrgentWordAdded:
    word_id: int


@dataclass(frozen=True)
class UrgentWordRemoved:
    text: str
    language: str


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


@dataclass(frozen=True)
class DeedUndone:
    """A deed of staff was taken back within the seconds of undo."""

    idea_id: int
    deed_id: int
    kind: str


@dataclass(frozen=True)
class IdeaFiled:
    """Under another theme. Listeners wait for LAB["UNDO_SECONDS"] and look whether the deed still stands."""

    idea_id: int
    deed_id: int
    category_id: int
    is_silent: bool = False


@dataclass(frozen=True)
class IdeaTagged:
    idea_id: int
    deed_id: int


@dataclass(frozen=True)
class ExpertAsked:
    """Listeners wait for LAB["UNDO_SECONDS"] and look whether the question is still open."""

    idea_id: int
    routing_id: int


@dataclass(frozen=True)
class ExpertAnswered:
    idea_id: int
    routing_id: int


@dataclass(frozen=True)
class VotesOnBehalfRecorded:
    idea_id: int
    vote_id: int
    people: int


@dataclass(frozen=True)
class VotesOnBehalfTakenBack:
    idea_id: int
    vote_id: int


@dataclass(frozen=True)
class MergeDismissed:
    """Staff found that two ideas are not the same."""

    duplicate_id: int
    canonical_id: int


@dataclass(frozen=True)
class NoteUndone:
    idea_id: int
    comment_id: int


@dataclass(frozen=True)
class CommentEdited:
    """Its author changed it; whom it names now and did not before hears of it."""

    comment_id: int
    idea_id: int


@dataclass(frozen=True)
class CommentDeleted:
    """Its author took it back: whoever keeps the text in some other form drops it."""

    comment_id: int
    idea_id: int


@dataclass(frozen=True)
class BulkStarted:
    """One move over many ideas was asked for; each of its moves has an event of its own."""

    run_id: int
    move: str
    total: int


@dataclass(frozen=True)
class BulkStopped:
    run_id: int


@dataclass(frozen=True)
class BulkUndone:
    run_id: int
    taken_back: int


@dataclass(frozen=True)
class IdeasImported:
    """So many ideas came from another tool's file. Nobody is told: nobody here asked for them."""

    source: str
    ideas: int


@dataclass(frozen=True)
class IdeasExported:
    """Somebody took a view of the queue away in a file: the audit keeps who, which view, in which format."""

    view: str
    kind: str
