"""The desk's list of complaints, by view."""

from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from .models import Complaint

VIEWS = {
    "open": pgettext_lazy("complaints view", "Unanswered"),
    "near": pgettext_lazy("complaints view", "Near the limit"),
    "overdue": pgettext_lazy("complaints view", "Late"),
    "mine": pgettext_lazy("complaints view", "Mine"),
    "all": pgettext_lazy("complaints view", "All"),
}


def rows_of(view: str, user: Any):
    """The complaints of a view, those due first; an unknown view is the unanswered ones."""
    rows, today = Complaint.objects.with_people().order_by("answer_by", "id"), timezone.localdate()
    if view == "all":
        return rows.order_by("-received_at", "-id")
    if view == "overdue":
        return rows.overdue(today)
    if view == "near":
        return rows.near(today)
    if view == "mine":
        return rows.unanswered().filter(owner=user)
    return rows.unanswered()


def counts_of(user: Any) -> dict[str, int]:
    """How many stand in each view but "all", in one query."""
    today = timezone.localdate()
    late, near = Complaint.objects.overdue(today), Complaint.objects.near(today)
    return Complaint.objects.unanswered().aggregate(
        open=Count("pk"),
        near=Count("pk", filter=Q(pk__in=near.values("pk"))),
        overdue=Count("pk", filter=Q(pk__in=late.values("pk"))),
        mine=Count("pk", filter=Q(owner=user)),
    )
