"""What is said of moderation: decisions about one's texts or account, one's reports, one's appeals."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.text import excerpt
from trust.models import Appeal, Report, Statement
from trust.signing import path_of
from trust.states import Kind, Measure, Outcome, ReportState

from . import SPEAKERS, Said, Speaker, found

LEADS = {
    Measure.HELD: gettext_lazy("Your text waits to be read by a moderator"),
    Measure.KEPT: gettext_lazy("Your text was reported: it stays online"),
    Measure.PUBLISHED: gettext_lazy("Your text is online"),
    Measure.HIDDEN: gettext_lazy("We have hidden your text from the public"),
    Measure.REMOVED: gettext_lazy("We have removed your text"),
    Measure.RESTORED: gettext_lazy("Your text is back online"),
    Measure.CLEARED: gettext_lazy("We have emptied your public profile"),
    Measure.BANNED: gettext_lazy("Your participation is suspended"),
    Measure.SET_ASIDE: gettext_lazy("Your support is not counted for now"),
    Measure.COUNTED: gettext_lazy("Your support counts again"),
    Measure.LIFTED: gettext_lazy("You can take part again"),
}
ICONS = {Measure.KEPT: "check", Measure.PUBLISHED: "check", Measure.RESTORED: "check", Measure.LIFTED: "check",
         Measure.COUNTED: "check"}  # fmt: skip


def load_statements(rows: list) -> dict[int, Statement]:
    return found(Statement.objects, {row.subject_id for row in rows})


def say_statement(row: Any, loaded: dict[int, Statement], reader: Any) -> Said | None:
    statement = loaded.get(row.subject_id)
    if statement is None or statement.member_id != reader.pk:
        return None
    body = _("The reason we give: “%(reason)s”") % {"reason": excerpt(statement.facts, 400)}
    if statement.restricts:
        body += " " + _("You can contest it for six months.")
    icon = ICONS.get(Measure(statement.measure), "warning")
    css = "is-declined" if icon == "warning" else "is-delivered"
    title = "" if statement.kind == Kind.MEMBER else statement.title
    return Said(
        str(LEADS[Measure(statement.measure)]),
        title,
        body,
        statement.get_absolute_url(),
        icon,
        css,
        statement.public_id,
    )


def load_reports(rows: list) -> dict[int, Report]:
    return found(Report.objects, {row.subject_id for row in rows})


def say_report(row: Any, loaded: dict[int, Report], reader: Any) -> Said | None:
    report = loaded.get(row.subject_id)
    if report is None or report.reporter_id != reader.pk:
        return None
    reference = _("Reference %(reference)s") % {"reference": report.public_id.upper()}
    if row.kind == "report_received":
        return Said(
            _("We have your report"),
            reference,
            _("A moderator reads it."),
            path_of(report),
            "flag",
            "is-new",
            report.public_id,
        )
    acted = report.state == ReportState.UPHELD
    lead = _("We acted on what you reported") if acted else _("We keep online what you reported")
    return Said(lead, reference, excerpt(report.answer, 300), path_of(report), "flag", "is-review", report.public_id)


def load_appeals(rows: list) -> dict[int, Appeal]:
    return found(Appeal.objects.select_related("statement", "report"), {row.subject_id for row in rows})


def say_appeal(row: Any, loaded: dict[int, Appeal], reader: Any) -> Said | None:
    appeal = loaded.get(row.subject_id)
    if appeal is None or appeal.member_id != reader.pk:
        return None
    won = appeal.outcome == Outcome.UPHELD
    lead = _("Your appeal is accepted") if won else _("Your appeal is refused")
    url = appeal.statement.get_absolute_url() if appeal.statement_id else path_of(appeal.report)
    title = appeal.statement.title if appeal.statement_id else ""
    return Said(
        lead,
        title,
        excerpt(appeal.answer, 300),
        url,
        "scale",
        "is-delivered" if won else "is-declined",
        appeal.public_id,
    )


SPEAKERS["statement"] = Speaker(load_statements, say_statement)
SPEAKERS["report"] = Speaker(load_reports, say_report)
SPEAKERS["appeal"] = Speaker(load_appeals, say_appeal)
