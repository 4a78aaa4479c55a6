"""What stands around the queue's rows: its tabs with their figures, its themes and groups of people. For page and API alike."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..models import SavedView
from ..states import Crowd
from .asked import Asked
from .figures import Figure, Theme, figures_of
from .views import known_views

HERE = "here"  # the question that counts what the reader sees, filters included


@dataclass(frozen=True)
class Tab:
    """One view of the strip. `saved` is the row of a named view, with whose it is."""

    asked: Asked
    label: Any
    figure: Figure
    is_current: bool
    is_bad: bool = False
    saved: SavedView | None = None

    @property
    def name(self) -> str:
        return self.asked.view

    @property
    def url(self) -> str:
        return self.asked.url()

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
            tab,
            by_id[tab.view].name if tab.view in by_id else known_views()[tab.view].label,
            figures.get(tab.view, Figure(-1)),
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
