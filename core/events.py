"""The outbox: events and background work, written in the transaction of the change they speak of.

A verb calls `publish(IdeaDeclined(...), by=member)`. That writes one event row and one task per handler, so a rollback
leaves neither. Apps register handlers in their `ready()`:

    @handles(IdeaDeclined)
    def tell_followers(event: IdeaDeclined, *, event_id: UUID) -> None: ...

What a handler writes and the note that it ran are one transaction (core/worker.py); it is idempotent by a unique constraint
all the same, for two events may speak of one thing. `later(job, ...)` queues any other function marked `@job`, in the same
way. A job that speaks to the outside (mail) is marked `@job(in_transaction=False)`: it may run twice.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from django.db import transaction

from .models import Event
from .roles import role_of

_classes: dict[str, type] = {}
_handlers: dict[str, list[str]] = defaultdict(list)
_jobs: dict[str, Callable[..., Any]] = {}
_alone: set[str] = set()


def _name(function: Callable[..., Any]) -> str:
    return f"{function.__module__}.{function.__qualname__}"


def job(function: Callable[..., Any] | None = None, *, in_transaction: bool = True) -> Any:
    """Register a function that may run in the background. Its arguments must be JSON. It must be idempotent.

    `in_transaction=False`: it sends to the outside, so it holds no transaction (on SQLite nobody else could write).
    """
    if function is None:
        return lambda function: job(function, in_transaction=in_transaction)
    _jobs[_name(function)] = function
    if not in_transaction:
        _alone.add(_name(function))
    return function


def needs_transaction(name: str) -> bool:
    return name not in _alone


def handles(*event_classes: type) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a handler of these events; it is called as `handler(event, event_id=...)`."""

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        job(function)
        for event_class in event_classes:
            _classes[event_class.__name__] = event_class
            if _name(function) not in _handlers[event_class.__name__]:
                _handlers[event_class.__name__].append(_name(function))
        return function

    return register


def publish(event: Any, *, by: Any = None) -> Event:
    """Write the event and one task per handler. `by` is a member, or None for the system. Call inside a transaction."""
    from .tasks import run_handler

    name = type(event).__name__
    _classes.setdefault(name, type(event))
    with transaction.atomic():
        role = role_of(by) if by is None or getattr(by, "is_staff", False) else ""
        actor = getattr(by, "public_id", None) or "system"
        row = Event.objects.create(name=name, payload=asdict(event), actor=actor, role=role)
        for handler in _handlers[name]:
            run_handler.enqueue(str(row.pk), handler)
    return row


def later(function: Callable[..., Any], *args: Any, after: datetime | None = None, **kwargs: Any) -> None:
    """Queue a job, to run after `after` (now if None), if the transaction commits."""
    from .tasks import run_job

    name = _name(function)
    if name not in _jobs:
        raise ValueError(f"{name} is not registered with @job")
    run_job.using(run_after=after).enqueue(name, list(args), kwargs)


def load(row: Event) -> Any:
    """The event as its dataclass; fields it no longer has are dropped."""
    event_class = _classes[row.name]
    known = {field.name for field in fields(event_class)}
    return event_class(**{key: value for key, value in row.payload.items() if key in known})


def find_job(name: str) -> Callable[..., Any]:
    return _jobs[name]
