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
class ComplaintTurnedBack:
    """Opened by mistake: the text is no complaint any more."""

    complaint_id: int


@dataclass(frozen=True)
class ComplaintUndone:
    """Taken back within its seconds: nobody was told, and nothing of the file is left but this."""

    complaint_id: int


@dataclass(frozen=True)
class ComplaintPurged:
    """Its time of keeping is over: nothing of the file is left but this."""

    complaint_id: int
    state: str


@dataclass(frozen=True)
class ComplaintNear:
    """A clock runs out soon: said once."""

    complaint_id: int
    clock: str


@dataclass(frozen=True)
class ComplaintOverdue:
    """A clock ran out: said once a day until it is met."""

    complaint_id: int
    clock: str
    day: str
