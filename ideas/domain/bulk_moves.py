"""Which moves can be made over many ideas. The desk says which at start; verbs, worker and API find them here by name."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.translation import gettext as _

from core.errors import Invalid

from ..models import Idea


class Done(Protocol):
    """What a move says of itself: `kind` and `key` are what an undo needs; "" where nothing can be taken back."""

    words: str
    kind: str
    key: str


@dataclass(frozen=True)
class BulkMove:
    """`read(values)` reads the form's text and raises Invalid; `run` makes the move; `offered` says to whom, for which idea."""

    name: str
    label: Any
    read: Callable[[Mapping[str, Any]], dict]
    run: Callable[[Idea, dict, Any], Done]
    offered: Callable[[Any, Idea], bool]
    undoable: bool = False


@dataclass
class _Source:
    moves: Callable[[], Iterable[BulkMove]] = tuple
    undo: Callable[[str, str, Any], Idea | None] = lambda kind, key, by: None


_source = _Source()


def provide(moves: Callable[[], Iterable[BulkMove]], undo: Callable[[str, str, Any], Idea | None]) -> None:
    """`moves()` gives those there are; `undo(kind, key, by)` takes one step back, None where there is nothing of that key."""
    _source.moves, _source.undo = moves, undo


def bulk_moves() -> dict[str, BulkMove]:
    return {move.name: move for move in _source.moves()}


def find_bulk_move(name: str) -> BulkMove:
    """Raises Invalid (`unknown_move`), naming those that there are."""
    known = bulk_moves()
    if name not in known:
        sentence = _("Choose a move that can be made over several ideas: %(known)s.")
        raise Invalid(sentence % {"known": ", ".join(known)}, code="unknown_move", field="move")
    return known[name]


def undo_step(kind: str, key: str, by: Any) -> Idea | None:
    return _source.undo(kind, key, by)
