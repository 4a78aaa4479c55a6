"""The queue on the desk: what its address asks for, and a page of rows. Its tabs and figures: `ideas/queueing/framing.py`."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from core.cursors import Page, paginate

from ..domain.triaging import make_version
from ..domain.viewing import views_of
from ..models import SavedView
from ..queueing import Asked

SIZE = 25


def saved_views(request: HttpRequest) -> list[SavedView]:
    """The reader's views and the team's, read once for a request."""
    if not hasattr(request, "desk_views"):
        request.desk_views = list(views_of(request.user))
    return request.desk_views


def query_of(request: HttpRequest) -> Asked:
    return Asked.of(request.GET, saved_views(request))


def queue(asked: Asked, user: Any, now: datetime) -> Page:
    """One page of the queue; each row knows its address and what it was when it was shown."""
    rows = asked.ideas(user, now)
    page = paginate(rows.filter(urgent_since__isnull=True), asked.cursor, size=SIZE)
    if not asked.cursor:
        # The urgent ones stand before the first page, whatever the order: few, and read by an index of their own.
        urgent = rows.filter(urgent_since__isnull=False).order_by("urgent_since", "id")
        page = replace(page, items=[*urgent, *page.items])
    for row in page.items:
        row.desk_url = asked.url(idea=row.public_id)
        row.pick = f"{row.public_id}~{make_version(row, row.last_move or 0)}"
    return page
