"""What a move is, what it leaves behind, and how it is taken back."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.forms import Textarea
from django.utils.translation import gettext_lazy as _

from ...domain import following
from ...domain.following import ITS_PEOPLE, Audience, Telling
from ...domain.moving import check_reason
from ...domain.recording import check_note
from ...models import Deed, Idea
from ...permissions import can_note, can_triage
from ...states import MOVES
from ..forms import DeskForm

PEOPLE = _("author, supporters, commenters and followers, each once")
NOBODY = _("Nobody is told.")


@dataclass(frozen=True)
class Done:
    """What was done: the sentence that says so, and what an undo would take back (a kind of `undoes`, and its id)."""

    words: str
    kind: str = ""
    key: str = ""
    told: int = 0


def _nothing(*_arguments: Any) -> dict:
    return {}


def _not(*_arguments: Any) -> bool:
    return False


def _none(*_arguments: Any) -> tuple:
    return ()


@dataclass(frozen=True)
class InBulk:
    """How a move is made over many ideas, where that differs from one alone.

    `check(said)` raises Invalid before anything begins; `beside(said)` are keys of ideas that it touches besides the chosen
    ones: an idea that stays is none of those that leave.
    `leads_to(keys)` are those that the chosen ones are led to one by one.
    `doing`: the kind of deed that no two runs make side by side. `act` says what is done, where there are more than two.
    `shows` (all chosen ideas, who makes it, what was typed) is what `part` needs; `unseen` (the same) as a move's own.
    """

    form: type[DeskForm] | None = None
    run: Callable[[Idea, dict, Any], Done] | None = None
    start: Callable[[Any, Mapping], dict] = _nothing
    shows: Callable[[Any, Any, Mapping], dict] = _nothing
    part: str = ""
    check: Callable[[dict], Any] = _none
    beside: Callable[[dict], Iterable[int]] = _none
    leads_to: Callable[[Iterable[int]], Iterable[int]] = _none
    doing: str = ""
    act: Any = ""
    unseen: Callable[[Any, Any, Mapping], bool] = _not


EACH = InBulk()


@dataclass(frozen=True)
class Move:
    """One thing staff do with an idea: its key, its form, whom it is offered to, and the verb it calls.

    `run(idea, said, by)` takes the form's cleaned values and calls the verb, which checks everything again.
    `allows(user)`: whose move it is, whatever the idea; who may not is refused before anything of it begins.
    `hears`: the sentence that says who hears of it, as the form shows it; behind their number, where that is counted.
    `tells`: people will hear of it, unless it is made in silence; `telling` counts them, or `counts` (ideas, what was said or
    is shown, who makes it), where it depends on that. `hears_none`: the sentence where that is nobody.
    `check(said)`: what the verb itself says of the words that were typed; asked once before a run over many ideas begins.
    `undoable`: it can be taken back for ten seconds. `bulk`: how it is made on many ideas with one form; None where it is
    not. `alone`: it is offered on one idea too.
    `leads_to`: the state it takes the idea to. `start(idea, user, asked)` gives the form's first values; `shows` (the same
    arguments, with what was typed) what the template `part` needs above the fields; `unseen` (the same again, with what was
    sent): that part says something of it which has not been read yet, so it is shown before anything is made.
    """

    name: str
    key: str
    icon: str
    label: Any
    act: Any
    form: type[DeskForm]
    offered: Callable[[Any, Idea], bool]
    run: Callable[[Idea, dict, Any], Done]
    hears: Any = field(kw_only=True)
    tells: bool = False
    allows: Callable[[Any], bool] = can_note
    leads_to: str = ""
    is_danger: bool = False
    check: Callable[[dict], Any] = _none
    undoable: bool = False
    bulk: InBulk | None = None
    alone: bool = True
    telling: Telling | None = ITS_PEOPLE
    counts: Callable[[Iterable[Idea], Mapping, Any], Audience] | None = None
    hears_none: Any = ""
    start: Callable[[Idea, Any, Mapping], dict] = _nothing
    shows: Callable[[Idea, Any, Mapping], dict] = _nothing
    unseen: Callable[[Idea, Any, Mapping], bool] = _not
    part: str = ""

    def told(self, idea: Idea, said: dict, by: Any) -> int:
        """How many will hear of it, as the form says before it is made."""
        if not self.tells or said.get("silent"):
            return 0
        return self.counts([idea], said, by).people if self.counts else self.telling.one(idea, by=by)

    def audience(self, ideas: Iterable[Idea], said: Mapping, by: Any) -> Audience | None:
        """The same of many ideas, each person once; None where nobody is told of such a move."""
        if not self.tells:
            return None
        return self.counts(ideas, said, by) if self.counts else self.telling.many(ideas, by=by)

    def hears_of(self, told: int | None) -> Any:
        """The sentence that stands behind that number."""
        return self.hears_none if told == 0 and self.hears_none else self.hears

    @property
    def writes(self) -> bool:
        """Its main field is a text, which another move's text can become."""
        field = self.form.base_fields.get(self.form.main)
        return field is not None and isinstance(field.widget, Textarea)

    @property
    def can_be_silent(self) -> bool:
        """A statement of reasons goes out in any case."""
        return "silent" in self.form.base_fields


def named(said: Mapping, name: str, rows: Any, key: str) -> Any:
    """The row that a field of the form names: as it was cleaned, or by the key that the form shows or got."""
    value = said.get(name)
    return rows.filter(**{key: value}).first() if isinstance(value, str) else value


def public_reason(said: dict) -> None:
    check_reason(said["reason"])


def optional_reason(said: dict) -> None:
    """A reason that may be left out."""
    check_note(said.get("reason", ""))


def people_told(idea: Idea, said: dict, by: Any) -> int:
    return following.people_told(idea, by=by, silent=bool(said.get("silent")))


def reaches(state: str) -> Callable[[Any, Idea], bool]:
    """Offered to who triages, from the states that lead to this one, unless its author took the idea back."""
    return lambda user, idea: can_triage(user, idea) and state in MOVES[idea.state] and not idea.is_withdrawn


def done_deed(words: str, deed: Deed | None, told: int = 0) -> Done:
    """Done, with a deed that an undo would take back."""
    return Done(words, "deed", deed.public_id, told) if deed else Done(words)
