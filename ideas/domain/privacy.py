"""What ideas keep about members: exported on demand, emptied of identity on erasure; tallies stay."""

from core import privacy

from ..models import (
    AnswerTemplate,
    BulkRun,
    Category,
    Comment,
    CommentReaction,
    CommentVersion,
    Deed,
    Escalation,
    Follow,
    Idea,
    IdeaMove,
    IdeaTag,
    ImportedIdea,
    Mention,
    Merge,
    MergeSuggestion,
    Moderation,
    OfficialAnswer,
    PendingPicture,
    Routing,
    SavedView,
    SetAsideVote,
    TemplateVersion,
    Urgency,
    VoteOnBehalf,
)
from .forgetting import forget_name
from .picturing import forget_pictures_of


def register_all() -> None:
    from vote.models import Vote

    privacy.register(Idea, export=_ideas, erase=forget_name)
    privacy.register(Comment, export=_comments, erase=_forget_versions)
    privacy.register(CommentReaction, export=_reactions, erase=lambda member: None)
    privacy.register(Mention, export=_mentions, erase=lambda member: None)  # with the texts, in forget_name
    privacy.register(PendingPicture, export=_pending, erase=forget_pictures_of)
    privacy.register(Follow, export=_follows, erase=lambda member: Follow.objects.filter(member=member).delete())
    privacy.register(Vote, export=_votes, erase=lambda member: None)
    privacy.register(SetAsideVote, export=_set_aside, erase=lambda member: None)
    privacy.register(OfficialAnswer, export=lambda member: _signed(OfficialAnswer, member), erase=_forget_signature)
    privacy.register(SavedView, export=_views, erase=lambda member: SavedView.objects.filter(owner=member).delete())
    privacy.exclude(BulkRun, reason="The bank's decision; the link to the employee is the audit's.")
    privacy.exclude(IdeaMove, reason="The bank's decision, shown by role; the link to the employee is the audit's.")
    privacy.exclude(ImportedIdea, reason="Who imported is an employee's task; who wrote there has no account here.")
    privacy.exclude(Merge, reason="The bank's decision; the link to the employee is the audit's.")
    privacy.exclude(Moderation, reason="The bank's decision; the link to the employee is the audit's.")
    privacy.exclude(Escalation, reason="Which employee was told of a promise: the bank's own work.")
    privacy.exclude(Urgency, reason="Why the bank read an idea first: its own note, and the employee who wrote it.")
    privacy.exclude(Deed, reason="What staff did with an idea; the link to the employee is the audit's.")
    privacy.exclude(IdeaTag, reason="A tag is about the idea; the link to the employee is the audit's.")
    privacy.exclude(Routing, reason="A question between colleagues about an idea; nothing about the member is in it.")
    privacy.exclude(TemplateVersion, reason="The bank's own text; the link to the employee is the audit's.")
    privacy.exclude(AnswerTemplate, reason="The owner of a template is an employee's task, not a datum about a member.")
    privacy.exclude(
        VoteOnBehalf, reason="A number of people who are not named; the link is to the employee who wrote it."
    )
    privacy.exclude(MergeSuggestion, reason="A pair of ideas; the link is to the employee who decided.")
    privacy.exclude(Category, reason="The owner of a theme is an employee's task, not a datum about a member.")


def _pending(member) -> list[dict]:
    """Chosen in a form and not sent yet."""
    return [{"picture": row.file, "at": row.at.isoformat()} for row in PendingPicture.objects.filter(owner=member)]


def _versions(idea) -> list[dict]:
    return [
        {"title": row.title, "body": row.body, "pictures": row.alts, "at": row.at.isoformat()}
        for row in idea.versions.all()
    ]


def _forget_versions(member) -> None:
    """Earlier texts of comments that stand. What was deleted goes at its hour, for it may be needed till then."""
    CommentVersion.objects.filter(comment__author=member, comment__deleted_at__isnull=True).delete()


def _reactions(member) -> list[dict]:
    rows = CommentReaction.objects.filter(member=member).select_related("comment")
    return [{"comment": row.comment.public_id, "reaction": row.kind, "at": row.at.isoformat()} for row in rows]


def _mentions(member) -> list[dict]:
    rows = Mention.objects.filter(member=member).select_related("comment")
    return [{"comment": row.comment.public_id, "as": row.written} for row in rows]


def _ideas(member) -> list[dict]:
    rows = Idea.objects.written_by(member).select_related("category", "withdrawal")
    rows = rows.prefetch_related("images", "versions")
    return [
        {"id": row.public_id, "title": row.title, "body": row.body, "theme": row.category.name, "state": row.state,
         "posted": row.created_at.isoformat(), "pictures": [image.file for image in row.images.all()],
         "versions": _versions(row), "withdrawn": row.withdrawal.at.isoformat() if hasattr(row, "withdrawal") else None}
        for row in rows
    ]  # fmt: skip


def _comments(member) -> list[dict]:
    rows = Comment.objects.filter(author=member).select_related("idea").prefetch_related("versions")
    return [
        {"id": row.public_id, "idea": row.idea.public_id, "body": row.body, "posted": row.created_at.isoformat(),
         "deleted": row.deleted_at.isoformat() if row.deleted_at else None,
         "earlier": [version.body for version in row.versions.all()]}
        for row in rows
    ]  # fmt: skip


def _follows(member) -> list[dict]:
    rows = Follow.objects.filter(member=member).select_related("idea")
    return [{"idea": row.idea.public_id, "following": row.active, "at": row.at.isoformat()} for row in rows]


def _votes(member) -> list[dict]:
    return [{"idea": public_id} for public_id in Idea.objects.supported_by(member).values_list("public_id", flat=True)]


def _set_aside(member) -> list[dict]:
    rows = SetAsideVote.objects.filter(member=member).select_related("idea")
    return [
        {"idea": row.idea.public_id, "at": row.at.isoformat(), "counts": row.released_at is not None} for row in rows
    ]


def _views(member) -> list[dict]:
    return list(SavedView.objects.filter(owner=member).values("name", "choice"))


def _signed(model, member) -> list[dict]:
    return [
        {"idea": row.idea.public_id, "body": row.body} for row in model.objects.filter(by=member).select_related("idea")
    ]


def _forget_signature(member) -> None:
    OfficialAnswer.objects.filter(by=member).update(by=None)
