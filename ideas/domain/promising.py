"""The promise: an idea past so many votes gets an official answer within so many days.

The figures are the theme's own, or the house's (LAB["PROMISE_VOTES"], LAB["PROMISE_DAYS"]). The clock is started by a job,
not by each vote: a vote stays one insert and one update. A clock that runs keeps the day it was given, whatever the figures
become. An answer stops it (`answer_officially`) and keeps the date it was due, so that kept promises can be counted.
"""

from collections import defaultdict
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import Invalid, require
from core.events import publish
from core.schedule import every

from ..events import PromiseChanged
from ..models import Category, Idea
from ..permissions import can_answer, can_triage
from ..states import AWAITING, Visibility

FIGURES = ("promise_votes", "promise_days", "owner_percent", "manager_percent")
LIMITS = {"promise_votes": 100_000, "promise_days": 365, "owner_percent": 100, "manager_percent": 400}
Figures = dict[str, int | None]


@every(minutes=5)
def start_promises() -> int:
    """Set the day by which each idea that has just passed its theme's number of votes is answered; how many."""
    now, themes = timezone.now(), defaultdict(list)
    for category in Category.objects.all():
        themes[category.promise[:2]].append(category.pk)
    started = 0
    for (votes, days), keys in themes.items():  # one update for each pair of figures in force, mostly one in all
        started += Idea.objects.filter(
            visibility=Visibility.PUBLIC,
            state__in=AWAITING,
            category__in=keys,
            vote_score__gte=votes,
            answered_at__isnull=True,
            promise_due_at__isnull=True,
        ).update(promise_due_at=now + timedelta(days=days), promise_started_at=now)
    return started


def set_promise(category: Category, *, by: Any, manager: Any = None, **figures: int | None) -> Category:
    """Give a theme figures of its own, and its owner's manager; None stands for the house's figure.

    They hold for clocks that start from now on. Raises NotAllowed, Invalid (`out_of_range`, `owner_after_manager`,
    `cannot_answer`).
    """
    require(can_triage(by))
    wanted: Figures = {name: figures.get(name) for name in FIGURES}
    _check(wanted)
    if manager is not None and not can_answer(manager):
        raise Invalid(_("Choose a colleague who may answer."), code="cannot_answer", field="manager")
    with transaction.atomic():
        category = Category.objects.select_for_update().get(pk=category.pk)
        before = {name: getattr(category, name) for name in FIGURES} | {"manager": category.manager_id}
        after = wanted | {"manager": getattr(manager, "pk", None)}
        if before == after:
            return category
        for name, value in wanted.items():
            setattr(category, name, value)
        percents = category.promise[2:]
        if percents[0] > percents[1]:
            message = _("The manager cannot be told before the owner.")
            raise Invalid(message, code="owner_after_manager", field="manager_percent")
        category.manager = manager
        category.save(update_fields=[*FIGURES, "manager"])
        publish(PromiseChanged(category.pk, before, after), by=by)
    return category


def _check(figures: Figures) -> None:
    for name, value in figures.items():
        if value is not None and not 1 <= value <= LIMITS[name]:
            message = _("Give a number from 1 to %(most)s, or nothing for the house’s figure.")
            raise Invalid(message % {"most": LIMITS[name]}, code="out_of_range", field=name)
