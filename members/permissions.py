"""Who may do what with accounts."""

from datetime import UTC, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, NotAllowed
from core.roles import (
    ADMINISTRATOR,
    AUDITOR,
    BOARD_CHAIR,
    BOARD_MEMBER,
    EXPERT,
    MODERATOR,
    PRODUCT_OWNER,
    has_role,
    reads_only,
)
from core.words import day

FOR_GOOD = datetime(9000, 1, 1, tzinfo=UTC)  # a ban until it is lifted


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


class Banned(DomainError):
    """A member who reads and takes no part for a time (403). `extra["until"]` is when that ends, None if it is not set."""

    code, status = "banned", 403

    def __init__(self, until: datetime):
        has_end = until < FOR_GOOD
        message = _(
            "You can read the Lab, but no longer take part in it. The decision and your remedies are in your notifications."
        )
        if has_end:
            message = _(
                "You can read the Lab, but not take part in it until %(date)s. "
                "The decision and your remedies are in your notifications."
            ) % {"date": day(timezone.localdate(until))}
        super().__init__(message, extra={"until": until if has_end else None})


class ReadsOnly(NotAllowed):
    """Who looks over what others do takes no part in it (403)."""

    code = "reads_only"
    message = _("Auditors read everything and take no part.")


def can_take_part(user) -> bool:
    """Post, comment, vote, answer a poll, test a beta: not auditors, who read. A ban ends by itself: the date is all there is."""
    return bool(user.is_authenticated and not is_banned(user) and not reads_only(user))


def is_banned(user) -> bool:
    until = getattr(user, "banned_until", None)
    return until is not None and until > timezone.now()


def refuse_who_only_reads(user) -> None:
    """Asked by verbs that a suspended member may use and an auditor may not: following, joining, judging. Raises ReadsOnly."""
    if user.is_authenticated and reads_only(user):
        raise ReadsOnly()


def require_taking_part(user) -> None:
    """Asked by each verb by which a member takes part; raises Banned, ReadsOnly for auditors.

    Who is not signed in is refused elsewhere.
    """
    if not user.is_authenticated:
        return
    if is_banned(user):
        raise Banned(user.banned_until)
    if reads_only(user):
        raise ReadsOnly()
