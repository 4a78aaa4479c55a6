"""What has happened to an idea, as staff read it: its path, answers, deeds, comments and notes, in one line of time.

An app above ideas adds what it knows when it is set up; it is read in the query that is made anyway:

    add_lines(source)   → `source(idea, user)` gives rows of `Entry`'s columns
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Case, CharField, F, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from .comparing import versions_shown
from .models import Comment, Deed, Escalation, Idea, IdeaMove, Moderation, OfficialAnswer, Urgency, Withdrawal
from .states import Doing, Escalated, State, Visibility

Lines = Callable[[Idea, Any], Iterable[QuerySet]]
_lines: list[Lines] = []


def add_lines(source: Lines) -> None:
    """What `source` gives is for the desk alone: it asks itself whether this reader may know of it."""
    _lines.append(source)


@dataclass(frozen=True)
class Entry:
    """One line of an idea's thread.

    `kind` is "move", "answer", "edit", "moderation", "withdrawal", "escalation", "urgency", "calm", "deed", "complaint",
    "comment" or "note". `before` and `after` are the states or visibilities of a step (to whom a promise was taken, the urgent
    words, the numbers of two texts, for a deed its kind and what it did, for a complaint the words and its address), and for a
    comment what its writer is and its visibility; `flag`: a silent step, a comment of the bank. `role`: under which it was done,
    where that is kept.
    """

    at: datetime
    kind: str
    pk: int
    text: str
    who: str
    before: str
    after: str
    flag: bool
    role: str = ""

    @property
    def is_step(self) -> bool:
        return self.kind not in ("comment", "note")

    @property
    def is_silent(self) -> bool:
        """Whether nobody was told. Of a merge or a parting the step does not know: its people hear by another event."""
        return self.flag and self.is_step and State.MERGED not in (self.before, self.after)


def feed_of(idea: Idea, user: Any) -> list[Entry]:
    """Moves that stand, answers, changes of text and visibility, deeds, comments and notes, oldest first, in one query."""
    who, nothing = Coalesce("by__nickname", Value("")), Value("")
    moves = IdeaMove.objects.filter(idea=idea, undone_at__isnull=True).order_by()
    answers = OfficialAnswer.objects.filter(idea=idea, undone_at__isnull=True).order_by()
    moderations = Moderation.objects.filter(idea=idea).order_by()
    comments = Comment.objects.filter(idea=idea).visible_to(user).order_by()
    escalations, urgencies = (
        Escalation.objects.filter(idea=idea).order_by(),
        Urgency.objects.filter(idea=idea).order_by(),
    )
    edits = versions_shown(idea, user).select_related(None).filter(number__gt=1).order_by()
    author = Coalesce("idea__author__nickname", nothing)
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
    rows = moves.values_list(
        "at", Value("move"), "pk", "reason", who, "from_state", "to_state", "is_silent", "by_role"
    ).union(
        answers.values_list(
            "at", Value("answer"), "pk", "body", F("signature"), nothing, nothing, "is_silent", "by_role"
        ),
        edits.values_list(
            "at",
            Value("edit"),
            "pk",
            nothing,
            author,
            _number(F("number") - 1),
            _number(F("number")),
            _false(),
            nothing,
        ),
        escalations.values_list("at", Value("escalation"), "pk", nothing, to, "level", nothing, _false(), nothing),
        urgencies.values_list("at", Value("urgency"), "pk", "reason", who, "words", nothing, _false(), "by_role"),
        urgencies.filter(lifted_at__isnull=False).values_list(
            "lifted_at",
            Value("calm"),
            "pk",
            "lift_reason",
            Coalesce("lifted_by__nickname", Value("")),
            nothing,
            nothing,
            _false(),
            "lifted_by_role",
        ),
        moderations.values_list("at", Value("moderation"), "pk", "reason", who, "before", "after", _false(), "by_role"),
        Withdrawal.objects.filter(idea=idea).values_list(
            "at", Value("withdrawal"), "pk", "reason", nothing, nothing, nothing, _false(), nothing
        ),
        deeds.values_list("at", Value("deed"), "pk", "reason", who, "kind", "said", "is_silent", "by_role"),
        comments.values_list("created_at", kind, "pk", text, name, writer, "visibility", "author__is_staff", nothing),
        *(line for source in _lines for line in source(idea, user)),
        all=True,
    )
    return sorted((Entry(*row[:7], bool(row[7]), row[8]) for row in rows), key=lambda entry: (entry.at, entry.pk))


def _number(number: Any) -> Cast:
    return Cast(number, CharField(max_length=8))


def _false() -> Value:
    return Value(False, output_field=BooleanField())


def last_move(feed: Iterable[Entry]) -> int:
    return max((entry.pk for entry in feed if entry.kind == "move"), default=0)


def words_of(entry: Entry) -> str:
    """What happened, in a few words of the reader's language; the text, the reason and the day stand beside."""
    who = {"who": entry.who}
    if entry.kind == "move":
        return f"{State(entry.before).label} → {State(entry.after).label}"
    if entry.kind == "edit":
        return gettext("Changed by its author: version %(number)s") % {"number": entry.after}
    if entry.kind == "moderation":
        return str(Visibility(entry.after).label)
    if entry.kind == "escalation":
        if entry.before == Escalated.MANAGER:
            return gettext("The promise was taken to the manager: %(who)s") % who
        return gettext("The promise was taken to the theme’s owner: %(who)s") % who
    if entry.kind == "urgency":
        return gettext("%(who)s made it urgent") % who if entry.who else gettext("Urgent words made it urgent")
    if entry.kind == "calm":
        return gettext("%(who)s put it back in line") % who
    if entry.kind == "deed":
        return entry.after.strip()
    if entry.kind == "complaint":
        return entry.before
    return str(SAID[entry.kind])


SAID = {
    "answer": _("Official answer"),
    "withdrawal": _("Withdrawn by its author"),
    "note": pgettext_lazy("desk", "Internal note"),
    "comment": _("Comment"),
}


KINDS = (
    "move", "answer", "edit", "moderation", "withdrawal", "escalation", "urgency", "calm", "complaint", "comment", "note",
    *Doing.values,
)  # fmt: skip


def code_of(entry: Entry) -> str:
    """The stable name of what it is; a deed has that of what was done (`Doing`)."""
    return entry.before if entry.kind == "deed" else entry.kind
