"""Reads that pages and the API share."""

from typing import Any

from core.errors import NotFound, require

from .models import Statement


def statements_of(member: Any):
    """What was decided about this member, the newest first."""
    return Statement.objects.filter(member=member).select_related("appeal").order_by("-at", "-id")


def my_statement(public_id: str, *, member: Any) -> Statement:
    """One's own statement; another's is not there."""
    row = Statement.objects.filter(member_id=member.pk, public_id=public_id).first()
    require(row is not None, NotFound())
    return row
