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
from .asked import Asked
from .views import known_views

CAP = 1_000
# Themes with how many ideas of the queue each has. The inner limit is what keeps it cheap.
THEMES = """
    SELECT 'theme', c.slug, {name}, (SELECT COUNT(*) FROM (
        SELECT 1 FROM {ideas} i WHERE i.category_id = c.id AND i.in_queue LIMIT {cap}) t), c.position, c.id
    FROM {categories} c
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


def figures_of(questions: Mapping[str, QuerySet], *, themes: bool = False) -> tuple[dict[str, Figure], list[Theme]]:
    """The figure of each question by its name, and the themes that have ideas, in their order. One query for all."""
    parts, params = [], []
    if themes:
        name = "c.name_en" if get_language() == "en" else "c.name_fr"
        tables = {"ideas": Idea._meta.db_table, "categories": Category._meta.db_table}
        parts.append(THEMES.format(name=name, cap=CAP, **tables))
    found = {name: Figure(0) for name in questions}
    for name, rows in questions.items():
        try:
            sql, values = rows.order_by().values("pk")[:CAP].query.sql_with_params()
        except EmptyResultSet:
            continue
        parts.append(EACH.format(question=sql))
        params += [name, *values]
    if not parts:
        return found, []
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), params)
        lines = cursor.fetchall()
    found |= {name: Figure(count) for kind, name, _label, count, *_place in lines if kind == "view"}
    named = sorted((line for line in lines if line[0] == "theme" and line[3]), key=lambda line: line[4:])
    return found, [Theme(slug, label, Figure(count)) for _kind, slug, label, count, *_place in named]


def totals(user: Any, now: datetime | None = None) -> dict[str, Figure]:
    """Ideas by built-in view, over all themes: the desk's home."""
    now = now or timezone.now()
    return figures_of({name: Asked.of_tab(name, {}).filtered(user, now) for name in known_views()})[0]
