"""How many took part, when, and of which kind: nothing of what anyone chose."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.suppressing import hide_small
from members.states import Kind

from ..models import Poll, Tally
from ..states import Apart, Dimension, Key
from .growing import days_of, spans_of

KINDS: list[tuple[str, Any]] = [(Kind.CUSTOMER, _("Customers")), (Kind.PROSPECT, _("Prospects"))]


@dataclass(frozen=True)
class Span:
    """A day, a week or a month, by its first day: who took part in it, and by its end in all."""

    start: date
    came: int
    whole: int


@dataclass(frozen=True)
class Crowd:
    """Those of one kind whose ballots are counted; `people` None: too few to be shown."""

    code: str
    label: Any
    people: int | None


@dataclass(frozen=True)
class Turnout:
    """`course`: the ballots of the published total, as `crowds`. `apart`: ballots by kind of `Apart`."""

    course: list[Span]
    crowds: list[Crowd]
    apart: dict[str, int]

    @property
    def apart_lines(self) -> list[Crowd]:
        return [Crowd(kind, Apart(kind).label, people) for kind, people in self.apart.items()]

    @property
    def set_apart(self) -> int:
        return sum(self.apart.values())

    @property
    def anyone(self) -> bool:
        return any(crowd.people != 0 for crowd in self.crowds)


def turnout_of(poll: Poll) -> Turnout:
    """Two queries: the days, and the stored tallies of ballots."""
    cells = Tally.objects.filter(
        poll=poll, question__isnull=True, option__isnull=True, key=Key.VOTES,
        dimension__in=[Dimension.KIND, Dimension.APART],
    ).values_list("dimension", "cell", "count")  # fmt: skip
    counts = {(dimension, cell): n for dimension, cell, n in cells}
    kinds = [counts.get((Dimension.KIND, code), 0) for code, _label in KINDS]
    shown = hide_small(kinds, settings.LAB["SMALLEST_CELL"])
    crowds = [Crowd(code, label, people) for (code, label), people in zip(KINDS, shown, strict=True)]
    return Turnout(course_of(poll), crowds, {kind: counts.get((Dimension.APART, kind), 0) for kind in Apart.values})


def course_of(poll: Poll) -> list[Span]:
    """By day for two months, by week for a year, then by month; from the first that came to the close, or to today. One query."""
    days = days_of(poll)
    if not days:
        return []
    last = max(max(days), min(timezone.localdate(), timezone.localdate(poll.closes_at)))
    return [Span(start, came, whole) for start, _end, came, whole in spans_of(days, min(days), last)]
