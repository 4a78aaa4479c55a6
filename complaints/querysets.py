"""Named reads of complaints."""

from datetime import date, timedelta

from django.db import models
from django.db.models import Q

from .states import UNANSWERED, State


class ComplaintQuerySet(models.QuerySet):
    def of_member(self, member):
        """Those of a person: they alone read them on the site."""
        return self.filter(complainant=member)

    def with_people(self):
        return self.select_related("idea", "comment", "complainant", "owner").defer(
            "idea__body", "complainant__password", "owner__password"
        )

    def unanswered(self):
        return self.filter(state__in=UNANSWERED)

    def overdue(self, today: date):
        """A clock ran out: that of the acknowledgement, or that of the answer."""
        late = Q(state=State.OPENED, acknowledge_by__lt=today) | Q(state__in=UNANSWERED, answer_by__lt=today)
        return self.filter(late)

    def near(self, today: date, days: int = 3):
        """A clock runs out within so many days."""
        soon = today + timedelta(days=days)
        return self.filter(
            Q(state=State.OPENED, acknowledge_by__range=(today, soon))
            | Q(state__in=UNANSWERED, answer_by__range=(today, soon))
        )
