"""Named reads of the moderation queue."""

from django.db import models
from django.db.models import Count, Q

from .states import Matter

VIEWS = ("all", "urgent", "reported", "held", "appeals", "votes")


def view_of(name: str) -> Q:
    return {
        "all": Q(),
        "urgent": Q(is_urgent=True),
        "reported": Q(matter=Matter.CONTENT, report_count__gt=0),
        "held": Q(matter=Matter.CONTENT, is_held=True),
        "appeals": Q(matter=Matter.APPEAL),
        "votes": Q(matter=Matter.VOTES),
    }[name]


class CaseQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(closed_at__isnull=True)

    def seen_as(self, view: str):
        return self.filter(view_of(view))

    def in_turn(self):
        """The oldest urgent one first."""
        return self.order_by("-is_urgent", "opened_at", "id")

    def counts(self) -> dict[str, int]:
        """Waiting cases by view, in one query."""
        return self.waiting().aggregate(**{name: Count("pk", filter=view_of(name)) for name in VIEWS})
