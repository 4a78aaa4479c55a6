"""Who may do what with complaints."""

from core import roles
from core.roles import has_role


def can_handle(user) -> bool:
    """Open, acknowledge, answer, close: product owners and moderators."""
    return has_role(user, roles.PRODUCT_OWNER, roles.MODERATOR)


def can_read_complaints(user) -> bool:
    """The desk's list; auditors read it all and change nothing."""
    return has_role(user, roles.PRODUCT_OWNER, roles.MODERATOR, roles.AUDITOR)


def can_see(user, complaint) -> bool:
    """The person who complains, and who may read all."""
    mine = getattr(user, "is_authenticated", False) and user.is_active and complaint.complainant_id == user.pk
    return bool(mine) or can_read_complaints(user)
