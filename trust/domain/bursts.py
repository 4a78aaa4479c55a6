"""A burst of votes from new accounts: flagged, set aside, counted again, and left for a person to confirm or release.

The rule: at least BURST_VOTES votes for one idea within BURST_HOURS, of which more than BURST_SHARE came from accounts that
were younger than BURST_ACCOUNT_DAYS when they voted. The votes of those are set aside; the others' count on.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, require
from core.events import publish
from core.schedule import every
from ideas.domain.moving import check_reason
from ideas.domain.quarantining import release_votes, set_votes_aside
from ideas.models import Idea, SetAsideVote
from ideas.querysets import votes_of_ideas
from members.models import Member

from ..events import BurstDecided, BurstFound
from ..models import Case, VoteBurst
from ..permissions import can_decide
from ..states import BurstState, Matter
from ..subjects import of_idea
from .casing import close_case, open_case


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
    burst = VoteBurst.objects.filter(idea=idea, state=BurstState.OPEN).first()
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
    reason = check_reason(reason)
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=burst.case_id)
        burst = VoteBurst.objects.select_for_update().get(pk=burst.pk)
        if burst.state != BurstState.OPEN:
            raise DomainError(_("A colleague has decided this case."), code="case_closed", status=409)
        burst.state = BurstState.CONFIRMED if confirmed else BurstState.RELEASED
        burst.reason, burst.decided_at, burst.decided_by = reason, timezone.now(), by
        burst.save(update_fields=["state", "reason", "decided_at", "decided_by"])
        if not confirmed:
            release_votes(burst.idea, batch=burst.public_id, by=by)
        publish(BurstDecided(burst.pk, burst.idea_id, burst.state), by=by)
        if case.is_open:
            close_case(case, verdict=burst.state, by=by)
    return burst


def support_with_and_without(idea: Idea) -> tuple[int, int]:
    """People who support the idea: as counted, and with the votes that are set aside."""
    keys = [idea.pk, *Idea.objects.filter(merged_into=idea).values_list("pk", flat=True)]
    everyone = votes_of_ideas().filter(object_id__in=keys).order_by().values("user_id").distinct().count()
    return Idea.objects.values_list("vote_score", flat=True).get(pk=idea.pk), everyone
