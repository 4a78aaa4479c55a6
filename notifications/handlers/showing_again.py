"""What the bank decided and answered while an idea was not shown is told once it is shown again: nobody was told before."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from core.events import handles, job, later
from ideas.events import IdeaRestored, IdeaSightUndone
from ideas.models import Idea, IdeaMove, Moderation, OfficialAnswer
from ideas.states import State, Visibility

from .ideas import is_told_together, tell_answer, tell_move, when_it_stands

# What was made just before it was taken away could not be told either; told twice is nothing.
SLACK = timedelta(minutes=1)


@handles(IdeaRestored)
def on_restored(event: IdeaRestored, *, event_id: UUID) -> None:
    _later(event.idea_id, event_id, _taken_away_at(event.idea_id))


@handles(IdeaSightUndone)
def on_sight_undone(event: IdeaSightUndone, *, event_id: UUID) -> None:
    if event.to_visibility == Visibility.PUBLIC:
        _later(event.idea_id, event_id, timezone.now() - timedelta(seconds=settings.LAB["UNDO_SECONDS"]))


def _taken_away_at(idea_id: int) -> datetime:
    """When it was last public; of an idea that was held since it was posted, when that was."""
    steps = Moderation.objects.filter(idea=idea_id, before=Visibility.PUBLIC).order_by("-id")
    return steps.values_list("at", flat=True).first() or Idea.objects.values_list("created_at", flat=True).get(
        pk=idea_id
    )


def _later(idea_id: int, event_id: UUID, since: datetime) -> None:
    early = timedelta(seconds=settings.LAB["UNDO_SECONDS"]) + SLACK
    later(tell_what_waits, idea_id, str(event_id), (since - early).isoformat(), after=when_it_stands(timezone.now()))


@job
def tell_what_waits(idea_id: int, event_id: str, since: str) -> None:
    """Each by its own job, which asks everything again; who has heard of it already hears nothing."""
    at = {"idea": idea_id, "undone_at__isnull": True, "is_silent": False, "at__gte": datetime.fromisoformat(since)}
    for move in IdeaMove.objects.filter(**at).exclude(to_state=State.MERGED).order_by("id"):
        if not is_told_together(move):
            later(tell_move, move.pk, event_id, after=when_it_stands(move.at))
    for answer in OfficialAnswer.objects.filter(**at).order_by("id"):
        later(tell_answer, answer.pk, event_id, after=when_it_stands(answer.at))
