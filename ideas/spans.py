"""How far back a report looks."""

from datetime import date
from typing import Any

from django.utils import timezone

SPANS = (3, 6, 12, 24)


def span_of(query: Any) -> tuple[int, date, date]:
    """The months asked for (6 unless one of SPANS), their first day, and today."""
    months = query.get("months", "")
    months = int(months) if months in map(str, SPANS) else 6
    today = timezone.localdate()
    back = today.year * 12 + today.month - months
    return months, date(back // 12, back % 12 + 1, 1), today
