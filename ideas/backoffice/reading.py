"""One idea as staff read it: its text, its thread with notes, its path, and who supports it.

An app above ideas adds what it knows of an idea when it is set up; both are read in the queries that are made anyway:

    add_fact("is_complaint", Exists(…OuterRef("pk")…))   → an attribute of the idea that the desk shows
    add_lines(source)                                    → `source(idea, user)` gives rows of `Entry`'s columns for its thread
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import BooleanField, Case, Count, F, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Coalesce, Concat
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from vote.models import Vote

from members.models import Member

from ..domain.evidence import GROUPS, cells
from ..domain.tallying import Tally
from ..models import Comment, Deed, Escalation, Idea, IdeaMove, Moderation, OfficialAnswer, Urgency, Withdrawal
from ..querysets import counting
from ..states import State

PATH = (State.NEW, State.UNDER_REVIEW, State.CANDIDATE, State.PLANNED, State.IN_BETA, State.DELIVERED)


Lines = Callable[[Idea, Any], Iterable[QuerySet]]
_facts: dict[str, Any] = {}
_lines: list[Lines] = []


def add_fact(name: str, expression: Any) -> None:
    _facts[name] = expression


def add_lines(source: Lines) -> None:
    """What `source` gives is for the desk alone: it asks itself whether this reader may know of it."""
    _lines.append(source)


@dataclass(frozen=True)
class Entry:
    """One line of an idea's thread.

    `kind` is "move", "answer", "moderation", "withdrawal", "escalation", "urgency", "calm", "deed", "complaint", "comment" or
    "note". `before` and `after` are the states or visibilities of a step (to whom a promise was taken, the urgent words, for a
    deed its kind and what it did, for a complaint the words and its address), and for a comment what its writer is and its
    visibility; `flag`: a silent step, a comment of the bank.
    """

    at: datetime
    kind: str
    pk: int
    text: str
    who: str
    before: str
    after: str
    flag: bool

    @property
    def is_step(self) -> bool:
        return self.kind not in ("comment", "note")


def find_idea(public_id: str) -> Idea | None:
    ideas = Idea.objects.select_related("category", "author", "assignee", "merged_into", "origin")
    ideas = ideas.defer("author__password", "assignee__password").with_tags(public_only=False).with_desk_facts()
    return ideas.annotate(**_facts).filter(public_id=public_id).first()


def feed_of(idea: Idea, user: Any) -> list[Entry]:
    """Moves that stand, answers, changes of visibility, deeds, comments and notes, oldest first, in one query."""
    who, nothing = Coalesce("by__nickname", Value("")), Value("")
    moves = IdeaMove.objects.filter(idea=idea, undone_at__isnull=True).order_by()
    answers = OfficialAnswer.objects.filter(idea=idea, undone_at__isnull=True).order_by()
    moderations = Moderation.objects.filter(idea=idea).order_by()
    comments = Comment.objects.filter(idea=idea).visible_to(user).order_by()
    escalations, urgencies = (
        Escalation.objects.filter(idea=idea).order_by(),
        Urgency.objects.filter(idea=idea).order_by(),
    )
    to = Coalesce("to__nickname", Value(""))
    words = "words_en" if get_language() == "en" else "words_fr"
    deeds = Deed.objects.filter(idea=idea, undone_at__isnull=True).order_by()
    deeds = deeds.annotate(said=Concat(F(words), Value(" "), Coalesce("whom__nickname", nothing)))
    kind = Case(When(is_internal=True, then=Value("note")), default=Value("comment"))
    writer = Case(When(author__is_staff=True, then=F("author__job_title")), default=F("author__kind"))
    name = Case(When(author__erased_at__isnull=True, then=F("author__nickname")), default=nothing)
    text = Case(
        When(deleted_at__isnull=False, then=Value(str(_("Comment deleted by its author")), TextField())),
        default=F("body"),
    )
    rows = moves.values_list("at", Value("move"), "pk", "reason", who, "from_state", "to_state", "is_silent").union(
        answers.values_list("at", Value("answer"), "pk", "body", F("signature"), nothing, nothing, "is_silent"),
        escalations.values_list("at", Value("escalation"), "pk", nothing, to, "level", nothing, _false()),
        urgencies.values_list("at", Value("urgency"), "pk", "reason", who, "words", nothing, _false()),
        urgencies.filter(lifted_at__isnull=False).values_list(
            "lifted_at",
            Value("calm"),
            "pk",
            "lift_reason",
            Coalesce("lifted_by__nickname", Value("")),
            nothing,
            nothing,
            _false(),
        ),
        moderations.values_list("at", Value("moderation"), "pk", "reason", who, "before", "after", _false()),
        Withdrawal.objects.filter(idea=idea).values_list(
            "at", Value("withdrawal"), "pk", "reason", nothing, nothing, nothing, _false()
        ),
        deeds.values_list("at", Value("deed"), "pk", "reason", who, "kind", "said", "is_silent"),
        comments.values_list("created_at", kind, "pk", text, name, writer, "visibility", "author__is_staff"),
        *(line for source in _lines for line in source(idea, user)),
        all=True,
    )
    return sorted((Entry(*row[:-1], bool(row[-1])) for row in rows), key=lambda entry: (entry.at, entry.pk))


def _false() -> Value:
    return Value(False, output_field=BooleanField())


def last_move(feed: Iterable[Entry]) -> int:
    return max((entry.pk for entry in feed if entry.kind == "move"), default=0)


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
