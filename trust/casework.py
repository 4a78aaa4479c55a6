"""A case as staff read it: what it is about, who reported it, which rules held it, what the author was told before."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from core.cursors import Page, paginate
from ideas.comparing import Piece, differences
from members.permissions import FOR_GOOD, can_take_part

from .domain.appealing import burst_of
from .domain.banning import active_strikes
from .models import Appeal, Case, Hold, Report, Statement, VoteBurst
from .states import BurstState, Kind, Matter, Outcome
from .subjects import Subject, load, text_before

SIZE, PAST, AUTHOR_MAX = 25, 6, 60


@dataclass
class Work:
    """All that the screen shows of one case, in a fixed number of queries."""

    case: Case
    subject: Subject | None
    reports: list[Report] = field(default_factory=list)
    holds: list[Hold] = field(default_factory=list)
    past: list[Statement] = field(default_factory=list)
    appeal: Appeal | None = None
    appeal_burst: VoteBurst | None = None
    burst: VoteBurst | None = None
    changes: list[Piece] = field(default_factory=list)
    is_own: bool = False

    @property
    def strikes(self) -> int:
        """Of what is shown of the past, the strikes that still count."""
        now = timezone.now()
        given = (getattr(statement, "strike", None) for statement in self.past)
        return sum(1 for one in given if one and not one.withdrawn_at and one.expires_at > now)

    @property
    def proposes_ban(self) -> bool:
        return self.strikes >= settings.LAB["STRIKES_TO_BAN"]

    @property
    def votes_without(self) -> int:
        return self.subject.thing.vote_score if self.subject else 0

    @property
    def votes_with(self) -> int:
        return self.votes_without + (self.burst.young if self.burst and self.burst.state != BurstState.RELEASED else 0)


def waiting(view: str, author: str = "") -> QuerySet[Case]:
    """The cases of one view that nobody has decided, in their turn; those of authors of that name alone, if one is given."""
    rows = of_author(author).seen_as(view).in_turn()
    return rows.select_related("author").defer("author__password")


def of_author(author: str) -> QuerySet[Case]:
    """All that waits; by authors of that name alone, if one is given."""
    cases = Case.objects.waiting()
    return cases.by_author(author) if author else cases


def author_of(query: Any) -> str:
    """The name that an address asks for."""
    return " ".join(query.get("author", "").replace("\x00", "").split())[:AUTHOR_MAX]


def queue(view: str, cursor: str, author: str = "") -> Page:
    return paginate(waiting(view, author), cursor, size=SIZE)


def find_case(public_id: str) -> Case | None:
    cases = Case.objects.select_related("author", "closed_by").defer("author__password", "closed_by__password")
    return cases.filter(public_id=public_id).first()


def work_on(case: Case, *, reader: Any) -> Work:
    """Who reported is named to no author of what was reported, among the bank's people either."""
    work = Work(case, load(case.kind, case.subject_id), is_own=case.author_id == reader.pk)
    if work.subject:
        work.changes = _changes(work.subject, case)
    if case.matter == Matter.CONTENT:
        work.reports = list(case.reports.select_related("reporter").defer("reporter__password"))
        if work.is_own:
            for report in work.reports:
                report.reporter, report.name, report.email = None, "", ""
        work.holds = list(case.holds.all())
    elif case.matter == Matter.APPEAL:
        appeals = case.appeals.select_related("statement__by", "report__decided_by", "member").filter(
            outcome=Outcome.OPEN
        )
        work.appeal = appeals.order_by("created_at", "pk").first()
        work.appeal_burst = burst_of(work.appeal) if work.appeal else None
    else:
        work.burst = case.bursts.select_related("idea").first()
    if case.author_id:
        past = (
            Statement.objects.standing()
            .filter(member_id=case.author_id)
            .select_related("strike")
            .order_by("-at", "-id")
        )
        work.past = list(past[:PAST])
    return work


def _changes(subject: Subject, case: Case) -> list[Piece]:
    """Word by word, what its author changed since it was reported or held; of a text held for a change, that change."""
    before = text_before(subject, case.opened_at)
    now = f"{subject.thing.title}\n\n{subject.text}" if subject.kind == Kind.IDEA else subject.text
    return differences(before, now) if before and before != now else []


def history_of(member: Any) -> dict:
    """The member's file: where they stand, statements with strikes, and bans."""
    until = None if can_take_part(member) else member.banned_until
    return {
        "suspended_until": until,
        "is_for_good": until == FOR_GOOD,
        "strikes": active_strikes(member).count(),
        "strikes_to_ban": settings.LAB["STRIKES_TO_BAN"],
        "strike_days": settings.LAB["STRIKE_DAYS"],
        "statements": list(
            Statement.objects.standing()
            .filter(member=member)
            .select_related("strike", "by")
            .order_by("-at", "-id")[:50]
        ),
        "bans": list(member.bans.select_related("statement").order_by("-since")[:20]),
    }
