"""Named reads of the moderation queue."""

from django.db import models
from django.db.models import Count, Q

from members.domain.naming import skeleton

from .states import Matter, Measure

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

    def by_author(self, name: str):
        """Cases about what someone of that name wrote: any part of it, as the eye reads it, so that who imitates is found too."""
        part, rows = skeleton(name), self.filter(author__isnull=False).order_by()
        names = rows.values_list("author_id", "author__nickname").distinct()
        return self.filter(author__in=[pk for pk, nickname in names if part and part in skeleton(nickname)])

    def in_turn(self):
        """The oldest urgent one first."""
        return self.order_by("-is_urgent", "opened_at", "id")

    def counts(self) -> dict[str, int]:
        """Waiting cases by view, in one query."""
        return self.waiting().aggregate(**{name: Count("pk", filter=view_of(name)) for name in VIEWS})


class StatementQuerySet(models.QuerySet):
    def standing(self):
        """But for those that were taken back within the seconds of undo."""
        return self.filter(undone_at__isnull=True)

    def told_to(self, member):
        """What a member reads about them. That a report changed nothing stays between the bank and who reported (DSA 16, 17)."""
        return self.standing().filter(member=member).exclude(measure=Measure.KEPT)
