"""The demo's conversations as they went on: reactions, names, a comment that was changed and one that was taken back.

With dice of its own, so that the rest of the demo stays as it is.
"""

from collections import Counter
from datetime import timedelta
from random import Random

from django.db.models import Count, F

from ..models import Comment, CommentReaction, CommentVersion, Idea, Mention
from ..states import Reaction

SEED, LIKED, MOST, NAMED = 2026, 140, 9, 12
KINDS, SHARES = tuple(Reaction.values), (9, 4, 3, 2)
BEFORE = " Enfin, je crois."
ANSWERS = (
    "@{name}, même chose chez moi, et depuis des mois.", "Merci @{name}, je n’y avais pas pensé.",
    "@{name} : avez-vous essayé depuis la dernière version ?", "Je pense comme @{name}, à une réserve près : le prix.",
)  # fmt: skip


def load_talk(people) -> None:
    dice = Random(SEED)  # noqa: S311 - dice of a demo
    comments = list(Comment.objects.said().select_related("author").order_by("pk"))
    _reactions(dice, comments, people)
    _names(dice, comments)
    _changed(dice, comments)
    _taken_back()


def _reactions(dice: Random, comments: list[Comment], people) -> None:
    rows, counts = [], {}
    for comment in dice.sample(comments, min(LIKED, len(comments))):
        readers = dice.sample(people, min(1 + int(MOST * dice.random() ** 2), len(people)))
        kinds = Counter()
        for member in readers:
            if member.pk != comment.author_id:
                kind = dice.choices(KINDS, SHARES)[0]
                kinds[kind] += 1
                rows.append(CommentReaction(comment=comment, member=member, kind=kind, at=comment.created_at))
        counts[comment.pk] = kinds
        comment.reaction_count = kinds.total()
        for kind in KINDS:
            setattr(comment, f"{kind}_count", kinds[kind])
    CommentReaction.objects.bulk_create(rows, batch_size=500)
    touched = [comment for comment in comments if comment.pk in counts]
    Comment.objects.bulk_update(touched, ["reaction_count", *(f"{kind}_count" for kind in KINDS)], batch_size=200)


def _names(dice: Random, comments: list[Comment]) -> None:
    """Replies that name the author of the thread they are in."""
    by_key = {comment.pk: comment for comment in comments}
    replies = [comment for comment in comments if comment.parent_id and not comment.is_official]
    replies = [reply for reply in replies if reply.author_id != by_key[reply.parent_id].author_id]
    chosen = dice.sample(replies, min(NAMED, len(replies)))
    for place, reply in enumerate(chosen):
        name = by_key[reply.parent_id].author.nickname
        reply.body = ANSWERS[place % len(ANSWERS)].format(name=name)
    Comment.objects.bulk_update(chosen, ["body"])
    Mention.objects.bulk_create(
        Mention(comment=reply, member=by_key[reply.parent_id].author, written=by_key[reply.parent_id].author.nickname)
        for reply in chosen
    )


def _changed(dice: Random, comments: list[Comment]) -> None:
    """A few that their authors put right some minutes later."""
    plain = [comment for comment in comments if not comment.is_official]
    for comment in dice.sample(plain, min(6, len(plain))):
        comment.edited_at = comment.created_at + timedelta(minutes=dice.randrange(2, 14))
        CommentVersion.objects.create(
            comment=comment, body=comment.body + BEFORE, written_at=comment.created_at, at=comment.edited_at
        )
        comment.save(update_fields=["edited_at"])


def _taken_back() -> None:
    """One in the liveliest conversation, with an answer that stays."""
    threads = Comment.objects.said().filter(parent__isnull=True, is_official=False, mentions__isnull=True)
    busiest = Idea.objects.filter(visibility="public").order_by("-comment_count", "pk").first()
    comment = (
        threads.filter(idea=busiest).annotate(answers=Count("replies")).filter(answers__gt=0).order_by("pk").first()
    )
    if comment is None:
        return
    CommentVersion.objects.create(comment=comment, body=comment.body, written_at=comment.created_at)
    CommentReaction.objects.filter(comment=comment).delete()
    Mention.objects.filter(comment__parent=comment, member=comment.author).delete()
    zeros = {"reaction_count": 0} | {f"{kind}_count": 0 for kind in KINDS}
    Comment.objects.filter(pk=comment.pk).update(
        body="", deleted_at=comment.created_at + timedelta(hours=3), edited_at=None, **zeros
    )
    Idea.objects.filter(pk=busiest.pk).update(comment_count=F("comment_count") - 1)
