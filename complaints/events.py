"""What happens to complaints. Ids are the integer keys: events never leave the server as they are."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ComplaintOpened:
    complaint_id: int


@dataclass(frozen=True)
class ComplaintAssigned:
    complaint_id: int
    owner_id: int | None


@dataclass(frozen=True)
class ComplaintAcknowledged:
    complaint_id: int


@dataclass(frozen=True)
class ComplaintAnswered:
    complaint_id: int
    outcome: str


@dataclass(frozen=True)
class ComplaintClosed:
    complaint_id: int


@dataclass(frozen=True)
class ComplaintOverdue:
    """A clock ran out: said once a day until it is met."""

    complaint_id: int
    clock: str
    day: str
