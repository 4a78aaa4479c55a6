"""Who at the bank hears of a promise that runs out and of an urgent idea: each once."""

from uuid import UUID

from core.events import handles, job, later
from core.models import Event
from ideas.domain.urgency import heard_of
from ideas.events import IdeaRaised, PromiseEscalated, UrgencyUndone
from ideas.models import Escalation, Urgency

from ..domain.telling import News, only, tell
from ..states import Topic
from .ideas import when_it_stands


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
    """At once where words raised it; what a colleague did can be taken back for some seconds, and is told after them."""
    urgency = Urgency.objects.filter(pk=event.urgency_id).first()
    if urgency is None or event.is_silent:
        return
    if urgency.by_id:
        later(tell_urgent, urgency.pk, str(event_id), after=when_it_stands(urgency.at))
    else:
        tell_urgent(urgency.pk, str(event_id))


@handles(UrgencyUndone)
def on_urgent_after_all(event: UrgencyUndone, *, event_id: UUID) -> None:
    """It was back in line for some seconds: who would have heard of it meanwhile hears now, the others not twice."""
    if event.was == "calmed" and not _is_silent(event.urgency_id):
        tell_urgent(event.urgency_id, str(event_id))


def _is_silent(urgency_id: int) -> bool:
    """Whether who put it first told nobody."""
    return Event.objects.filter(
        name=IdeaRaised.__name__, payload__urgency_id=urgency_id, payload__is_silent=True
    ).exists()


@job
def tell_urgent(urgency_id: int, event_id: str) -> None:
    """Not once it is back in line."""
    urgency = Urgency.objects.select_related("idea__category").filter(pk=urgency_id, lifted_at__isnull=True).first()
    if urgency is None:
        return
    payload = {"by_words": urgency.by_id is None}
    key = f"urgent:{urgency.pk}"
    news = News("idea_urgent", Topic.ALERTS, key, "idea", urgency.idea_id, payload, event_id=event_id)
    tell(heard_of(urgency), news)
