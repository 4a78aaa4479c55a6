"""Who hears of moderation: the author of a decision about them, the member who reported or contested. Always, and at once."""

from uuid import UUID

from core.events import handles
from trust.events import AppealDecided, ReportDecided, ReportReceived, StatementMade
from trust.models import Appeal, Report, Statement

from ..domain.telling import News, only, tell
from ..states import Topic


@handles(StatementMade)
def on_statement(event: StatementMade, *, event_id: UUID) -> None:
    statement = Statement.objects.get(pk=event.statement_id)
    key = f"statement:{statement.pk}"
    tell(only(statement.member_id), News("statement", Topic.REMOVAL, key, "statement", statement.pk, event_id=event_id))


@handles(ReportReceived)
def on_report(event: ReportReceived, *, event_id: UUID) -> None:
    report = Report.objects.get(pk=event.report_id)
    key = f"report:{report.pk}"
    tell(only(report.reporter_id), News("report_received", Topic.REMOVAL, key, "report", report.pk, event_id=event_id))


@handles(ReportDecided)
def on_report_decided(event: ReportDecided, *, event_id: UUID) -> None:
    report = Report.objects.get(pk=event.report_id)
    key = f"report:{report.pk}:decided"
    tell(only(report.reporter_id), News("report_decided", Topic.REMOVAL, key, "report", report.pk, event_id=event_id))


@handles(AppealDecided)
def on_appeal_decided(event: AppealDecided, *, event_id: UUID) -> None:
    appeal = Appeal.objects.get(pk=event.appeal_id)
    key = f"appeal:{appeal.pk}"
    tell(only(appeal.member_id), News("appeal_decided", Topic.REMOVAL, key, "appeal", appeal.pk, event_id=event_id))
