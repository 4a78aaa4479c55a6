"""What befalls an idea on its way: posted, changed, moved, answered, merged, taken back."""

from dataclasses import dataclass


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
class IdeaAnswerUndone:
    idea_id: int
    answer_id: int


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
