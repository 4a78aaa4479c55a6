"""Who supports an idea, by group and by day: counted from the votes when it is asked for, or kept where they are many.

Reading twenty thousand votes and who cast them takes longer than a page may. Above LIVE_UP_TO supporters the figures are kept,
counted again in the background once enough votes have come or gone, and each day; pages say of when they are. `manage.py
recount` counts them all anew.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Min
from django.db.models.functions import TruncDate
from django.utils import timezone

from core.events import job, later
from core.schedule import every
from members.models import Member

from ..models import Idea, SupportTally
from ..querysets import counting, votes_of_ideas
from .voting import voters_of

LIVE_UP_TO = 1_000
# So many votes more or less, and such a share of what was counted, make the kept figures too old.
ENOUGH, SHARE = 5, 0.01
OLDEST = timedelta(days=1)  # people change group, and nothing of the idea tells


@dataclass(frozen=True)
class Tally:
    """`people`: (is staff, kind, segment, age band, region, how many); `days`: first votes; `at`: None if counted just now."""

    people: list[tuple[bool, str, str, str, str, int]]
    days: Mapping[date, int]
    at: datetime | None = None


def tally_of(idea: Idea) -> Tally:
    """The idea's figures: kept ones, where it has so many supporters that they are; else counted."""
    kept = kept_tally(idea)
    return kept if kept else count(idea)


def kept_tally(idea: Idea) -> Tally | None:
    """None for an idea whose votes are few enough to be counted now, or were not counted yet."""
    if idea.vote_score <= LIVE_UP_TO:
        return None
    row = SupportTally.objects.filter(idea=idea).first()
    if row is None:
        return None
    days = {date.fromisoformat(day): votes for day, votes in row.days.items()}
    return Tally([tuple(line) for line in row.people], days, row.counted_at)


def count(idea: Idea) -> Tally:
    """From the votes, each person once over the idea and those merged into it."""
    people = Member.objects.filter(pk__in=voters_of(idea)).order_by()
    groups = people.values_list("is_staff", "kind", "segment", "age_band", "region").annotate(people=Count("pk"))
    return Tally(list(groups), days_of(idea))


def days_of(idea: Idea) -> Mapping[date, int]:
    """First votes that count by day, each person once over the idea and those merged into it."""
    if idea.merged_count:
        keys = [idea.pk, *Idea.objects.filter(merged_into=idea).values_list("pk", flat=True)]
        votes = counting(votes_of_ideas()).filter(object_id__in=keys).order_by()
        firsts = votes.values("user_id").annotate(first=Min("create_at"))
        return Counter(timezone.localtime(row["first"]).date() for row in firsts)
    votes = counting(votes_of_ideas()).filter(object_id=idea.pk).order_by()
    return dict(votes.annotate(day=TruncDate("create_at")).values_list("day").annotate(votes=Count("pk")))


@every(minutes=15)
def keep_tallies() -> None:
    """Have those counted again that are missing or too old, each in a task of its own."""
    for pk in outdated():
        later(count_again, pk)


def outdated() -> list[int]:
    """Ideas with many supporters whose kept figures are not, or no more, what they say."""
    rows = Idea.objects.filter(vote_score__gt=LIVE_UP_TO, merged_into__isnull=True).order_by("pk")
    found = rows.values_list("pk", "vote_score", "support_tally__votes", "support_tally__counted_at")
    return [pk for pk, votes, counted, at in found if at is None or is_old(votes, counted, at)]


def is_old(votes: int, counted: int, at: datetime) -> bool:
    moved = abs(votes - counted)
    return moved >= max(ENOUGH, SHARE * counted) or timezone.now() - at >= OLDEST


@job
def count_again(pk: int) -> None:
    """Count an idea's support and keep it. Counting twice gives the same."""
    idea = Idea.objects.filter(pk=pk).first()
    if idea is None:
        return
    now, tally = timezone.now(), count(idea)
    kept: dict[str, Any] = {
        "votes": max(idea.vote_score, 0), "people": [list(line) for line in tally.people], "counted_at": now,
        "days": {day.isoformat(): votes for day, votes in tally.days.items()},
    }  # fmt: skip
    SupportTally.objects.update_or_create(idea=idea, defaults=kept)


def count_all() -> int:
    """Count every kept figure anew, and make those that are missing; how many."""
    SupportTally.objects.filter(idea__vote_score__lte=LIVE_UP_TO).delete()
    rows = Idea.objects.filter(vote_score__gt=LIVE_UP_TO, merged_into__isnull=True)
    keys = list(rows.values_list("pk", flat=True))
    for pk in keys:
        count_again(pk)
    return len(keys)
