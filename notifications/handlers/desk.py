"""Who hears of what staff do with ideas beside their path: experts asked, ideas filed elsewhere, merges parted."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from core.events import handles, job, later
from ideas.domain.following import audience_of
from ideas.events import ExpertAnswered, ExpertAsked, IdeaFiled, IdeaUnmerged
from ideas.models import Deed, Idea, IdeaMove, Routing
from ideas.states import Doing, State, Visibility

from ..domain.telling import News, only, tell
from ..states import Topic


def _when_it_stands() -> Any:
    """After the seconds of undo and a second more."""
    return timezone.now() + timedelta(seconds=settings.LAB["UNDO_SECONDS"] + 1)


@handles(ExpertAsked)
def on_asked(event: ExpertAsked, *, event_id: UUID) -> None:
    later(tell_expert, event.routing_id, str(event_id), after=_when_it_stands())


@job
def tell_expert(routing_id: int, event_id: str) -> None:
    """The expert alone, if the question still waits; not who put it to themselves."""
    routing = Routing.objects.open().filter(pk=routing_id).first()
    if routing:
        key, payload = f"routing:{routing.pk}:asked", {"routing": routing.pk}
        news = News("expert_asked", Topic.DESK, key, "idea", routing.idea_id, payload, event_id=event_id)
        tell(only(routing.expert_id).exclude(pk=routing.asked_by_id), news)


@handles(ExpertAnswered)
def on_advised(event: ExpertAnswered, *, event_id: UUID) -> None:
    later(tell_asker, event.routing_id, str(event_id), after=_when_it_stands())


@job
def tell_asker(routing_id: int, event_id: str) -> None:
    """Who asked, if the answer still stands."""
    routing = Routing.objects.filter(pk=routing_id, answered_at__isnull=False).first()
    if routing:
        key, payload = f"routing:{routing.pk}:answered", {"routing": routing.pk}
        news = News("expert_answered", Topic.DESK, key, "idea", routing.idea_id, payload, event_id=event_id)
        tell(only(routing.asked_by_id), news)


@handles(IdeaFiled)
def on_filed(event: IdeaFiled, *, event_id: UUID) -> None:
    if event.is_silent:
        return
    later(tell_filed, event.deed_id, str(event_id), after=_when_it_stands())


@job
def tell_filed(deed_id: int, event_id: str) -> None:
    """Its author, and the new theme's owner, as of an idea that is posted there; nobody, where it was done in silence."""
    deeds = Deed.objects.select_related("idea__category").filter(
        kind=Doing.CATEGORY, undone_at__isnull=True, is_silent=False
    )
    deed = deeds.filter(pk=deed_id).first()
    if not deed or deed.idea.category_id != deed.before["after"] or deed.idea.visibility != Visibility.PUBLIC:
        return
    idea, owner = deed.idea, deed.idea.category.owner_id
    if idea.author_id != deed.by_id:
        payload = {"deed": deed.pk}
        news = News("idea_filed", Topic.MY_IDEA, f"deed:{deed.pk}", "idea", idea.pk, payload, event_id=event_id)
        tell(only(idea.author_id), news)
    if owner and owner not in (idea.author_id, deed.by_id):
        news = News("idea_posted", Topic.DESK, f"deed:{deed.pk}:owner", "idea", idea.pk, event_id=event_id)
        tell(only(owner), news)


@handles(IdeaUnmerged)
def on_unmerged(event: IdeaUnmerged, *, event_id: UUID) -> None:
    if event.move_id and not event.is_silent:
        later(tell_unmerged, event.move_id, str(event_id), after=_when_it_stands())


@job
def tell_unmerged(move_id: int, event_id: str, after: int = 0) -> None:
    """The people of the idea that stands alone again; those of the other one lose nothing and hear nothing."""
    moves = IdeaMove.objects.select_related("idea").filter(from_state=State.MERGED, undone_at__isnull=True)
    move = moves.filter(pk=move_id).first()
    if not move or move.idea.visibility != Visibility.PUBLIC:
        return
    idea: Idea = move.idea
    news = News(
        "idea_unmerged", Topic.FOLLOWED_IDEA, f"move:{move.pk}", "idea", idea.pk, {"move": move.pk},
        frozenset({idea.author_id}), Topic.MY_IDEA, event_id,
    )  # fmt: skip
    if more := tell(audience_of(idea).exclude(pk=move.by_id), news, after=after):
        later(tell_unmerged, move_id, event_id, more)
