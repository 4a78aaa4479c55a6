"""Reads that pages and the API share."""

from typing import Any

from core.errors import NotFound, require

from .models import Report, Statement
from .signing import is_key_of
from .states import ReportState


def statements_of(member: Any):
    """What was decided about this member, the newest first."""
    return Statement.objects.told_to(member).select_related("appeal").order_by("-at", "-id")


def my_statement(public_id: str, *, member: Any) -> Statement:
    """One's own statement; another's is not there."""
    row = Statement.objects.told_to(member).filter(public_id=public_id).first()
    require(row is not None, NotFound())
    return row


def followed_report(public_id: str, key: str) -> Report:
    """The report of who holds its signed key; NotFound for everyone else."""
    row = Report.objects.select_related("case", "appeal").filter(public_id=public_id.replace("\x00", "")).first()
    require(row is not None and is_key_of(row, key), NotFound())
    return row


def can_contest(report: Report) -> bool:
    return report.state == ReportState.REFUSED and getattr(report, "appeal", None) is None
