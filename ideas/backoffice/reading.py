"""One idea as staff read it: its text, its thread with notes, its path, and who supports it.

An app above ideas adds what it knows of an idea when it is set up; it is read in the query that is made anyway:

    add_fact("is_complaint", Exists(…OuterRef("pk")…))   → an attribute of the idea that the desk shows

Its thread is `ideas/history.py`, for pages and API alike.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from vote.models import Vote

from members.models import Member

from ..domain.evidence import GROUPS, cells
from ..domain.tallying import Tally
from ..history import Entry
from ..models import Idea
from ..querysets import counting
from ..states import State

PATH = (State.NEW, State.UNDER_REVIEW, State.CANDIDATE, State.PLANNED, State.IN_BETA, State.DELIVERED)
_facts: dict[str, Any] = {}


def add_fact(name: str, expression: Any) -> None:
    _facts[name] = expression


def find_idea(public_id: str) -> Idea | None:
    ideas = Idea.objects.select_related("category", "author", "assignee", "merged_into", "origin")
    ideas = ideas.defer("author__password", "assignee__password").with_tags(public_only=False).with_desk_facts()
    return with_facts(ideas).filter(public_id=public_id).first()


def with_facts(rows: QuerySet) -> QuerySet:
    """Ideas with what apps above know of each, so that no move asks for it one by one."""
    return rows.annotate(**_facts)


@dataclass(frozen=True)
class Reach:
    """A stop of the path, and when the idea came there."""

    state: str
    label: Any
    at: datetime | None
    is_done: bool
    is_now: bool


def path_of(idea: Idea, feed: Iterable[Entry]) -> list[Reach]:
    arrived = {State.NEW: idea.created_at} | {step.after: step.at for step in feed if step.kind == "move"}
    # Off the path (not retained, merged): only the stops where it has been, and where it is.
    been = [state for state in PATH if state in arrived]
    stops = PATH if idea.state in PATH else (*been, State(idea.state))
    here = stops.index(idea.state)
    return [
        Reach(state, State(state).label, arrived.get(state) if place <= here else None, place < here, place == here)
        for place, state in enumerate(stops)
    ]


@dataclass(frozen=True)
class Share:
    """Supporters of one kind; `votes` is None where there are too few to say."""

    label: Any
    votes: int | None
    percent: int
    fill: str


@dataclass(frozen=True)
class Support:
    total: int
    recent: int
    shares: list[Share]
    as_of: datetime | None = None


FILLS = ("f1", "f3", "f2", "f4")


def support_of(idea: Idea, kept: Tally | None) -> Support:
    """Who supports the idea or one merged into it, each once; no group of fewer than LAB["SMALLEST_CELL"] is counted out.

    Where supporters are many, as they were counted last: `kept`.
    """
    rows, as_of = _supporters(idea, kept)
    total = sum(row[3] for row in rows)
    staff = sum(people for _kind, _segment, is_staff, people, *_lately in rows if is_staff)
    counts = [sum(row[3] for row in rows if not row[2] and belongs(row[0], row[1])) for _label, belongs in GROUPS]
    shown = cells(zip((label for label, _belongs in GROUPS), counts, strict=True))
    shares = [_share(cell.label, cell.people, total, fill) for cell, fill in zip(shown, FILLS, strict=True)]
    if staff:
        shares.append(_share(_("Bank staff, counted apart"), staff, total, "f5"))
    recent = idea.votes_7d if as_of else sum(row[4] for row in rows)
    return Support(total, recent, shares, as_of)


def _supporters(idea: Idea, kept: Tally | None) -> tuple[list[tuple], datetime | None]:
    """(kind, segment, is staff, people, of these in seven days), counted now or kept; then without the last, and when."""
    if kept:
        return [(kind, segment, is_staff, people) for is_staff, kind, segment, *_rest, people in kept.people], kept.at
    cluster = Idea.objects.filter(Q(pk=idea.pk) | Q(merged_into_id=idea.pk)).order_by()
    votes = counting(
        Vote.objects.filter(content_type=ContentType.objects.get_for_model(Idea), object_id__in=cluster.values("pk"))
    ).order_by()
    recent = Q(pk__in=votes.filter(create_at__gte=timezone.now() - timedelta(days=7)).values("user_id"))
    members = Member.objects.filter(pk__in=votes.values("user_id")).order_by()
    rows = members.values_list("kind", "segment", "is_staff")
    return list(rows.annotate(people=Count("pk"), lately=Count("pk", filter=recent))), None


def _share(label: Any, people: int | None, total: int, fill: str) -> Share:
    if people is None:
        return Share(label, None, 0, fill)
    return Share(label, people, round(100 * people / total) if total else 0, fill)
