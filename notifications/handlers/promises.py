"""Who at the bank hears of a promise that runs out and of an urgent idea: each once."""

from uuid import UUID

from core.events import handles
from core.roles import MODERATOR
from ideas.events import IdeaRaised, PromiseEscalated
from ideas.models import Escalation, Idea, Urgency
from members.models import Member

from ..domain.telling import News, only, tell
from ..states import Topic


@handles(PromiseEscalated)
def on_escalated(event: PromiseEscalated, *, event_id: UUID) -> None:
    step = Escalation.objects.select_related("idea").get(pk=event.escalation_id)
    if step.idea.answered_at:
        return  # answered while this waited
    payload = {"level": step.level, "due": step.due_at.isoformat()}
    key = f"escalated:{step.pk}"
    tell(
        only(step.to_id), News("promise_escalated", Topic.ALERTS, key, "idea", step.idea_id, payload, event_id=event_id)
    )


@handles(IdeaRaised)
def on_raised(event: IdeaRaised, *, event_id: UUID) -> None:
    """Who has it in hand and the theme's owner; every moderator where it has neither."""
    urgency = Urgency.objects.get(pk=event.urgency_id)
    if urgency.lifted_at:
        return
    idea = Idea.objects.select_related("category").get(pk=event.idea_id)
    audience = only(idea.assignee_id, idea.category.owner_id)
    if not audience.living().exists():
        audience = Member.objects.living().filter(groups__name=MODERATOR)
    payload = {"by_words": urgency.by_id is None}
    news = News("idea_urgent", Topic.ALERTS, f"urgent:{urgency.pk}", "idea", idea.pk, payload, event_id=event_id)
    tell(audience.exclude(pk=urgency.by_id) if urgency.by_id else audience, news)
