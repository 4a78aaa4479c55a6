"""The live figures of the home page: since the year began, and counted at most once every five minutes."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.db.models import Avg, Count, DateTimeField, ExpressionWrapper, F, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from ideas.models import Idea, IdeaMove, OfficialAnswer
from ideas.states import State, Visibility
from members.models import Member

KEPT_SECONDS = 300
OF_ALL = {
    "idea__visibility": Visibility.PUBLIC,
    "idea__circle__isnull": True,
}  # everyone may check what is counted here


@dataclass(frozen=True)
class Figures:
    """People who are members, and how many of them are not customers; ideas of the year and what became of them."""

    members: int
    prospects: int
    posted: int
    answered: int
    answer_days: int | None
    at_board: int
    delivered: int
    delivered_ever: int


def figures() -> Figures:
    found = cache.get("home-figures")
    if found is None:
        found = _count()
        cache.set("home-figures", found, KEPT_SECONDS)
    return found


def _count() -> Figures:
    year = timezone.localtime().replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
    people = (
        Member.objects.living().community().aggregate(all=Count("pk"), prospects=Count("pk", filter=Q(kind="prospect")))
    )
    posted = Idea.objects.shown().filter(created_at__gte=year).count()
    answered = OfficialAnswer.objects.filter(**OF_ALL, undone_at__isnull=True, at__gte=year).aggregate(
        ideas=Count("idea", distinct=True), wait=Avg(F("at") - _promised_at(), filter=Q(promise_due_at__isnull=False))
    )
    reached = dict(
        IdeaMove.objects.filter(
            **OF_ALL, undone_at__isnull=True, at__gte=year, to_state__in=[State.CANDIDATE, State.DELIVERED]
        )
        .values_list("to_state")
        .annotate(ideas=Count("idea", distinct=True))
    )
    wait = answered["wait"]  # of the promised answers: how long after the promise began
    return Figures(
        members=people["all"],
        prospects=people["prospects"],
        posted=posted,
        answered=answered["ideas"],
        answer_days=max(1, round(wait / timedelta(days=1))) if wait else None,
        at_board=reached.get(State.CANDIDATE, 0),
        delivered=reached.get(State.DELIVERED, 0),
        delivered_ever=Idea.objects.shown().filter(state=State.DELIVERED).count(),
    )


def _promised_at():
    """When an answer's promise began; older ones only say when it was due."""
    before = F("promise_due_at") - Value(timedelta(days=settings.LAB["PROMISE_DAYS"]))
    return Coalesce("idea__promise_started_at", ExpressionWrapper(before, output_field=DateTimeField()))
