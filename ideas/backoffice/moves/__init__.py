"""What staff can do with an idea: one entry per move. An app above ideas brings its own with `add`.

BY_NAME["decline"].run(idea, {"reason": "…", "silent": False}, by)   → Done
offered_to(user, idea)                                               → the moves this person can make with it now
[move for move in ALL if move.bulk]                                  → those that one form makes on many ideas
"""

from typing import Any

from ...domain.undoing import UNDOERS, undoes
from ...models import Idea
from .answering import ANSWER, NOTE
from .base import Done, Move, people_told
from .filing import FILE, TAG
from .for_others import FOR_OTHERS
from .handing import ADVISE, ASSIGN, ROUTE
from .merging import MERGE, UNMERGE, find_canonical
from .moderating import HIDE, REMOVE, RESTORE
from .path import BOARD, DECLINE, REVIEW
from .urgency import CALM, RAISE

ALL: list[Move] = []
BY_NAME: dict[str, Move] = {}


def add(move: Move) -> None:
    """Offer a move on the desk; one of the same name gives way to it, in its place."""
    known = BY_NAME.get(move.name)
    if known:
        ALL[ALL.index(known)] = move
    else:
        ALL.append(move)
    BY_NAME[move.name] = move


for _move in (
    REVIEW, BOARD, ANSWER, MERGE, UNMERGE, DECLINE, ROUTE, ADVISE, ASSIGN, FILE, TAG, NOTE, FOR_OTHERS, HIDE, REMOVE, RESTORE,
    RAISE, CALM,
):  # fmt: skip
    add(_move)


def offered_to(user: Any, idea: Idea) -> list[Move]:
    """The moves that this person can make with this idea now; none for who only reads."""
    return [move for move in ALL if move.offered(user, idea)]


__all__ = [
    "ALL", "BY_NAME", "UNDOERS", "Done", "Move", "add", "find_canonical", "offered_to", "people_told", "undoes",
]  # fmt: skip
