"""What happens at the board. Ids are the integer keys: events never leave the server as they are."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ItemMade:
    item_id: int
    idea_id: int | None = None


@dataclass(frozen=True)
class ItemJoined:
    item_id: int
    idea_id: int


@dataclass(frozen=True)
class QuarterOpened:
    quarter_id: int


@dataclass(frozen=True)
class ScoringStarted:
    quarter_id: int


@dataclass(frozen=True)
class ScoresRevealed:
    quarter_id: int


@dataclass(frozen=True)
class ItemMoved:
    """A card changed its column (changes of rank alone are not told)."""

    quarter_id: int
    item_id: int
    from_column: str
    to_column: str


@dataclass(frozen=True)
class QuarterFrozen:
    quarter_id: int
    hash: str


@dataclass(frozen=True)
class QuarterPublished:
    """The minutes and the roadmap are up. `move_ids` are the steps of its ideas, told as one message to
    each of their people; `idea_ids` are those ideas."""

    quarter_id: int
    code: str
    hash: str
    idea_ids: tuple[int, ...] = ()
    move_ids: tuple[int, ...] = ()
