"""`manage.py outbox`: what waits, what will be tried again, what failed for good; `--retry` queues the failed again."""

from django.core.management.base import BaseCommand
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core.tasks import attempt_of, name_of


class Command(BaseCommand):
    help = "Show the outbox; --retry queues again what failed for good."

    def add_arguments(self, parser):
        parser.add_argument("--retry", action="store_true", help="queue again what failed for good")

    def handle(self, *, retry, **options):
        tasks = DBTaskResult.objects.filter(backend_name="outbox")
        waiting = tasks.filter(status="READY")
        again = [row for row in waiting.filter(run_after__gt=timezone.now()).iterator() if attempt_of(row) > 1]
        failed = list(tasks.failed().order_by("finished_at"))
        self.stdout.write(
            f"{waiting.count()} waiting, {len(again)} of them to be tried again, {tasks.running().count()} running, "
            f"{len(failed)} failed"
        )
        for row in again:
            self.stdout.write(f"  again {row.run_after:%Y-%m-%d %H:%M:%S} {row.pk} {name_of(row)} ({attempt_of(row)})")
        for row in failed:
            self.stdout.write(
                f"  failed {row.finished_at:%Y-%m-%d %H:%M:%S} {row.pk} {name_of(row)} {row.exception_class_path}"
            )
        if retry:
            self.stdout.write(f"{sum(self.retry(row) for row in failed)} queued again")

    @staticmethod
    def retry(row) -> int:
        """The same row, from its first attempt: it cannot be lost or doubled, even by two who retry at once."""
        return DBTaskResult.objects.failed().filter(pk=row.pk).update(
            status="READY", started_at=None, finished_at=None, run_after=timezone.now(), worker_ids=[],
            args_kwargs=row.args_kwargs | {"attempt": 1}, exception_class_path="", traceback="",
        )  # fmt: skip
