"""Who may do what with complaints."""

from core import roles
from core.roles import has_role
from ideas import permissions as of_ideas
from polls import permissions as of_polls
from polls.models import Poll


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


def can_see_place(user, place) -> bool:
    """Whether the idea or poll where the text stands is there for this reader: not in a circle they have left, say."""
    return of_polls.can_see(user, place) if isinstance(place, Poll) else of_ideas.can_see(user, place)
