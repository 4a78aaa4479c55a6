"""The sentences, one module per app that is told of. `SPEAKERS` maps a subject's type to its module's speaker.

A speaker loads what its notifications speak of in a fixed number of queries, then says each in the active language.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Said:
    """One notification in words. `lead` says what happened, `title` to what, `body` why; `url` is where to read on.

    `language`: that of the title, where it is somebody's text.
    """

    lead: str
    title: str = ""
    body: str = ""
    url: str = ""
    icon: str = "info"
    css: str = "is-new"
    subject_id: str = ""
    lines: tuple["Line", ...] = ()
    language: str = ""


@dataclass(frozen=True)
class Line:
    """One of several things told together: its title, what became of it, where to read on."""

    title: str
    text: str
    url: str
    language: str = ""


def _never(row: Any, loaded: Any) -> bool:
    return False


@dataclass(frozen=True)
class Speaker:
    """`load(rows)` reads what the rows speak of; `say(row, loaded, reader)` words one, or None if it may not be seen.

    `is_stale(row, loaded)`: true of what happened, but no longer worth a mail: the idea was merged, the answer replaced.
    """

    load: Callable[[list], Any]
    say: Callable[[Any, Any, Any], Said | None]
    is_stale: Callable[[Any, Any], bool] = _never


SPEAKERS: dict[str, Speaker] = {}


def refs(rows: list, name: str) -> set[int]:
    """The keys that the rows' payloads hold under `name`."""
    return {row.payload[name] for row in rows if row.payload.get(name)}


def found(model: Any, keys: set[int]) -> dict[int, Any]:
    """Rows by key; no query for no key."""
    return model.in_bulk(keys) if keys else {}
