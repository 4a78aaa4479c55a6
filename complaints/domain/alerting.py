"""Clocks that ran out are said every day, once, until they are met: to who handles the complaint, or to the whole team."""

from datetime import date

from django.utils import timezone

from core.events import publish
from core.schedule import every

from ..events import ComplaintOverdue
from ..models import Alert, Complaint
from ..states import Clock


@every(hours=1)
def alert_overdue() -> int:
    """How many clocks were said today for the first time."""
    today, said = timezone.localdate(), 0
    for complaint in Complaint.objects.overdue(today).order_by("answer_by", "pk"):
        for clock in Clock.values:
            left = complaint.days_left(clock, today)
            if left is not None and left < 0:
                said += _say(complaint, clock, today)
    return said


def _say(complaint: Complaint, clock: str, today: date) -> int:
    _row, is_new = Alert.objects.get_or_create(complaint=complaint, clock=clock, day=today)
    if is_new:
        publish(ComplaintOverdue(complaint.pk, clock, today.isoformat()))
    return int(is_new)
