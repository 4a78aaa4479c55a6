"""A consultation as its page and the API show it: visuals with how members react, remarks, what the reader may do."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _

from core.commenting import can_still_edit
from core.cursors import Page, paginate
from core.desk import url_if_there
from core.errors import DomainError, NotFound, NotSignedIn, require
from core.text import render_markdown
from members.permissions import Banned, is_banned

from .domain.publishing_reactions import reactions_to, with_reactions
from .domain.remarking import refusal_to_remark
from .models import Poll, Question, Remark
from .permissions import Sight, can_moderate, can_see_remark, refusal_to_vote
from .querysets import questions_in_order
from .states import Feeling, Trace, Visibility

SIZE = 20
ICONS = {Feeling.CONVINCES: "praise", Feeling.COLD: "cold", Feeling.WORRIES: "warning"}


@dataclass(frozen=True)
class Reaction:
    """One of the reactions offered. `count` is None where it is not for this reader to see."""

    kind: str
    label: Any
    icon: str
    count: int | None
    mine: bool


@dataclass(frozen=True)
class Visual:
    question: Question
    number: int
    reactions: Sequence[Reaction]
    has_counts: bool
    held_back: int = 0  # so many have moved since the counts shown, too few to be told apart

    @property
    def caption(self) -> str:
        return self.question.text or _("Visual %(n)d") % {"n": self.number}


def read_questions(poll: Poll, user: Any) -> Poll:
    """The poll with its questions; of a consultation also how members react to its visuals. Two queries in all."""
    questions = questions_in_order()
    if poll.consultation:
        questions = with_reactions(questions, poll, user)
    prefetch_related_objects([poll], Prefetch("questions", questions))
    return poll


def visuals_of(user: Any, poll: Poll, sight: Sight) -> list[Visual]:
    """The visuals of a poll read `with_questions()`, in one query; in none, where `read_questions` read them. Counts as they were
    last published, and only to those who see the poll's results."""
    questions = [question for question in poll.questions.all() if question.image]
    if not questions:
        return []
    found = reactions_to(questions, poll, user)
    visuals = []
    for number, question in enumerate(questions, 1):
        mine, shown = found[question.pk]
        counts = shown.counts if sight else {}
        visuals.append(
            Visual(question, number, _reactions(mine, counts), bool(counts), shown.held_back if sight else 0)
        )
    return visuals


def _reactions(mine: str, shown: dict[str, int]) -> list[Reaction]:
    return [
        Reaction(kind.value, kind.label, ICONS[kind], shown.get(kind.value, 0) if shown else None, kind == mine)
        for kind in Feeling
    ]


def can_react(user: Any, poll: Poll) -> bool:
    """Whether the buttons are there: for who may vote, and for a visitor, who is led to the door."""
    refusal = refusal_to_vote(user, poll)
    return refusal is None or isinstance(refusal, NotSignedIn)


def remarks_of(poll: Poll, user: Any, *, first: str = "") -> QuerySet[Remark]:
    """Those a page shows, traces of what was taken away among them; the newest first, before all the one asked for."""
    return Remark.objects.filter(poll=poll).standing(user).with_author().latest_first(first=first)


def find_remark(poll: Poll, public_id: str, *, user: Any) -> Remark:
    """A remark of that poll, if the user may read it; else NotFound."""
    remarks = Remark.objects.filter(poll=poll).visible_to(user).with_author().select_related("poll")
    remark = remarks.filter(public_id=public_id[:12].replace("\x00", "")).first()
    require(remark is not None and can_see_remark(user, remark), NotFound())
    return remark


def trace_of(remark: Remark) -> Trace | None:
    """Who took the remark away; None while it stands."""
    if remark.is_deleted:
        return Trace.AUTHOR
    return Trace.MODERATORS if remark.visibility in (Visibility.HIDDEN, Visibility.REMOVED) else None


def talk(poll: Poll, user: Any, *, cursor: str = "", first: str = "") -> dict[str, Any]:
    """What `polls/_talk.html` needs of a poll read `with_remark_count()`: remarks, and whether one may speak. One query."""
    page: Page = paginate(remarks_of(poll, user, first=first), cursor, size=SIZE)
    return {
        "remarks": [shown(remark, poll, user) for remark in page.items],
        "next_remarks": page.next,
        "no_remark": why_silent(user, poll),
    }


def why_silent(user: Any, poll: Poll) -> DomainError | None:
    """Why this reader does not find the form, or None."""
    if is_banned(user):
        return Banned(user.banned_until)
    return refusal_to_remark(user, poll)


def shown(remark: Remark, poll: Poll, user: Any) -> dict[str, Any]:
    """What `ui/comment.html` needs."""
    remark.poll = poll
    if trace := trace_of(remark):
        own = trace == Trace.MODERATORS and user.is_authenticated and remark.author_id == user.pk
        why_url = url_if_there("trust:statements") if own else ""
        return {"id": remark.public_id, "removed": trace.label, "at": remark.created_at, "why_url": why_url}
    author = remark.author
    words = {
        "id": remark.public_id, "name": str(author), "url": author.get_absolute_url(), "official": remark.is_official,
        "ambassador": author.is_ambassador, "role": _role(remark), "at": remark.created_at, "lang": remark.language,
        "body": render_markdown(remark.body), "edited": bool(remark.edited_at),
    }  # fmt: skip
    if user.is_authenticated and remark.author_id == user.pk:
        names = [poll.public_id, remark.public_id]
        words["delete_url"] = reverse("polls:remark_delete", args=names)
        words["edit_url"] = reverse("polls:remark_edit", args=names) if can_still_edit(remark, user) else ""
    elif not remark.is_official:
        words["report_url"] = url_if_there("trust:report", remark=remark.public_id)
        if can_moderate(user):
            words["complain_url"] = url_if_there("complaints_desk:open", remark=remark.public_id)
    return words


def _role(remark: Remark) -> str:
    if remark.visibility == Visibility.HELD:
        return _("Waiting to be read by the moderators: others do not see it yet")
    return remark.author.job_title if remark.is_official else ""
