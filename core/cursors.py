"""Keyset pages, the same for the website and the API.

`paginate(queryset.order_by("-vote_score", "-id"), cursor)` reads `size + 1` rows by index and never counts or skips. The
last ordering column must be unique. A cursor that cannot be read is a refusal, not a crash.
"""

import base64
import binascii
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from .errors import DomainError, Invalid
from .incoming import is_text
from .text import whole

DEFAULT_SIZE, MAXIMUM_SIZE = 20, 100


@dataclass(frozen=True)
class Page:
    items: list
    next: str | None
    previous: str | None


def size_of(text: str) -> int:
    """How many rows a page is asked to hold; unasked, the house's number. Raises Invalid (`invalid_page_size`): who asks for
    10,000 and gets 100 without a word believes to have read all."""
    if not text:
        return DEFAULT_SIZE
    size = whole(text)
    if size is None or not 1 <= size <= MAXIMUM_SIZE:
        sentence = _("A page holds from 1 to %(most)s rows: ask for a number between these.") % {"most": MAXIMUM_SIZE}
        raise Invalid(sentence, code="invalid_page_size", field="page_size")
    return size


def _encode(row: Any, names: list[str], backwards: bool, *part: int) -> str:
    values = [_value_of(row, name) for name in names]
    values = [{"t": value.isoformat()} if isinstance(value, datetime) else value for value in values]
    values = [str(value) if isinstance(value, UUID) else value for value in values]
    values = [value.isoformat() if isinstance(value, date) else value for value in values]
    raw = json.dumps([int(backwards), *part, *values]).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _value_of(row: Any, name: str) -> Any:
    for part in name.split("__"):
        row = getattr(row, part)
    return row


def _decode(cursor: str, *lengths: int) -> tuple[bool, list]:
    try:
        raw = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        backwards, *values = raw
        if len(values) not in lengths:
            raise ValueError("length")
        values = [datetime.fromisoformat(value["t"]) if isinstance(value, dict) else value for value in values]
        if not all(_is_plain(value) for value in values):
            raise ValueError("type")
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, binascii.Error, RecursionError) as error:
        raise bad_cursor() from error
    return bool(backwards), values


def _is_plain(value: Any) -> bool:
    """What a column may hold: text that is one, a date that knows its zone, a number that a database takes."""
    if isinstance(value, str):
        return is_text(value)
    if isinstance(value, datetime):
        return value.tzinfo is not None
    return isinstance(value, (int, float)) and abs(value) < 2**63  # neither infinite nor NaN


def bad_cursor() -> DomainError:
    return Invalid(_("This page's address is incomplete. Start again from the first page."), code="bad_cursor")


def _after(names: list[str], down: list[bool], values: list) -> Q:
    """Rows strictly after `values` in the order. Written so that the first column's index bounds the scan."""
    condition = Q()
    for position in reversed(range(len(names))):
        name, beyond = names[position], "lt" if down[position] else "gt"
        step = Q(**{f"{name}__{beyond}": values[position]})
        if position == len(names) - 1:
            condition = step
        else:
            condition = Q(**{f"{name}__{beyond}e": values[position]}) & (step | condition)
    return condition


def _order_of(queryset: QuerySet) -> tuple[list[str], list[bool]]:
    """The ordering columns, and whether each goes down."""
    order = [str(term) for term in queryset.query.order_by or queryset.model._meta.ordering]
    names = ["id" if term.lstrip("-") == "pk" else term.lstrip("-") for term in order]
    return names, [term.startswith("-") for term in order]


def _beyond(queryset: QuerySet, here: list | None, backwards: bool) -> QuerySet:
    """The rows after `here` (all of them, where it is None), or before it and the nearest first."""
    names, down = _order_of(queryset)
    if backwards:
        queryset, down = queryset.reverse(), [not flag for flag in down]
    try:
        return queryset if here is None else queryset.filter(_after(names, down, here))
    except (ValueError, TypeError, OverflowError, ValidationError) as error:
        raise bad_cursor() from error


def paginate(queryset: QuerySet, cursor: str = "", *, size: int = DEFAULT_SIZE) -> Page:
    """One page. The cursor holds the ordering columns' values of its last (or first) row."""
    names, _down = _order_of(queryset)
    backwards, here = _decode(cursor, len(names)) if cursor else (False, None)
    rows = list(_beyond(queryset, here, backwards)[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    if not rows:
        return Page([], None, None)
    has_next, has_previous = (True, more) if backwards else (more, bool(cursor))
    return Page(
        rows,
        _encode(rows[-1], names, False) if has_next else None,
        _encode(rows[0], names, True) if has_previous else None,
    )


def paginate_parts(parts: Sequence[QuerySet], cursor: str = "", *, size: int = DEFAULT_SIZE) -> Page:
    """One page of several querysets, one behind the other, each in its own order; no row may be in two of them.

    The cursor also holds in which part its row is. A part that the page does not reach is not read.
    """
    orders = [_order_of(part)[0] for part in parts]
    backwards, start, here = False, 0, None
    if cursor:
        backwards, (start, *here) = _decode(cursor, *{len(names) + 1 for names in orders})
        if type(start) is not int or not 0 <= start < len(parts) or len(here) != len(orders[start]):
            raise bad_cursor()
    found: list[tuple[int, Any]] = []
    for place in range(start, -1, -1) if backwards else range(start, len(parts)):
        rows = _beyond(parts[place], here if place == start else None, backwards)
        found += [(place, row) for row in rows[: size + 1 - len(found)]]
        if len(found) > size:
            break
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    if not found:
        return Page([], None, None)
    has_next, has_previous = (True, more) if backwards else (more, bool(cursor))
    (first, top), (last, end) = found[0], found[-1]
    return Page(
        [row for _place, row in found],
        _encode(end, orders[last], False, last) if has_next else None,
        _encode(top, orders[first], True, first) if has_previous else None,
    )


def paginate_rows(rows: Iterable[Any], names: Sequence[str], cursor: str = "", *, size: int = DEFAULT_SIZE) -> Page:
    """As `paginate`, of rows that are read already: the largest `names` first, which together are unique."""
    names, backwards, here = list(names), False, ()
    if cursor:
        backwards, values = _decode(cursor, len(names))
        here = tuple(values)

    def key(row: Any) -> tuple:
        return tuple(_value_of(row, name) for name in names)

    ordered = sorted(rows, key=key, reverse=True)
    try:
        left = [row for row in ordered if not cursor or (key(row) > here if backwards else key(row) < here)]
    except TypeError as error:
        raise bad_cursor() from error
    items, more = (left[-size:] if backwards else left[:size]), len(left) > size
    if not items:
        return Page([], None, None)
    has_next, has_previous = (True, more) if backwards else (more, bool(cursor))
    return Page(
        items,
        _encode(items[-1], names, False) if has_next else None,
        _encode(items[0], names, True) if has_previous else None,
    )
