"""Appeals (DSA, article 20): within six months, once, decided by somebody else than who decided first."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, Invalid, NotAllowed, NotFound, NotSignedIn, require
from core.events import publish
from core.public_ids import new_public_id
from core.shield import refuse_private
from ideas.domain.moving import check_statement

from ..events import AppealDecided, AppealFiled
from ..models import Appeal, Case, Report, Statement, Strike, VoteBurst
from ..permissions import can_ban, can_decide
from ..states import TEXT_MAX, TEXT_MIN, BurstState, Kind, Matter, Measure, Outcome, ReportState, Verdict
from ..subjects import load
from .banning import lift_ban
from .bursts import release_one, release_rest
from .casing import close_case, open_case
from .deciding import carry_out, log, require_subject
from .reviewing import SELF_REVIEW

TWICE = _("You have contested this decision already.")
LATE = _("The time to contest this decision is over.")


def appeal_statement(statement: Statement, *, text: str, by: Any) -> Appeal:
    """Contest a measure against oneself.

    Raises NotSignedIn, NotFound, Invalid, PrivateData, `nothing_to_contest`, `too_late`, `already_contested` (409).
    """
    require(by.is_authenticated, NotSignedIn())
    require(statement.member_id == by.pk, NotFound())
    if not statement.restricts:
        raise DomainError(_("This decision takes nothing away from you."), code="nothing_to_contest", status=409)
    require(timezone.now() <= statement.appeal_until, DomainError(LATE, code="too_late", status=409))
    return _file(text, by, statement.kind, statement.subject_id, statement=statement, member=by)


def appeal_report(report: Report, *, text: str, by: Any) -> Appeal:
    """Contest that content one reported was kept. `by` is the reporter; without an account, their signed key was checked."""
    require(not report.reporter_id or report.reporter_id == getattr(by, "pk", None), NotFound())
    if report.state != ReportState.REFUSED:
        raise DomainError(_("There is no refusal to contest."), code="nothing_to_contest", status=409)
    until = report.decided_at + timedelta(days=settings.LAB["APPEAL_DAYS"])
    require(timezone.now() <= until, DomainError(LATE, code="too_late", status=409))
    member = by if by.is_authenticated else None
    return _file(text, by, report.case.kind, report.case.subject_id, report=report, member=member)


def _file(text: str, by: Any, kind: str, subject_id: int, **against: Any) -> Appeal:
    text = text.strip()
    if len(text) < TEXT_MIN:
        raise Invalid(_("Say in a sentence or two why we should decide otherwise."), code="too_short", field="text")
    if len(text) > TEXT_MAX:
        raise Invalid(_("This text is too long: 3,000 characters at most."), code="too_long", field="text")
    refuse_private(text=text)
    subject = load(kind, subject_id)
    require(subject is not None, NotFound())
    try:
        with transaction.atomic():
            appeal = Appeal.objects.create(case=open_case(Matter.APPEAL, subject), text=text, **against)
            publish(AppealFiled(appeal.pk), by=by if by.is_authenticated else None)
    except IntegrityError as error:
        raise DomainError(TWICE, code="already_contested", status=409) from error
    return appeal


def decide_appeal(
    appeal: Appeal, *, upheld: bool, reason: str, by: Any, verdict: str = Verdict.HIDE, batch: str = ""
) -> Appeal:
    """Answer an appeal with reasons. Upheld: the measure is undone, its strike with it; for a reporter, `verdict` is carried out;
    a support that was set aside counts again.

    Raises NotAllowed (`self_review`, `own_content`), `case_closed` (409), Invalid, PrivateData.
    """
    require(can_decide(by))
    require(appeal.first_decider_id != by.pk, NotAllowed(SELF_REVIEW, code="self_review"))
    require(appeal.case.author_id != by.pk, NotAllowed(_("You wrote this: a colleague decides."), code="own_content"))
    reason = check_statement(reason)
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=appeal.case_id)
        appeal = Appeal.objects.select_for_update(of=("self",)).select_related("statement", "report").get(pk=appeal.pk)
        if appeal.outcome != Outcome.OPEN:
            raise DomainError(_("A colleague has decided this case."), code="case_closed", status=409)
        appeal.outcome = Outcome.UPHELD if upheld else Outcome.REFUSED
        appeal.answer, appeal.decided_at, appeal.decided_by = reason, timezone.now(), by
        appeal.save(update_fields=["outcome", "answer", "decided_at", "decided_by"])
        before, statement = _put_right(appeal, case, verdict, reason, by) if upheld else ({}, None)
        log(case, f"appeal_{appeal.outcome}", by=by, before=before, batch=batch, appeal=appeal, statement=statement)
        publish(AppealDecided(appeal.pk, appeal.outcome), by=by)
        waits = Case.objects.waiting().filter(pk=case.pk)  # what came back may have settled the others, and closed it
        if waits.exists() and not case.appeals.filter(outcome=Outcome.OPEN).exists():
            close_case(case, verdict=f"appeal_{appeal.outcome}", by=by)
    return appeal


def release_whole_burst(appeal: Appeal, *, reason: str, by: Any) -> VoteBurst:
    """A member's review shows that the whole burst counts: all its votes do, and whoever asked for a review is answered.

    Raises NotAllowed (`self_review`, `own_content`), `case_closed`, `nothing_to_contest` (409), Invalid, PrivateData.
    """
    burst = burst_of(appeal)
    require(burst is not None, DomainError(_("There is no burst to release."), code="nothing_to_contest", status=409))
    batch = new_public_id()
    with transaction.atomic():
        for one in [appeal, *appeals_about(burst).exclude(pk=appeal.pk)]:
            decide_appeal(one, upheld=True, reason=reason, by=by, batch=batch)
        return release_rest(burst, appeal.case, reason=check_statement(reason), by=by, batch=batch)


def burst_of(appeal: Appeal) -> VoteBurst | None:
    """The confirmed burst that an appeal is about, if it is about one."""
    statement = appeal.statement
    if statement is None or statement.measure != Measure.SET_ASIDE:
        return None
    return VoteBurst.objects.filter(public_id=statement.before.get("batch", ""), state=BurstState.CONFIRMED).first()


def appeals_about(burst: VoteBurst):
    """Those that still wait."""
    rows = Appeal.objects.filter(outcome=Outcome.OPEN, statement__measure=Measure.SET_ASIDE)
    return rows.filter(statement__before__batch=burst.public_id).select_related("statement", "report", "case")


def _put_right(appeal: Appeal, case: Case, verdict: str, reason: str, by: Any) -> tuple[dict, Statement | None]:
    """Do what the appeal asked for; what an undo gives back, and the statement that was made."""
    if appeal.report_id:
        return _act_after_all(appeal, case, verdict, reason, by)
    statement = appeal.statement
    strikes = Strike.objects.filter(statement=statement, withdrawn_at__isnull=True)
    before: dict[str, Any] = {"strikes": list(strikes.values_list("pk", flat=True))}
    strikes.update(withdrawn_at=timezone.now())
    if statement.measure == Measure.SET_ASIDE:
        return before | {"votes": release_one(statement, by=by)}, None
    if statement.measure == Measure.BANNED:
        require(can_ban(by))
        is_banned = statement.member.banned_until and statement.member.banned_until > timezone.now()
        return before, lift_ban(statement.member, reason=reason, by=by) if is_banned else None
    subject = require_subject(case)
    if subject.is_public and subject.kind != Kind.MEMBER:
        return before, None
    before["visibility"] = str(subject.visibility)
    return before, carry_out(subject, Verdict.RESTORE, reason=reason, by=by)


def _act_after_all(appeal: Appeal, case: Case, verdict: str, reason: str, by: Any) -> tuple[dict, Statement | None]:
    """Who reported was right: the content is hidden or removed."""
    require(
        verdict in (Verdict.HIDE, Verdict.REMOVE),
        Invalid(_("Choose whether the content is hidden or removed."), code="unknown_verdict", field="verdict"),
    )
    subject = require_subject(case)
    before = {"report": str(appeal.report.state), "visibility": str(subject.visibility)}
    made = carry_out(subject, verdict, reason=reason, by=by) if subject.is_public else None
    Report.objects.filter(pk=appeal.report_id).update(state=ReportState.UPHELD)
    return before, made
