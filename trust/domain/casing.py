"""Opening and closing cases: one open case per subject and matter, whoever comes at once."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from core.events import publish

from ..events import AppealDecided, CaseClosed, ReportDecided
from ..models import Appeal, Case, Statement, Strike
from ..states import Matter, Measure, Outcome, ReportState
from ..subjects import Subject


def open_case(
    matter: str, subject: Subject, *, is_urgent: bool = False, is_held: bool = False, reports: int = 0
) -> Case:
    """The open case of this subject, made if there is none, with what comes now added. Call inside a transaction."""
    case = _waiting(matter, subject) or _make(matter, subject)
    changes: dict[str, Any] = {"report_count": F("report_count") + reports}
    if is_urgent:
        changes["is_urgent"] = True
    if is_held:
        changes["is_held"] = True
    Case.objects.filter(pk=case.pk).update(**changes)
    return case


def _waiting(matter: str, subject: Subject) -> Case | None:
    rows = Case.objects.waiting().filter(matter=matter, kind=subject.kind, subject_id=subject.pk)
    return rows.select_for_update().first()


def _make(matter: str, subject: Subject) -> Case:
    fields = {"matter": matter, "kind": subject.kind, "subject_id": subject.pk}
    try:
        with transaction.atomic():
            return Case.objects.create(title=subject.title, author=subject.author, **fields)
    except IntegrityError:  # somebody opened it this moment
        return Case.objects.waiting().select_for_update().get(**fields)


def close_case(case: Case, *, verdict: str, by: Any, at: datetime | None = None) -> None:
    case.closed_at, case.closed_by, case.is_held = at or timezone.now(), by, False
    case.save(update_fields=["closed_at", "closed_by", "is_held"])
    publish(CaseClosed(case.pk, verdict), by=by)


def settle(kind: str, subject_id: int, statement: Statement) -> None:
    """Close what waited on this content, and answer each who reported it."""
    rows = Case.objects.waiting().filter(matter=Matter.CONTENT, kind=kind, subject_id=subject_id)
    case = rows.select_for_update().first()
    if case is None:
        return
    acted = statement.measure in (Measure.HIDDEN, Measure.REMOVED, Measure.CLEARED)
    for report in case.reports.filter(state=ReportState.OPEN):
        report.state = ReportState.UPHELD if acted else ReportState.REFUSED
        report.answer, report.decided_at, report.decided_by = statement.facts, statement.at, statement.by
        report.save(update_fields=["state", "answer", "decided_at", "decided_by"])
        publish(ReportDecided(report.pk, report.state), by=statement.by)
    close_case(case, verdict=statement.measure, by=statement.by, at=statement.at)


def settle_appeals(kind: str, subject_id: int, restored: Statement) -> None:
    """Content that came back has won the appeals of its author: they are answered, and the strikes go."""
    rows = Appeal.objects.filter(outcome=Outcome.OPEN, statement__kind=kind, statement__subject_id=subject_id)
    rows = rows.exclude(statement__measure=Measure.SET_ASIDE)  # a supporter's, of the same idea
    for appeal in rows.select_for_update(of=("self",)).select_related("case"):
        appeal.outcome, appeal.answer = Outcome.UPHELD, restored.facts
        appeal.decided_at, appeal.decided_by = restored.at, restored.by
        appeal.save(update_fields=["outcome", "answer", "decided_at", "decided_by"])
        Strike.objects.filter(statement=appeal.statement_id, withdrawn_at=None).update(withdrawn_at=restored.at)
        publish(AppealDecided(appeal.pk, appeal.outcome), by=restored.by)
        if appeal.case.is_open and not appeal.case.appeals.filter(outcome=Outcome.OPEN).exists():
            close_case(appeal.case, verdict=f"appeal_{appeal.outcome}", by=restored.by, at=restored.at)
