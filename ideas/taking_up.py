"""What takes an idea up outside its own row. An app above ideas adds its own when it is set up; all is asked in one query:

taken_up_by(rows)   → `rows()` gives a queryset with `idea`; an idea that has one is no longer its author's to change
"""

from collections.abc import Callable

from django.db.models import Exists, OuterRef, Q, QuerySet

_rows: list[Callable[[], QuerySet]] = []


def taken_up_by(rows: Callable[[], QuerySet]) -> None:
    _rows.append(rows)


def is_taken_up() -> Q:
    """As a condition of the query of ideas: false of each where nothing was added."""
    found = Q(pk__in=())
    for rows in _rows:
        found |= Exists(rows().filter(idea=OuterRef("pk")))
    return found
