"""`a_report()`, `a_held_comment()`, `a_burst()`: what moderation works on, made by its own verbs."""

from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from vote.models import Vote

from ideas.domain.voting import cast_vote
from ideas.models import Idea
from trust.domain.reporting import report_content
from trust.models import Case

from .ideas import a_comment, an_idea
from .members import a_member

WHY = "Ce texte vise une personne : la charte ne le permet pas."


def an_old_member(**fields):
    return a_member(date_joined=timezone.now() - timedelta(days=400), **fields)


def a_report(thing=None, *, reason="insult", by=None, **fields):
    """Of a comment unless another thing is given; by a visitor with a name unless a member is."""
    thing = thing or a_comment()
    url = getattr(thing, "get_absolute_url", lambda: "")() or f"/idees/#comment-{thing.public_id}"
    if not by:
        fields = {"name": "Odile Martin", "email": "odile@example.org"} | fields
    return report_content(
        url=url, reason=reason, explanation="Ce texte insulte une conseillère nommée.", good_faith=True,
        by=by or AnonymousUser(), **fields,
    )  # fmt: skip


def a_case(thing=None, **fields) -> Case:
    """Read again from the database, as a desk does."""
    return Case.objects.get(pk=a_report(thing, **fields).case_id)


def votes_overnight(idea: Idea | None = None, *, young: int, old: int = 0) -> Idea:
    """Votes of the last hours, of accounts made yesterday and of old ones."""
    idea = idea or an_idea()
    yesterday = timezone.now() - timedelta(days=1)
    for _ in range(young):
        cast_vote(idea, by=a_member(date_joined=yesterday))
    for _ in range(old):
        cast_vote(idea, by=an_old_member())
    rows = Vote.objects.filter(content_type=ContentType.objects.get_for_model(Idea), object_id=idea.pk)
    rows.update(create_at=timezone.now() - timedelta(hours=3))
    return Idea.objects.get(pk=idea.pk)
