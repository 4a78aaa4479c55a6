"""The desk's first page: what waits for this person, place by place. Each figure opens what it counts."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component

from betas.models import Programme
from betas.permissions import can_read_desk as can_read_betas
from betas.states import OPEN_STATES
from board.models import Placement, Quarter
from board.permissions import can_read_board
from complaints.models import Complaint
from complaints.permissions import can_handle
from core.desk import url_if_there
from ideas.models import Idea, Routing
from ideas.permissions import can_answer, can_open_desk
from ideas.queueing import Asked, totals
from ideas.states import AWAITING
from polls.models import Poll
from polls.permissions import can_read_studio
from trust.models import Case
from trust.permissions import can_decide


@dataclass(frozen=True)
class Figure:
    """One number and where it leads; `level` is "bad" where somebody waits too long."""

    label: str
    number: Any
    url: str
    icon: str
    level: str = ""


class WaitingPanel(Component):
    """What waits: figures by place, and the promises that come due first."""

    name = "desk_waiting"
    template_name = "desk/_waiting.html"
    order = 10

    def get_context_data(self, parent_context: Any) -> dict:
        user = parent_context["request"].user
        return {"figures": list(_figures(user)), "due": list(_due_first()) if can_open_desk(user) else []}


def _figures(user: Any) -> Iterator[Figure]:
    if can_answer(user):
        asked = Routing.objects.open().put_to(user).aggregate(n=Count("pk"), first=Min("due_on"))
        if asked["n"]:
            level = "bad" if asked["first"] < timezone.localdate() else ""
            yield Figure(
                _("Questions I am asked to answer"),
                asked["n"],
                url_if_there("ideas_desk:questions"),
                "headphones",
                level,
            )
    if can_open_desk(user):
        ideas = totals(user)
        for view, label, icon in (
            ("risk", _("Promises at risk"), "alarm-clock"),
            ("mine", _("Ideas in my hands"), "user-check"),
            ("new", _("New ideas"), "circle-dot"),
            ("unassigned", _("Ideas in nobody’s hands"), "inbox"),
            ("held", _("Held or hidden"), "eye-off"),
        ):
            level = "bad" if view == "risk" and ideas[view].count else ""
            yield Figure(label, ideas[view], Asked.of_tab(view, {}, opens="").url(), icon, level)
    if can_decide(user):
        cases = Case.objects.counts()
        level = "bad" if cases["urgent"] else ""
        yield Figure(_("Cases in moderation"), cases["all"], url_if_there("trust_desk:index"), "scale", level)
    if can_handle(user):
        today, waiting = timezone.localdate(), Complaint.objects.unanswered()
        level = "bad" if waiting.overdue(today).exists() else ""
        yield Figure(
            _("Complaints to answer"), waiting.count(), url_if_there("complaints_desk:index"), "shield-check", level
        )
    if can_read_studio(user):
        yield Figure(_("Polls open now"), Poll.objects.open().count(), url_if_there("polls_studio:index"), "vote")
    if can_read_betas(user):
        running = Programme.objects.in_state(*OPEN_STATES).count()
        yield Figure(_("Beta tests under way"), running, url_if_there("betas_desk:index"), "flask-conical")
    if can_read_board(user):
        quarter = Quarter.objects.in_progress().without_snapshot().first()
        if quarter:
            label = _("Subjects on the wall of %(quarter)s") % {"quarter": quarter.label}
            subjects = Placement.objects.filter(quarter=quarter).count()
            yield Figure(label, subjects, url_if_there("board_desk:index"), "square-kanban")


def _due_first():
    """The answers to give first."""
    ideas = Idea.objects.filter(promise_due_at__isnull=False, state__in=AWAITING, answered_at__isnull=True)
    return ideas.select_related("category").defer("body").order_by("promise_due_at", "id")[:6]
