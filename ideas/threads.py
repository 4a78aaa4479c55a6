"""Comments as pages and the API show them: threads, whom they name, how people reacted, what the reader may do."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from core.commenting import can_still_edit
from core.desk import url_if_there
from core.errors import NotFound, require
from core.roles import reads_only
from core.text import render_markdown

from .models import Comment, Idea
from .permissions import can_moderate, can_read_versions, can_see_comment, is_signed_in
from .states import CommentOrder, Reaction, Trace, Visibility

ICONS = {Reaction.USEFUL: "praise", Reaction.AGREE: "check", Reaction.THANKS: "thanks", Reaction.EXPLORE: "explore"}


def order_of(text: str) -> str:
    """The order asked for; the best first unless it is one."""
    return text if text in CommentOrder.values else CommentOrder.BEST


def threads_of(idea: Idea, user: Any, *, order: str, first: str = "", traces: bool = False) -> QuerySet:
    """Threads ready for a page by cursor: one query for them, one for all their replies. `traces`: what moderators took away
    too, to show that it was there."""
    comments = Comment.objects.filter(idea=idea)
    comments = comments.standing(user) if traces else comments.visible_to(user)
    threads = comments.threads().with_talk(user).with_replies(user, traces=traces)
    return threads.in_order(order, first=first.replace("\x00", "")[:12])


def find_comment(idea: Idea, public_id: str, *, user: Any) -> Comment:
    """A comment of that idea with all that it shows, if the user may read it; else NotFound."""
    comments = Comment.objects.filter(idea=idea).visible_to(user).with_talk(user).select_related("idea", "parent")
    comment = comments.defer("author__password").filter(public_id=public_id).first()
    require(comment is not None and can_see_comment(user, comment), NotFound())
    return comment


def body_html(comment: Comment) -> str:
    """The text with the names it holds as links to public pages; a name whose member left says so."""
    links = {}
    for named in getattr(comment, "named", None) or ():
        if named["gone"]:
            links[f"@{named['written']}"] = (f"@{_('Former member')}", "")
        else:
            links[f"@{named['written']}"] = (f"@{named['nickname']}", reverse("member_page", args=[named["id"]]))
    return render_markdown(comment.body, links)


def trace_of(comment: Comment) -> Trace | None:
    """Who took the comment away; None while it stands. Of its author's own deletion, that comes first."""
    if comment.is_deleted:
        return Trace.AUTHOR
    return Trace.MODERATORS if comment.visibility in (Visibility.HIDDEN, Visibility.REMOVED) else None


def reactions_of(comment: Comment) -> list[dict]:
    """Each reaction with its count and whether the reader's own is among them."""
    return [
        {"kind": kind.value, "label": kind.label, "icon": ICONS[kind], "count": getattr(comment, f"{kind}_count"),
         "mine": getattr(comment, f"my_{kind}", False)}
        for kind in Reaction
    ]  # fmt: skip


def reactions_shown(comment: Comment, user: Any) -> dict:
    """What `ui/reactions.html` needs: in sight what was used and "useful", the others behind a word."""
    reactions = reactions_of(comment)
    used = [row for row in reactions if row["count"] or row["mine"]]
    if reads_only(user) or (is_signed_in(user) and comment.author_id == user.pk):
        return {"shown": used, "others": [], "action": ""}
    first = [row for row in reactions if row in used or row["kind"] == Reaction.USEFUL]
    action = reverse("ideas:comment_react", args=[comment.idea.public_id, comment.public_id])
    return {"shown": first, "others": [row for row in reactions if row not in first], "action": action}


def thread(comment: Comment, idea: Idea, user: Any) -> dict:
    """What `ui/comment.html` needs for a comment and its answers."""
    return shown(comment, idea, user) | {"answers": [shown(reply, idea, user) for reply in comment.answers]}


def shown(comment: Comment, idea: Idea, user: Any) -> dict:
    comment.idea = idea
    if comment.is_deleted:
        trace = {"id": comment.public_id, "removed": _("Comment deleted by its author"), "at": comment.created_at}
        return trace | _for_staff(comment, idea, user)
    if comment.visibility in (Visibility.HIDDEN, Visibility.REMOVED):
        own = is_signed_in(user) and comment.author_id == user.pk
        why_url = url_if_there("trust:statements") if own else ""
        return {"id": comment.public_id, "removed": Trace.MODERATORS.label, "why_url": why_url}
    author = comment.author
    words = {
        "id": comment.public_id, "name": str(author), "url": author.get_absolute_url(), "official": comment.is_official,
        "ambassador": author.is_ambassador, "role": _role(comment), "at": comment.created_at, "body": body_html(comment),
        "edited": bool(comment.edited_at), "lang": comment.language,
    }  # fmt: skip
    if not comment.is_internal and comment.visibility == Visibility.PUBLIC:
        words["reactions"] = reactions_shown(comment, user)
        if not idea.merged_into_id and not reads_only(user):
            words["reply_url"] = f"{idea.get_absolute_url()}?reply={comment.public_id}#say"
        words["report_url"] = "" if comment.is_official else report_url("comment", comment.public_id)
    if is_signed_in(user) and comment.author_id == user.pk:
        words["report_url"] = ""
        names = [idea.public_id, comment.public_id]
        words["delete_url"] = reverse("ideas:comment_delete", args=names)
        words["edit_url"] = reverse("ideas:comment_edit", args=names) if can_still_edit(comment, user) else ""
    return words | _for_staff(comment, idea, user)


def report_url(kind: str, public_id: str) -> str:
    """Where anyone reports this; "" where nothing is installed that reads reports."""
    return url_if_there("trust:report", **{kind: public_id})


def _role(comment: Comment) -> str:
    if comment.is_internal:
        return _("Internal note: staff alone read it")
    if comment.visibility == Visibility.HELD:
        return _("Waiting to be read by the moderators: others do not see it yet")
    return comment.author.job_title if comment.is_official else ""


def _for_staff(comment: Comment, idea: Idea, user: Any) -> dict:
    """Where who moderates reads the earlier texts, and makes a complaint of a customer's comment."""
    words = {}
    if (comment.edited_at or comment.is_deleted) and can_read_versions(user):
        words["versions_url"] = reverse("ideas:comment_versions", args=[idea.public_id, comment.public_id])
    if not (comment.is_official or comment.is_internal or comment.is_deleted) and can_moderate(user, idea):
        words["complain_url"] = url_if_there("complaints_desk:open", comment=comment.public_id)
    return words
