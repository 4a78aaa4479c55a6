"""Periodic jobs. A worker claims a run by a conditional update, so any number of workers run it once."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from .events import _name, job, later
from .models import PeriodicRun

_periodic: dict[str, tuple[timedelta, Callable[[], None]]] = {}


def every(**interval: float) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """`@every(minutes=5)`: queue the function that often. It takes no argument and is idempotent."""

    def register(function: Callable[[], None]) -> Callable[[], None]:
        job(function)
        _periodic[_name(function)] = (timedelta(**interval), function)
        return function

    return register


def queue_due() -> int:
    """Queue what is due; how many were. Nothing is written while nothing is due."""
    now, queued = timezone.now(), 0
    last = dict(PeriodicRun.objects.values_list("name", "claimed_at"))
    for name, (interval, function) in _periodic.items():
        if name in last and last[name] > now - interval:
            continue
        with transaction.atomic():
            if claim(name, since=now - interval, at=now):
                later(function)
                queued += 1
    return queued


def claim(name: str, *, since: datetime, at: datetime) -> bool:
    """Whether we are the first to claim `name` after `since`; the claim is dated `at`. One winner among any number."""
    if PeriodicRun.objects.filter(name=name, claimed_at__lte=since).update(claimed_at=at):
        return True
    try:
        with transaction.atomic():
            return PeriodicRun.objects.get_or_create(name=name, defaults={"claimed_at": at})[1]
    except IntegrityError:
        return False
