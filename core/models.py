"""The event log, and the clock of periodic jobs."""

import uuid

from django.db import models


class EventQuerySet(models.QuerySet):
    def about(self, key: str, pk: int, *classes: type):
        """Events of these classes that name one thing by this field of theirs; the newest first."""
        names = [one.__name__ for one in classes]
        return self.filter(name__in=names, **{f"payload__{key}": pk}).order_by("-at", "-id")


class Event(models.Model):
    """One thing that happened, written in the transaction that made it happen. Append-only.

    `name` is the event class's name, `payload` its fields. `actor` is the public id of the member who acted, or
    "system"; it is a plain string so that erasing a member leaves the log whole. `role` is that under which someone of the
    bank acted then, empty for a member (core/roles.py).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=80)
    payload = models.JSONField(default=dict)
    actor = models.CharField(max_length=20, default="system")
    role = models.CharField(max_length=20, blank=True, default="", db_default="")
    at = models.DateTimeField(auto_now_add=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["name", "at"]), models.Index(fields=["at"])]
        verbose_name = "event"

    def __str__(self):
        return f"{self.name} {self.at:%Y-%m-%d %H:%M}"


class PeriodicRun(models.Model):
    """When a periodic job was last claimed, so that several workers run it once."""

    name = models.CharField(max_length=120, primary_key=True)
    claimed_at = models.DateTimeField()

    def __str__(self):
        return self.name
