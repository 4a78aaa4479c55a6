"""Moves along an idea's path. Each carries a public reason, stands on the timeline, and can be undone for ten seconds."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, ImpossibleMove, Invalid, require
from core.events import publish
from core.roles import role_of
from core.shield import for_public, refuse_private

from ..events import IdeaAnswered, IdeaAnswerUndone, IdeaMoved, IdeaMoveUndone
from ..models import BODY_MAX, REASON_MAX, REASON_MIN, Idea, IdeaMove, OfficialAnswer, TemplateVersion
from ..permissions import can_answer, can_move
from ..states import MOVES, State
from .carrying import carry_after_all
from .templating import require_filled


def move_idea(idea: Idea, to: str, *, reason: str, by: Any, silent: bool = False) -> IdeaMove:
    """Take the idea to another state, with a public reason; its people are told unless `silent`.

    Merging and un-merging have verbs of their own. Raises NotAllowed, ImpossibleMove (409), Invalid, PrivateData.
    """
    require(can_move(by, idea))
    reason = check_reason(reason)
    with transaction.atomic():
        idea = lock(idea)
        require_standing(idea)
        if to == State.MERGED or to not in MOVES[idea.state]:
            raise ImpossibleMove(
                _("An idea that is “%(from)s” cannot become “%(to)s”.")
                % {"from": idea.get_state_display(), "to": State(to).label if to in State.values else to}
            )
        return record_move(idea, to, reason=reason, by=by, silent=silent)


PUBLIC = _("Give the reason in a sentence: it is public.")
LONG = _("The reason holds 2,000 characters at most.")
ANSWER = _("Write the answer in a full sentence at least: it is public and signed with your name.")
STATED = _("Give the reason in a sentence: the person concerned reads it.")


def check_reason(
    reason: str, *, field: str = "reason", too_short: Any = PUBLIC, too_long: Any = LONG, longest: int = REASON_MAX
) -> str:
    """A reason that everyone may read."""
    reason = reason.strip()
    if len(reason) < REASON_MIN:
        raise Invalid(too_short, code="too_short", field=field)
    if len(reason) > longest:
        raise Invalid(too_long, code="too_long", field=field)
    refuse_private(**{field: reason})
    return for_public(reason)


def check_answer(body: str) -> str:
    """The text of an official answer. Raises Invalid, PrivateData."""
    too_long = _("An official answer holds 5,000 characters at most.")
    return check_reason(body, field="body", too_short=ANSWER, too_long=too_long, longest=BODY_MAX)


def check_statement(reason: str) -> str:
    """A reason that goes to the person concerned (who wrote what is hidden, who is suspended), by the same rule as a public one."""
    return check_reason(reason, too_short=STATED)


def lock(idea: Idea) -> Idea:
    """The idea's row, locked until the transaction ends, as it is now. What only points to it (a comment, a follow) may
    still be written meanwhile: its key never changes."""
    return Idea.objects.select_for_update(no_key=True).get(pk=idea.pk)


def lock_with_stay(idea: Idea) -> Idea:
    """As `lock`, with the idea it was merged into, which the row then holds as `merged_into`: both in the order of their
    keys, as merging locks them. Where it is merged or parted while we wait, we let go and begin again."""
    while True:
        into = Idea.objects.values_list("merged_into_id", flat=True).get(pk=idea.pk)
        point = transaction.savepoint()
        rows = Idea.objects.select_for_update(no_key=True).filter(pk__in=[idea.pk, into or idea.pk]).order_by("pk")
        found = {row.pk: row for row in rows}
        row = found[idea.pk]
        if row.merged_into_id == into:
            transaction.savepoint_commit(point)
            row.merged_into = found.get(into)
            return row
        transaction.savepoint_rollback(point)


def require_standing(idea: Idea) -> None:
    """Raise ImpossibleMove for an idea that its author took back: there is nothing to decide any more."""
    if idea.is_withdrawn:
        raise ImpossibleMove(_("Its author has withdrawn this idea: nothing is left to decide."))


def record_move(
    idea: Idea, to: str, *, reason: str, by: Any, silent: bool = False, told_together: bool = False
) -> IdeaMove:
    """Write the step and tell it. The idea is locked and the step was checked. Also used by merging.

    `told_together`: the caller publishes an event that tells this step with others.
    """
    move = IdeaMove.objects.create(
        idea=idea, from_state=idea.state, to_state=to, reason=reason, by=by, by_role=role_of(by), is_silent=silent
    )
    idea.state, idea.state_since = to, move.at
    idea.save(update_fields=["state", "state_since"])
    publish(IdeaMoved(idea.pk, move.pk, move.from_state, to, silent, told_together), by=by)
    return move


def undo_move(move: IdeaMove, *, by: Any) -> Idea:
    """Take back one's move within LAB["UNDO_SECONDS"]: nobody has been told yet.

    Raises NotAllowed, `too_late_to_undo`, `changed_since` where the idea has moved on from there (409).
    """
    require(can_move(by, move.idea) and move.by_id == by.pk)
    with transaction.atomic():
        idea = lock(move.idea)
        move = IdeaMove.objects.select_for_update().get(pk=move.pk)
        require_in_time(move.at, move.undone_at)
        if State.MERGED in (move.from_state, move.to_state):  # un-merging has a verb of its own
            raise DomainError(_("Too late to undo: people are being told."), code="too_late_to_undo", status=409)
        if idea.moves.filter(undone_at__isnull=True).last() != move:
            raise changed_since()
        move.undone_at = timezone.now()
        move.save(update_fields=["undone_at"])
        idea.state = move.from_state
        previous = idea.moves.filter(undone_at__isnull=True).last()
        idea.state_since = previous.at if previous else idea.created_at
        idea.save(update_fields=["state", "state_since"])
        publish(IdeaMoveUndone(idea.pk, move.pk), by=by)
    return idea


def answer_officially(
    idea: Idea, *, body: str, by: Any, silent: bool = False, written_from: TemplateVersion | None = None
) -> OfficialAnswer:
    """The bank's signed answer, pinned on the idea. A new answer replaces the one shown and keeps it.

    `written_from` is the version of the template it came from, if it did. Raises NotAllowed, Invalid,
    PrivateData, `idea_merged` (409).
    """
    require(can_answer(by, idea))
    body = check_answer(body)
    require_filled(body)
    signature = f"{by.nickname}, {by.job_title}" if by.job_title else by.nickname
    with transaction.atomic():
        idea = lock(idea)
        require_standing(idea)
        if idea.merged_into_id:
            message = _("This idea was merged into another one: answer the one that stays.")
            raise DomainError(message, code="idea_merged", status=409)
        answer = OfficialAnswer.objects.create(
            idea=idea, body=body, by=by, by_role=role_of(by), signature=signature, is_silent=silent,
            promise_due_at=idea.promise_due_at, written_from=written_from,
        )  # fmt: skip
        idea.answered_at, idea.promise_due_at = answer.at, None
        idea.save(update_fields=["answered_at", "promise_due_at"])
        publish(IdeaAnswered(idea.pk, answer.pk, is_silent=silent), by=by)
    return answer


def undo_answer(answer: OfficialAnswer, *, by: Any) -> Idea:
    """Take back one's own answer within LAB["UNDO_SECONDS"]; the one before is shown again, the promise runs on.

    Raises NotAllowed, `too_late_to_undo`, `changed_since` where another answer replaced it (409).
    """
    require(can_answer(by, answer.idea) and answer.by_id == by.pk)
    with transaction.atomic():
        idea = lock(answer.idea)
        answer = OfficialAnswer.objects.select_for_update().get(pk=answer.pk)
        require_in_time(answer.at, answer.undone_at)
        if (
            idea.answers.filter(undone_at__isnull=True).first() != answer
        ):  # another one replaced it: its promise is that one's
            raise changed_since()
        answer.undone_at = timezone.now()
        answer.save(update_fields=["undone_at"])
        previous = idea.answers.filter(undone_at__isnull=True).first()
        idea.answered_at, idea.promise_due_at = previous.at if previous else None, answer.promise_due_at
        idea.save(update_fields=["answered_at", "promise_due_at"])
        carry_after_all(idea, answer.at)
        publish(IdeaAnswerUndone(idea.pk, answer.pk), by=by)
    return idea


def require_in_time(at: datetime, undone_at: datetime | None) -> None:
    """Raise `too_late_to_undo` (409) once the seconds of undo have passed, or where it was undone already."""
    if undone_at or timezone.now() > at + timedelta(seconds=settings.LAB["UNDO_SECONDS"]):
        raise DomainError(_("Too late to undo: people are being told."), code="too_late_to_undo", status=409)


def changed_since() -> DomainError:
    """What an undo, or putting back, says where something was done on top of what it would take back."""
    words = _(
        "This was changed since, by you or by a colleague: nothing was taken back. If it was you, undo the later change first."
    )
    return DomainError(words, code="changed_since", status=409)
