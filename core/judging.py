"""Texts are judged before they are public, and each change of what may be seen is witnessed. Neither knows by whom.

A verb that publishes a text asks `judge("idea", by=member, title=…, body=…)`; a ruling means that the text is held. A verb
that holds, hides, removes or shows again calls `witness(Change(…))` in its own transaction, so that none of them can leave
the reasons out. Before it changes anything it asks `ask_leave(Change(…))`, where a rule that the verb does not know of may refuse
by raising: nobody decides an appeal against themselves by another way. The app that moderates registers all in its `ready()`:

    @judges
    def links_of_new_accounts(text: Text) -> Iterable[Ruling]: ...

    @may_refuse
    def nobody_reviews_themselves(change: Change) -> None: ...

    @witnesses
    def state_the_reasons(change: Change) -> None: ...

A change that is taken back within its seconds is no change: the verb asks `take_back(…)` before it gives anything back, and who
witnessed it takes back the statement too, or refuses because something has built on it since.

    @takes_back
    def withdraw_the_statement(taking: TakingBack) -> str | None: ...
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Ruling:
    """Why a text is held: the `rule` that says so, and in `words` what it saw, for staff."""

    rule: str
    words: str = ""


@dataclass(frozen=True)
class Text:
    """What someone is about to publish. `kind` is what it becomes ("idea", "comment"); `pk` names it if it exists already."""

    kind: str
    by: Any
    fields: dict[str, str]
    pk: int | None = None

    @property
    def whole(self) -> str:
        return "\n".join(value for value in self.fields.values() if value)


@dataclass(frozen=True)
class Change:
    """One change of visibility. `by` is None when a rule made it; `because` is the moderator's, passed through as it came."""

    kind: str
    thing: Any
    author: Any
    before: str
    after: str
    reason: str = ""
    by: Any = None
    rulings: tuple[Ruling, ...] = ()
    because: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class TakingBack:
    """One's own last change of what may be seen, which led to `made`. `since`: only what was made from then on."""

    kind: str
    thing: Any
    made: str
    by: Any
    since: datetime | None = None


_judges: list[Callable[[Text], Iterable[Ruling]]] = []
_witnesses: list[Callable[[Change], None]] = []
_refusers: list[Callable[[Change], None]] = []
_takers: list[Callable[[TakingBack], str | None]] = []
_keepers: list[Callable[[TakingBack], bool]] = []


def judges(function: Callable[[Text], Iterable[Ruling]]) -> Callable[[Text], Iterable[Ruling]]:
    """Register who is asked about each text."""
    if function not in _judges:
        _judges.append(function)
    return function


def witnesses(function: Callable[[Change], None]) -> Callable[[Change], None]:
    """Register who writes down each change of visibility, in the transaction of the change."""
    if function not in _witnesses:
        _witnesses.append(function)
    return function


def may_refuse(function: Callable[[Change], None]) -> Callable[[Change], None]:
    """Register who is asked before each change of visibility, in its transaction; it refuses by raising."""
    if function not in _refusers:
        _refusers.append(function)
    return function


def takes_back(function: Callable[[TakingBack], str | None]) -> Callable[[TakingBack], str | None]:
    """Register who takes back what was witnessed; it says what the visibility was before, None where there is nothing."""
    if function not in _takers:
        _takers.append(function)
    return function


def keeps(function: Callable[[TakingBack], bool]) -> Callable[[TakingBack], bool]:
    """Register who says of a change that it is not taken back where it shows: `take_back` refuses it too."""
    if function not in _keepers:
        _keepers.append(function)
    return function


def is_kept(kind: str, thing: Any, made: str, *, by: Any) -> bool:
    """Whether one's own last change is to be taken back elsewhere, if at all: then nothing offers it here."""
    return any(function(TakingBack(kind, thing, made, by)) for function in _keepers)


def take_back(kind: str, thing: Any, made: str, *, by: Any, since: datetime | None = None) -> str | None:
    """The visibility before one's own last change, which nobody has heard of; None where nothing was witnessed.

    Call it in the transaction that gives it back. Raises `too_late_to_undo`, `changed_since` (409).
    """
    found = [function(TakingBack(kind, thing, made, by, since)) for function in _takers]
    return next((before for before in found if before), None)


def ask_leave(change: Change) -> None:
    for function in _refusers:
        function(change)


def judge(kind: str, *, by: Any, pk: int | None = None, **fields: str) -> tuple[Ruling, ...]:
    """What stands against publishing the text at once; empty if nothing does."""
    text = Text(kind, by, fields, pk)
    return tuple(ruling for asked in _judges for ruling in asked(text))


def witness(change: Change) -> None:
    for function in _witnesses:
        function(change)
