"""The queue on the desk: its tabs with their figures, its themes, and a page of rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from core.cursors import Page, paginate

from ..domain.triaging import make_version
from ..domain.viewing import views_of
from ..models import SavedView
from ..queueing import Asked, Figure, figures_of, known_views
from ..queueing.figures import Theme
from ..states import Crowd

SIZE = 25
HERE = "here"  # the question that counts what the reader sees, filters included


@dataclass(frozen=True)
class Tab:
    """One view of the strip. `saved` is the row of a named view, with whose it is."""

    name: str
    label: Any
    figure: Figure
    url: str
    is_current: bool
    is_bad: bool = False
    saved: SavedView | None = None

    @property
    def count(self) -> int:
        return self.figure.count


@dataclass(frozen=True)
class Frame:
    """All that stands around the rows."""

    tabs: list[Tab]
    themes: list[Theme]
    total: Figure
    authors: list[tuple[str, Any, Figure]]
    carriers: list[tuple[str, Any, Figure]]


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


def frame_of(asked: Asked, saved: Sequence[SavedView], user: Any, now: datetime) -> Frame:
    """Tabs, themes and the figure of what is shown, all in one query. Views with words are counted when they are open."""
    tabs = _tabs(asked, saved, user)
    questions = {tab.view: tab.filtered(user, now) for tab in tabs if not tab.q or tab.view == asked.view}
    if asked.is_changed:
        questions[HERE] = asked.filtered(user, now)
    counted = figures_of(questions, around=True)
    figures = counted.views
    by_id = {view.public_id: view for view in saved}
    shown = [
        Tab(
            tab.view,
            by_id[tab.view].name if tab.view in by_id else known_views()[tab.view].label,
            figures.get(tab.view, Figure(-1)),
            tab.url(),
            tab.view == asked.view,
            known_views()[tab.base].is_bad,
            by_id.get(tab.view),
        )
        for tab in tabs
    ]
    total = figures[HERE if asked.is_changed else asked.view]
    return Frame(shown, counted.themes, total, _groups(counted.authors), _groups(counted.carriers))


def _groups(figures: dict[str, Figure]) -> list[tuple[str, Any, Figure]]:
    return [(value, label, figures.get(value, Figure(0))) for value, label in Crowd.choices]


def _tabs(asked: Asked, saved: Iterable[SavedView], user: Any) -> list[Asked]:
    """One's own views, those that everyone has, then those that colleagues share."""
    views = {view.public_id: view for view in saved}
    mine = [name for name, view in views.items() if view.is_mine]
    others = [name for name in views if name not in mine]
    ours = [name for name, view in known_views().items() if view.opens(user) or name == asked.view]
    return [Asked.of_tab(name, views, opens=asked.opens) for name in (*mine, *ours, *others)]
