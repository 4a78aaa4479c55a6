"""How often one person may comment on polls, react to visuals and change a ballot: asked by the verbs, so it holds on every face.

Comments and reactions are counted from the rows. A ballot has no time and no member: its changes are counted in the cache.
"""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.pace import MINUTE, TooMany, count_try

from ..models import Remark, VisualReaction


def require_pace_of_remarks(by: Any) -> None:
    """Raises TooMany. Staff answer many people in a row: they are not held back."""
    if by.is_staff:
        return
    said = Remark.objects.filter(author=by)
    for seconds, most, wait in ((60, "COMMENTS_PER_MINUTE", 60), (3600, "COMMENTS_PER_HOUR", 600)):
        since = timezone.now() - timedelta(seconds=seconds)
        if said.filter(created_at__gt=since).count() >= settings.LAB[most]:
            raise TooMany(_("You have written many comments in a short time. Wait a little: your text is kept."), wait)


def require_pace_of_reactions(by: Any) -> None:
    since = timezone.now() - timedelta(seconds=60)
    if VisualReaction.objects.filter(member=by, at__gt=since).count() >= settings.LAB["REACTIONS_PER_MINUTE"]:
        raise TooMany(_("That is many reactions in a minute. Wait a little, then go on."), 60)


def require_pace_of_changes(by: Any) -> None:
    """Of ballots, in all polls together: LAB["BALLOT_CHANGES_PER_MINUTE"]. Raises TooMany."""
    if count_try("ballots", f"member-{by.pk}", MINUTE) > settings.LAB["BALLOT_CHANGES_PER_MINUTE"]:
        raise TooMany(
            _(
                "You have changed your ballots many times in a minute. The one you put in last stands: wait a little, then go on."
            ),
            MINUTE,
        )
