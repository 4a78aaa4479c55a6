"""The promise: an idea past LAB["PROMISE_VOTES"] gets an official answer within LAB["PROMISE_DAYS"].

The clock is started by a job, not by each vote: a vote stays one insert and one update. An answer stops it
(`answer_officially`) and keeps the date it was due, so that kept promises can be counted.
"""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from core.schedule import every

from ..models import Idea
from ..states import AWAITING, Visibility


@every(minutes=5)
def start_promises() -> int:
    """Set the day by which each idea that has just passed the number of votes is answered; how many."""
    due = timezone.now() + timedelta(days=settings.LAB["PROMISE_DAYS"])
    return Idea.objects.filter(
        visibility=Visibility.PUBLIC,
        state__in=AWAITING,
        vote_score__gte=settings.LAB["PROMISE_VOTES"],
        answered_at__isnull=True,
        promise_due_at__isnull=True,
    ).update(promise_due_at=due)
