"""Asking an expert: a question and a day. The expert is told, and answers by a note for staff or by an official answer."""

from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, Invalid, require
from core.events import publish
from core.shield import refuse_private
from core.words import day

from ..events import ExpertAnswered, ExpertAsked
from ..models import QUESTION_MAX, QUESTION_MIN, Comment, Deed, Idea, OfficialAnswer, Routing
from ..permissions import can_answer, can_route
from ..states import Doing
from .commenting import comment_on
from .moving import answer_officially, changed_since, lock, lock_with_stay, undo_answer
from .recording import check_note, record_deed, restores

FURTHEST = timedelta(days=365)


def route_to_expert(idea: Idea, expert: Any, *, question: str, due_on: date, by: Any) -> Routing:
    """Put a question to a colleague who may answer, for a day to come.

    It cannot be put in silence: it has to reach who is asked, and nobody else hears of it.
    Raises NotAllowed, Invalid (`cannot_answer`, `bad_date`, `too_short`, `too_long`), `already_asked` (409), PrivateData.
    """
    require(can_route(by, idea))
    if expert is None or not can_answer(expert, idea):
        raise Invalid(_("Choose a colleague who may answer."), code="cannot_answer", field="expert")
    question = check_question(question)
    today = timezone.localdate()
    if not due_on or not today <= due_on <= today + FURTHEST:
        raise Invalid(_("Choose a day from today on, within a year."), code="bad_date", field="due_on")
    try:
        with transaction.atomic():
            idea = lock(idea)
            routing = Routing.objects.create(idea=idea, asked_by=by, expert=expert, question=question, due_on=due_on)
            deed = record_deed(
                idea, Doing.ROUTED, lambda: gettext("asked, for %(day)s:") % {"day": day(due_on)}, by=by, whom=expert,
                reason=question, silent=False, routing=routing.pk,
            )  # fmt: skip
            publish(ExpertAsked(idea.pk, routing.pk), by=by)
    except IntegrityError:
        raise DomainError(
            _("This colleague already has a question about this idea."),
            code="already_asked",
            status=409,
            field="expert",
        ) from None
    routing.deed = deed
    return routing


def check_question(question: str) -> str:
    question = " ".join(question.split())
    if len(question) < QUESTION_MIN:
        raise Invalid(_("Ask your question in a sentence."), code="too_short", field="question")
    if len(question) > QUESTION_MAX:
        raise Invalid(_("A question holds 1,000 characters at most."), code="too_long", field="question")
    refuse_private(question=question)
    return question


def answer_question(routing: Routing, *, body: str, by: Any, official: bool = False, silent: bool = False) -> Routing:
    """The expert's answer: a note that staff read, or the official answer. Where the idea was merged, on the one that stays.

    Raises NotAllowed, `question_closed` (409), and what a note or an official answer raises.
    """
    require(by is not None and routing.expert_id == by.pk and can_answer(by, routing.idea))
    with transaction.atomic():
        idea, routing = _hold(routing)
        idea = idea.merged_into or idea
        if official:
            routing.answer = answer_officially(idea, body=body, by=by, silent=silent)
        else:
            routing.note = comment_on(idea, body=body, by=by, is_internal=True)
        routing.answered_at = timezone.now()
        routing.save(update_fields=["answer", "note", "answered_at"])
        deed = record_deed(
            idea, Doing.ADVISED, lambda: gettext("answered the question put by"), by=by, whom=routing.asked_by,
            silent=False, routing=routing.pk,
        )  # fmt: skip
        publish(ExpertAnswered(idea.pk, routing.pk), by=by)
    routing.deed = deed
    return routing


def withdraw_question(routing: Routing, *, by: Any, reason: str = "") -> Routing:
    """Take a question back that has no answer yet. Raises NotAllowed, `question_closed` (409), PrivateData."""
    require(can_route(by, routing.idea))
    reason = check_note(reason)
    with transaction.atomic():
        idea, routing = _hold(routing)
        routing.withdrawn_at = timezone.now()
        routing.save(update_fields=["withdrawn_at"])
        routing.deed = record_deed(
            idea, Doing.ROUTED, lambda: gettext("question taken back from"), by=by, whom=routing.expert, reason=reason,
            withdrawn=routing.pk,
        )  # fmt: skip
    return routing


def _hold(routing: Routing) -> tuple[Idea, Routing]:
    """The idea, with the one it was merged into, then the question: locked in that order, as undoing a deed does."""
    idea = lock_with_stay(routing.idea)
    routing = Routing.objects.select_for_update(of=("self",)).select_related("expert", "asked_by").get(pk=routing.pk)
    if not routing.is_open:
        raise DomainError(_("This question is answered or taken back already."), code="question_closed", status=409)
    return idea, routing


@restores(Doing.ROUTED)
def _unask(idea: Idea, deed: Deed) -> None:
    """A question just put is taken back before the expert hears of it; a question just taken back is put again."""
    if withdrawn := deed.before.get("withdrawn"):
        try:
            with transaction.atomic():
                Routing.objects.filter(pk=withdrawn).update(withdrawn_at=None)
        except IntegrityError:  # another question was put to this expert meanwhile
            raise changed_since() from None
        return
    if not Routing.objects.open().filter(pk=deed.before["routing"]).update(withdrawn_at=timezone.now()):
        raise changed_since()


@restores(Doing.ADVISED)
def _unanswer(idea: Idea, deed: Deed) -> None:
    routing = Routing.objects.select_for_update().get(pk=deed.before["routing"])
    answer, note = routing.answer_id, routing.note_id
    routing.answered_at = routing.answer = routing.note = None
    routing.save(update_fields=["answered_at", "answer", "note"])
    if answer:
        undo_answer(OfficialAnswer.objects.select_related("idea").get(pk=answer), by=deed.by)
    Comment.objects.filter(pk=note, is_internal=True).delete()
