"""How many ideas stand in each view and theme: counted when asked, up to a thousand, in one query.

A count that stops at a thousand reads few index entries, so it costs the same at 100,000 ideas; below that it is exact.
« 999+ » is enough to know that it is many.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from core.words import number

from ..models import Category, Idea
from ..states import Crowd, Visibility
from .asked import Asked
from .views import known_views

CAP = 1_000
# Themes with how many ideas of the queue each has. The inner limit is what keeps it cheap.
THEMES = """
    SELECT 'theme', c.slug, {name}, (SELECT COUNT(*) FROM (
        SELECT 1 FROM {ideas} i
        WHERE i.category_id = c.id AND i.in_queue AND i.visibility = '{public}' LIMIT {cap}) t), c.position, c.id
    FROM {categories} c
"""
# Ideas of the queue by the group of who wrote them, and by the group that carries them.
CROWD = """
    SELECT '{column}', '{crowd}', '', (SELECT COUNT(*) FROM (
        SELECT 1 FROM {ideas} i WHERE i.{column} = '{crowd}' AND i.in_queue AND i.visibility = '{public}' LIMIT {cap}) t), 0, 0
"""
EACH = "SELECT 'view', %s, '', (SELECT COUNT(*) FROM ({question}) t), 0, 0"


@dataclass(frozen=True)
class Figure:
    """A count that stops at CAP; below zero where it was not counted."""

    count: int

    @property
    def is_capped(self) -> bool:
        return self.count >= CAP

    def __str__(self) -> str:
        if self.count < 0:
            return "…"
        return f"{number(CAP - 1)}+" if self.is_capped else number(self.count)


@dataclass(frozen=True)
class Theme:
    slug: str
    name: str
    count: Figure


@dataclass(frozen=True)
class Figures:
    """`views` by name; `themes` that have ideas, in their order; `authors` and `carriers` by group of people."""

    views: dict[str, Figure]
    themes: list[Theme]
    authors: dict[str, Figure]
    carriers: dict[str, Figure]


def figures_of(questions: Mapping[str, QuerySet], *, around: bool = False) -> Figures:
    """The figure of each question by its name; `around`: of themes and groups of people too. One query for all."""
    parts, params = (_around() if around else []), []
    found = {name: Figure(0) for name in questions}
    for name, rows in questions.items():
        try:
            sql, values = rows.order_by().values("pk")[:CAP].query.sql_with_params()
        except EmptyResultSet:
            continue
        parts.append(EACH.format(question=sql))
        params += [name, *values]
    if not parts:
        return Figures(found, [], {}, {})
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), params)
        lines = cursor.fetchall()

    def of(kind: str) -> dict[str, Figure]:
        return {name: Figure(count) for what, name, _label, count, *_place in lines if what == kind}

    named = sorted((line for line in lines if line[0] == "theme" and line[3]), key=lambda line: line[4:])
    themes = [Theme(slug, label, Figure(count)) for _kind, slug, label, count, *_place in named]
    return Figures(found | of("view"), themes, of("author_crowd"), of("led_by"))


def _around() -> list[str]:
    """The parts that count themes and groups. What they are made of is the code's own, nothing that was typed."""
    said = {
        "ideas": Idea._meta.db_table,
        "categories": Category._meta.db_table,
        "cap": CAP,
        "public": Visibility.PUBLIC.value,
    }
    name = "c.name_en" if get_language() == "en" else "c.name_fr"
    crowds = [
        CROWD.format(column=column, crowd=crowd, **said)
        for column in ("author_crowd", "led_by")
        for crowd in Crowd.values
    ]
    return [THEMES.format(name=name, **said), *crowds]


def totals(user: Any, now: datetime | None = None) -> dict[str, Figure]:
    """Ideas by built-in view, over all themes: the desk's home."""
    now = now or timezone.now()
    return figures_of({name: Asked.of_tab(name, {}).filtered(user, now) for name in known_views()}).views
