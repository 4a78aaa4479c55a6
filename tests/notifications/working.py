"""Let the background work be done, the seconds of undo included."""

from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from notifications.models import Notification


def work():
    """Run all that waits, as if its hour had come, until nothing does."""
    for _round in range(20):
        waiting = DBTaskResult.objects.filter(status="READY")
        if not waiting.update(run_after=timezone.now()):
            return
        call_command("worker", batch=True)
    raise AssertionError("the work does not end")


def told(member, kind="") -> list[Notification]:
    rows = Notification.objects.filter(member=member).order_by("id")
    return list(rows.filter(kind=kind) if kind else rows)
