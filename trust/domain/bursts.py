"""A burst of votes from new accounts: flagged, set aside, counted again, and left for a person to confirm or release.

The rule: at least BURST_VOTES votes for one idea within BURST_HOURS, of which more than BURST_SHARE came from accounts that
were younger than BURST_ACCOUNT_DAYS when they voted. The votes of those are set aside; the others' count on.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, require
from core.events import job, later, publish
from core.schedule import every
from ideas.domain.moderating import when_it_stands
from ideas.domain.moving import check_statement
from ideas.domain.quarantining import release_votes, set_votes_aside
from ideas.models import Idea, SetAsideVote
from ideas.querysets import votes_of_ideas
from members.models import Member

from ..events import BurstDecided, BurstFound
from ..models import Case, Statement, VoteBurst
from ..permissions import can_decide
from ..states import Automation, BurstState, Kind, Matter, Measure
from ..subjects import of_idea
from .casing import close_case, open_case
from .deciding import log
from .stating import make_statement

TOLD_AT_ONCE = 200


@every(minutes=10)
def look_for_bursts() -> int:
    """Set aside what looks like a burst; how many ideas are concerned. Idempotent: what was judged once is not judged again."""
    now, rules = timezone.now(), settings.LAB
    since = now - timedelta(hours=rules["BURST_HOURS"])
    votes = votes_of_ideas().filter(create_at__gte=since)
    lively = votes.order_by().values("object_id").annotate(n=Count("pk")).filter(n__gte=rules["BURST_VOTES"])
    return sum(_look_at(object_id, since) for object_id in list(lively.values_list("object_id", flat=True)))


def _look_at(idea_id: int, since: datetime) -> bool:
    """Whether votes of this idea were set aside now. Votes that a person released once are trusted."""
    rules = settings.LAB
    votes = list(votes_of_ideas().filter(object_id=idea_id, create_at__gte=since).values_list("user_id", "create_at"))
    judged = set(SetAsideVote.objects.filter(idea_id=idea_id).values_list("member_id", flat=True))
    joined = _joined([user_id for user_id, _at in votes])
    age = timedelta(days=rules["BURST_ACCOUNT_DAYS"])
    young = [user_id for user_id, at in votes if user_id in joined and joined[user_id] > at - age]
    released = set(
        SetAsideVote.objects.filter(idea_id=idea_id, released_at__isnull=False).values_list("member_id", flat=True)
    )
    suspects = [user_id for user_id in young if user_id not in released]
    fresh = [user_id for user_id in suspects if user_id not in judged]
    if not fresh or len(votes) < rules["BURST_VOTES"] or len(suspects) <= rules["BURST_SHARE"] * len(votes):
        return False
    _set_aside(idea_id, fresh, [at for _user, at in votes], len(suspects))
    return True


def _joined(member_ids: list[int]) -> dict[int, datetime]:
    found: dict[int, datetime] = {}
    for start in range(0, len(member_ids), 500):
        chunk = Member.objects.filter(pk__in=member_ids[start : start + 500], is_staff=False)
        found |= dict(chunk.values_list("pk", "date_joined"))
    return found


@transaction.atomic
def _set_aside(idea_id: int, member_ids: list[int], moments: list[datetime], young: int) -> None:
    idea = Idea.objects.select_related("author", "category").get(pk=idea_id)
    # Held before the votes and the idea, as deciding holds it: a burst that is being decided this moment takes no more in.
    burst = VoteBurst.objects.select_for_update().filter(idea=idea, state=BurstState.OPEN).first()
    if burst is None:
        case = open_case(Matter.VOTES, of_idea(idea))
        burst = VoteBurst.objects.create(
            idea=idea, case=case, first_vote_at=min(moments), last_vote_at=max(moments), votes=len(moments), young=young
        )
        publish(BurstFound(burst.pk, idea.pk, young))
    set_votes_aside(idea, member_ids, batch=burst.public_id)
    burst.last_vote_at, burst.votes = max(moments), len(moments)
    burst.young = SetAsideVote.objects.filter(batch=burst.public_id).count()
    burst.save(update_fields=["last_vote_at", "votes", "young"])


def decide_burst(burst: VoteBurst, *, confirmed: bool, reason: str, by: Any) -> VoteBurst:
    """Confirm that the votes do not count, or let them count, with a reason. Raises NotAllowed, `case_closed` (409), Invalid."""
    require(can_decide(by))
    reason = check_statement(reason)
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=burst.case_id)
        burst = VoteBurst.objects.select_for_update().get(pk=burst.pk)
        if burst.state != BurstState.OPEN:
            raise DomainError(_("A colleague has decided this case."), code="case_closed", status=409)
        burst.state = BurstState.CONFIRMED if confirmed else BurstState.RELEASED
        burst.reason, burst.decided_at, burst.decided_by = reason, timezone.now(), by
        burst.save(update_fields=["state", "reason", "decided_at", "decided_by"])
        votes = [] if confirmed else release_votes(burst.idea, batch=burst.public_id, by=by)
        log(case, burst.state, by=by, before={"votes": votes}, burst=burst)
        publish(BurstDecided(burst.pk, burst.idea_id, burst.state), by=by)
        if confirmed:
            later(state_to_voters, burst.pk, after=when_it_stands())
        if case.is_open:
            close_case(case, verdict=burst.state, by=by)
    return burst


@job
def state_to_voters(burst_id: int) -> None:
    """Each member whose support no longer counts reads so, in neutral words, and can ask for a review: some hundreds at a time.

    Not while the verdict can be taken back, and not who took the vote back meanwhile. Run again, it goes on where it stood.
    """
    burst = VoteBurst.objects.select_related("idea__author", "idea__category", "decided_by").get(pk=burst_id)
    if burst.state != BurstState.CONFIRMED:
        return
    told = Statement.objects.filter(kind=Kind.IDEA, subject_id=burst.idea_id, measure=Measure.SET_ASIDE)
    told = told.filter(before__batch=burst.public_id)
    voters = votes_of_ideas().filter(object_id=burst.idea_id).order_by().values("user_id")
    rows = SetAsideVote.objects.filter(batch=burst.public_id, released_at__isnull=True, member__in=voters)
    rows = rows.filter(member__erased_at__isnull=True).exclude(member__in=told.values("member"))
    found = list(rows.select_related("member").order_by("pk")[:TOLD_AT_ONCE])
    for row in found:
        _state_to(row.member, burst)
    if len(found) == TOLD_AT_ONCE:
        later(state_to_voters, burst_id)


def _state_to(member: Member, burst: VoteBurst) -> None:
    with translation.override(member.language):
        facts = gettext(
            "This idea received many supports in a few hours from accounts opened shortly before. Yours is one of them: for "
            "now, these supports are not counted. It says nothing about you. Your support is not deleted, and you can ask for "
            "a review."
        )
    subject = replace(of_idea(burst.idea), author=member)
    make_statement(
        subject, Measure.SET_ASIDE, facts=facts, by=burst.decided_by, automation=Automation.FOUND,
        before={"batch": burst.public_id},
    )  # fmt: skip


def release_one(statement: Statement, *, by: Any) -> list[int]:
    """A member's support counts again, after the review that they asked for; the keys of what was released."""
    idea = Idea.objects.get(pk=statement.subject_id)
    return release_votes(idea, batch=statement.before.get("batch", ""), by=by, of=statement.member)


def release_rest(burst: VoteBurst, case: Case, *, reason: str, by: Any, batch: str) -> VoteBurst:
    """A review releases what is still set aside of a confirmed burst; the right to, and the lock, are the caller's."""
    burst = VoteBurst.objects.select_for_update().get(pk=burst.pk)
    votes = release_votes(burst.idea, batch=burst.public_id, by=by)
    burst.state, burst.reason, burst.decided_at, burst.decided_by = BurstState.RELEASED, reason, timezone.now(), by
    burst.save(update_fields=["state", "reason", "decided_at", "decided_by"])
    log(case, burst.state, by=by, before={"votes": votes, "burst": BurstState.CONFIRMED}, batch=batch, burst=burst)
    publish(BurstDecided(burst.pk, burst.idea_id, burst.state), by=by)
    later(state_counted, burst.pk, after=when_it_stands())
    return burst


@job
def state_counted(burst_id: int) -> None:
    """Those who read that their support did not count, and did not ask for the review themselves, read that it does again."""
    burst = VoteBurst.objects.select_related("idea__author", "idea__category", "decided_by").get(pk=burst_id)
    if burst.state != BurstState.RELEASED:
        return
    of_burst = Statement.objects.filter(kind=Kind.IDEA, subject_id=burst.idea_id, before__batch=burst.public_id)
    told = of_burst.filter(measure=Measure.COUNTED).values("member")
    rows = of_burst.filter(measure=Measure.SET_ASIDE, appeal__isnull=True, member__erased_at__isnull=True)
    found = list(rows.exclude(member__in=told).select_related("member").order_by("pk")[:TOLD_AT_ONCE])
    for row in found:
        subject = replace(of_idea(burst.idea), author=row.member)
        make_statement(
            subject, Measure.COUNTED, facts=burst.reason, by=burst.decided_by, before={"batch": burst.public_id}
        )
    if len(found) == TOLD_AT_ONCE:
        later(state_counted, burst_id)


def support_with_and_without(idea: Idea) -> tuple[int, int]:
    """People who support the idea: as counted, and with the votes that are set aside."""
    keys = [idea.pk, *Idea.objects.filter(merged_into=idea).values_list("pk", flat=True)]
    everyone = votes_of_ideas().filter(object_id__in=keys).order_by().values("user_id").distinct().count()
    return Idea.objects.values_list("vote_score", flat=True).get(pk=idea.pk), everyone
