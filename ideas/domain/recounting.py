"""Counters from their rows: each supporter of an idea, or of one merged into it, once; comments that are public."""

from collections import Counter
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count

from ..models import Comment, Idea
from ..querysets import counting, votes_of_ideas
from ..votes import trend_of


@dataclass(frozen=True)
class Drift:
    """One counter that is not what its rows say."""

    public_id: str
    counter: str
    shown: int
    counted: int


def recount_all(*, write: bool = True) -> list[Drift]:
    """What was wrong. A few queries whatever the number of ideas; what is wrong is put right one idea at a time, locked."""
    votes = dict(counting(votes_of_ideas()).order_by().values_list("object_id").annotate(Count("pk")))
    comments = dict(Comment.objects.counted().order_by().values_list("idea_id").annotate(number=Count("pk")))
    merged = Counter(Idea.objects.filter(merged_into__isnull=False).values_list("merged_into_id", flat=True))
    drift: list[Drift] = []
    rows = Idea.objects.order_by("pk").values_list("pk", "public_id", "vote_score", "comment_count", "merged_count")
    for pk, public_id, vote_score, comment_count, merged_count in rows.iterator(chunk_size=5000):
        counted = _voters_of_cluster(pk) if merged[pk] else votes.get(pk, 0)
        real = {"vote_score": counted, "comment_count": comments.get(pk, 0), "merged_count": merged[pk]}
        shown = {"vote_score": vote_score, "comment_count": comment_count, "merged_count": merged_count}
        drift += [Drift(public_id, name, shown[name], real[name]) for name in real if shown[name] != real[name]]
    if write:
        for public_id in {line.public_id for line in drift}:
            _put_right(public_id)
    return drift


def _voters_of_cluster(pk: int) -> int:
    keys = [pk, *Idea.objects.filter(merged_into_id=pk).values_list("pk", flat=True)]
    return counting(votes_of_ideas()).filter(object_id__in=keys).order_by().values("user_id").distinct().count()


@transaction.atomic
def _put_right(public_id: str) -> None:
    """Count again with the idea locked: votes may have come since it was found wrong."""
    idea = Idea.objects.select_for_update().get(public_id=public_id)
    votes = _voters_of_cluster(idea.pk)
    Idea.objects.filter(pk=idea.pk).update(
        vote_score=votes,
        num_vote_up=votes,
        trend=trend_of(votes, idea.created_at),
        comment_count=Comment.objects.counted().filter(idea=idea).count(),
        merged_count=Idea.objects.filter(merged_into=idea).count(),
    )
