"""Clocks are said before they run out, once, and when they have, every day until they are met.

A complaint that was opened this moment waits for the next run: it may be taken back.
Who hears: who handles the complaint; the whole team where nobody does, or when it is the answer that is late.
"""

from datetime import date

from django.utils import timezone

from core.events import publish
from core.schedule import every

from ..events import ComplaintNear, ComplaintOverdue
from ..models import Alert, Complaint
from ..states import Clock, warning_days


@every(hours=1)
def alert_overdue() -> int:
    """How many clocks were said today for the first time."""
    today, said = timezone.localdate(), 0
    for complaint in Complaint.objects.told().overdue(today).order_by("answer_by", "pk"):
        for clock in Clock.values:
            left = complaint.days_left(clock, today)
            if left is not None and left < 0:
                said += _say(complaint, clock, today)
    return said


def _say(complaint: Complaint, clock: str, today: date) -> int:
    _row, is_new = Alert.objects.get_or_create(complaint=complaint, clock=clock, day=today, is_early=False)
    if is_new:
        publish(ComplaintOverdue(complaint.pk, clock, today.isoformat()))
    return int(is_new)


@every(hours=1)
def alert_near() -> int:
    """How many clocks were said for the first time that end within the days of LAB["COMPLAINT_WARN_…_DAYS"]."""
    today, said = timezone.localdate(), 0
    for complaint in Complaint.objects.told().near(today).order_by("answer_by", "pk"):
        for clock in Clock.values:
            left = complaint.days_left(clock, today)
            if left is not None and 0 <= left <= warning_days(clock) > 0:
                said += _warn(complaint, clock, today)
    return said


def _warn(complaint: Complaint, clock: str, today: date) -> int:
    """Once for each clock, however long it goes on being near."""
    _row, is_new = Alert.objects.get_or_create(complaint=complaint, clock=clock, is_early=True, defaults={"day": today})
    if is_new:
        publish(ComplaintNear(complaint.pk, clock))
    return int(is_new)
