"""Taking back, within ten seconds, that a complaint was opened: nobody has heard of it, so there never was one.

No file is left of it, and its clocks with it: what its author reads, the desk lists and the law counts are complaints that were
opened. The record of events keeps that this one was, and that it was taken back. Later, a mistake is turned back (turning_back.py).
"""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from core.errors import require
from core.events import publish
from ideas.domain.moving import changed_since, require_in_time
from ideas.domain.undoing import undoes
from ideas.models import Idea

from ..events import ComplaintUndone
from ..models import Complaint
from ..permissions import can_handle
from ..states import State
from .sources import kind_of


def undo_complaint(complaint: Complaint, *, by: Any) -> None:
    """Take back that one has opened it; a text that was hidden with it is seen as before, and no statement of it goes out.

    Raises NotAllowed, `too_late_to_undo`, `changed_since` where a colleague has taken it in hand or the text was decided on (409).
    """
    require(can_handle(by))
    with transaction.atomic():
        source = complaint.source
        type(source).objects.select_for_update().get(pk=source.pk)  # as opening does: the text first
        row = Complaint.objects.select_for_update().filter(pk=complaint.pk).first()
        require_in_time(complaint.opened_at, None if row else timezone.now())
        steps = list(row.steps.all())
        require(steps[0].by_id == by.pk)
        if row.state != State.OPENED or len(steps) > 1:
            raise changed_since()
        if row.is_hidden:
            kind_of(source).unhide(source, by=by, since=row.opened_at)
        publish(ComplaintUndone(row.pk), by=by)
        row.delete()


def seconds_left(complaint: Complaint, user: Any) -> int:
    """For which this reader can still take it back, as far as the row says; 0 for anybody else, and where something came after."""
    if not can_handle(user) or complaint.owner_id != user.pk or complaint.state != State.OPENED:
        return 0
    gone = (timezone.now() - complaint.opened_at).total_seconds()
    return max(0, int(settings.LAB["UNDO_SECONDS"] - gone))


@undoes("complaint")
def _undo(key: str, by: Any) -> Idea | None:
    """By the desk of ideas, of an idea or of a comment under one."""
    complaint = Complaint.objects.with_source().filter(public_id=key, idea__isnull=False).first()
    if not complaint:
        return None
    undo_complaint(complaint, by=by)
    return complaint.idea
