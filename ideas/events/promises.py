"""The promise of an answer, and what comes before the others."""

from dataclasses import dataclass


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
    is_silent: bool = False


@dataclass(frozen=True)
class IdeaCalmed:
    idea_id: int
    urgency_id: int


@dataclass(frozen=True)
class UrgencyUndone:
    """A colleague took back, within the seconds of undo, that they had put it first (`was` "raised") or back in line ("calmed")."""

    idea_id: int
    urgency_id: int
    was: str


@dataclass(frozen=True)
class UrgentWordAdded:
    word_id: int


@dataclass(frozen=True)
class UrgentWordRemoved:
    text: str
    language: str
