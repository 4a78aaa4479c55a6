"""What a complaint can come from: an idea, a comment under one, a comment under a poll. Each is found, hidden and shown by the
verbs of its own app."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from core.keeping import needs
from ideas.domain import giving_back
from ideas.domain.moderating import hide_comment, hide_idea, restore_comment, restore_idea
from ideas.models import Comment, Idea
from polls.domain.moderating import hide_remark, restore_remark
from polls.domain.moderating import undo_hiding as undo_hiding_of_remark
from polls.models import Poll, Remark

from ..models import Complaint

Source = Idea | Comment | Remark


@dataclass(frozen=True)
class Kind:
    """How a kind of text is read with its author and its place, taken out of public sight, and shown again; `unhide` takes back
    that one has just hidden it."""

    rows: Callable[[], QuerySet]
    hide: Callable[..., Any]
    show: Callable[..., Any]
    unhide: Callable[..., Any]


# By the name under which pages and API ask; the narrower first, where an address names two.
KINDS: dict[str, Kind] = {
    "comment": Kind(
        lambda: Comment.objects.select_related("idea", "author"),
        hide_comment,
        restore_comment,
        giving_back.undo_comment_sight,
    ),
    "remark": Kind(
        lambda: Remark.objects.select_related("poll", "author"), hide_remark, restore_remark, undo_hiding_of_remark
    ),
    "idea": Kind(lambda: Idea.objects.select_related("author"), hide_idea, restore_idea, giving_back.undo_hiding),
}


def kind_of(source: Source) -> Kind:
    return KINDS[source._meta.model_name]


def find_source(asked: Mapping[str, Any]) -> Source | None:
    """The text named by `comment`, `remark` or `idea` (public ids); None where nothing has that name."""
    for name, kind in KINDS.items():
        if key := str(asked.get(name) or "").replace("\x00", ""):
            return kind.rows().filter(public_id=key).first()
    return None


def fields_of(source: Source) -> dict[str, Any]:
    """The columns of a complaint that say where it comes from: all of them, so that they also find one."""
    comment = source if isinstance(source, Comment) else None
    remark = source if isinstance(source, Remark) else None
    idea = comment.idea if comment else None if remark else source
    return {"idea": idea, "comment": comment, "remark": remark}


def place_of(source: Source) -> Idea | Poll:
    """The idea or poll where the text stands."""
    return Complaint(**fields_of(source)).place


def words_of(source: Source) -> str:
    """What the text says; of a comment that its author deleted, what is kept for those who handle it."""
    if source.body or not getattr(source, "deleted_at", None):
        return source.body
    last = source.versions.order_by("-written_at", "-pk").first()
    return last.body if last else ""


@needs("comment")
def comments_of_complaints() -> QuerySet:
    """A complaint must be answered, and shown later, on what was said, even where its author deleted it since."""
    return Complaint.objects.filter(comment__isnull=False).order_by().values("comment")


@needs("remark")
def remarks_of_complaints() -> QuerySet:
    return Complaint.objects.filter(remark__isnull=False).order_by().values("remark")
