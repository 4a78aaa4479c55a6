"""Setting votes aside: they stay, their voters still see them as theirs, and no count takes them in until they are released.

Locks go as for a vote: vote rows first, then the idea. So a vote that moves meanwhile is either seen here or sees us.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from vote.models import Vote

from core.events import publish

from ..events import VotesReleased, VotesSetAside
from ..models import Idea, SetAsideVote
from .voting import recount


@transaction.atomic
def set_votes_aside(idea: Idea, member_ids: Iterable[int], *, batch: str, by: Any = None) -> int:
    """Set aside the votes that these members gave the idea, and count again; how many were. Asked by who moderates."""
    votes = Vote.objects.filter(content_type=ContentType.objects.get_for_model(Idea), object_id=idea.pk)
    held = votes.filter(user_id__in=list(member_ids)).order_by("pk").select_for_update()
    voters = list(held.values_list("user_id", flat=True))
    idea = _lock_cluster(idea)
    known = set(SetAsideVote.objects.filter(idea=idea, released_at__isnull=True).values_list("member_id", flat=True))
    rows = [SetAsideVote(idea=idea, member_id=pk, batch=batch) for pk in voters if pk not in known]
    SetAsideVote.objects.bulk_create(rows)
    if rows:
        _count_again(idea)
        publish(VotesSetAside(idea.pk, batch, len(rows)), by=by)
    return len(rows)


@transaction.atomic
def release_votes(idea: Idea, *, batch: str, by: Any) -> int:
    """Let the votes of this batch count again; how many do."""
    rows = SetAsideVote.objects.filter(idea=idea, batch=batch, released_at__isnull=True)
    keys = list(rows.order_by("pk").select_for_update().values_list("pk", flat=True))
    idea = _lock_cluster(idea)
    SetAsideVote.objects.filter(pk__in=keys).update(released_at=timezone.now())
    _count_again(idea)
    publish(VotesReleased(idea.pk, batch, len(keys)), by=by)
    return len(keys)


def _lock_cluster(idea: Idea) -> Idea:
    """The idea and, where it is merged, the one that stays: in the order of their keys, as merging locks them."""
    merged_into = Idea.objects.values_list("merged_into_id", flat=True).get(pk=idea.pk)
    rows = Idea.objects.select_for_update().filter(pk__in=[idea.pk, merged_into or idea.pk]).order_by("pk")
    return next(row for row in rows if row.pk == idea.pk)


def _count_again(idea: Idea) -> None:
    """The idea and, where it was merged, the one that stays."""
    recount(idea)
    if idea.merged_into_id:
        recount(idea.merged_into)
