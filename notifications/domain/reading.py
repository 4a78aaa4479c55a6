"""Marking as read: one's own alone."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from core.errors import NotFound, NotSignedIn, require
from core.schedule import every

from ..models import Notification

KEEP = timedelta(days=365)


def mark_read(public_ids: Iterable[str], *, by: Any) -> int:
    """Mark these as read; ids of others, or unknown, change nothing. How many were unread."""
    require(bool(getattr(by, "is_authenticated", False)), NotSignedIn())
    return Notification.objects.filter(member=by, public_id__in=list(public_ids), read_at__isnull=True).update(
        read_at=timezone.now()
    )


def mark_all_read(*, by: Any) -> int:
    require(bool(getattr(by, "is_authenticated", False)), NotSignedIn())
    return Notification.objects.filter(member=by, read_at__isnull=True).update(read_at=timezone.now())


def opened(public_id: str, *, by: Any) -> Notification:
    """The member follows the notification: it is read, and what came before it on the same subject. NotFound for others'."""
    note = Notification.objects.filter(member=by, public_id=public_id).first()
    require(note is not None, NotFound())
    same = Q(subject_type=note.subject_type, subject_id=note.subject_id, created_at__lte=note.created_at)
    same = same | Q(pk=note.pk) if note.subject_id else Q(pk=note.pk)
    Notification.objects.filter(same, member=by, read_at__isnull=True).update(read_at=timezone.now())
    return note


@every(hours=6)
def forget_old() -> None:
    """After a year they go."""
    old = Notification.objects.filter(created_at__lt=timezone.now() - KEEP).order_by()
    Notification.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:20_000])).delete()
