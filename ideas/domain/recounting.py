"""Counters from their rows: each supporter of an idea, or of one merged into it, once; comments that are public; reactions.

And of which group each author is.
"""

from collections import Counter
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, F, Q, Sum

from members.domain.staffing import follows_staff
from members.models import Member

from ..models import Comment, CommentReaction, Idea, VoteOnBehalf
from ..querysets import counting, votes_of_ideas
from ..states import Reaction
from ..votes import trend_of
from .grouping import misplaced, put_authors_right

CHECKED = ("vote_score", "staff_votes", "votes_on_behalf_count", "comment_count", "merged_count")


@dataclass(frozen=True)
class Drift:
    """One counter that is not what its rows say."""

    public_id: str
    counter: str
    shown: int | str
    counted: int | str


def recount_all(*, write: bool = True) -> list[Drift]:
    """What was wrong. A few queries whatever the number of ideas; what is wrong is put right one idea at a time, locked."""
    votes = dict(counting(votes_of_ideas()).order_by().values_list("object_id").annotate(Count("pk")))
    comments = dict(Comment.objects.counted().order_by().values_list("idea_id").annotate(number=Count("pk")))
    of_staff = counting(votes_of_ideas()).filter(user_id__in=_staff())
    staff = dict(of_staff.order_by().values_list("object_id").annotate(Count("pk")))
    others = dict(_on_behalf().order_by().values_list("idea_id").annotate(people=Sum("people")))
    merged = Counter(Idea.objects.filter(merged_into__isnull=False).values_list("merged_into_id", flat=True))
    drift: list[Drift] = []
    rows = Idea.objects.order_by("pk").values("pk", "public_id", *CHECKED)
    for shown in rows.iterator(chunk_size=5000):
        pk, public_id = shown["pk"], shown["public_id"]
        real = {
            "vote_score": votes.get(pk, 0), "staff_votes": staff.get(pk, 0), "votes_on_behalf_count": others.get(pk, 0),
            "comment_count": comments.get(pk, 0), "merged_count": merged[pk],
        }  # fmt: skip
        if merged[pk]:
            real |= _counts_of_cluster(pk)
        drift += [Drift(public_id, name, shown[name], real[name]) for name in real if shown[name] != real[name]]
    if write:
        for public_id in {line.public_id for line in drift}:
            _put_right(public_id)
    return drift + recount_authors(write=write) + recount_reactions(write=write)


def recount_authors(*, write: bool = True) -> list[Drift]:
    """Ideas that name another group than their author's."""
    wrong = misplaced(Idea.objects.order_by("pk")).values_list("public_id", "author_crowd", "real_crowd")
    drift = [Drift(public_id, "author_crowd", shown, real) for public_id, shown, real in wrong]
    if drift and write:
        put_authors_right(Idea.objects.all())
    return drift


def recount_reactions(*, write: bool = True) -> list[Drift]:
    """Of comments: each reaction's counter, and their sum."""
    rows: dict[int, Counter] = {}
    counted = CommentReaction.objects.order_by().values_list("comment_id", "kind").annotate(number=Count("pk"))
    for pk, kind, number in counted.iterator(chunk_size=5000):
        rows.setdefault(pk, Counter())[f"{kind}_count"] = number
    names = [f"{kind}_count" for kind in Reaction.values]
    shown_or_real = Comment.objects.filter(
        Q(reaction_count__gt=0) | Q(pk__in=CommentReaction.objects.values("comment"))
    )
    drift: list[Drift] = []
    for pk, public_id, total, *shown in shown_or_real.values_list("pk", "public_id", "reaction_count", *names):
        real = rows.get(pk, Counter())
        lines = [(name, was, real[name]) for name, was in zip(names, shown, strict=True)]
        lines.append(("reaction_count", total, real.total()))
        wrong = [Drift(public_id, name, was, now) for name, was, now in lines if was != now]
        drift += wrong
        if wrong and write:
            _put_reactions_right(pk, names)
    return drift


@transaction.atomic
def _put_reactions_right(pk: int, names: list[str]) -> None:
    """Counted again with the comment locked."""
    comment = Comment.objects.select_for_update(no_key=True).get(pk=pk)
    kinds = Counter(f"{kind}_count" for kind in comment.reactions.values_list("kind", flat=True))
    Comment.objects.filter(pk=pk).update(reaction_count=kinds.total(), **{name: kinds[name] for name in names})


@follows_staff
def count_staff_votes_again(member: Member) -> int:
    """Who joins or leaves the bank's staff takes their votes along. Of each idea that they support, the bank's own people are
    counted again; how many ideas changed. No vote of theirs moves meanwhile: it would wait for their row (ideas/votes.py)."""
    keys = set(votes_of_ideas().filter(user_id=member.pk).values_list("object_id", flat=True))
    keys |= set(Idea.objects.filter(pk__in=keys, merged_into__isnull=False).values_list("merged_into_id", flat=True))
    ideas = Idea.objects.filter(pk__in=keys)
    list(ideas.order_by("pk").select_for_update(no_key=True).values_list("pk"))
    return ideas.with_counted_votes().exclude(staff_votes=F("colleagues")).update(staff_votes=F("colleagues"))


def _staff():
    return Member.objects.filter(is_staff=True).values("pk")


def _on_behalf():
    return VoteOnBehalf.objects.filter(taken_back_at__isnull=True)


def _counts_of_cluster(pk: int) -> dict[str, int]:
    """Over the idea and those merged into it: people, each once, those of the bank among them; and votes on behalf."""
    counted = Idea.objects.filter(pk=pk).with_counted_votes().values_list("supporters", "colleagues").get()
    cluster = Idea.objects.filter(Q(pk=pk) | Q(merged_into=pk))
    others = _on_behalf().filter(idea__in=cluster.values("pk")).aggregate(people=Sum("people"))["people"] or 0
    return dict(zip(("vote_score", "staff_votes", "votes_on_behalf_count"), (*counted, others), strict=True))


@transaction.atomic
def _put_right(public_id: str) -> None:
    """Count again with the idea locked: votes may have come since it was found wrong."""
    idea = Idea.objects.select_for_update(no_key=True).get(public_id=public_id)
    counts = _counts_of_cluster(idea.pk)
    Idea.objects.filter(pk=idea.pk).update(
        **counts,
        num_vote_up=counts["vote_score"],
        trend=trend_of(counts["vote_score"], idea.created_at),
        comment_count=Comment.objects.counted().filter(idea=idea).count(),
        merged_count=Idea.objects.filter(merged_into=idea).count(),
    )
