"""What must not be forgotten yet. An app that still needs a text says so; the job that forgets asks before it does.

    @needs("comment")
    def comments_of_cases() -> QuerySet: ...      # one column: the keys of the comments that are still needed

A text is forgotten once nobody needs it any more, without anybody having to think of it again.
"""

from collections import defaultdict
from collections.abc import Callable

from django.db.models import QuerySet

_asked: dict[str, list[Callable[[], QuerySet]]] = defaultdict(list)


def needs(kind: str) -> Callable[[Callable[[], QuerySet]], Callable[[], QuerySet]]:
    """Register who still needs things of this kind."""

    def register(function: Callable[[], QuerySet]) -> Callable[[], QuerySet]:
        if function not in _asked[kind]:
            _asked[kind].append(function)
        return function

    return register


def still_needed(kind: str) -> list[QuerySet]:
    """The keys of what is still needed, a subquery for each who needs something."""
    return [function() for function in _asked[kind]]
