"""What the queue sorts and filters by and no vote keeps up to date: growth in seven days, and who carries an idea.

Measured from the vote rows every quarter of an hour, a chunk of ideas in each transaction; `manage.py recount` does it too.
The figures are a quarter of an hour old at most, and the desk says so.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from core.events import job, later
from core.schedule import every
from members.models import Member

from ..models import Idea
from ..querysets import counting, votes_of_ideas
from ..states import OPEN_TO_VOTES, crowd_of

CHUNK = 2_000
GROWTH_DAYS = 7
STAFF = "staff"
MEASURED = ("votes_7d", "led_by")


@every(minutes=15)
def measure_ideas() -> None:
    measure_from(0)


@job
def measure_from(after: int) -> None:
    """Measure the next chunk of ideas, then queue the one behind it."""
    keys = _next(after)
    measure(keys)
    if len(keys) == CHUNK:
        later(measure_from, keys[-1])


def measure_all(*, write: bool = True) -> int:
    """Measure every idea now; how many were out of date."""
    after, stale = 0, 0
    while keys := _next(after):
        stale += measure(keys, write=write)
        after = keys[-1]
    return stale


def _next(after: int) -> list[int]:
    """Ideas that take votes, and those that still show a growth since they were closed."""
    live = Idea.objects.filter(Q(state__in=OPEN_TO_VOTES) | Q(votes_7d__gt=0), pk__gt=after)
    return list(live.order_by("pk").values_list("pk", flat=True)[:CHUNK])


def measure(keys: Iterable[int], *, write: bool = True) -> int:
    """Set the measures of these ideas, each supporter once over an idea and those merged into it; how many were otherwise."""
    keys = list(keys)
    home = {pk: pk for pk in keys} | dict(
        Idea.objects.filter(merged_into__in=keys).order_by().values_list("pk", "merged_into_id")
    )
    people = _people_by_idea(home)
    stale = defaultdict(list)
    for pk, *shown in Idea.objects.filter(pk__in=keys).order_by().values_list("pk", *MEASURED):
        counted = people.get(pk, (0, ""))
        if tuple(shown) != counted:
            stale[counted].append(pk)
    if write:
        _write(stale)
    return sum(map(len, stale.values()))


@transaction.atomic
def _write(stale: dict[tuple, list[int]]) -> None:
    """The ideas are locked in the order of their keys first, as merging does, so that neither waits for the other in turn."""
    keys = [pk for group in stale.values() for pk in group]
    list(Idea.objects.filter(pk__in=keys).order_by("pk").select_for_update(no_key=True).values_list("pk"))
    for values, group in stale.items():
        Idea.objects.filter(pk__in=group).update(**dict(zip(MEASURED, values, strict=True)))


def _people_by_idea(home: dict[int, int]) -> dict[int, tuple[int, str]]:
    """(supporters of the last seven days, the group that carries it) by idea; two queries for all of them."""
    since = timezone.now() - timedelta(days=GROWTH_DAYS)
    votes = counting(votes_of_ideas()).filter(object_id__in=list(home)).order_by()
    crowds = _crowds(votes)
    seen: dict[int, dict[int, bool]] = defaultdict(dict)
    for pk, user, at in votes.values_list("object_id", "user_id", "create_at"):
        users = seen[home[pk]]
        users[user] = users.get(user, False) or at >= since
    found = {}
    for pk, users in seen.items():
        tally = Counter(crowds.get(user, "") for user in users)
        del tally[STAFF]
        found[pk] = (sum(users.values()), _leading(tally))
    return found


def _crowds(votes: QuerySet) -> dict[int, str]:
    """What each supporter is: of the bank's staff, or of one of the desk's groups."""
    rows = Member.objects.filter(pk__in=votes.values("user_id")).order_by()
    return {
        pk: STAFF if is_staff else crowd_of(kind, segment)
        for pk, kind, segment, is_staff in rows.values_list("pk", "kind", "segment", "is_staff")
    }


def _leading(tally: Counter) -> str:
    """The group with most supporters, if they are enough not to be known one by one; a tie has no leader."""
    groups = sorted(((number, crowd) for crowd, number in tally.items() if crowd), reverse=True)
    if not groups or groups[0][0] < settings.LAB["SMALLEST_CELL"]:
        return ""
    return "" if len(groups) > 1 and groups[1][0] == groups[0][0] else groups[0][1]
