"""Rules that every comment keeps, wherever it stands: how long its text is, what it may hold, until when its author changes it.

A comment here is any row with `body`, `author_id`, `created_at` and `is_deleted`; apps have their own tables and verbs.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from .errors import DomainError, Invalid
from .shield import for_public, refuse_private

COMMENT_MIN, COMMENT_MAX = 2, 2_000


def check_body(body: str) -> str:
    """The text as it is published. Raises Invalid (`too_short`, `too_long`), PrivateData."""
    body = body.strip()
    if len(body) < COMMENT_MIN:
        raise Invalid(_("Write a few words first."), code="too_short", field="body")
    if len(body) > COMMENT_MAX:
        raise Invalid(_("A comment holds 2,000 characters at most."), code="too_long", field="body")
    refuse_private(body=body)
    return for_public(body)


def editable_until(comment: Any) -> datetime:
    """LAB["COMMENT_EDIT_MINUTES"] after it was posted."""
    return comment.created_at + timedelta(minutes=settings.LAB["COMMENT_EDIT_MINUTES"])


def can_still_edit(comment: Any, user: Any) -> bool:
    """Whether it is the user's own, and there is time left."""
    is_own = user.is_authenticated and user.is_active and comment.author_id == user.pk
    return is_own and not comment.is_deleted and timezone.now() <= editable_until(comment)


def require_editable(comment: Any) -> None:
    """Raises `comment_deleted` or `too_late_to_edit` (409). The comment is locked."""
    if comment.is_deleted:
        raise DomainError(_("You deleted this comment."), code="comment_deleted", status=409)
    if timezone.now() <= editable_until(comment):
        return
    minutes = settings.LAB["COMMENT_EDIT_MINUTES"]
    message = ngettext(
        "A comment can be changed for %(n)s minute. Write another one to set it right.",
        "A comment can be changed for %(n)s minutes. Write another one to set it right.",
        minutes,
    ) % {"n": minutes}
    raise DomainError(message, code="too_late_to_edit", status=409)
