"""The demo's comments: what fits the theme first, never the same words twice under one idea."""

from datetime import timedelta

from core.public_ids import ALPHABET, LENGTH

from ..models import Comment, Idea
from .talk import load_talk
from .texts import ANY, COMMENTS, OFFICIAL, REPLIES

HOW_MANY = 500


def load_comments(demo, ideas, people) -> None:
    talked = [idea for idea in ideas if not idea.merged_into_id]
    shares = demo.random.choices(talked, [idea.weight**1.2 for idea in talked], k=HOW_MANY)
    tops, replies = [], []
    for idea in talked:
        count = shares.count(idea)
        texts = _texts(demo, idea.category.slug, count)
        moments = sorted(demo.random.random() ** 1.6 for _text in texts)
        mine: list[Comment] = []
        for text, moment in zip(texts, moments, strict=True):
            at = idea.created_at + (demo.now - timedelta(hours=1) - idea.created_at) * moment
            comment = Comment(
                public_id="".join(demo.random.choice(ALPHABET) for _ in range(LENGTH)), idea=idea, body=text,
                author=someone(demo, people, at), created_at=at,
            )  # fmt: skip
            if mine and demo.random.random() < 0.28:
                comment.above = demo.random.choice(mine)
                if demo.random.random() < 0.35:
                    comment.author = demo.accounts[demo.random.choice(("produit", "expert", "moderation"))]
                    said = demo.random.choice(OFFICIAL)
                    comment.body, comment.is_official = REPLIES.get(comment.above.body, said), True
                replies.append(comment)
            else:
                mine.append(comment)
        tops += mine
        idea.comment_count = count
    tops.sort(key=lambda comment: comment.created_at)
    Comment.objects.bulk_create(tops)
    for comment in replies:
        comment.parent = comment.above
    Comment.objects.bulk_create(sorted(replies, key=lambda comment: comment.created_at))
    Idea.objects.bulk_update(talked, ["comment_count"])
    load_talk(people)


def someone(demo, people, at):
    """A member who had joined by then, or anyone when the Lab was young."""
    return demo.random.choice([member for member in people if member.date_joined < at] or people)


def _texts(demo, theme: str, count: int) -> list[str]:
    """Distinct texts, no sentence twice: alone, of the theme and of any; then a few of both put together."""
    own, any_ = list(COMMENTS[theme]), list(ANY)
    demo.random.shuffle(own)
    demo.random.shuffle(any_)
    third = len(own) // 3
    pairs = [f"{first} {second}" for first, second in zip(own[:third], any_, strict=False)]
    texts = [*pairs, *own[third:], *any_[third : third + max(4, len(own))]]
    demo.random.shuffle(texts)
    return (texts + any_[third + max(4, len(own)) :])[:count]
