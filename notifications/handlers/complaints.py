"""Who hears of complaints: the person, always and at once; the bank's team of clocks that ran out."""

from uuid import UUID

from complaints.events import (
    ComplaintAcknowledged,
    ComplaintAnswered,
    ComplaintAssigned,
    ComplaintOpened,
    ComplaintOverdue,
)
from complaints.models import Complaint
from complaints.states import Clock, State
from core import roles
from core.events import handles
from core.models import Event
from members.models import Member

from ..domain.telling import News, only, tell
from ..states import Topic


@handles(ComplaintOpened, ComplaintAcknowledged, ComplaintAnswered)
def on_step(event: ComplaintOpened | ComplaintAcknowledged | ComplaintAnswered, *, event_id: UUID) -> None:
    complaint = Complaint.objects.get(pk=event.complaint_id)
    kind = {
        "ComplaintOpened": "complaint_opened",
        "ComplaintAcknowledged": "complaint_acknowledged",
        "ComplaintAnswered": "complaint_answered",
    }[type(event).__name__]
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
    complaint = Complaint.objects.select_related("owner").get(pk=event.complaint_id)
    if complaint.state not in (State.OPENED, State.ACKNOWLEDGED):
        return
    alone = complaint.owner and complaint.owner.is_active and event.clock == Clock.ACKNOWLEDGE
    team = Member.objects.living().filter(groups__name__in=(roles.MODERATOR, roles.PRODUCT_OWNER))
    payload = {"clock": event.clock, "day": event.day}
    key = f"complaint_late:{complaint.pk}:{event.clock}:{event.day}"
    news = News("complaint_overdue", Topic.ALERTS, key, "complaint", complaint.pk, payload, event_id=event_id)
    tell(only(complaint.owner_id) if alone else team, news)
