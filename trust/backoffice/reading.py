"""A case as staff read it: what it is about, who reported it, which rules held it, what the author was told before."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils import timezone

from core.cursors import Page, paginate

from ..models import Appeal, Case, Hold, Report, Statement, VoteBurst
from ..states import BurstState, Matter, Outcome
from ..subjects import Subject, load

SIZE, PAST = 25, 6


@dataclass
class Work:
    """All that the screen shows of one case, in a fixed number of queries."""

    case: Case
    subject: Subject | None
    reports: list[Report] = field(default_factory=list)
    holds: list[Hold] = field(default_factory=list)
    past: list[Statement] = field(default_factory=list)
    appeal: Appeal | None = None
    burst: VoteBurst | None = None

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


def queue(view: str, cursor: str) -> Page:
    rows = Case.objects.waiting().seen_as(view).in_turn()
    return paginate(rows.select_related("author").defer("author__password"), cursor, size=SIZE)


def find_case(public_id: str) -> Case | None:
    cases = Case.objects.select_related("author", "closed_by").defer("author__password", "closed_by__password")
    return cases.filter(public_id=public_id).first()


def work_on(case: Case) -> Work:
    work = Work(case, load(case.kind, case.subject_id))
    if case.matter == Matter.CONTENT:
        work.reports = list(case.reports.select_related("reporter").defer("reporter__password"))
        work.holds = list(case.holds.all())
    elif case.matter == Matter.APPEAL:
        appeals = case.appeals.select_related("statement__by", "report__decided_by", "member").filter(
            outcome=Outcome.OPEN
        )
        work.appeal = appeals.first()
    else:
        work.burst = case.bursts.select_related("idea").first()
    if case.author_id:
        past = Statement.objects.filter(member_id=case.author_id).select_related("strike").order_by("-at", "-id")
        work.past = list(past[:PAST])
    return work


def history_of(member: Any) -> dict:
    """The member's file: statements with strikes, and bans."""
    return {
        "statements": list(
            Statement.objects.filter(member=member).select_related("strike", "by").order_by("-at", "-id")[:50]
        ),
        "bans": list(member.bans.select_related("statement").order_by("-since")[:20]),
    }
