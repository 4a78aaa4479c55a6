"""What happens to beta programmes. Ids are the integer keys: events never leave the server as they are."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ProgrammeOpened:
    """It now takes registrations of interest (`to_state` interest) or applications (`to_state` recruiting)."""

    programme_id: int
    to_state: str


@dataclass(frozen=True)
class ProgrammeStarted:
    programme_id: int


@dataclass(frozen=True)
class EnrolmentApplied:
    """`state` says how it went: applied, waitlisted, or accepted where it is first come, first served."""

    enrolment_id: int
    programme_id: int
    state: str


@dataclass(frozen=True)
class EnrolmentDecided:
    """The bank's word to a candidate or tester: `to_state` is accepted, waitlisted, declined, removed or inactive."""

    enrolment_id: int
    programme_id: int
    from_state: str
    to_state: str


@dataclass(frozen=True)
class EnrolmentLeft:
    """A member withdrew."""

    enrolment_id: int
    programme_id: int


@dataclass(frozen=True)
class CharterSigned:
    enrolment_id: int
    programme_id: int
    version: int


@dataclass(frozen=True)
class SeatFreed:
    """A seat was given back; `offered_to` is the enrolment of the next on the waiting list, who now holds it, or None."""

    programme_id: int
    offered_to: int | None


@dataclass(frozen=True)
class MissionCompleted:
    programme_id: int
    enrolment_id: int
    mission_id: int


@dataclass(frozen=True)
class FindingFiled:
    finding_id: int
    programme_id: int


@dataclass(frozen=True)
class FindingReviewed:
    finding_id: int
    programme_id: int
    from_state: str
    to_state: str


@dataclass(frozen=True)
class ScreenshotWithdrawn:
    finding_id: int
    programme_id: int


@dataclass(frozen=True)
class ProgrammeClosed:
    """Testers hear what they changed. Voters of its ideas hear by IdeaMoved, and testers among them once."""

    programme_id: int
    outcome: str
