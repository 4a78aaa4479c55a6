"""What stands beside an idea on the desk, read with it in one query: tags, questions to experts, votes on behalf, suggestions."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from ..beside import tags_of
from ..models import Idea
from ..permissions import can_route, can_triage, can_vote_for_others
from ..states import Source


@dataclass(frozen=True)
class Question:
    """A question to an expert. `is_late`: the day is over and no answer came; `is_mine`: the reader is the expert."""

    id: str
    expert: str
    asked_by: str
    question: str
    due_on: date
    is_open: bool
    is_late: bool
    is_mine: bool


def questions_of(idea: Idea, user: Any) -> list[Question]:
    """Open ones first, the most pressing on top."""
    today, found = timezone.localdate(), []
    for row in idea.question_rows or []:
        due, is_open = parse_date(str(row["due_on"])), not row["answered_at"]
        found.append(
            Question(
                row["id"], row["expert"] or "", row["asked_by"] or "", row["question"], due, is_open, is_open and due < today,
                row["expert_id"] == user.public_id,
            )
        )  # fmt: skip
    return sorted(found, key=lambda one: (not one.is_open, one.due_on))


@dataclass(frozen=True)
class OnBehalf:
    """One record of votes for others, as the desk shows it."""

    id: str
    source: str
    people: int
    reference: str
    by: str
    at: Any


def on_behalf_of(idea: Idea) -> tuple[list[tuple[Any, int]], list[OnBehalf]]:
    """People by source, most first; and the records, newest first."""
    rows = [
        OnBehalf(row["id"], row["source"], row["people"], row["reference"], row["by"] or "", _moment(row["at"]))
        for row in idea.on_behalf_rows or []
    ]
    people = Counter()
    for row in rows:
        people[row.source] += row.people
    sums = [(Source(source).label, number) for source, number in people.most_common()]
    return sums, sorted(rows, key=lambda row: str(row.at), reverse=True)


def _moment(text: Any) -> datetime | None:
    """SQLite writes moments in UTC without saying so."""
    at = parse_datetime(str(text))
    return at.replace(tzinfo=UTC) if at and at.tzinfo is None else at


@dataclass(frozen=True)
class Likeness:
    """A suggested merge, seen from one of its two ideas."""

    id: str
    score: int
    other_id: str
    title: str
    state: str
    votes: int
    duplicate_id: str
    canonical_id: str


def suggestions_of(idea: Idea) -> list[Likeness]:
    """Open suggestions about the idea, the likest first."""
    found = []
    for row in idea.suggestion_rows or []:
        duplicate, canonical = row["duplicate"], row["canonical"]
        other = canonical if duplicate["public_id"] == idea.public_id else duplicate
        found.append(
            Likeness(
                row["id"], row["score"], other["public_id"], other["title"], other["state"], other["vote_score"],
                duplicate["public_id"], canonical["public_id"],
            )
        )  # fmt: skip
    return sorted(found, key=lambda one: -one.score)


def context_of(idea: Idea, user: Any) -> dict:
    """All of it, for the panes of the desk; and what of it the reader may take back."""
    sums, records = on_behalf_of(idea)
    return {
        "tags": tags_of(idea), "questions": questions_of(idea, user), "suggestions": suggestions_of(idea),
        "on_behalf": records, "on_behalf_sums": sums, "may_route": can_route(user, idea),
        "may_triage": can_triage(user, idea), "may_vote_for_others": can_vote_for_others(user, idea),
    }  # fmt: skip
