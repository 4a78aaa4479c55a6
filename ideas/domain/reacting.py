"""Reacting to a comment: one row per member, comment and reaction; counters follow by F()."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, Invalid, NotFound, NotSignedIn, require
from members.permissions import require_taking_part

from ..models import Comment, CommentReaction
from ..permissions import can_see_comment, is_outside, is_signed_in
from ..states import Reaction, Visibility
from .pacing import require_pace_of_reactions


def react(comment: Comment, kind: str, *, by: Any) -> Comment:
    """React so. Doing it again changes nothing. Raises NotSignedIn, NotFound, Invalid, `own_comment`, `comment_deleted`
    (409), `too_many` (429)."""
    _require_possible(comment, kind, by)
    require_taking_part(by)
    if comment.author_id == by.pk:
        raise DomainError(_("This is your own comment: others say whether it helps."), code="own_comment", status=409)
    if CommentReaction.objects.filter(comment=comment, member=by, kind=kind).exists():
        return comment
    require_pace_of_reactions(by)
    with transaction.atomic():
        if _insert(comment, kind, by):
            _count(comment, kind, 1)
    return comment


def take_back(comment: Comment, kind: str, *, by: Any) -> Comment:
    """Take one's reaction back. Doing it again changes nothing. Who left the circle takes back what they gave there."""
    left = is_signed_in(by) and is_outside(by, comment.idea)
    if not left or not CommentReaction.objects.filter(comment=comment, member=by, kind=kind).exists():
        _require_possible(comment, kind, by)
    with transaction.atomic():
        # Before the reaction, as its author deleting the comment locks them; the other way round both would wait for ever.
        list(Comment.objects.select_for_update(no_key=True).filter(pk=comment.pk).values_list("pk"))
        if CommentReaction.objects.filter(comment=comment, member=by, kind=kind).delete()[0]:
            _count(comment, kind, -1)
    return comment


def _require_possible(comment: Comment, kind: str, by: Any) -> None:
    require(is_signed_in(by), NotSignedIn(_("Sign in to react.")))
    require(can_see_comment(by, comment) and not comment.is_internal, NotFound())
    if kind not in Reaction.values:
        raise Invalid(_("Choose one of the reactions offered."), code="unknown_reaction", field="kind")
    if comment.visibility != Visibility.PUBLIC:
        raise DomainError(_("This comment is not public."), code="not_public", status=409)
    if comment.is_deleted:
        raise DomainError(_("This comment was deleted by its author."), code="comment_deleted", status=409)


def _insert(comment: Comment, kind: str, by: Any) -> bool:
    """Whether a row was really made: of the same person's two taps at once, one counts."""
    try:
        with transaction.atomic():
            CommentReaction.objects.create(comment=comment, member=by, kind=kind)
    except IntegrityError:
        return False
    return True


def _count(comment: Comment, kind: str, step: int) -> None:
    name = f"{kind}_count"
    living = Comment.objects.filter(pk=comment.pk, deleted_at__isnull=True)
    # Never under 0, should a counter have drifted: the recount puts it right.
    if not living.update(**{each: Greatest(F(each) + step, 0) for each in (name, "reaction_count")}):
        raise DomainError(_("This comment was deleted by its author."), code="comment_deleted", status=409)
    comment.refresh_from_db(fields=[name, "reaction_count"])
