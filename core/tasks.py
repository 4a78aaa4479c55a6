"""The two tasks of the outbox: an event's handler, and any other job. The worker runs them (core/worker.py)."""

from typing import Any

from django_tasks import task

from .events import find_job, load, needs_transaction
from .models import Event

ATTEMPTS = 6
BACKOFF = (5, 30, 120, 600, 3600)  # seconds before attempts 2 to 6


@task(backend="outbox")
def run_handler(event_id: str, name: str) -> None:
    row = Event.objects.get(pk=event_id)
    find_job(name)(load(row), event_id=row.pk)


@task(backend="outbox")
def run_job(name: str, args: list, kwargs: dict) -> None:
    find_job(name)(*args, **kwargs)


def name_of(row: Any) -> str:
    """What a queued task will call: the handler's or the job's name, else the task's own path."""
    args = row.args_kwargs["args"]
    position = {"core.tasks.run_handler": 1, "core.tasks.run_job": 0}.get(row.task_path)
    return row.task_path if position is None else args[position]


def attempt_of(row: Any) -> int:
    """Which attempt comes next, from 1."""
    return row.args_kwargs.get("attempt", 1)


def runs_in_transaction(row: Any) -> bool:
    return needs_transaction(name_of(row))
