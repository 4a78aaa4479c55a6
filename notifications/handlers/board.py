"""Who hears that a quarter is published. The people of its ideas hear of each idea by its move, and not twice of the day."""

from uuid import UUID

from board.events import QuarterPublished
from core.events import handles, job, later
from core.models import Event
from ideas.domain.following import audience_of
from ideas.models import Idea
from ideas.states import Visibility
from members.models import Member

from ..domain.telling import News, tell
from ..states import Topic


@handles(QuarterPublished)
def on_published(event: QuarterPublished, *, event_id: UUID) -> None:
    tell_quarter(event.quarter_id, str(event_id))


@job
def tell_quarter(quarter_id: int, event_id: str, after: int = 0) -> None:
    """Members who are not of the bank's staff, less those whom a move of this very publication tells."""
    row, told = Event.objects.get(pk=event_id), set()
    for idea in Idea.objects.filter(pk__in=row.payload["idea_ids"], visibility=Visibility.PUBLIC):
        told.update(audience_of(idea).values_list("pk", flat=True))
    news = News("quarter_published", Topic.NEWS, f"quarter:{quarter_id}", "quarter", quarter_id, event_id=event_id)
    if more := tell(Member.objects.living().community(), news, after=after, but=told):
        later(tell_quarter, quarter_id, event_id, more)
