"""A burst of new accounts: the ballots by which it is noticed are counted apart too, not those alone that come after them.

Whoever opens as many accounts as go unnoticed would else have them in the total. The ballot that shows the burst moves those of the
same hours, in its own transaction, under the poll's lock. Their keys are worked out from who took part, as a voter's own is at a
change (`models/ballots.py`); nothing is kept of which is whose. The bank may count them in again (`counting_in.py`).
"""

from collections import Counter
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, QuerySet
from django.utils import timezone

from core.events import publish

from ..events import BurstSetApart
from ..models import Ballot, Participation, Poll, voter_key
from ..states import Apart
from .tallying import count_ballots, publish_anew, shift


def young_of_late(poll: Poll, now: datetime) -> QuerySet[Participation]:
    """Who took part in the last hours with an account that was young then."""
    rules = settings.LAB
    return Participation.objects.filter(
        poll=poll,
        at__gte=now - timedelta(hours=rules["BURST_HOURS"]),
        member__date_joined__gt=F("at") - timedelta(days=rules["BURST_ACCOUNT_DAYS"]),
    ).order_by()


def set_burst_apart(poll: Poll, now: datetime) -> int:
    """Count apart those of the last hours that were counted; how many. The caller holds the poll's lock.

    None of fewer than `SMALLEST_CELL`, whose choices the totals before and after would tell; nor of a poll that was opened again,
    for the same reason.
    """
    came = list(young_of_late(poll, now).filter(apart="").select_related("member").defer("member__password"))
    if poll.reopened_at or len(came) < settings.LAB["SMALLEST_CELL"]:
        return 0
    keys = [voter_key(poll, one.member) for one in came]
    before = count_ballots(poll, Ballot.objects.filter(voter_key__in=keys))
    Ballot.objects.filter(voter_key__in=keys).update(apart=Apart.BURST)
    Participation.objects.filter(pk__in=[one.pk for one in came]).update(apart=Apart.BURST)
    steps = count_ballots(poll, Ballot.objects.filter(voter_key__in=keys))
    steps.subtract(before)
    shift(poll, {place: n for place, n in steps.items() if n})
    publish_anew(poll, Apart.BURST)
    _move_kept_days(poll, came)
    publish(BurstSetApart(poll_id=poll.pk, ballots=len(came)))
    return len(came)


def _move_kept_days(poll: Poll, came: list[Participation]) -> None:
    """Days that are kept already (`growing.py`) know why people are counted apart."""
    if not poll.counted_until:
        return
    days = Counter(poll.arrivals)
    for one in came:
        if one.at < poll.counted_until:
            day = timezone.localdate(one.at).isoformat()
            days[day] -= 1
            days[f"{day}/{Apart.BURST}"] += 1
    poll.arrivals = {day: people for day, people in days.items() if people}
    poll.save(update_fields=["arrivals"])
