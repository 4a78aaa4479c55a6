"""Who may do what with accounts."""

from typing import Any

from core.roles import ADMINISTRATOR, AUDITOR, BOARD_CHAIR, BOARD_MEMBER, EXPERT, MODERATOR, PRODUCT_OWNER, has_role


def can_describe(user, member) -> bool:
    """Only the person says who they are."""
    return user.is_authenticated and user.pk == member.pk


def can_erase(user, member) -> bool:
    return user.is_authenticated and (user.pk == member.pk or has_role(user, ADMINISTRATOR))


def can_export(user, member) -> bool:
    """One's own data alone: staff answer a request for access by another way, with four eyes."""
    return user.is_authenticated and user.pk == member.pk


def can_list_members(user) -> bool:
    return has_role(user, ADMINISTRATOR, MODERATOR, AUDITOR)


def can_manage_members(user) -> bool:
    return has_role(user, ADMINISTRATOR)


def is_in_circle(user: Any, circle_id: int | None) -> bool:
    """Whether what belongs to this circle (None: to everybody) may be shown to the reader as one of its people."""
    if circle_id is None:
        return True
    return bool(getattr(user, "is_authenticated", False)) and circle_id in user.circle_ids


def reads_all_circles(user: Any) -> bool:
    """Staff who answer for what is written in circles."""
    return has_role(user, MODERATOR, PRODUCT_OWNER, EXPERT, AUDITOR, BOARD_MEMBER, BOARD_CHAIR)


def can_see_circle(user: Any, circle: Any) -> bool:
    return reads_all_circles(user) or is_in_circle(user, circle.pk)


def can_read_circles(user: Any) -> bool:
    """The desk's pages of circles."""
    return has_role(user, PRODUCT_OWNER, AUDITOR)


def can_run_circles(user: Any) -> bool:
    """Make circles, say who is in them, close them."""
    return has_role(user, PRODUCT_OWNER)
