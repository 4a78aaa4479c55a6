"""Named reads of complaints."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .states import UNANSWERED, Clock, State, warning_days


class ComplaintQuerySet(models.QuerySet):
    def of_member(self, member):
        """Those of a person: they alone read them on the site."""
        return self.filter(complainant=member)

    def with_source(self):
        """With the text each comes from, and the idea or poll where it stands."""
        return self.select_related("idea", "comment", "remark__poll")

    def with_people(self):
        return (
            self.with_source()
            .select_related("complainant", "owner")
            .defer("idea__body", "complainant__password", "owner__password")
        )

    def unanswered(self):
        return self.filter(state__in=UNANSWERED)

    def told(self):
        """Those that can no longer be taken back as if they had never been: their people have heard."""
        return self.filter(opened_at__lt=timezone.now() - timedelta(seconds=settings.LAB["UNDO_SECONDS"] + 1))

    def overdue(self, today: date):
        """A clock ran out: that of the acknowledgement, or that of the answer."""
        late = Q(state=State.OPENED, acknowledge_by__lt=today) | Q(state__in=UNANSWERED, answer_by__lt=today)
        return self.filter(late)

    def near(self, today: date):
        """A clock runs out within the days in which it is warned of; today at least."""
        first, last = (today + timedelta(days=warning_days(clock)) for clock in (Clock.ACKNOWLEDGE, Clock.ANSWER))
        return self.filter(
            Q(state=State.OPENED, acknowledge_by__range=(today, first))
            | Q(state__in=UNANSWERED, answer_by__range=(today, last))
        )

    def pressing(self, today: date):
        """Near their limit, or past it."""
        return self.near(today) | self.overdue(today)

    def standing(self):
        """All but those that were opened by mistake."""
        return self.exclude(state=State.TURNED_BACK)

    def ended_by(self, day: date):
        """The last word was said on that day or before."""
        return self.exclude(state__in=UNANSWERED).filter(
            Q(closed_at__date__lte=day)
            | Q(closed_at=None, answered_at__date__lte=day)
            | Q(closed_at=None, answered_at=None, turned_back_at__date__lte=day)
        )
