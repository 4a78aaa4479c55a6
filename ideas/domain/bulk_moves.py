"""Which moves can be made over many ideas. The desk says which at start; verbs, worker and API find them here by name."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errors import Invalid

from ..models import Idea
from ..permissions import can_note
from .following import Audience

NOT_POSSIBLE = gettext_lazy("This move is not possible for this idea, or not yours to make.")


class Done(Protocol):
    """What a move says of itself: `kind` and `key` are what an undo needs; "" where nothing can be taken back."""

    words: str
    kind: str
    key: str


@dataclass(frozen=True)
class BulkMove:
    """`read(values)` reads the form's text and raises Invalid; `run` makes the move; `offered` says to whom, for which idea.

    `names(values)`: the fields that its form has; nothing else that was sent is kept.
    `allows(user)`: whose move it is at all: others start no run of it.
    `doing`: the kind of deed that it leaves, where a colleague's of the same kind since then has to be respected.
    `beside(said)`: keys of ideas that it touches besides the chosen ones, locked with them. `leads_to(keys)`: keys of those
    that each chosen one is led to by itself; they may be among the chosen ones, and are locked with them.

    For a preview: `facts(rows)` are ideas read with what `offered` asks of each; `why_not(user, idea)` says why it is not;
    `hears` who hears of it in words, and `audience(rows, said, by)` how many, None where they are not counted.
    """

    name: str
    label: Any
    read: Callable[[Mapping[str, Any]], dict]
    run: Callable[[Idea, dict, Any], Done]
    offered: Callable[[Any, Idea], bool]
    names: Callable[[Mapping[str, Any]], Iterable[str]]
    undoable: bool = False
    doing: str = ""
    beside: Callable[[dict], Iterable[int]] = lambda said: ()
    leads_to: Callable[[Iterable[int]], Iterable[int]] = lambda keys: ()
    allows: Callable[[Any], bool] = can_note
    facts: Callable[[QuerySet], QuerySet] = lambda rows: rows
    why_not: Callable[[Any, Idea], str] = lambda user, idea: str(NOT_POSSIBLE)
    hears: Any = ""
    audience: Callable[[list[Idea], dict, Any], Audience | None] = lambda rows, said, by: None


@dataclass
class _Source:
    moves: Callable[[], Iterable[BulkMove]] = tuple
    undo: Callable[[str, str, Any], Idea | None] = lambda kind, key, by: None


_source = _Source()


def provide(moves: Callable[[], Iterable[BulkMove]], undo: Callable[[str, str, Any], Idea | None]) -> None:
    """`moves()` gives those there are; `undo(kind, key, by)` takes one step back, None where there is nothing of that key."""
    _source.moves, _source.undo = moves, undo


_own: dict[str, BulkMove] = {}


def add(move: BulkMove) -> None:
    """A move that the domain itself brings; it has no key on the desk."""
    _own[move.name] = move


def bulk_moves() -> dict[str, BulkMove]:
    return {move.name: move for move in _source.moves()} | _own


def find_bulk_move(name: str) -> BulkMove:
    """Raises Invalid (`unknown_move`), naming those that there are."""
    known = bulk_moves()
    if name not in known:
        sentence = _("Choose a move that can be made over several ideas: %(known)s.")
        raise Invalid(sentence % {"known": ", ".join(known)}, code="unknown_move", field="move")
    return known[name]


def undo_step(kind: str, key: str, by: Any) -> Idea | None:
    return _source.undo(kind, key, by)
