"""Setting votes aside: they stay, their voters still see them as theirs, and no count takes them in until they are released.

Locks go as for a vote: vote rows first, then the idea. So a vote that moves meanwhile is either seen here or sees us.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Exists, Min, OuterRef, Q, Subquery
from django.utils import timezone
from vote.models import Vote

from core.events import publish

from ..events import VotesReleased, VotesSetAside
from ..models import Idea, SetAsideVote
from ..querysets import counting, votes_of_ideas
from .moving import lock_with_stay
from .voting import recount


@transaction.atomic
def set_votes_aside(idea: Idea, member_ids: Iterable[int], *, batch: str, by: Any = None) -> int:
    """Set aside the votes that these members gave the idea, and count again; how many were. Asked by who moderates."""
    votes = Vote.objects.filter(content_type=ContentType.objects.get_for_model(Idea), object_id=idea.pk)
    held = votes.filter(user_id__in=list(member_ids)).order_by("pk").select_for_update()
    voters = list(held.values_list("user_id", flat=True))
    idea = lock_with_stay(idea)
    known = set(SetAsideVote.objects.filter(idea=idea, released_at__isnull=True).values_list("member_id", flat=True))
    rows = [SetAsideVote(idea=idea, member_id=pk, batch=batch) for pk in voters if pk not in known]
    SetAsideVote.objects.bulk_create(rows)
    if rows:
        _count_again(idea)
        publish(VotesSetAside(idea.pk, batch, len(rows)), by=by)
    return len(rows)


@transaction.atomic
def release_votes(idea: Idea, *, batch: str, by: Any, of: Any = None) -> list[int]:
    """Let the votes of this batch count again, or that of one member alone; the keys of what was released."""
    rows = SetAsideVote.objects.filter(idea=idea, batch=batch, released_at__isnull=True)
    rows = rows.filter(member=of) if of else rows
    keys = list(rows.order_by("pk").select_for_update().values_list("pk", flat=True))
    idea = lock_with_stay(idea)
    SetAsideVote.objects.filter(pk__in=keys).update(released_at=timezone.now())
    _count_again(idea)
    publish(VotesReleased(idea.pk, batch, len(keys)), by=by)
    return keys


@transaction.atomic
def undo_release(keys: Iterable[int]) -> None:
    """Set aside again what `release_votes` has just released, and count again."""
    rows = SetAsideVote.objects.filter(pk__in=list(keys), released_at__isnull=False).order_by("pk")
    found = list(rows.select_for_update().values_list("pk", "idea_id"))
    SetAsideVote.objects.filter(pk__in=[pk for pk, _idea in found]).update(released_at=None)
    for idea in Idea.objects.filter(pk__in={idea_id for _pk, idea_id in found}):
        _count_again(lock_with_stay(idea))


def days_set_aside(idea: Idea) -> Counter:
    """Votes set aside by the day they came, in one query: those that would count if they were released, each person once.

    Over the idea and those merged into it; not of who has another vote there that counts.
    """
    cluster = Idea.objects.filter(Q(pk=idea.pk) | Q(merged_into_id=idea.pk)).order_by()
    votes = votes_of_ideas().order_by()
    its_own = votes.filter(object_id=OuterRef("idea_id"), user_id=OuterRef("member_id"))
    rows = SetAsideVote.objects.filter(idea__in=cluster, released_at__isnull=True).order_by()
    if idea.merged_count:
        theirs = counting(votes).filter(object_id__in=cluster.values("pk"), user_id=OuterRef("member_id"))
        rows = rows.exclude(Exists(theirs))
    rows = rows.values("member_id").annotate(first=Min(Subquery(its_own.values("create_at")[:1])))
    return Counter(timezone.localtime(row["first"]).date() for row in rows if row["first"])


def _count_again(idea: Idea) -> None:
    """The idea and, where it was merged, the one that stays."""
    recount(idea)
    if idea.merged_into_id:
        recount(idea.merged_into)
