"""Candidates of a search: those that some readings find, a hundred of each at most, in one query for all of them.

Each part is a common table; a looser part is empty as soon as the stricter ones hold enough, and then costs nothing: its
condition does not depend on its rows, so the database reads none.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL

from .readings import Reading
from .tables import engine

CANDIDATES = 100
COLUMNS = ("pk", "title", "body", "vote_score")
Found = list[tuple[int, str, str, int]]


def candidates(
    queryset: QuerySet, stage: Sequence[Reading], query: str, enough: int
) -> Iterator[tuple[Reading, Found]]:
    """(reading, rows of pk, title, body and votes) for each reading of the stage, in its order.

    Of those that hold every word, the liveliest that hold them in the title; where these are not enough, the liveliest
    that hold them anywhere: an idea with every word in its title stands before any that has one of them in the body alone,
    so nothing is left out for which there would be a place. Where some words are missing, the nearest titles. A reading
    after one that found `enough` is not looked up.
    """
    tables = _Tables()
    parts: list[tuple[Reading, list[int]]] = []
    for reading in stage:
        lookup = partial(engine().matching, reading.groups, least=reading.least)
        before = [number for _reading, numbers in parts for number in numbers]
        wanted = tables.gated(queryset, before, enough)
        if reading.is_partial:
            numbers = [tables.add(wanted.filter(pk__in=lookup(nearest=query, limit=CANDIDATES)).order_by())]
        else:
            wanted = wanted.order_by("-trend", "-id")
            titled = tables.add(wanted.filter(pk__in=lookup(in_titles=True)))
            wanted = tables.gated(wanted, [titled], CANDIDATES)
            numbers = [titled, tables.add(wanted.filter(pk__in=lookup()))]
        parts.append((reading, numbers))
    rows = tables.read()
    for reading, numbers in parts:
        yield reading, [row for number in numbers for row in rows.get(number, ())]


class _Tables:
    """Querysets as common tables of one statement, numbered from 0."""

    def __init__(self) -> None:
        self.queries: list[tuple[int, str, tuple]] = []
        self.count = 0

    def add(self, queryset: QuerySet) -> int:
        """Its number. What can hold nothing is left out."""
        number, self.count = self.count, self.count + 1
        try:
            sql, values = queryset.values_list(*COLUMNS)[:CANDIDATES].query.sql_with_params()
            self.queries.append((number, sql, values))
        except EmptyResultSet:
            pass
        return number

    def gated(self, queryset: QuerySet, before: Sequence[int], enough: int) -> QuerySet:
        """The queryset, empty where one of the tables `before` holds `enough`."""
        known = {number for number, *_query in self.queries}
        for number in before:
            if number in known:
                gate = f"(SELECT COUNT(*) FROM found_{number}) < %s"  # noqa: S608 - a number
                queryset = queryset.filter(RawSQL(gate, [enough], output_field=BooleanField()))  # noqa: S611
        return queryset

    def read(self) -> dict[int, Found]:
        """The rows of each table."""
        if not self.queries:
            return {}
        columns, tables, parts = "id, title, body, votes", [], []
        for number, sql, _values in self.queries:
            tables.append(f"found_{number} ({columns}) AS MATERIALIZED ({sql})")
            parts.append(f"SELECT {number}, {columns} FROM found_{number}")  # noqa: S608 - a number
        values: list[Any] = [value for *_query, given in self.queries for value in given]
        rows: dict[int, Found] = {}
        with connection.cursor() as cursor:
            cursor.execute(f"WITH {', '.join(tables)} {' UNION ALL '.join(parts)}", values)
            for number, *row in cursor.fetchall():
                rows.setdefault(number, []).append(tuple(row))
        return rows
