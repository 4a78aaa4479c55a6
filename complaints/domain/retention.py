"""How long a complaint's file is kept once it has ended, and its going.

Ground: while the person may still sue, the bank has to be able to show what it received, when, and what it answered (GDPR 6.1 c and
f, 17.3 e). That is five years in ordinary law (Code civil, art. 2224), from the last thing that was said: the answer, the filing,
or the turning back. `LAB["COMPLAINT_KEEP_YEARS"]` says another duration; 0 never ends a file by itself.
"""

from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from core.events import publish
from core.schedule import every

from ..events import ComplaintPurged
from ..models import Complaint
from .deadlines import local_day

CHUNK = 200


def ended_at(complaint: Complaint) -> datetime | None:
    """When the last word was said; None while the bank owes one."""
    return complaint.closed_at or complaint.answered_at or complaint.turned_back_at


def kept_until(complaint: Complaint) -> date | None:
    """The day on which the file goes; None while it is open, or where files stay."""
    end, years = ended_at(complaint), settings.LAB["COMPLAINT_KEEP_YEARS"]
    return local_day(end) + relativedelta(years=years) if end and years else None


@every(hours=24)
def purge_old_complaints() -> int:
    """Delete the files whose time is over: letters, reasons, steps and alerts, a chunk a run. How many went.

    The record of events keeps that each one was, by key, and nothing of whom or of what. The idea or comment is not touched.
    """
    years = settings.LAB["COMPLAINT_KEEP_YEARS"]
    if not years:
        return 0
    last = timezone.localdate() - relativedelta(years=years) + timedelta(days=1)  # leap years: _purge counts exactly
    gone = 0
    for complaint in Complaint.objects.ended_by(last).order_by("pk")[:CHUNK]:
        gone += _purge(complaint)
    return gone


@transaction.atomic
def _purge(complaint: Complaint) -> int:
    row = Complaint.objects.select_for_update().filter(pk=complaint.pk).first()
    until = kept_until(row) if row else None
    if not until or until > timezone.localdate():
        return 0
    publish(ComplaintPurged(row.pk, row.state))
    row.delete()
    return 1
