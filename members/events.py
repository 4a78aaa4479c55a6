"""What happens to accounts. No event carries an e-mail or a name."""

from dataclasses import dataclass


@dataclass(frozen=True)
class MemberJoined:
    member_id: int


@dataclass(frozen=True)
class GroupChanged:
    """A member says otherwise than before whether they are a customer, or of which segment."""

    member_id: int


@dataclass(frozen=True)
class ConsentRecorded:
    member_id: int
    purpose: str
    given: bool


@dataclass(frozen=True)
class MemberErased:
    member_id: int
    public_id: str


@dataclass(frozen=True)
class DataExported:
    member_id: int


@dataclass(frozen=True)
class RolesSet:
    member_id: int
    roles: list[str]


@dataclass(frozen=True)
class ProfileSetByBank:
    """These fields are now as the bank says; what they say stays in the profile."""

    member_id: int
    fields: list[str]


@dataclass(frozen=True)
class CircleInvited:
    circle_id: int
    member_id: int


@dataclass(frozen=True)
class CircleJoined:
    circle_id: int
    member_id: int


@dataclass(frozen=True)
class CircleLeft:
    """By one's own choice, or put out (`removed`)."""

    circle_id: int
    member_id: int
    removed: bool = False


@dataclass(frozen=True)
class CircleChanged:
    circle_id: int
