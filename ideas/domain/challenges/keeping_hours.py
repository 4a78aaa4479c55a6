"""What the clock brings is said once: the opening, the last days, the count of the votes. No reader waits for it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from core.events import publish
from core.schedule import every

from ...events import ChallengeClosesSoon, ChallengeOpened
from ...models import Challenge
from ...phases import Phase
from .counting import count_votes

LAST_DAYS = timedelta(days=3)
ON_THEIR_WAY = timedelta(seconds=10)  # a vote of the last instant may still wait for its row to be written


@every(seconds=30)
def keep_challenge_hours() -> None:
    say_openings()
    say_last_days()
    count_ended_votes()


def say_openings(now: datetime | None = None) -> int:
    now = now or timezone.now()
    due = Challenge.objects.in_phase(Phase.POSTING, now=now).filter(opening_told_at__isnull=True)
    return sum(_say_once(pk, "opening_told_at", ChallengeOpened(challenge_id=pk), now) for pk in _keys(due))


def say_last_days(now: datetime | None = None) -> int:
    """Three days before the last idea may enter; not where the whole time to enter was hardly longer than that."""
    now = now or timezone.now()
    due = Challenge.objects.in_phase(Phase.POSTING, now=now).filter(
        last_days_told_at__isnull=True, posting_ends_at__lte=now + LAST_DAYS, opens_at__lte=now - LAST_DAYS
    )
    return sum(_say_once(pk, "last_days_told_at", ChallengeClosesSoon(challenge_id=pk), now) for pk in _keys(due))


def count_ended_votes(now: datetime | None = None) -> int:
    """A little after the end: the votes given before it all count, those that came later never do."""
    ended = (now or timezone.now()) - ON_THEIR_WAY
    due = Challenge.objects.in_phase(Phase.JURY, now=ended).filter(votes_counted_at__isnull=True)
    found = list(due)
    for challenge in found:
        count_votes(challenge)
    return len(found)


def _keys(challenges) -> list[int]:
    return list(challenges.order_by("pk").values_list("pk", flat=True))


def _say_once(pk: int, mark: str, event: object, now: datetime) -> int:
    with transaction.atomic():
        claimed = Challenge.objects.filter(**{"pk": pk, f"{mark}__isnull": True}).update(**{mark: now})
        if claimed:
            publish(event)
    return claimed
