"""Who hears of an idea: its author, its voters, who comments and who follows by hand, less those who asked for silence.

The desk says how many before a move is made, and the API in its answer: both count here, by each one's own wishes, so that the
number is that of the people who do hear, in their inbox or by mail.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from vote.models import Vote

from core.errors import NotFound, NotSignedIn, require
from core.hearing import who_will_hear
from members.models import CircleMember, Member
from members.permissions import refuse_who_only_reads
from members.states import Joining

from ..models import Comment, Follow, Idea
from ..permissions import can_see, is_signed_in
from ..states import Visibility

MINE, FOLLOWED, STATED = "my_idea", "followed_idea", "removal"  # lines of one’s preferences; the last one is no choice


def follow(idea: Idea, *, by: Any) -> None:
    _choose(idea, by, active=True)


def unfollow(idea: Idea, *, by: Any) -> None:
    """Hear nothing more of the idea, even if one wrote, supports or commented on it."""
    _choose(idea, by, active=False)


def _choose(idea: Idea, by: Any, *, active: bool) -> None:
    require(is_signed_in(by), NotSignedIn())
    require(can_see(by, idea), NotFound())
    if active:
        refuse_who_only_reads(by)
    Follow.objects.update_or_create(member=by, idea=idea, defaults={"active": active})


def is_following(idea: Idea, member: Any) -> bool:
    return is_signed_in(member) and audience_of(idea).filter(pk=member.pk).exists()


def can_read_circle_of(idea: Idea) -> Q:
    """Of an idea of a circle, only its people hear, and the staff who follow it."""
    if idea.circle_id is None:
        return Q()
    return Q(is_staff=True) | Q(pk__in=Member.objects.of_circle(idea.circle_id).values("pk"))


def _cluster(idea: Idea):
    return Idea.objects.filter(Q(pk=idea.pk) | Q(merged_into_id=idea.pk))


def audience_of(idea: Idea):
    """Members whom the idea concerns, each once, as a queryset; those of ideas merged into it too. Which of them wish to hear:
    `hearers_of`."""
    cluster = _cluster(idea)
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


def hearers_of(idea: Idea):
    """Of `audience_of`, those who wish to hear, in whatever way: authors of the cluster as of their idea, others as followers."""
    people, authors = audience_of(idea), _cluster(idea).values("author_id")
    mine = who_will_hear(people.filter(pk__in=authors), MINE)
    others = who_will_hear(people.exclude(pk__in=authors), FOLLOWED)
    return Member.objects.filter(Q(pk__in=mine.values("pk")) | Q(pk__in=others.values("pk")))


def people_told(idea: Idea, *, by: Any, silent: bool = False) -> int:
    """How many will hear of a move made now: nobody in silence nor of an idea that is not public, and not who makes it."""
    return 0 if silent or idea.visibility != Visibility.PUBLIC else hearers_of(idea).exclude(pk=by.pk).count()


def followers_told(idea: Idea, *, by: Any) -> int:
    """How many will hear that its author takes it back: all are followers then."""
    if idea.visibility != Visibility.PUBLIC:
        return 0
    return who_will_hear(audience_of(idea).exclude(pk=by.pk), FOLLOWED).count()


@dataclass(frozen=True)
class Audience:
    """`people` are different members; `notices` what they are told together: who follows three of the ideas hears of three."""

    people: int
    notices: int


def audience_of_many(ideas: Iterable[Idea], *, by: Any) -> Audience:
    """Who will hear of what `by` does with these ideas, as `people_told` says for each."""
    hears = hearers_of_many(ideas, by=by)
    return Audience(len({member for _pk, member in hears}), len(hears))


def hearers_of_many(ideas: Iterable[Idea], *, by: Any) -> set[tuple[int, int]]:
    """(idea, member) of each who will hear of it, by their keys; as many queries for three ideas as for thirty."""
    circles = {idea.pk: idea.circle_id for idea in ideas if idea.visibility == Visibility.PUBLIC}
    home = {pk: pk for pk in circles}
    merged = Idea.objects.filter(merged_into__in=list(circles)).order_by()
    home |= dict(merged.values_list("pk", "merged_into_id"))
    keys = list(home)
    content_type = ContentType.objects.get_for_model(Idea)
    voters = Vote.objects.filter(content_type=content_type, object_id__in=keys).order_by()
    sources = (
        voters.values_list("object_id", "user_id"),
        Comment.objects.filter(idea__in=keys).said().order_by().values_list("idea_id", "author_id"),
        Follow.objects.filter(idea__in=keys, active=True).values_list("idea_id", "member_id"),
    )
    wrote = Idea.objects.filter(pk__in=keys).order_by().values_list("pk", "author_id")
    authors = {(home[pk], member) for pk, member in wrote}
    hears = authors | {(home[pk], member) for rows in sources for pk, member in rows}
    silent = Follow.objects.filter(idea__in=keys, active=False).values_list("idea_id", "member_id")
    hears -= {(home[pk], member) for pk, member in silent}
    hears = {(pk, member) for pk, member in hears if member != by.pk}
    hears = willing(hears & authors, MINE) | willing(hears - authors, FOLLOWED)
    return _reading(hears, circles)


def _reading(hears: set[tuple[int, int]], circles: dict[int, int | None]) -> set[tuple[int, int]]:
    """Of these (idea, member), those who read the idea: of a circle's, its people and staff (`can_read_circle_of`)."""
    closed = {pk: circle for pk, circle in circles.items() if circle}
    if not closed:
        return hears
    people = {member for pk, member in hears if pk in closed}
    staff = set(Member.objects.staff().filter(pk__in=people).values_list("pk", flat=True))
    rows = CircleMember.objects.filter(circle__in={*closed.values()}, member__in=people, joining=Joining.IN)
    inside = set(rows.values_list("circle_id", "member_id"))
    return {
        (pk, member) for pk, member in hears if pk not in closed or member in staff or (closed[pk], member) in inside
    }


def willing(hears: set[tuple[int, int]], topic: str) -> set[tuple[int, int]]:
    """Of these (idea, member), those whose member is there and wishes to hear."""
    people = Member.objects.living().filter(pk__in={member for _pk, member in hears})
    willing = set(who_will_hear(people, topic).values_list("pk", flat=True))
    return {(pk, member) for pk, member in hears if member in willing}


def authors_told(ideas: Iterable[Idea], *, by: Any) -> Audience:
    """Who hears of what is told to authors alone: a change of theme. Not of one's own, nor of what is not public."""
    public = (idea for idea in ideas if idea.visibility == Visibility.PUBLIC)
    return _counted({(idea.pk, idea.author_id) for idea in public if idea.author_id != by.pk}, MINE)


def authors_stated(ideas: Iterable[Idea], *, by: Any) -> Audience:
    """Who reads a statement of reasons: each author who is still there, whatever they wish, and whatever is shown of the idea."""
    return _counted({(idea.pk, idea.author_id) for idea in ideas if idea.author_id != by.pk}, STATED)


def _counted(hears: set[tuple[int, int]], topic: str) -> Audience:
    hears = willing(hears, topic)
    return Audience(len({member for _pk, member in hears}), len(hears))


@dataclass(frozen=True)
class Telling:
    """Whom a kind of move tells: how many `one(idea, by=)` reaches, and the `many(ideas, by=)`, each person once."""

    one: Callable[..., int]
    many: Callable[..., Audience]


ITS_PEOPLE = Telling(people_told, audience_of_many)
ITS_AUTHOR = Telling(lambda idea, by: authors_told([idea], by=by).people, authors_told)
STATED_TO_AUTHOR = Telling(lambda idea, by: authors_stated([idea], by=by).people, authors_stated)
