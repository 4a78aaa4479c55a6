"""A promise that runs out is taken to the theme's owner, then to their manager: each is told once of each promise.

When: at the theme's shares of the time given (70 % and 100 % unless set otherwise). Who: the owner; where there is none,
the manager, so that somebody is. A step without anyone to tell waits until the theme has someone.
"""

from datetime import datetime
from typing import Any

from django.db.models import F, Q
from django.utils import timezone

from core.events import publish
from core.schedule import every

from ..events import PromiseEscalated
from ..models import Escalation, Idea
from ..permissions import can_answer
from ..states import AWAITING, Escalated, Visibility


@every(minutes=15)
def escalate_promises() -> int:
    """Tell who has to be told by now; how many were."""
    now, told = timezone.now(), 0
    running = list(_running())
    done, told_before = _steps_of([idea.pk for idea in running])
    for idea in running:
        for level in reached(idea, now):
            if (idea.pk, level) in done or not (to := _whom(idea, level)):
                continue
            if (idea.pk, level, to.pk) not in told_before:
                told += _escalate(idea, level, to)
    return told


def _running() -> Any:
    """Promises that are not kept yet, of ideas that the public sees."""
    ideas = Idea.objects.filter(promise_due_at__isnull=False, answered_at__isnull=True)
    ideas = ideas.filter(state__in=AWAITING, visibility=Visibility.PUBLIC).defer("body")
    return ideas.select_related("category__owner", "category__manager").order_by("promise_due_at", "pk")


def _steps_of(keys: list[int]) -> tuple[set, set]:
    """The steps that these promises had: (idea, level); and (idea, level, who was told) of those that came with a merged idea."""
    known = Escalation.objects.filter(due_at=F("idea__promise_due_at"))
    carried = Q(idea__merged_into__in=keys, due_at=F("idea__merged_into__promise_due_at"))
    rows = known.filter(Q(idea__in=keys) | carried).values_list("idea_id", "idea__merged_into_id", "level", "to_id")
    steps = list(rows)
    done = {(idea, level) for idea, into, level, _to in steps if not into}
    return done, {(into, level, to) for _idea, into, level, to in steps if into}


def reached(idea: Idea, now: datetime) -> list[str]:
    """The steps whose moment has come for a running promise."""
    start, whole = idea.promise_start, idea.promise_due_at - idea.promise_start
    _votes, _days, owner, manager = idea.category.promise
    moments = {Escalated.OWNER: start + whole * owner / 100, Escalated.MANAGER: start + whole * manager / 100}
    return [level for level, moment in moments.items() if moment <= now]


def _whom(idea: Idea, level: str) -> Any:
    theme = idea.category
    people = (theme.owner, theme.manager) if level == Escalated.OWNER else (theme.manager, theme.owner)
    return next((person for person in people if person and can_answer(person)), None)


def _escalate(idea: Idea, level: str, to: Any) -> int:
    """Write and tell; 0 if somebody else just did. The worker's job is one transaction, so both stay or neither."""
    row, is_new = Escalation.objects.get_or_create(
        idea=idea, level=level, due_at=idea.promise_due_at, defaults={"to": to}
    )
    if is_new:
        publish(PromiseEscalated(idea.pk, row.pk))
    return int(is_new)
