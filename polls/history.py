"""What was done with a poll, by whom and when, as the studio and the API of staff read it: from the record of events alone.

Nothing that a member did is in it: neither who took part nor what anyone said.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from core.models import Event
from core.words import moment
from members.models import Member
from members.states import Role

from .events import (
    BallotsCountedIn,
    BurstSetApart,
    NamesExported,
    PollClosed,
    PollCloseMoved,
    PollDecided,
    PollOpened,
    PollReminded,
    PollReopened,
    PollScheduled,
    PollWeighted,
    PollWritten,
    WordsExported,
)
from .models import Poll
from .states import Apart

CHANGED = "changed"


@dataclass(frozen=True)
class Step:
    """One thing that was done. `did` is its stable code; `by` and `role` are empty for what happened by itself.

    `times`: so many changes of one person on one day, the last of them `at` and the first `since`, are one step.
    """

    key: str
    did: str
    said: str
    detail: str
    by: str
    role: str
    at: datetime
    since: datetime
    times: int = 1


@dataclass(frozen=True)
class Deed:
    """How an event reads: its code, its words, and what it says beside."""

    did: str
    said: str
    detail: str = ""


def history_of(poll: Poll) -> QuerySet[Event]:
    """What was done with the poll, the newest first: to be read by pages."""
    return Event.objects.about("poll_id", poll.pk, *READINGS)


def steps_of(events: Iterable[Event]) -> list[Step]:
    """Events of a page in words, with their people in one query; changes that follow each other are one step."""
    events = list(events)
    people = Member.objects.filter(public_id__in={event.actor for event in events}).defer("password")
    names = {member.public_id: str(member) for member in people}
    steps: list[Step] = []
    for event in events:
        step = _step(event, names)
        if steps and _goes_on(steps[-1], step):
            steps[-1] = replace(steps[-1], since=step.at, times=steps[-1].times + 1)
        else:
            steps.append(step)
    return steps


def _step(event: Event, names: dict[str, str]) -> Step:
    deed = READINGS[_CLASSES[event.name]](event.payload)
    by = names.get(event.actor, "")
    role = str(dict(Role.choices).get(event.role, "")) if by else ""
    return Step(str(event.pk), deed.did, deed.said, deed.detail, by, role, event.at, event.at)


def _goes_on(later: Step, earlier: Step) -> bool:
    days = {timezone.localdate(step.at) for step in (later, earlier)}
    return later.did == earlier.did == CHANGED and later.by == earlier.by and len(days) == 1


def _written(said: dict) -> Deed:
    if said.get("is_new"):
        return Deed("created", pgettext("poll’s history", "Created"))
    return Deed(CHANGED, pgettext("poll’s history", "Changed"))


def _scheduled(said: dict) -> Deed:
    if said.get("back"):
        return Deed("unscheduled", pgettext("poll’s history", "Back to a draft"))
    return Deed("scheduled", pgettext("poll’s history", "Scheduled: it opens at its hour"))


def _until(said: dict) -> str:
    closes_at = parse_datetime(said.get("closes_at") or "")
    return _("until %(when)s") % {"when": moment(closes_at)} if closes_at else ""


def _close_moved(said: dict) -> Deed:
    return Deed("close_moved", pgettext("poll’s history", "Close moved"), _until(said))


def _reopened(said: dict) -> Deed:
    return Deed("reopened", pgettext("poll’s history", "Opened again; those who voted are told"), _until(said))


def _counted_in(said: dict) -> Deed:
    kinds = [str(Apart(kind).label) for kind in said.get("kinds", "").split() if kind in Apart.values]
    if not kinds:
        return Deed("counted_out", pgettext("poll’s history", "Ballots counted apart again"))
    words = pgettext("poll’s history", "Ballots counted in: %(kinds)s") % {"kinds": ", ".join(kinds)}
    return Deed("counted_in", words, said.get("reason", ""))


def _burst_apart(said: dict) -> Deed:
    words = pgettext(
        "poll’s history", "A burst of new accounts was noticed: those that had been counted are counted apart"
    )
    ballots = said.get("ballots", 0)
    return Deed("burst_apart", words, ngettext("%(n)s ballot", "%(n)s ballots", ballots) % {"n": ballots})


def _weighted(said: dict) -> Deed:
    strata = said.get("strata", 0)
    if not strata:
        return Deed("unweighted", pgettext("poll’s history", "Weights of the audience taken away"))
    detail = ngettext("%(n)s share", "%(n)s shares", strata) % {"n": strata}
    return Deed("weighted", pgettext("poll’s history", "Weights of the audience set"), detail)


def _names_exported(said: dict) -> Deed:
    return Deed(
        "names_exported", pgettext("poll’s history", "Names and answers exported"), said.get("kind", "").upper()
    )


def _words_exported(said: dict) -> Deed:
    return Deed("words_exported", pgettext("poll’s history", "Written answers exported"), said.get("kind", "").upper())


READINGS: dict[type, Callable[[dict[str, Any]], Deed]] = {
    PollWritten: _written,
    PollScheduled: _scheduled,
    PollOpened: lambda said: Deed("opened", pgettext("poll’s history", "Opened; members invited are told")),
    PollCloseMoved: _close_moved,
    PollReminded: lambda said: Deed(
        "reminded", pgettext("poll’s history", "Reminder sent to those who had not answered")
    ),
    PollClosed: lambda said: Deed("closed", pgettext("poll’s history", "Closed; those who voted are told")),
    PollReopened: _reopened,
    BallotsCountedIn: _counted_in,
    BurstSetApart: _burst_apart,
    PollWeighted: _weighted,
    NamesExported: _names_exported,
    WordsExported: _words_exported,
    PollDecided: lambda said: Deed("decided", pgettext("poll’s history", "Decided, and announced to those who voted")),
}
_CLASSES = {one.__name__: one for one in READINGS}
