"""How often one person may post, comment and react. Counted from the rows, so it holds on every face and without a cache."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.pace import TooMany

from ..models import Comment, CommentReaction, Idea

MINUTE, HOUR, DAY = 60, 3600, 86400


def require_pace_of_ideas(by: Any) -> None:
    """Raises TooMany. Staff bring in what they heard elsewhere: they are not held back."""
    if by.is_staff:
        return
    now, posted = timezone.now(), Idea.objects.filter(author=by)
    for seconds, most in ((HOUR, "IDEAS_PER_HOUR"), (DAY, "IDEAS_PER_DAY")):
        if posted.filter(created_at__gt=now - timedelta(seconds=seconds)).count() >= settings.LAB[most]:
            message = _("You have posted many ideas in a short time. Wait a little: your text is kept.")
            raise TooMany(message, 600 if seconds == HOUR else HOUR)


def require_pace_of_comments(by: Any) -> None:
    """Raises TooMany. Staff answer many people in a row: they are not held back."""
    if by.is_staff:
        return
    now = timezone.now()
    said = Comment.objects.filter(author=by)
    for seconds, most in ((MINUTE, "COMMENTS_PER_MINUTE"), (HOUR, "COMMENTS_PER_HOUR")):
        since = now - timedelta(seconds=seconds)
        if said.filter(created_at__gt=since).count() >= settings.LAB[most]:
            wait = 60 if seconds == MINUTE else 600
            raise TooMany(_("You have written many comments in a short time. Wait a little: your text is kept."), wait)


def require_pace_of_reactions(by: Any) -> None:
    since = timezone.now() - timedelta(seconds=MINUTE)
    if CommentReaction.objects.filter(member=by, at__gt=since).count() >= settings.LAB["REACTIONS_PER_MINUTE"]:
        raise TooMany(_("That is many reactions in a minute. Wait a little, then go on."), 60)
