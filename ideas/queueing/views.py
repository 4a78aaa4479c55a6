"""The views that everyone has. An app above adds its own, from its `ready()`:

    from ideas.queueing import View, add_view

    add_view(View("reported", _("Reported"), lambda user, now: Q(Exists(open_reports)), position=75))

`which(user, now)` says which ideas of the queue it holds; a condition that an index serves keeps its count cheap.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import pgettext_lazy

from ..states import State, Visibility

RISK_DAYS = 2  # a promise due within so many days is in danger
RISING_VOTES = 5  # so many new supporters in seven days make an idea rise


@dataclass(frozen=True)
class View:
    """`opens(user)`: whose tab it is; `which` finds nothing for others.

    `beyond_queue`: it holds ideas that await no decision too. `is_bad`: an idea in it is bad news; its count is red.
    """

    name: str
    label: Any
    which: Callable[[Any, datetime], Q]
    position: int = 100
    sort: str = "promise"
    beyond_queue: bool = False
    is_bad: bool = False
    empty: Any = ""
    opens: Callable[[Any], bool] = lambda user: True


_views: dict[str, View] = {}


def add_view(view: View) -> None:
    """Add a view for everyone. Adding it again replaces it, so that `ready()` may run twice."""
    _views[view.name] = view


def known_views() -> dict[str, View]:
    """All of them, in their order."""
    return {view.name: view for view in sorted(_views.values(), key=lambda view: view.position)}


def _shown(user: Any, now: datetime) -> Q:
    """What the public sees: a wave of held spam stands in its own view and does not bury what awaits an answer."""
    return Q(visibility=Visibility.PUBLIC)


def _held(user: Any, now: datetime) -> Q:
    return Q(visibility__in=(Visibility.HELD, Visibility.HIDDEN))


for _view in (
    View("all", pgettext_lazy("triage view", "All"), _shown, 10),
    View(
        "urgent", pgettext_lazy("triage view", "Urgent"), lambda user, now: Q(urgent_since__isnull=False), 15, is_bad=True
    ),
    View("new", pgettext_lazy("triage view", "New"), lambda user, now: _shown(user, now) & Q(state=State.NEW), 20),
    View(
        "risk", pgettext_lazy("triage view", "Promise at risk"),
        lambda user, now: Q(promise_due_at__lt=now + timedelta(days=RISK_DAYS)), 30, is_bad=True,
        empty=pgettext_lazy("triage view", "Every answer due in the next two days has been given."),
    ),
    View(
        "mine", pgettext_lazy("triage view", "Mine"), lambda user, now: Q(assignee_id=user.pk), 40,
        empty=pgettext_lazy("triage view", "No idea is in your hands. Take one from those that are nobody’s."),
    ),
    View(
        "unassigned", pgettext_lazy("triage view", "Nobody’s"),
        lambda user, now: _shown(user, now) & Q(assignee__isnull=True), 50,
    ),
    View(
        "rising", pgettext_lazy("triage view", "Rising"), lambda user, now: Q(votes_7d__gte=RISING_VOTES), 60,
        sort="growth",
        empty=pgettext_lazy("triage view", "No idea has won five supporters in the last seven days."),
    ),
    View(
        "unanswered", pgettext_lazy("triage view", "Unanswered"),
        lambda user, now: _shown(user, now) & Q(answered_at__isnull=True), 70,
    ),
    View(
        "held", pgettext_lazy("triage view", "Held or hidden"), _held, 80, beyond_queue=True,
        empty=pgettext_lazy("triage view", "No idea is held or hidden."),
    ),
    View(
        "staff", pgettext_lazy("triage view", "Backed by staff"), lambda user, now: Q(staff_votes__gt=0), 90, sort="staff",
        empty=pgettext_lazy("triage view", "No colleague supports an idea of the queue."),
    ),
):  # fmt: skip
    add_view(_view)
