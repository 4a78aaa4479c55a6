"""Ideas as pages show them: a card, a course with what is ahead, the promise in words."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from core.errors import DomainError
from core.language import language_of
from core.text import render_markdown
from core.words import day
from members.permissions import Banned, require_taking_part

from .models import Idea
from .permissions import is_signed_in
from .search.marking import Marker
from .states import State


def suspension_of(user: Any) -> Banned | None:
    """Why and until when this member may only read; None for all others."""
    try:
        require_taking_part(user)
    except Banned as refusal:
        return refusal
    except DomainError:
        return None
    return None


def vote_url(idea: Idea) -> str:
    """Where the vote button posts: it says what is wanted, so that a double tap does not undo itself."""
    return reverse("ideas:vote", args=[idea.public_id]) + ("?to=out" if idea.my_vote else "?to=in")


@dataclass(frozen=True)
class Card:
    """What `ui/slip.html` needs for one idea."""

    idea: Idea
    action: str
    closed: bool
    mine: bool
    answer: str
    answer_by: str
    due: datetime | None
    marked: dict[str, str] | None = None  # title and text with the found words marked, after a search


def card(idea: Idea, user: Any, marker: Marker | None = None) -> Card:
    due = idea.promise_due_at if not idea.answered_at and not idea.is_past else None
    mine = is_signed_in(user) and idea.author_id == user.pk
    signature = (getattr(idea, "answer_by", "") or "").partition(",")[0]
    answer = without_greeting(getattr(idea, "answer", "") or "")
    marked = marker.card(idea.title, idea.body) if marker else None
    return Card(idea, vote_url(idea), not idea.is_open_to_votes, mine, answer, signature, due, marked)


def without_greeting(letter: str) -> str:
    """A letter's first words in a list: what it says, not « Bonjour Maëlle »."""
    first, _blank, rest = letter.partition("\n\n")
    return rest if rest and len(first) < 60 else letter


def letter_of(idea: Idea) -> dict | None:
    """The official answer as a letter: its text, and who signs in which role."""
    if not idea.official_answer:
        return None
    name, _comma, role = idea.official_answer["signature"].partition(", ")
    body = idea.official_answer["body"]
    return {"html": render_markdown(body), "name": name, "role": role, "lang": language_of(body)}


def promise_of(idea: Idea) -> dict | None:
    """The clock: answered in so long, due by a day, or what starts it. None for an idea that needs no answer any more."""
    votes, days, *_percents = idea.category.promise
    if idea.promise_due_at:  # a clock that runs keeps what it was given
        days = (idea.promise_due_at - idea.promise_start).days
    rule = ngettext(
        "Past %(votes)s supporters, the bank answers within %(days)s day.",
        "Past %(votes)s supporters, the bank answers within %(days)s days.",
        days,
    ) % {"votes": votes, "days": days}
    if idea.answered_at:
        due = parse_datetime(str((idea.official_answer or {}).get("due") or ""))
        if not due:
            return {"text": _("Answered on %(date)s") % {"date": day(idea.answered_at)}, "rule": rule}
        due = due if due.tzinfo else due.replace(tzinfo=UTC)
        started = idea.promise_started_at or due - timedelta(days=days)
        took, days = max((idea.answered_at - started).days, 1), max((due - started).days, 1)
        text = ngettext("Answered in %(n)s day", "Answered in %(n)s days", took) % {"n": took}
        return {"text": text, "value": min(took, days), "whole": days, "rule": rule}
    if idea.is_past:
        return None
    if idea.promise_due_at:
        gone = days - max((idea.promise_due_at - timezone.now()).days, 0)
        text = _("Answer by %(date)s") % {"date": day(idea.promise_due_at)}
        if idea.promise_due_at < timezone.now():
            text = _("Our answer is late: we promised it for %(date)s.") % {"date": day(idea.promise_due_at)}
        return {"text": text, "value": min(gone, days), "whole": days, "until": idea.promise_due_at, "rule": rule}
    more = max(votes - idea.vote_score, 0)
    if not more:
        return {"text": _("The bank owes an answer: the date is being set."), "rule": rule}
    text = ngettext(
        "%(n)s more supporter starts the clock", "%(n)s more supporters start the clock", more
    ) % {"n": more}  # fmt: skip
    return {"text": text, "rule": rule}


def who_decides(idea: Idea) -> list[tuple[str, str]]:
    """Facts in pairs: who follows the idea at the bank, who decides."""
    facts = []
    if idea.assignee:
        title = f"{idea.assignee}, {idea.assignee.job_title}" if idea.assignee.job_title else str(idea.assignee)
        facts.append((_("Followed by"), title))
    decides = {
        State.NEW: _("The team of this theme, at the first sorting"),
        State.UNDER_REVIEW: _("The team of this theme"),
        State.CANDIDATE: _("The quarterly board"),
    }
    if idea.state in decides:
        facts.append((pgettext("idea", "Decided by"), decides[State(idea.state)]))
    if idea.merged_count:
        number = ngettext("%(n)s idea like it", "%(n)s ideas like it", idea.merged_count) % {"n": idea.merged_count}
        facts.append((_("Brought together with"), number))
    return facts
