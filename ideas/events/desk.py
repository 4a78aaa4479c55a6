"""What staff do at the desk, one idea at a time or many."""

from dataclasses import dataclass


@dataclass(frozen=True)
class IdeaAssigned:
    idea_id: int
    assignee_id: int | None
    before_id: int | None = None
    is_silent: bool = False


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
class DeedUndone:
    """A deed of staff was taken back within the seconds of undo."""

    idea_id: int
    deed_id: int
    kind: str


@dataclass(frozen=True)
class NoteUndone:
    idea_id: int
    comment_id: int


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
