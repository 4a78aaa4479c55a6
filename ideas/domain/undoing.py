"""Taking back what was just done, by the name of its kind and its key: the desk's toast and the API ask alike."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError

from ..models import Comment, Deed, Idea, IdeaMove, Merge, Moderation, OfficialAnswer, Urgency
from .giving_back import undo_comment_sight, undo_moderation
from .merging import undo_merge, undo_unmerge
from .moving import undo_answer, undo_move
from .noting import undo_note
from .recording import undo_deed
from .urgency import undo_lift, undo_raise

UNDOERS: dict[str, Callable[[str, Any], Idea | None]] = {}


def undoes(kind: str) -> Callable:
    """Register `undo(key, by) -> Idea` for a kind; None where there is nothing of that key."""

    def register(undo: Callable[[str, Any], Idea | None]) -> Callable:
        UNDOERS[kind] = undo
        return undo

    return register


def undo(kind: str, key: str, *, by: Any) -> Idea:
    """Take it back. Raises NotAllowed, `too_late_to_undo`, `changed_since` (409)."""
    undoer = UNDOERS.get(kind)
    idea = undoer(key, by) if undoer and key else None
    if not idea:
        raise DomainError(_("There is nothing left to undo."), code="too_late_to_undo", status=409)
    return idea


def _of(model: Any, key: str) -> Any:
    return model.objects.select_related("idea").filter(public_id=key).first()


@undoes("move")
def _move(key: str, by: Any) -> Idea | None:
    move = _of(IdeaMove, key)
    return undo_move(move, by=by) if move else None


@undoes("answer")
def _answer(key: str, by: Any) -> Idea | None:
    answer = _of(OfficialAnswer, key)
    return undo_answer(answer, by=by) if answer else None


@undoes("note")
def _note(key: str, by: Any) -> Idea | None:
    note = Comment.objects.select_related("idea").filter(public_id=key, is_internal=True).first()
    return undo_note(note, by=by) if note else None


@undoes("deed")
def _deed(key: str, by: Any) -> Idea | None:
    deed = _of(Deed, key)
    return undo_deed(deed, by=by) if deed else None


@undoes("merge")
def _merge(key: str, by: Any) -> Idea | None:
    """By the key of the duplicate. Older merges are un-merged with a reason."""
    merge = Merge.objects.select_related("duplicate").filter(undone_at__isnull=True, duplicate__public_id=key).first()
    return undo_merge(merge, by=by) if merge else None


@undoes("unmerge")
def _unmerge(key: str, by: Any) -> Idea | None:
    move = _of(IdeaMove, key)
    return undo_unmerge(move, by=by) if move else None


@undoes("sight")
def _sight(key: str, by: Any) -> Idea | None:
    """That an idea was hidden, removed or shown again."""
    step = _of(Moderation, key)
    return undo_moderation(step, by=by) if step else None


@undoes("comment")
def _comment(key: str, by: Any) -> Idea | None:
    """The last change of who sees a comment, by the comment's key."""
    comment = Comment.objects.select_related("idea").filter(public_id=key).first()
    return comment.idea if comment and undo_comment_sight(comment, by=by) else None


@undoes("urgent")
def _urgent(key: str, by: Any) -> Idea | None:
    urgency = _of(Urgency, key)
    return undo_raise(urgency, by=by) if urgency else None


@undoes("calm")
def _calm(key: str, by: Any) -> Idea | None:
    urgency = _of(Urgency, key)
    return undo_lift(urgency, by=by) if urgency else None
