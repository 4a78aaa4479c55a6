"""Who hears that an author took an idea back: those who supported, followed or commented on it. Its text is not in the news."""

from uuid import UUID

from core.events import handles, job, later
from ideas.domain.following import audience_of
from ideas.events import IdeaWithdrawn
from ideas.models import Idea

from ..domain.telling import News, tell
from ..states import Topic


@handles(IdeaWithdrawn)
def on_withdrawal(event: IdeaWithdrawn, *, event_id: UUID) -> None:
    if event.was_public:
        tell_withdrawal(event.idea_id, str(event_id))


@job
def tell_withdrawal(idea_id: int, event_id: str, after: int = 0) -> None:
    idea = Idea.objects.select_related("withdrawal").get(pk=idea_id)
    news = News(
        "idea_withdrawn", Topic.FOLLOWED_IDEA, f"idea:{idea.pk}:withdrawn", "idea", idea.pk,
        {"reason": idea.withdrawal.reason}, event_id=event_id,
    )  # fmt: skip
    if more := tell(audience_of(idea).exclude(pk=idea.author_id), news, after=after):
        later(tell_withdrawal, idea_id, event_id, more)
