"""What one has left in circles that one is no longer in: found again to be taken back, and for nothing else.

Each line holds what the member wrote themselves, and its day: no title, text, count, name or state of the circle's, not even
which circle it was. A vote or a reaction, of which nothing is one's own but that one gave it, is known by its day. The
addresses of the circle go on answering 404.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from core.errors import NotFound, NotSignedIn, require
from members.querysets import open_to

from ..models import Comment, CommentReaction, Idea
from ..permissions import can_read_all, is_signed_in
from ..querysets import votes_of_ideas
from ..states import Visibility
from .commenting import delete_comment
from .reacting import take_back
from .voting import withdraw_vote
from .withdrawing import withdraw_idea

MOST = 100  # of each kind at once; what is taken back makes room
STANDING = (Visibility.PUBLIC, Visibility.HELD)


@dataclass(frozen=True)
class Left:
    """`kind`: idea, comment, vote or reaction; `id` takes it back; `said`: one's own words, "" for a vote or a reaction."""

    kind: str
    id: str
    said: str
    at: datetime


def left_behind(member: Any) -> list[Left]:
    """All of it, the newest first, in five queries. Nothing for staff who read circles anyway."""
    require(is_signed_in(member), NotSignedIn())
    if can_read_all(member):
        return []
    found = [*_ideas(member), *_comments(member), *_votes(member), *_reactions(member)]
    return sorted(found, key=lambda one: one.at, reverse=True)


def has_left_something(member: Any) -> bool:
    """Whether the page has something to show, in one query."""
    if not is_signed_in(member) or can_read_all(member):
        return False
    votes = votes_of_ideas().filter(user_id=member.pk).order_by().values("object_id")
    said = Comment.objects.said().filter(author=member, visibility__in=STANDING).order_by().values("idea")
    reacted = CommentReaction.objects.filter(member=member).order_by().values("comment__idea")
    mine = Q(author=member, visibility__in=STANDING) | Q(pk__in=votes) | Q(pk__in=said) | Q(pk__in=reacted)
    return Idea.objects.filter(mine, _outside(member)).exists()


def take_back_left(kind: str, public_id: str, *, by: Any) -> None:
    """Withdraw, delete or take back, by the verb that does it everywhere.

    Raises NotSignedIn, NotFound for what is not one's own out of a circle one has left, and what that verb raises.
    """
    require(is_signed_in(by), NotSignedIn())
    require(kind in _KINDS and not can_read_all(by), NotFound())
    _KINDS[kind](public_id, by)


def _outside(member: Any, path: str = "") -> Q:
    """Ideas of a circle that the member is not in."""
    return Q(**{f"{path}circle__isnull": False}) & ~open_to(member, f"{path}circle")


def _ideas(member: Any) -> list[Left]:
    rows = (
        Idea.objects.written_by(member).filter(_outside(member), visibility__in=STANDING).order_by("-created_at", "-id")
    )
    return [Left("idea", row.public_id, row.title, row.created_at) for row in rows[:MOST]]


def _comments(member: Any) -> list[Left]:
    rows = Comment.objects.said().filter(_outside(member, "idea__"), author=member, visibility__in=STANDING)
    return [
        Left("comment", row.public_id, row.body, row.created_at) for row in rows.order_by("-created_at", "-id")[:MOST]
    ]


def _votes(member: Any) -> list[Left]:
    ideas = Idea.objects.filter(_outside(member)).order_by()
    votes = votes_of_ideas().filter(user_id=member.pk, object_id__in=ideas.values("pk")).order_by("-create_at")[:MOST]
    days = dict(votes.values_list("object_id", "create_at"))
    return [Left("vote", row.public_id, "", days[row.pk]) for row in ideas.filter(pk__in=days).only("public_id")]


def _reactions(member: Any) -> list[Left]:
    rows = CommentReaction.objects.filter(_outside(member, "comment__idea__"), member=member).select_related("comment")
    rows = rows.order_by("-at", "-id")[:MOST]
    return [Left("reaction", f"{row.comment.public_id}-{row.kind}", "", row.at) for row in rows]


def _idea(public_id: str, by: Any) -> None:
    withdraw_idea(_found(Idea.objects.written_by(by).filter(_outside(by), visibility__in=STANDING), public_id), by=by)


def _comment(public_id: str, by: Any) -> None:
    rows = Comment.objects.said().filter(_outside(by, "idea__"), author=by).select_related("idea")
    delete_comment(_found(rows, public_id), by=by)


def _vote(public_id: str, by: Any) -> None:
    votes = votes_of_ideas().filter(user_id=by.pk).order_by().values("object_id")
    withdraw_vote(_found(Idea.objects.filter(_outside(by), pk__in=votes), public_id), by=by)


def _reaction(public_id: str, by: Any) -> None:
    public_id, _dash, kind = public_id.partition("-")
    rows = Comment.objects.filter(_outside(by, "idea__"), reactions__member=by, reactions__kind=kind).select_related(
        "idea"
    )
    take_back(_found(rows, public_id), kind, by=by)


def _found(rows: Any, public_id: str) -> Any:
    thing = rows.filter(public_id=public_id).first()
    require(thing is not None, NotFound())
    return thing


_KINDS: dict[str, Callable[[str, Any], None]] = {
    "idea": _idea, "comment": _comment, "vote": _vote, "reaction": _reaction,
}  # fmt: skip
KINDS = tuple(_KINDS)
