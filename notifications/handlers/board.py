"""Who hears that a quarter is published: one message to each person, whatever the number of their ideas in it.

The people of one decided idea hear of its step; of several, of all of them together; everyone else of the minutes.
"""

from collections import defaultdict
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from board.events import QuarterPublished
from core.events import handles, job, later
from core.models import Event
from ideas.domain.following import audience_of
from ideas.models import Idea, IdeaMove
from ideas.states import Visibility
from members.models import Member

from ..domain.telling import CHUNK, News, tell, tell_each
from ..states import Topic
from .ideas import news_of, standing, when_it_stands, who_hears


@handles(QuarterPublished)
def on_published(event: QuarterPublished, *, event_id: UUID) -> None:
    tell_quarter(event.quarter_id, str(event_id))
    if event.move_ids:
        later(tell_decisions, event.quarter_id, str(event_id), after=when_it_stands(timezone.now()))


@job
def tell_quarter(quarter_id: int, event_id: str, after: int = 0) -> None:
    """Members who are not of the bank's staff, less those whom a move of this very publication tells."""
    row, told = Event.objects.get(pk=event_id), set()
    for idea in Idea.objects.filter(pk__in=row.payload["idea_ids"], visibility=Visibility.PUBLIC):
        told.update(audience_of(idea).values_list("pk", flat=True))
    news = News("quarter_published", Topic.NEWS, f"quarter:{quarter_id}", "quarter", quarter_id, event_id=event_id)
    if more := tell(Member.objects.living().community(), news, after=after, but=told):
        later(tell_quarter, quarter_id, event_id, more)


@job
def tell_decisions(quarter_id: int, event_id: str, after: int = 0) -> None:
    """The people of the ideas that were decided, a chunk at a time: some queries per idea, none per person."""
    keys = Event.objects.get(pk=event_id).payload["move_ids"]
    moves = IdeaMove.objects.select_related("idea__merged_into").filter(pk__in=keys, undone_at__isnull=True)
    steps = [_step(move, event_id) for move in moves if move.idea.visibility == Visibility.PUBLIC]
    anyone = Q(pk__in=())
    for step in steps:
        anyone |= Q(pk__in=audience_of(step.idea).order_by().values("pk"))
    members = Member.objects.living().filter(anyone, pk__gt=after).order_by("pk")
    chunk = list(members.values_list("pk", flat=True)[:CHUNK])
    if not chunk:
        return
    hears: dict[int, list[Step]] = defaultdict(list)
    for step in steps:
        for member_id in who_hears(step.move, step.idea).filter(pk__in=chunk).values_list("pk", flat=True):
            hears[member_id].append(step)
    tell_each({member_id: _news(quarter_id, member_id, some, event_id) for member_id, some in hears.items()})
    if len(chunk) == CHUNK:
        later(tell_decisions, quarter_id, event_id, chunk[-1])


class Step(NamedTuple):
    """A decided idea's step, the idea that stands for it, and what would be told of it alone."""

    move: IdeaMove
    idea: Idea
    news: News


def _step(move: IdeaMove, event_id: Any) -> Step:
    idea = standing(move.idea)
    return Step(move, idea, news_of(move, idea, event_id))


def _news(quarter_id: int, member_id: int, steps: list[Step], event_id: Any) -> News:
    if len(steps) == 1:
        return steps[0].news
    mine = any(member_id in step.news.mine for step in steps)
    topic = Topic.MY_IDEA if mine else Topic.FOLLOWED_IDEA
    payload = {"moves": [step.move.pk for step in steps]}
    return News("quarter_decisions", topic, f"quarter:{quarter_id}", "quarter", quarter_id, payload, event_id=event_id)
