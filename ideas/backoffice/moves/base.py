"""What a move is, what it leaves behind, and how it is taken back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ...domain.following import audience_of
from ...models import Deed, Idea
from ...permissions import can_triage
from ...states import MOVES
from ..forms import DeskForm


@dataclass(frozen=True)
class Done:
    """What was done: the sentence that says so, and what an undo would take back (a kind of `undoes`, and its id)."""

    words: str
    kind: str = ""
    key: str = ""
    told: int = 0


def _nothing(*_arguments: Any) -> dict:
    return {}


@dataclass(frozen=True)
class Move:
    """One thing staff do with an idea: its key, its form, whom it is offered to, and the verb it calls.

    `run(idea, said, by)` takes the form's cleaned values and calls the verb, which checks everything again.
    `tells`: people will hear of it, unless it is made in silence; `audience(idea)` are those people, as a queryset.
    `undoable`: it can be taken back for ten seconds. `bulk`: it can be made on many ideas with one form.
    `leads_to`: the state it takes the idea to. `start(idea, user, asked)` gives the form's first values; `shows` (the same
    arguments, with what was typed) what the template `part` needs above the fields.
    """

    name: str
    key: str
    icon: str
    label: Any
    act: Any
    form: type[DeskForm]
    offered: Callable[[Any, Idea], bool]
    run: Callable[[Idea, dict, Any], Done]
    tells: bool = False
    leads_to: str = ""
    is_danger: bool = False
    undoable: bool = False
    bulk: bool = False
    audience: Callable[[Idea], Any] = audience_of
    start: Callable[[Idea, Any, Mapping], dict] = _nothing
    shows: Callable[[Idea, Any, Mapping], dict] = _nothing
    part: str = ""

    def told(self, idea: Idea, said: dict) -> int:
        """How many will hear of it, as the form says."""
        return self.audience(idea).count() if self.tells and not said.get("silent") else 0


def people_told(idea: Idea, said: dict) -> int:
    return 0 if said.get("silent") else audience_of(idea).count()


def reaches(state: str) -> Callable[[Any, Idea], bool]:
    """Offered to who triages, from the states that lead to this one."""
    return lambda user, idea: can_triage(user, idea) and state in MOVES[idea.state]


def done_deed(words: str, deed: Deed | None, told: int = 0) -> Done:
    """Done, with a deed that an undo would take back."""
    return Done(words, "deed", deed.public_id, told) if deed else Done(words)
