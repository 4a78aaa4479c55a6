"""Where an idea went outside this app: the board, a beta test. Those apps register here, and are not known by name.

A source gives rows, not objects: the timeline reads all sources in one query, so a new one costs the page nothing.

    register("board", rows=lambda idea, user: as_rows(Placement.objects…, "board", at="quarter__published_at", …),
             leg=lambda row: {"title": …, "url": …})
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import CharField, DateTimeField, F, QuerySet, TextField, Value
from django.db.models.functions import Cast

EMPTY = Value("", output_field=CharField())


class Row(NamedTuple):
    """One thing that happened: its kind, when, and what its source wants to say of it."""

    kind: str
    at: datetime
    text: str
    one: str
    two: str


@dataclass(frozen=True)
class Source:
    rows: Callable[[Any, Any], QuerySet]
    leg: Callable[[Row], dict]


sources: dict[str, Source] = {}


def register(kind: str, *, rows: Callable[[Any, Any], QuerySet], leg: Callable[[Row], dict]) -> None:
    """`rows(idea, user)` made by `as_rows`, of what the user may see; `leg(row)` gives title, text, url, icon."""
    sources[kind] = Source(rows, leg)


def as_rows(queryset: QuerySet, kind: str, *, at: str = "at", text: str = "", one: str = "", two: str = "") -> QuerySet:
    """The queryset as rows of five columns of one type, so that those of all sources can be read together."""

    def column(name: str, field: Any) -> Any:
        return Cast(F(name), field()) if name else Cast(EMPTY, field())

    return (
        queryset.order_by()
        .annotate(
            row_kind=Cast(Value(kind), CharField(max_length=20)),
            row_at=Cast(F(at), DateTimeField()),
            row_text=column(text, TextField),
            row_one=column(one, TextField),
            row_two=column(two, TextField),
        )
        .values_list("row_kind", "row_at", "row_text", "row_one", "row_two")
    )
