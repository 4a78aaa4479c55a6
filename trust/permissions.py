"""Who may do what in moderation. Asked by verbs, and by pages to know what to offer."""

from core import roles
from core.roles import has_role
from ideas.permissions import can_moderate

__all__ = ["can_ban", "can_decide", "can_moderate", "can_open_queue", "can_read_rates", "can_set_rules"]


def can_open_queue(user) -> bool:
    """The moderation desk, to read."""
    return has_role(user, roles.MODERATOR, roles.PRODUCT_OWNER, roles.AUDITOR)


def can_decide(user, case=None) -> bool:
    """Decide a case; nobody decides about what they wrote."""
    return can_moderate(user) and (case is None or case.author_id != user.pk)


def can_ban(user) -> bool:
    return has_role(user, roles.MODERATOR)


def can_set_rules(user) -> bool:
    return has_role(user, roles.MODERATOR)


def can_read_rates(user) -> bool:
    """The rate of removals by owner of a theme: for who looks over staff."""
    return has_role(user, roles.AUDITOR)
