"""Who may do what at the board. Asked by verbs, and by pages to know what to offer."""

from core import roles
from core.roles import has_role

SCORERS = (roles.BOARD_MEMBER, roles.BOARD_CHAIR)


def can_read_board(user) -> bool:
    return has_role(user, *SCORERS, roles.PRODUCT_OWNER, roles.AUDITOR)


def can_make_items(user) -> bool:
    """Make a subject, give it evidence, say its effort."""
    return has_role(user, roles.PRODUCT_OWNER, roles.BOARD_CHAIR)


def can_score(user) -> bool:
    """Held by name: an administrator is no member of the board unless made one."""
    return has_role(user, *SCORERS) and any(role in user.role_names for role in SCORERS)


def can_place(user) -> bool:
    return has_role(user, *SCORERS)


def can_chair(user) -> bool:
    """Open, reveal, freeze."""
    return has_role(user, roles.BOARD_CHAIR)


def can_sign(user) -> bool:
    """Publish what someone else froze: a seat at the board, held by name. Administrators are not excepted."""
    return can_score(user)
