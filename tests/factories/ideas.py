"""`an_idea()`, `a_category()`, `a_comment()`: plain rows, any field can be given."""

from django.db.models import F
from django.utils import timezone

from ideas.models import Category, Comment, CommentReaction, Idea
from ideas.votes import trend_of

from .members import a_member
from .naming import serials

_serials = serials()


def a_category(**fields) -> Category:
    serial = next(_serials)
    fields.setdefault("slug", f"theme-{serial}")
    fields.setdefault("name_fr", f"Thème {serial}")
    fields.setdefault("name_en", f"Theme {serial}")
    return Category.objects.create(**fields)


def an_idea(**fields) -> Idea:
    serial = next(_serials)
    fields.setdefault("title", f"Une idée qui porte le numéro {serial}")
    fields.setdefault("body", "Je voudrais que la banque fasse cela, parce que cela me rendrait service chaque mois.")
    fields.setdefault("author", None)
    fields["author"] = fields["author"] or a_member()
    fields.setdefault("category", None)
    fields["category"] = fields["category"] or a_category()
    fields.setdefault("created_at", timezone.now())
    fields.setdefault("trend", trend_of(0, fields["created_at"]))
    return Idea.objects.create(**fields)


def a_comment(idea=None, **fields) -> Comment:
    fields.setdefault("body", "Cela me servirait aussi.")
    if "author" not in fields:
        fields["author"] = a_member()
    return Comment.objects.create(idea=idea or an_idea(), **fields)


def a_reaction(comment, kind="useful", **fields) -> CommentReaction:
    """A row and its counters, as the verb leaves them."""
    if "member" not in fields:
        fields["member"] = a_member()
    row = CommentReaction.objects.create(comment=comment, kind=kind, **fields)
    name = f"{kind}_count"
    Comment.objects.filter(pk=comment.pk).update(**{name: F(name) + 1, "reaction_count": F("reaction_count") + 1})
    return row
