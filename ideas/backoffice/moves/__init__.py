"""What staff can do with an idea: one entry per move. An app above ideas brings its own with `add`.

BY_NAME["decline"].run(idea, {"reason": "…", "silent": False}, by)   → Done
offered_to(user, idea)                                               → the moves this person can make with it now
[move for move in ALL if move.bulk]                                  → those that one form makes on many ideas
"""

from typing import Any

from django.utils.translation import gettext as _

from ...domain.undoing import UNDOERS, undoes
from ...models import Idea
from ...states import Visibility
from .answering import ANSWER, NOTE
from .base import EACH, NOBODY, PEOPLE, Done, InBulk, Move, people_told
from .filing import FILE, TAG
from .for_others import FOR_OTHERS
from .handing import ADVISE, ASSIGN, ROUTE
from .merging import MERGE, UNMERGE, find_canonical
from .moderating import HIDE, REMOVE, RESTORE
from .path import BOARD, DECLINE, REVIEW
from .suggested import ACCEPT, DISMISS
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
    RAISE, CALM, ACCEPT, DISMISS,
):  # fmt: skip
    add(_move)


def offered_to(user: Any, idea: Idea) -> list[Move]:
    """The moves that this person can make with this idea now; none for who only reads."""
    return [move for move in ALL if move.alone and move.offered(user, idea)]


def why_not(move: Move | None, user: Any, idea: Idea) -> str:
    """Why a move that an address asks for is not prepared: it is never left out without a word."""
    if move is None:
        return _("This move does not exist.")
    stands = [idea.get_state_display()]
    stands += [idea.get_visibility_display()] if idea.visibility != Visibility.PUBLIC else []
    said = {"move": move.label, "state": ", ".join(str(one) for one in stands)}
    if not move.alone:
        return _("“%(move)s” is made over several ideas: choose them in the queue.") % said
    if not any(one.alone and one.offered(user, idea) for one in ALL):  # the first that is offered ends it
        return _("“%(move)s” is not yours to make: you read this desk.") % said
    if idea.merged_into_id:
        return (
            _("“%(move)s” is not possible: this idea is merged into another one. Decide there, or take it apart first.")
            % said
        )
    return _("“%(move)s” is not possible for this idea as it stands (%(state)s), or not yours to make.") % said


def keymap() -> list[tuple[str, list[Any], bool]]:
    """Each key with the labels of its moves, and whether it is for several ideas only: the list that `?` opens."""
    keys = {move.key: [one for one in ALL if one.key == move.key] for move in ALL}
    return [(key, [one.label for one in found], not any(one.alone for one in found)) for key, found in keys.items()]


__all__ = [
    "ALL", "BY_NAME", "EACH", "NOBODY", "PEOPLE", "UNDOERS", "Done", "InBulk", "Move", "add", "find_canonical", "keymap",
    "offered_to", "people_told", "undoes", "why_not",
]  # fmt: skip
