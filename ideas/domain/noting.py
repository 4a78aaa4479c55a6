"""Internal notes: written as comments that staff alone read, and taken back at once where they were a slip."""

from typing import Any

from django.db import transaction

from core.errors import DomainError, require
from core.events import publish

from ..events import NoteUndone
from ..models import Comment, Idea
from ..permissions import can_note
from .moving import lock, require_in_time


def undo_note(note: Comment, *, by: Any) -> Idea:
    """Take back one's own note within the seconds of undo; nothing of it is kept. Raises NotAllowed, `too_late_to_undo` (409)."""
    require(can_note(by, note.idea) and note.is_internal and note.author_id == by.pk)
    with transaction.atomic():
        idea = lock(note.idea)
        note = Comment.objects.select_for_update().filter(pk=note.pk).first()
        if not note or note.replies.exists():
            raise DomainError(code="too_late_to_undo", status=409)
        require_in_time(note.created_at, None)
        publish(NoteUndone(idea.pk, note.pk), by=by)
        note.delete()
    return idea
