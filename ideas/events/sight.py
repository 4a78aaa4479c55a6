"""Who sees a text, and which votes count: what moderators decide."""

from dataclasses import dataclass


@dataclass(frozen=True)
class IdeaHidden:
    idea_id: int
    reason: str
    to_visibility: str


@dataclass(frozen=True)
class IdeaRestored:
    idea_id: int
    reason: str


@dataclass(frozen=True)
class IdeaSightUndone:
    """What staff made of it was taken back within its seconds: nobody was told, and it is seen as before."""

    idea_id: int
    to_visibility: str


@dataclass(frozen=True)
class VersionHidden:
    """An earlier text of an idea is read by its author and staff alone."""

    idea_id: int
    version_id: int
    reason: str


@dataclass(frozen=True)
class VersionShown:
    idea_id: int
    version_id: int
    reason: str


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
class CommentSightUndone:
    comment_id: int
    idea_id: int
    to_visibility: str


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
