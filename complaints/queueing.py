"""What complaints add to the triage queue: ideas with one near its limit or past it. For who handles them; auditors read."""

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from ideas.queueing import View, add_view

from .models import Complaint
from .permissions import can_read_complaints


def _pressing(user: Any, now: datetime) -> Q:
    """The idea itself or one of its comments; nothing for who does not know of complaints."""
    if not can_read_complaints(user):
        return Q(pk__in=[])
    pressing = Complaint.objects.pressing(timezone.localdate(now)).filter(idea__isnull=False)
    return Q(pk__in=pressing.order_by().values("idea"))


def add_complaints_view() -> None:
    add_view(
        View(
            "complaints", pgettext_lazy("triage view", "Complaints to answer soon"), _pressing, 77, beyond_queue=True, is_bad=True,
            empty=pgettext_lazy("triage view", "No complaint is near its limit."), opens=can_read_complaints,
        )
    )  # fmt: skip
