"""Who hears of complaints: the person, always and at once; the bank's team of clocks that ran out."""

from typing import Any
from uuid import UUID

from django.utils import timezone

from complaints.events import (
    ComplaintAcknowledged,
    ComplaintAnswered,
    ComplaintAssigned,
    ComplaintNear,
    ComplaintOpened,
    ComplaintOverdue,
    ComplaintTurnedBack,
)
from complaints.models import Complaint
from complaints.permissions import can_handle
from complaints.states import Clock, State
from core import roles
from core.events import handles, job, later
from core.models import Event
from members.models import Member

from ..domain.telling import News, only, tell
from ..states import Topic
from .ideas import when_it_stands

Course = ComplaintOpened | ComplaintAcknowledged | ComplaintAnswered | ComplaintTurnedBack


KINDS = {
    "ComplaintOpened": "complaint_opened",
    "ComplaintAcknowledged": "complaint_acknowledged",
    "ComplaintAnswered": "complaint_answered",
    "ComplaintTurnedBack": "complaint_turned_back",
}


@handles(ComplaintOpened, ComplaintAcknowledged, ComplaintAnswered, ComplaintTurnedBack)
def on_step(event: Course, *, event_id: UUID) -> None:
    """The person, of each step; that it was opened, once it can no longer be taken back: then, or before the next step."""
    kind, complaint_id = KINDS[type(event).__name__], event.complaint_id
    if isinstance(event, ComplaintOpened):
        later(tell_step, kind, complaint_id, str(event_id), after=when_it_stands(timezone.now()))
        return
    if (
        Complaint.objects.standing()
        .filter(pk=complaint_id)
        .exclude(pk__in=Complaint.objects.told().values("pk"))
        .exists()
    ):
        tell_step(KINDS["ComplaintOpened"], complaint_id, str(event_id))
    tell_step(kind, complaint_id, str(event_id))


@job
def tell_step(kind: str, complaint_id: int, event_id: str) -> None:
    """What was turned back before they heard of it is told as that alone; what was taken back, not at all."""
    complaint = Complaint.objects.filter(pk=complaint_id).first()
    if complaint is None:
        return
    if complaint.state == State.TURNED_BACK and kind != "complaint_turned_back":
        return
    news = News(kind, Topic.COMPLAINT, f"{kind}:{complaint.pk}", "complaint", complaint.pk, event_id=event_id)
    tell(only(complaint.complainant_id), news)


@handles(ComplaintAssigned)
def on_assigned(event: ComplaintAssigned, *, event_id: UUID) -> None:
    """Who is given it, unless they took it themselves."""
    news = News(
        "complaint_assigned", Topic.ALERTS, f"complaint_assigned:{event_id}", "complaint", event.complaint_id,
        event_id=event_id,
    )  # fmt: skip
    tell(only(event.owner_id).exclude(public_id=Event.objects.get(pk=event_id).actor), news)


@handles(ComplaintOverdue)
def on_overdue(event: ComplaintOverdue, *, event_id: UUID) -> None:
    """Who has it in charge; all who handle complaints where nobody has, or where the answer itself is late."""
    complaint = Complaint.objects.select_related("owner").filter(pk=event.complaint_id).first()
    if complaint is None or complaint.state not in (State.OPENED, State.ACKNOWLEDGED):
        return
    alone = _handler(complaint) and event.clock == Clock.ACKNOWLEDGE
    payload = {"clock": event.clock, "day": event.day}
    key = f"complaint_late:{complaint.pk}:{event.clock}:{event.day}"
    news = News("complaint_overdue", Topic.ALERTS, key, "complaint", complaint.pk, payload, event_id=event_id)
    tell(only(complaint.owner_id) if alone else _team(), news)


@handles(ComplaintNear)
def on_near(event: ComplaintNear, *, event_id: UUID) -> None:
    """Who has it in charge, or the team where nobody has; unless it was met meanwhile."""
    complaint = Complaint.objects.select_related("owner").filter(pk=event.complaint_id).first()
    left = complaint.days_left(event.clock, timezone.localdate()) if complaint else None
    if left is None or left < 0:  # met, or late by now: that is told by itself
        return
    key = f"complaint_near:{complaint.pk}:{event.clock}"
    payload = {"clock": event.clock}
    news = News("complaint_near", Topic.ALERTS, key, "complaint", complaint.pk, payload, event_id=event_id)
    tell(only(complaint.owner_id) if _handler(complaint) else _team(), news)


def _handler(complaint: Complaint) -> Member | None:
    """Who has it in charge and may still handle it."""
    return complaint.owner if complaint.owner and can_handle(complaint.owner) else None


def _team() -> Any:
    return Member.objects.living().filter(groups__name__in=(roles.MODERATOR, roles.PRODUCT_OWNER))
