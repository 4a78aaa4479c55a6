"""Taking back, within ten seconds, that an idea or a comment was hidden, removed or shown again: it is seen as before.

Nobody was told, so no reason is stated: the statement goes with the change, by whoever witnessed it (core/judging.py). The record
of events keeps both. Earlier texts of an idea are given back as deeds are (hiding.py).
"""

from datetime import datetime
from typing import Any

from django.db import transaction

from core.errors import require
from core.events import publish
from core.judging import take_back

from ..events import CommentSightUndone, IdeaSightUndone
from ..models import Comment, Idea, Moderation
from ..permissions import can_moderate
from ..states import Visibility
from .moderating import lock_comment, undo_visibility
from .moving import changed_since, lock, require_in_time


def undo_moderation(step: Moderation, *, by: Any) -> Idea:
    """Take back one's own change. Raises NotAllowed, `too_late_to_undo`, `changed_since` (409)."""
    require(can_moderate(by, step.idea) and step.by_id == by.pk)
    with transaction.atomic():
        idea = lock(step.idea)
        require_in_time(step.at, None)
        if idea.moderations.last() != step or idea.visibility != step.after:
            raise changed_since()
        _give_back(idea, step, by)
    return idea


def undo_hiding(idea: Idea, *, by: Any, since: datetime) -> bool:
    """Take back that one has hidden it since then, as a part of something else; whether one had. Raises as `undo_moderation`."""
    step = idea.moderations.filter(at__gte=since).last()
    if step is None:
        return False
    if step.by_id != by.pk or step.after != Visibility.HIDDEN:
        raise changed_since()
    undo_moderation(step, by=by)
    return True


def _give_back(idea: Idea, step: Moderation, by: Any) -> None:
    take_back("idea", idea, step.after, by=by)
    undo_visibility(idea, to=step.before, by=by)
    publish(IdeaSightUndone(idea.pk, step.before), by=by)


def undo_comment_sight(comment: Comment, *, by: Any, since: datetime | None = None) -> bool:
    """Take back one's own last change of who sees the comment; with `since`, that one has hidden it since then, if one has.

    Whether there was one. Raises as `undo_moderation`.
    """
    require(can_moderate(by, comment.idea))
    with transaction.atomic():
        comment = lock_comment(comment)
        made = Visibility.HIDDEN if since else comment.visibility
        before = take_back("comment", comment, made, by=by, since=since)
        if before:
            undo_visibility(comment, to=before, by=by)
            publish(CommentSightUndone(comment.pk, comment.idea_id, before), by=by)
    return bool(before)
