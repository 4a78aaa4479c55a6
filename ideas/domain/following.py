"""Who hears of an idea: its author, its voters, who comments and who follows by hand, less those who asked for silence."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from vote.models import Vote

from core.errors import NotFound, NotSignedIn, require
from members.models import Member

from ..models import Comment, Follow, Idea
from ..permissions import can_see, is_signed_in


def follow(idea: Idea, *, by: Any) -> None:
    _choose(idea, by, active=True)


def unfollow(idea: Idea, *, by: Any) -> None:
    """Hear nothing more of the idea, even if one wrote, supports or commented on it."""
    _choose(idea, by, active=False)


def _choose(idea: Idea, by: Any, *, active: bool) -> None:
    require(is_signed_in(by), NotSignedIn())
    require(can_see(by, idea), NotFound())
    Follow.objects.update_or_create(member=by, idea=idea, defaults={"active": active})


def is_following(idea: Idea, member: Any) -> bool:
    return is_signed_in(member) and audience_of(idea).filter(pk=member.pk).exists()


def can_read_circle_of(idea: Idea) -> Q:
    """Of an idea of a circle, only its people hear, and the staff who follow it."""
    if idea.circle_id is None:
        return Q()
    return Q(is_staff=True) | Q(pk__in=Member.objects.of_circle(idea.circle_id).values("pk"))


def audience_of(idea: Idea):
    """Members who will hear of the idea, each once, as a queryset; those of ideas merged into it too."""
    cluster = Idea.objects.filter(Q(pk=idea.pk) | Q(merged_into_id=idea.pk))
    keys = cluster.values("pk")
    content_type = ContentType.objects.get_for_model(Idea)
    voters = Vote.objects.filter(content_type=content_type, object_id__in=keys).values("user_id")
    follows = Follow.objects.filter(idea__in=keys)
    commenters = Comment.objects.filter(idea__in=keys).said().order_by().values("author_id")
    return (
        Member.objects.living()
        .filter(can_read_circle_of(idea))
        .filter(
            Q(pk__in=cluster.values("author_id"))
            | Q(pk__in=voters)
            | Q(pk__in=commenters)
            | Q(pk__in=follows.filter(active=True).values("member_id"))
        )
        .exclude(pk__in=follows.filter(active=False).values("member_id"))
    )
