"""Who may do what with beta programmes. Asked by verbs, and by pages to know what to offer."""

from core import roles
from core.roles import has_role
from members.permissions import is_in_circle

from .querysets import READS_ALL
from .states import State


def is_signed_in(user) -> bool:
    return bool(getattr(user, "is_authenticated", False) and user.is_active)


def can_see(user, programme) -> bool:
    if programme.state != State.DRAFT and is_in_circle(user, programme.circle_id):
        return True
    return can_read_desk(user)


def can_read_desk(user) -> bool:
    """The studio, to read: applicants, findings, figures."""
    return has_role(user, *READS_ALL)


def can_manage(user, programme=None) -> bool:
    """Make, open, choose testers, review findings, close."""
    return has_role(user, roles.PRODUCT_OWNER)


def can_see_finding(user, finding) -> bool:
    """A finding and its screenshots: its author, and the bank's people who work on it."""
    return can_read_desk(user) or (is_signed_in(user) and finding.enrolment.member_id == user.pk)
