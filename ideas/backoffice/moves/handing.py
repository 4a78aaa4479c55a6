"""Into whose hands an idea goes: a colleague's, or for one question an expert's."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, require

from ...domain.alerting_staff import asked_hear, assigned_hear
from ...domain.assigning import assign_idea
from ...domain.following import Audience
from ...domain.recording import told_of
from ...domain.routing import answer_question, check_question, route_to_expert
from ...models import Idea, Routing
from ...permissions import can_answer, can_route, can_triage
from ...states import Doing
from ..forms import AdviceForm, AssignForm, RouteForm, colleagues
from .base import EACH, Done, InBulk, Move, done_deed, named, optional_reason, people_told

USUAL_DAYS = 7
MINE_OR_NOBODY_S = _(
    "it is in your own hands or in nobody’s, or the colleague has it already or wishes to hear nothing"
)


def _assign(idea: Idea, said: dict, by: Any) -> Done:
    to = said["assignee"]
    before = idea.assignee_id
    assign_idea(idea, to, by=by, reason=said.get("reason", ""), silent=said.get("silent", False))
    words = gettext("“%(title)s” is nobody’s now.") % {"title": idea.title}
    if to:
        words = gettext("“%(title)s” is in the hands of %(who)s.") % {"title": idea.title, "who": to.nickname}
    changed = before != getattr(to, "pk", None)
    deed = idea.deeds.filter(kind=Doing.ASSIGNED, by=by).last() if changed else None
    return done_deed(words, deed, told_of(deed))


def _colleague_hears(ideas: Iterable[Idea], said: Mapping, by: Any) -> Audience:
    return assigned_hear(ideas, named(said, "assignee", colleagues(), "public_id"), by=by)


def _expert_hears(ideas: Iterable[Idea], said: Mapping, by: Any) -> Audience:
    """While none is chosen: whoever it will be."""
    expert = named(said, "expert", colleagues(), "public_id")
    return asked_hear(ideas, expert, by=by) if expert else Audience(1, len(list(ideas)))


def _holder(idea: Idea, user: Any, asked: Mapping) -> dict:
    """Who presses "assign" mostly takes the idea; one who has it gives it on."""
    return {"assignee": (idea.assignee or user).public_id}


def _route(idea: Idea, said: dict, by: Any) -> Done:
    routing = route_to_expert(idea, said["expert"], question=said["question"], due_on=said["due_on"], by=by)
    words = gettext("%(who)s is asked about “%(title)s”.") % {"who": routing.expert.nickname, "title": idea.title}
    return done_deed(words, routing.deed, told_of(routing.deed))


def _next_week(idea: Idea, user: Any, asked: Mapping) -> dict:
    return {"due_on": timezone.localdate() + timedelta(days=USUAL_DAYS)}


def _mine(idea: Idea, user: Any):
    return Routing.objects.open().put_to(user).filter(idea=idea).select_related("idea", "asked_by", "expert")


def _advise(idea: Idea, said: dict, by: Any) -> Done:
    require(can_answer(by, idea))
    routing = _mine(idea, by).first()
    if not routing:
        raise DomainError(
            gettext("This question is answered or taken back already."), code="question_closed", status=409
        )
    told = people_told(idea.merged_into or idea, said, by) if said.get("official") else 0
    routing = answer_question(
        routing, body=said["body"], by=by, official=said.get("official", False), silent=said.get("silent", False)
    )
    return done_deed(
        gettext("“%(title)s”: the question put to you is answered.") % {"title": idea.title},
        routing.deed,
        told or told_of(routing.deed),
    )


def _is_asked(user: Any, idea: Idea) -> bool:
    """The page reads an idea with its questions; elsewhere they are looked up."""
    if not can_answer(user, idea):
        return False
    if hasattr(idea, "question_rows"):
        rows = idea.question_rows or []
        return any(row["expert_id"] == user.public_id and not row["answered_at"] for row in rows)
    return _mine(idea, user).exists()


def _the_question(idea: Idea, user: Any, typed: Mapping) -> dict:
    return {"my_question": _mine(idea, user).first()}


def _can_route(user: Any, idea: Idea) -> bool:
    return can_route(user, idea) and idea.merged_into_id is None


ASSIGN = Move(
    "assign", "a", "user-plus", pgettext_lazy("desk", "Assign"), pgettext_lazy("desk", "Assign"),
    AssignForm, can_triage, _assign, hears=_("the colleague alone"), allows=can_triage, tells=True, telling=None,
    counts=_colleague_hears, hears_none=MINE_OR_NOBODY_S,
    check=optional_reason, undoable=True, bulk=InBulk(doing=Doing.ASSIGNED), start=_holder,
)  # fmt: skip
ROUTE = Move(
    "route", "q", "headphones", pgettext_lazy("desk", "Ask an expert"), pgettext_lazy("desk", "Put the question"),
    RouteForm, _can_route, _route, hears=_("the expert alone, whom the question has to reach"), allows=can_route,
    tells=True, telling=None, counts=_expert_hears,
    check=lambda said: check_question(said["question"]), undoable=True, bulk=EACH, start=_next_week,
)  # fmt: skip
ADVISE = Move(
    "advise", "o", "message-square", pgettext_lazy("desk", "My opinion"), pgettext_lazy("desk", "Answer the question"),
    AdviceForm, _is_asked, _advise,
    hears=_("Who asked you is told; if you publish it, so are the idea’s people."), undoable=True,
    shows=_the_question, part="ideas/desk/_my_question.html",
)  # fmt: skip
