"""Who hears of circles: those who are asked in."""

from uuid import UUID

from core.events import handles
from members.events import CircleInvited
from members.models import CircleMember
from members.states import Joining

from ..domain.telling import News, only, tell
from ..states import Topic


@handles(CircleInvited)
def on_invited(event: CircleInvited, *, event_id: UUID) -> None:
    row = CircleMember.objects.filter(
        circle=event.circle_id, member=event.member_id, joining=Joining.INVITED, circle__closed_at__isnull=True
    ).first()
    if row:
        key = f"circle:{event.circle_id}:{event.member_id}:{row.at.timestamp():.0f}"
        tell(
            only(event.member_id),
            News("circle_invited", Topic.CIRCLES, key, "circle", event.circle_id, event_id=event_id),
        )
