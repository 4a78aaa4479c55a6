"""What an idea feeds elsewhere: apps above tell it here, for ideas know none of them.

@feeds
def subjects(idea) -> list[Feed]: ...
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Feed:
    """One thing that the idea speaks for: `kind` and `state` in words, `url` a page of the desk."""

    kind: Any
    title: str
    state: Any
    url: str


_feeds: dict[str, Callable[[Any], list[Feed]]] = {}


def feeds(function: Callable[[Any], list[Feed]]) -> Callable[[Any], list[Feed]]:
    _feeds[f"{function.__module__}.{function.__qualname__}"] = function
    return function


def fed_by(idea: Any) -> list[Feed]:
    """Everything that the idea feeds; a fixed number of queries for each app that asks."""
    return [feed for function in _feeds.values() for feed in function(idea)]
