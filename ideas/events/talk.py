"""Comments: said, changed, taken back."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CommentPosted:
    comment_id: int
    idea_id: int


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
