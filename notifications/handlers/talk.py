"""Who hears that they are named in a comment. One thing, told once: who is named hears of the comment in this way alone."""

from uuid import UUID

from core.events import handles, job
from ideas.events import CommentEdited, CommentPosted
from ideas.models import Comment, Follow
from ideas.permissions import can_see
from ideas.states import Visibility
from members.models import Member

from ..domain.telling import News, only, tell
from ..states import Topic
from .ideas import tell_comment


@handles(CommentPosted)
def on_comment(event: CommentPosted, *, event_id: UUID) -> None:
    """Those it names first: for the others the same key is told, so nobody hears twice."""
    tell_named(event.comment_id, str(event_id))
    tell_comment(event.comment_id, str(event_id))


@handles(CommentEdited)
def on_edit(event: CommentEdited, *, event_id: UUID) -> None:
    """Whom the changed text names, unless they heard of the comment already."""
    tell_named(event.comment_id, str(event_id))


@job
def tell_named(comment_id: int, event_id: str) -> None:
    """Not those who asked to hear nothing of the idea, and nobody who may not read it."""
    comments = Comment.objects.select_related("idea").filter(visibility=Visibility.PUBLIC).said()
    comment = comments.filter(pk=comment_id).first()
    if comment is None or comment.idea.visibility != Visibility.PUBLIC:
        return
    silent = Follow.objects.filter(idea=comment.idea, active=False).values("member_id")
    named = Member.objects.living().filter(pk__in=comment.mentions.values("member_id")).exclude(pk__in=silent)
    readers = [member.pk for member in named if can_see(member, comment.idea)]
    key, payload = f"comment:{comment.pk}", {"comment": comment.pk}
    news = News("mentioned", Topic.MENTIONS, key, "idea", comment.idea_id, payload, event_id=event_id)
    tell(only(*readers), news)
