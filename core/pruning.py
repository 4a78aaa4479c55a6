"""Finished tasks are kept a while to be looked at, then go. Events stay: they are the record."""

from datetime import timedelta

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from .schedule import every

KEEP_DONE, KEEP_FAILED = timedelta(days=2), timedelta(days=60)
CHUNK = 5_000


@every(hours=1)
def prune_tasks() -> None:
    """Delete what ended well two days ago, and what failed for good 60 days ago. A chunk at a time, an hour apart."""
    now, tasks = timezone.now(), DBTaskResult.objects.filter(backend_name="outbox")
    for old in (
        tasks.successful().filter(finished_at__lt=now - KEEP_DONE),
        tasks.failed().filter(finished_at__lt=now - KEEP_FAILED),
    ):
        DBTaskResult.objects.filter(pk__in=list(old.order_by().values_list("pk", flat=True)[:CHUNK])).delete()
