"""Who sees an idea or a comment: holding, hiding, removing, and showing again. Each change is witnessed with its reasons.

`because` is what a moderator adds to the reason (ground, rule, scope); it goes to the witnesses as it came. Only they write
the statement that the author reads (core/judging.py), in the transaction of the change.
"""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, require
from core.events import publish
from core.judging import Change, Ruling, witness

from ..events import CommentHidden, CommentPosted, CommentRestored, IdeaHidden, IdeaPosted, IdeaRestored
from ..models import Comment, Idea, Moderation
from ..permissions import can_moderate
from ..states import Visibility
from .moving import check_reason, lock

SEEN = (Visibility.PUBLIC, Visibility.HELD)
NOT_SEEN = (Visibility.HELD, Visibility.HIDDEN, Visibility.REMOVED)


def hide_idea(idea: Idea, *, reason: str, by: Any, **because: Any) -> Moderation:
    """Take the idea out of public sight; state, votes and comments stay. Its author reads the reason.

    Raises NotAllowed, Invalid, PrivateData, `already_hidden` (409).
    """
    return _take_away(idea, Visibility.HIDDEN, SEEN, reason, by, because)


def remove_idea(idea: Idea, *, reason: str, by: Any, **because: Any) -> Moderation:
    """Take the idea away for good: its address answers that it is gone. Nothing is deleted, so an appeal can bring it back.

    Raises NotAllowed, Invalid, PrivateData, `already_hidden` (409).
    """
    return _take_away(idea, Visibility.REMOVED, (*SEEN, Visibility.HIDDEN), reason, by, because)


def _take_away(idea: Idea, to: str, before: tuple, reason: str, by: Any, because: dict) -> Moderation:
    require(can_moderate(by, idea))
    reason = check_reason(reason)
    with transaction.atomic():
        idea = lock(idea)
        if idea.visibility not in before:
            raise DomainError(_("This idea is hidden already."), code="already_hidden", status=409)
        step = _record(idea, to, reason, by, because)
        publish(IdeaHidden(idea.pk, reason, to), by=by)
    return step


def restore_idea(idea: Idea, *, reason: str, by: Any, **because: Any) -> Moderation:
    """Show a held, hidden or removed idea to everyone again. Raises NotAllowed, Invalid, PrivateData, `already_public` (409)."""
    require(can_moderate(by, idea))
    reason = check_reason(reason)
    with transaction.atomic():
        idea = lock(idea)
        if idea.visibility not in NOT_SEEN:
            raise DomainError(_("This idea is public already."), code="already_public", status=409)
        was_held = idea.visibility == Visibility.HELD
        step = _record(idea, Visibility.PUBLIC, reason, by, because)
        publish(IdeaRestored(idea.pk, reason), by=by)
        if was_held:  # nobody has heard of it yet
            publish(IdeaPosted(idea.pk), by=idea.author)
    return step


def _record(idea: Idea, to: str, reason: str, by: Any, because: dict) -> Moderation:
    before = idea.visibility
    step = Moderation.objects.create(idea=idea, before=before, after=to, reason=reason, by=by)
    idea.visibility = to
    idea.save(update_fields=["visibility"])
    witness(Change("idea", idea, idea.author, before, to, reason, by, because=because))
    return step


def hide_comment(comment: Comment, *, reason: str, by: Any, **because: Any) -> Comment:
    """Take a comment out of public sight; a trace stands in its place, and its replies stay. Raises as `hide_idea`."""
    return _move_comment(comment, Visibility.HIDDEN, SEEN, reason, by, because)


def remove_comment(comment: Comment, *, reason: str, by: Any, **because: Any) -> Comment:
    return _move_comment(comment, Visibility.REMOVED, (*SEEN, Visibility.HIDDEN), reason, by, because)


def restore_comment(comment: Comment, *, reason: str, by: Any, **because: Any) -> Comment:
    return _move_comment(comment, Visibility.PUBLIC, NOT_SEEN, reason, by, because)


def _move_comment(comment: Comment, to: str, before: tuple, reason: str, by: Any, because: dict) -> Comment:
    require(can_moderate(by, comment.idea))
    reason = check_reason(reason)
    with transaction.atomic():
        comment = Comment.objects.select_for_update().get(pk=comment.pk)
        was = comment.visibility
        if was not in before:
            code = "already_public" if to == Visibility.PUBLIC else "already_hidden"
            raise DomainError(_("This comment is so already."), code=code, status=409)
        comment.visibility = to
        comment.save(update_fields=["visibility"])
        count_comment(comment, (to == Visibility.PUBLIC) - (was == Visibility.PUBLIC))
        witness(Change("comment", comment, comment.author, was, to, reason, by, because=because))
        if to == Visibility.PUBLIC:
            publish(CommentRestored(comment.pk, comment.idea_id, reason), by=by)
        else:
            publish(CommentHidden(comment.pk, comment.idea_id, reason, to), by=by)
        if was == Visibility.HELD and to == Visibility.PUBLIC:  # nobody has heard of it yet
            publish(CommentPosted(comment.pk, comment.idea_id), by=comment.author)
    return comment


def count_comment(comment: Comment, step: int) -> None:
    """Comments that are public count; so does an official one, an internal note never."""
    if step and not comment.is_internal and not comment.is_deleted:
        Idea.objects.filter(pk=comment.idea_id).update(
            comment_count=Greatest(F("comment_count") + step, 0)  # should it have drifted: the recount puts it right
        )


def hold(kind: str, thing: Any, rulings: tuple[Ruling, ...], *, before: str) -> None:
    """Write down that rules hold a text back. Its row says HELD already; `before` is what it was, "" for a new one."""
    witness(Change(kind, thing, thing.author, before, Visibility.HELD.value, rulings=rulings))
