"""Commenting: saying, changing within a quarter of an hour, taking back.

What an author deletes is gone from the comment's row, and so from every page, answer of the API, search, feed and mail.
The text is kept apart (CommentVersion) for those who moderate, for LAB["DELETED_TEXT_DAYS"] and for as long as a case
needs it (core/keeping.py): a report that came before must still be decided on what was said (docs/comments.md). What the
bank itself said is never forgotten.
"""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.commenting import check_body, require_editable
from core.errors import DomainError, Invalid, NotAllowed, NotFound, NotSignedIn, require
from core.events import publish
from core.judging import judge
from core.keeping import still_needed
from core.language import DEFAULT, language_of
from core.schedule import every
from members.permissions import require_taking_part

from ..events import CommentDeleted, CommentEdited, CommentPosted
from ..models import Comment, CommentReaction, CommentVersion, Idea, Mention
from ..permissions import can_answer, can_note, can_see, can_see_comment, is_outside, is_signed_in
from ..states import Reaction, Visibility
from .mentioning import note_mentions
from .moderating import count_comment, hold, lock_comment
from .pacing import require_pace_of_comments


def comment_on(idea: Idea, *, body: str, by: Any, parent: Comment | None = None, is_internal: bool = False) -> Comment:
    """Comment, or reply to a top comment. Raises NotSignedIn, NotFound, Invalid, `comments_closed` (409), PrivateData,
    `too_many` (429)."""
    require(is_signed_in(by), NotSignedIn(_("Sign in to comment. What you typed is kept.")))
    require(can_see(by, idea), NotFound())
    require(not is_internal or can_note(by, idea))
    require_taking_part(by)
    if idea.merged_into_id:
        raise DomainError(
            _("This idea was merged into another one. Comment on that one."), code="comments_closed", status=409
        )
    if idea.is_withdrawn and not is_internal:
        raise DomainError(_("This idea was withdrawn: the talk is closed."), code="comments_closed", status=409)
    body = check_body(body)
    if parent and (parent.idea_id != idea.pk or parent.is_internal != is_internal):
        raise _unknown_parent()
    require_pace_of_comments(by)
    parent = parent.parent if parent and parent.parent_id else parent  # one level of threads
    rulings = () if is_internal else judge("comment", by=by, body=body)
    with transaction.atomic():
        parent = _still_there(parent)
        comment = Comment.objects.create(
            idea=idea, author=by, parent=parent, body=body, is_internal=is_internal,
            is_official=by.is_staff and can_answer(by, idea),
            visibility=Visibility.HELD if rulings else Visibility.PUBLIC, language=language_of(body, get_language() or DEFAULT),
        )  # fmt: skip
        note_mentions(comment)
        if rulings:
            hold("comment", comment, rulings, before="")
        else:
            count_comment(comment, 1)
        publish(CommentPosted(comment_id=comment.pk, idea_id=idea.pk), by=by)
    return comment


def _still_there(parent: Comment | None) -> Comment | None:
    """The comment that is replied to, held: a note may be taken back this moment. Raises Invalid (`unknown_parent`)."""
    if parent is None:
        return None
    found = Comment.objects.select_for_update(no_key=True).filter(pk=parent.pk).first()
    if found is None:
        raise _unknown_parent()
    return found


def _unknown_parent() -> Invalid:
    return Invalid(_("The comment you reply to is not there any more."), code="unknown_parent", field="parent")


def edit_comment(comment: Comment, *, body: str, by: Any) -> Comment:
    """Change one's own comment while LAB["COMMENT_EDIT_MINUTES"] run; the text it had is kept.

    Raises NotSignedIn, NotFound, NotAllowed, `comment_deleted`, `too_late_to_edit` (409), Invalid, PrivateData.
    """
    _require_own(comment, by)
    require_taking_part(by)
    body = check_body(body)
    with transaction.atomic():
        comment = lock_comment(comment)
        require_editable(comment)
        if body == comment.body:
            return comment
        _keep_version(comment)
        comment.body, comment.edited_at = body, timezone.now()
        comment.save(update_fields=["body", "edited_at"])
        note_mentions(comment)
        _judge_again(comment, by)
        publish(CommentEdited(comment_id=comment.pk, idea_id=comment.idea_id), by=by)
    return comment


def delete_comment(comment: Comment, *, by: Any) -> Comment:
    """Take one's own comment back: a trace stays in its place, with the replies. Doing it again changes nothing.

    So may who has left the circle where they said it. Raises NotSignedIn, NotFound, NotAllowed.
    """
    if not _was_said_in_a_circle_since_left(comment, by):
        _require_own(comment, by)
    with transaction.atomic():
        comment = lock_comment(comment)
        if comment.is_deleted:
            return comment
        _keep_version(comment)
        CommentReaction.objects.filter(comment=comment).delete()
        Mention.objects.filter(comment=comment).delete()
        counters = {"reaction_count": 0} | {f"{kind}_count": 0 for kind in Reaction.values}
        Comment.objects.filter(pk=comment.pk).update(body="", deleted_at=timezone.now(), edited_at=None, **counters)
        if comment.visibility == Visibility.PUBLIC:
            count_comment(comment, -1)
        publish(CommentDeleted(comment_id=comment.pk, idea_id=comment.idea_id), by=by)
        comment.refresh_from_db()
    return comment


def _require_own(comment: Comment, by: Any) -> None:
    require(is_signed_in(by), NotSignedIn())
    require(can_see_comment(by, comment), NotFound())
    require(comment.author_id == by.pk, NotAllowed(_("Only its author can do this with a comment.")))


def _was_said_in_a_circle_since_left(comment: Comment, by: Any) -> bool:
    """One's own, and neither a note of the bank's nor taken away by moderation meanwhile."""
    mine = is_signed_in(by) and comment.author_id == by.pk and not comment.is_internal
    return mine and is_outside(by, comment.idea) and comment.visibility in (Visibility.PUBLIC, Visibility.HELD)


def _judge_again(comment: Comment, by: Any) -> None:
    """A change must not slip past what a new comment is asked; what is held already stays so, with what the rules see now."""
    before = comment.visibility
    if comment.is_internal or before not in (Visibility.PUBLIC, Visibility.HELD):
        return
    if rulings := judge("comment", by=by, pk=comment.pk, body=comment.body):
        if before == Visibility.PUBLIC:
            comment.visibility = Visibility.HELD
            comment.save(update_fields=["visibility"])
            count_comment(comment, -1)
        hold("comment", comment, rulings, before=str(before))


def _keep_version(comment: Comment) -> None:
    written = comment.edited_at or comment.created_at
    CommentVersion.objects.create(comment=comment, body=comment.body, written_at=written)


@every(hours=6)
def forget_deleted_texts() -> None:
    """The texts of comments that members deleted go for good after LAB["DELETED_TEXT_DAYS"], or once no case needs them."""
    before = timezone.now() - timedelta(days=settings.LAB["DELETED_TEXT_DAYS"])
    old = CommentVersion.objects.filter(comment__deleted_at__lt=before, comment__is_official=False)
    for keys in still_needed("comment"):
        old = old.exclude(comment__in=keys)
    CommentVersion.objects.filter(pk__in=list(old.order_by().values_list("pk", flat=True)[:5_000])).delete()
