"""The queue on the desk: what its address asks for, and a page of rows. Its tabs and figures: `ideas/queueing/framing.py`."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest

from core.cursors import Page, paginate_parts

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
    page = paginate_parts(asked.in_line(user, now), asked.cursor, size=SIZE)
    for row in page.items:
        row.desk_url = asked.url(idea=row.public_id)
        row.pick = f"{row.public_id}~{make_version(row, row.last_move or 0)}"
    return page
