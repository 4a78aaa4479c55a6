"""The worker: claims one task at a time, runs it, notes it done; a failure waits and is tried again.

What a job writes and the note that it is done are one transaction, so a worker that dies leaves either both or neither.
The note is also the fence: a worker whose task was taken back (its lease ran out) finds nothing to note, and what it wrote
is rolled back. Jobs marked `@job(in_transaction=False)` speak to the outside (mail), and may run twice.

A task that a dead worker held is RUNNING for ever, as the package leaves it: `take_back_lost` gives it to the others.
"""

import logging
import os
import socket
import threading
import time
from collections.abc import Callable
from contextlib import nullcontext
from datetime import timedelta
from functools import cache
from pathlib import Path
from traceback import format_tb
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError, close_old_connections, connection, transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.models import DBTaskResult

from .tasks import ATTEMPTS, BACKOFF, attempt_of, name_of, runs_in_transaction

logger = logging.getLogger("lab.worker")
CLAIMS = 20  # a task that so many workers took and died with is given up
HOUSEKEEPING = 5  # seconds


class LostLease(Exception):
    """Another worker has this task now: what was done here must not stay."""


class WorkerDied(Exception):
    """Written on a task that was given up because every worker that took it died."""


@cache
def _host() -> str:
    return socket.gethostname()[:30]


def _born(pid: int) -> str:
    """When the process started, in the kernel's ticks, where the system tells: a pid alone is used again."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return "0"


def new_worker_id() -> str:
    """host:pid:birth:random, so that a worker of the same host can tell whether this one still lives."""
    pid = os.getpid()
    return f"{_host()}:{pid}:{_born(pid)}:{get_random_string(6)}"


def _dead(worker_id: str) -> bool:
    """Whether the worker was of this host and is gone. Of other hosts nothing is known before the lease ends."""
    host, pid, born, *_rest = [*worker_id.split(":"), "", "", ""]
    if host != _host() or not pid.isdigit():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        pass
    return born not in ("", "0", _born(int(pid)))


def _tasks() -> Any:
    return DBTaskResult.objects.filter(backend_name="outbox")


def take_back_lost() -> int:
    """Put back to READY what a dead process of this host held, and what nobody renewed within the lease; how many."""
    limit, count = timezone.now() - timedelta(seconds=settings.WORKER_LEASE_SECONDS), 0
    for row in _tasks().running():
        holder = row.worker_ids[-1] if row.worker_ids else ""
        if not (_dead(holder) or row.started_at is None or row.started_at < limit):
            continue
        held = _tasks().running().filter(pk=row.pk, started_at=row.started_at)
        if len(row.worker_ids) >= CLAIMS:
            held.update(**_failed(WorkerDied()))
            logger.error("task %s given up: %d workers died with it", row.pk, len(row.worker_ids))
        else:
            # Behind the others, and later each time: a task that kills workers must not stop all work.
            pause = timedelta(seconds=min(60, len(row.worker_ids) ** 2 - 1))
            count += held.update(status="READY", started_at=None, run_after=timezone.now() + pause)
    return count


def _failed(error: BaseException) -> dict[str, Any]:
    """The marks of a task that failed for good. The error's message is not kept: it may hold what a member typed."""
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    return {
        "status": "FAILED", "finished_at": timezone.now(), "exception_class_path": kind,
        "traceback": "".join(format_tb(error.__traceback__)),
    }  # fmt: skip


class Worker:
    """Runs until `stop()`; with `batch`, until nothing is due. `stop()` lets the present task end; a second one does not."""

    def __init__(self, *, interval: float = 0.5, batch: bool = False) -> None:
        self.id, self.interval, self.batch = new_worker_id(), interval, batch
        self.stopping, self.leaving, self.current = False, False, None

    def run(self) -> None:
        try:
            while not self.stopping:
                try:
                    found = self.run_one()
                except (OperationalError, InterfaceError) as error:
                    logger.warning("database: %s", type(error).__name__)
                    close_old_connections()
                    time.sleep(1)  # a database that is away or busy comes back
                    self.let_go()
                    continue
                if not found and self.batch:
                    return
                if not found:
                    close_old_connections()
                    time.sleep(self.interval)
        finally:
            self.let_go()

    def run_one(self) -> bool:
        """Claim and run one task that is due; whether there was one."""
        ready = _tasks().ready()
        if not ready.exists():  # so that an empty queue takes no write lock on SQLite
            return False
        with transaction.atomic():
            row = ready.get_locked()
            if row is None:
                return False
            row.claim(self.id)
        self.current = row
        try:
            self.work(row)
        finally:
            self.current = None
        return True

    def work(self, row: DBTaskResult) -> None:
        whole = transaction.atomic() if runs_in_transaction(row) else nullcontext()
        try:
            with whole:
                args = row.args_kwargs
                row.task.call(*args["args"], **args["kwargs"])
                self.note(row, status="SUCCESSFUL", finished_at=timezone.now(), exception_class_path="", traceback="")
        except LostLease:
            logger.warning("task %s was taken over", row.pk)
        except Exception as error:  # noqa: BLE001 - whatever a job raises, the next job runs
            self.try_later(row, error)
        except BaseException:
            connection.close()  # told twice to stop: what was half done goes, the task is free again
            raise

    def note(self, row: DBTaskResult, **marks: Any) -> None:
        """Write the marks if the task is still ours."""
        mine = _tasks().running().filter(pk=row.pk, worker_ids=row.worker_ids)
        if not mine.update(**marks):
            raise LostLease

    def try_later(self, row: DBTaskResult, error: Exception) -> None:
        """One row for all attempts, so that a death between two writes can neither lose nor double the work."""
        attempt = attempt_of(row)
        # The class only: a message may hold what a member typed.
        logger.warning("%s failed on attempt %d: %s", name_of(row), attempt, type(error).__name__)
        try:
            if attempt >= ATTEMPTS:
                self.note(row, **_failed(error))
                return
            after = timezone.now() + timedelta(seconds=BACKOFF[attempt - 1])
            self.note(
                row, status="READY", started_at=None, run_after=after, worker_ids=[],
                args_kwargs=row.args_kwargs | {"attempt": attempt + 1},
            )  # fmt: skip
        except LostLease:
            logger.warning("task %s was taken over", row.pk)

    def let_go(self) -> None:
        """What is still in our name when we leave goes back at once."""
        try:
            held = [row.pk for row in _tasks().running() if row.worker_ids and row.worker_ids[-1] == self.id]
            if held:
                _tasks().running().filter(pk__in=held).update(status="READY", started_at=None)
        except (OperationalError, InterfaceError) as error:
            logger.warning("leaving without the database: %s", type(error).__name__)

    def stop(self, *_signal: Any) -> None:
        if self.stopping and not self.leaving:
            self.leaving = True  # a third word changes nothing: the task is being given back
            raise SystemExit(1)
        self.stopping = True

    def renew(self) -> None:
        """Tell the others that a long task is still being worked on."""
        row = self.current
        half = timedelta(seconds=settings.WORKER_LEASE_SECONDS / 2)
        if row is not None and row.started_at < timezone.now() - half:
            now = timezone.now()
            if _tasks().running().filter(pk=row.pk, worker_ids=row.worker_ids).update(started_at=now):
                row.started_at = now

    def keep_house(self, *chores: Callable[[], Any]) -> None:
        """In a thread beside the work: renew the lease and do the chores, every few seconds."""
        pause = threading.Event()
        while not self.stopping:
            for chore in (self.renew, *chores):
                try:
                    chore()
                except Exception as error:  # noqa: BLE001 - housekeeping must not end with a database that was away
                    logger.warning("housekeeping failed: %s", type(error).__name__)
            close_old_connections()
            pause.wait(HOUSEKEEPING)
