"""Who hears of moderation: the author of a decision about them, the member who reported or contested. Always.

A verdict can be taken back for ten seconds: it is told after them, if it still stands. What a rule does is told at once.
"""

from uuid import UUID

from django.utils import timezone

from core.events import handles, job, later
from trust.events import AppealDecided, ReportDecided, ReportReceived, StatementMade
from trust.models import Appeal, Report, Statement
from trust.states import Matter, Measure, Outcome, ReportState

from ..domain.telling import News, only, tell
from ..states import Topic
from .ideas import when_it_stands


@handles(StatementMade)
def on_statement(event: StatementMade, *, event_id: UUID) -> None:
    if event.measure == Measure.HELD:
        tell_statement(event.statement_id, str(event_id))
    else:
        later(tell_statement, event.statement_id, str(event_id), after=when_it_stands(timezone.now()))


@job
def tell_statement(statement_id: int, event_id: str) -> None:
    """Its addressee. What an appeal gave back is told by the answer to the appeal: nobody hears twice of one thing."""
    statement = Statement.objects.standing().filter(pk=statement_id).select_related("decision__case").first()
    if statement is None or _is_told_by_the_appeal(statement):
        return
    key = f"statement:{statement.pk}"
    tell(only(statement.member_id), News("statement", Topic.REMOVAL, key, "statement", statement.pk, event_id=event_id))


def _is_told_by_the_appeal(statement: Statement) -> bool:
    decision = getattr(statement, "decision", None)
    gives_back = statement.measure in (Measure.RESTORED, Measure.PUBLISHED, Measure.LIFTED)
    if not gives_back:
        return False
    by_itself = Appeal.objects.filter(member=statement.member_id, decided_at=statement.at)  # settled as it came back
    return bool(decision and decision.case.matter == Matter.APPEAL) or by_itself.exists()


@handles(ReportReceived)
def on_report(event: ReportReceived, *, event_id: UUID) -> None:
    report = Report.objects.get(pk=event.report_id)
    key = f"report:{report.pk}"
    tell(only(report.reporter_id), News("report_received", Topic.REMOVAL, key, "report", report.pk, event_id=event_id))


@handles(ReportDecided)
def on_report_decided(event: ReportDecided, *, event_id: UUID) -> None:
    later(tell_report_decided, event.report_id, str(event_id), after=when_it_stands(timezone.now()))


@job
def tell_report_decided(report_id: int, event_id: str) -> None:
    report = Report.objects.exclude(state=ReportState.OPEN).filter(pk=report_id).first()
    if report is not None:
        key = f"report:{report.pk}:decided"
        news = News("report_decided", Topic.REMOVAL, key, "report", report.pk, event_id=event_id)
        tell(only(report.reporter_id), news)


@handles(AppealDecided)
def on_appeal_decided(event: AppealDecided, *, event_id: UUID) -> None:
    later(tell_appeal_decided, event.appeal_id, str(event_id), after=when_it_stands(timezone.now()))


@job
def tell_appeal_decided(appeal_id: int, event_id: str) -> None:
    appeal = Appeal.objects.exclude(outcome=Outcome.OPEN).filter(pk=appeal_id).first()
    if appeal is not None:
        news = News("appeal_decided", Topic.REMOVAL, f"appeal:{appeal.pk}", "appeal", appeal.pk, event_id=event_id)
        tell(only(appeal.member_id), news)
