"""Taking a verdict back within ten seconds, while nobody has been told: what was seen, counted or suspended stands as before.

The log keeps both the verdict and that it was taken back. What was changed at another desk is taken back there; its statement, and
what it settled here, by `withdraw_the_statement`, which that desk's verb asks (core/judging.py).
"""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, require
from core.events import publish
from core.judging import TakingBack, keeps, takes_back
from ideas.domain.moderating import undo_visibility
from ideas.domain.moving import require_in_time
from ideas.domain.quarantining import undo_release
from ideas.models import Deed, IdeaVersion
from ideas.states import Doing, Visibility
from members.domain.clearing import clear_profile, restore_profile
from members.models import Member
from polls.domain.moderating import undo_remark_visibility

from ..events import VerdictUndone
from ..models import Appeal, Ban, Case, Decision, Report, Statement, Strike, VoteBurst
from ..permissions import can_decide
from ..states import BurstState, Kind, Matter, Measure, Outcome, ReportState
from ..subjects import load
from .deciding import hold_content

# What one sees of a text after a measure: another visibility is a later change, which stays.
MADE = {
    Measure.HIDDEN: Visibility.HIDDEN,
    Measure.REMOVED: Visibility.REMOVED,
    Measure.PUBLISHED: Visibility.PUBLIC,
    Measure.RESTORED: Visibility.PUBLIC,
}
OF_SIGHT = (*MADE, Measure.HELD, Measure.KEPT)  # an idea has others too, of its votes
NOTHING = _("There is nothing left to undo.")
CHANGED = _("It has changed since: nothing was taken back.")


def undo_verdicts(batch: str, *, by: Any) -> int:
    """Take back one's verdicts of this batch, all or none; how many.

    Raises NotAllowed, `too_late_to_undo`, `changed_since` (409).
    """
    require(can_decide(by))
    with transaction.atomic():
        given = Decision.objects.select_for_update().filter(batch=batch, by=by).order_by("-pk")
        decisions = list(given)
        require(bool(decisions), DomainError(NOTHING, code="too_late_to_undo", status=409))
        for decision in decisions:
            require_in_time(decisions[-1].at, decision.undone_at)
            _undo(decision, by)
            decision.undone_at = timezone.now()
            decision.save(update_fields=["undone_at"])
            publish(VerdictUndone(decision.case_id, decision.verdict), by=by)
    return len(decisions)


def _undo(decision: Decision, by: Any) -> None:
    content = load(decision.case.kind, decision.case.subject_id)
    if content is not None and "votes" not in decision.before:  # of votes, their rows are locked before the idea
        hold_content(content)
    case = Case.objects.select_for_update().get(pk=decision.case_id)
    if decision.burst_id:
        _undo_burst(decision, by)
    if decision.statement_id:
        _undo_statement(decision, by)
    if decision.appeal_id:
        _undo_appeal(decision)
    if not case.is_open:
        _reopen(case, is_held=decision.before.get("is_held", False))


def _reopen(case: Case, *, is_held: bool = False) -> None:
    """Unless another case of the same content was opened meanwhile: two of them never wait."""
    again = Case.objects.waiting().filter(matter=case.matter, kind=case.kind, subject_id=case.subject_id)
    require(not again.exclude(pk=case.pk).exists(), DomainError(CHANGED, code="changed_since", status=409))
    case.closed_at, case.closed_by, case.is_held = None, None, is_held
    case.save(update_fields=["closed_at", "closed_by", "is_held"])


def _newest(taking: TakingBack) -> QuerySet:
    """The statement of the last change of what may be seen of it."""
    rows = Statement.objects.standing().filter(kind=taking.kind, subject_id=taking.thing.pk).order_by("-at", "-pk")
    rows = rows.filter(measure__in=OF_SIGHT)
    return rows.filter(at__gte=taking.since) if taking.since else rows


@keeps
def stands_by_another(taking: TakingBack) -> bool:
    """A verdict is taken back at this desk, whose log says so; what a colleague did, by nobody else."""
    statement = _newest(taking).first()
    return statement is not None and not _is_own(statement, taking)


def _is_own(statement: Statement, taking: TakingBack) -> bool:
    mine = statement.by_id == taking.by.pk and MADE.get(statement.measure) == taking.made
    return mine and not Decision.objects.filter(statement=statement).exists()


@takes_back
def withdraw_the_statement(taking: TakingBack) -> str | None:
    """The statement of a change that its own desk takes back. Raises `too_late_to_undo`, `changed_since` (409)."""
    statement = _newest(taking).select_for_update(of=("self",)).first()
    if statement is None:
        return None
    require_in_time(statement.at, None)
    require(_is_own(statement, taking), DomainError(CHANGED, code="changed_since", status=409))
    before = statement.before.get("visibility")
    _withdraw(statement, taking.by, is_held=before == Visibility.HELD)
    return before


def _undo_statement(decision: Decision, by: Any) -> None:
    """The measure, and what it settled."""
    statement = Statement.objects.select_for_update().get(pk=decision.statement_id)
    _put_back(statement, decision.before, by)
    _withdraw(statement, by, is_held=decision.before.get("is_held", False))


def _withdraw(statement: Statement, by: Any, *, is_held: bool) -> None:
    """The statement, with the strike, the reports that it answered, the appeals that won by it and the cases that it settled."""
    contested = Appeal.objects.filter(statement=statement).exists()
    require(not contested, DomainError(CHANGED, code="changed_since", status=409))
    Strike.objects.filter(statement=statement).delete()
    won = Appeal.objects.filter(decided_at=statement.at, decided_by=by, statement__member=statement.member_id)
    Strike.objects.filter(statement__in=list(won.values_list("statement", flat=True))).update(withdrawn_at=None)
    won.update(outcome=Outcome.OPEN, answer="", decided_at=None, decided_by=None)
    settled = Case.objects.filter(closed_at=statement.at, closed_by=by, author_id=statement.member_id)
    for case in settled.select_for_update():
        case.reports.filter(decided_at=statement.at).update(
            state=ReportState.OPEN, answer="", decided_at=None, decided_by=None
        )
        _reopen(case, is_held=case.matter == Matter.CONTENT and is_held)
    statement.undone_at = timezone.now()
    statement.save(update_fields=["undone_at"])


def _put_back(statement: Statement, before: dict, by: Any) -> None:
    if statement.measure == Measure.KEPT:
        return
    if statement.measure == Measure.LIFTED:
        _suspend_again(statement)
        return
    subject = load(statement.kind, statement.subject_id)
    require(subject is not None, DomainError(CHANGED, code="changed_since", status=409))
    if statement.kind == Kind.MEMBER:
        if statement.measure == Measure.CLEARED:
            restore_profile(subject.thing, statement.before)
        else:
            clear_profile(subject.thing)
        return
    require(subject.visibility == MADE.get(statement.measure), DomainError(CHANGED, code="changed_since", status=409))
    if statement.kind == Kind.VERSION:
        _undo_version(subject.thing, before["visibility"], by)
        return
    if statement.kind == Kind.REMARK:
        undo_remark_visibility(subject.thing, to=before["visibility"], by=by)
        return
    thing = subject.idea if statement.kind == Kind.PICTURE else subject.thing
    undo_visibility(thing, to=before["visibility"], by=by)


def _undo_version(version: IdeaVersion, to: str, by: Any) -> None:
    """An earlier text of an idea, with the deed that the desk's history shows of it."""
    now = timezone.now()
    IdeaVersion.objects.filter(pk=version.pk).update(hidden_at=None if to == Visibility.PUBLIC else now)
    deeds = Deed.objects.filter(idea=version.idea_id, by=by, kind=Doing.VERSION, before__version=version.pk)
    deed = deeds.filter(undone_at__isnull=True).order_by("-pk").first()
    if deed:
        Deed.objects.filter(pk=deed.pk).update(undone_at=now)


def _suspend_again(statement: Statement) -> None:
    """A suspension that an appeal had lifted, to the end it had."""
    ban = Ban.objects.filter(member_id=statement.member_id, lifted_at__isnull=False).order_by("-lifted_at").first()
    if ban:
        Member.objects.filter(pk=ban.member_id).update(banned_until=ban.until)
        Ban.objects.filter(pk=ban.pk).update(lifted_at=None)


def _undo_appeal(decision: Decision) -> None:
    before, appeal = decision.before, Appeal.objects.select_for_update().get(pk=decision.appeal_id)
    appeal.outcome, appeal.answer, appeal.decided_at, appeal.decided_by = Outcome.OPEN, "", None, None
    appeal.save(update_fields=["outcome", "answer", "decided_at", "decided_by"])
    Strike.objects.filter(pk__in=before.get("strikes", ())).update(withdrawn_at=None)
    if appeal.report_id and before.get("report"):
        Report.objects.filter(pk=appeal.report_id).update(state=before["report"])
    if before.get("votes"):
        undo_release(before["votes"])


def _undo_burst(decision: Decision, by: Any) -> None:
    burst = VoteBurst.objects.select_for_update().get(pk=decision.burst_id)
    other = VoteBurst.objects.filter(idea_id=burst.idea_id, state=BurstState.OPEN)
    require(not other.exists(), DomainError(CHANGED, code="changed_since", status=409))
    burst.state = decision.before.get("burst", BurstState.OPEN)
    burst.reason, burst.decided_at, burst.decided_by = "", None, None
    burst.save(update_fields=["state", "reason", "decided_at", "decided_by"])
    undo_release(decision.before.get("votes", ()))
