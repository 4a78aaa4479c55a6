"""How many colleagues will hear of what is done at the desk, by each one's own wishes: counted before it is done."""

from collections.abc import Iterable
from typing import Any

from members.models import Member

from ..models import Category, Idea, Routing
from ..states import Visibility
from .following import MINE, Audience, willing
from .recording import DESK
from .urgency import called_by

ALERTS = "alerts"  # the line of a colleague's preferences


def assigned_hear(ideas: Iterable[Idea], to: Any, *, by: Any) -> Audience:
    """The colleague in whose hands they come: not of what they take themselves, nor of what they have already."""
    if to is None or to.pk == by.pk:
        return Audience(0, 0)
    return _audience(willing({(idea.pk, to.pk) for idea in ideas if idea.assignee_id != to.pk}, DESK))


def asked_hear(ideas: Iterable[Idea], expert: Any, *, by: Any) -> Audience:
    """The expert: a question has to reach who is asked. Not of a question put to oneself, nor of a second one about an idea."""
    if expert.pk == by.pk:
        return Audience(0, 0)
    keys = {idea.pk for idea in ideas}
    keys -= set(Routing.objects.open().put_to(expert).filter(idea__in=keys).values_list("idea_id", flat=True))
    return _audience(willing({(pk, expert.pk) for pk in keys}, DESK))


def filed_hear(ideas: Iterable[Idea], category: Category | None, *, by: Any) -> Audience:
    """Each author, and the owner of the theme to which the idea goes; of what is not public neither, nor of one's own deed."""
    ideas = [idea for idea in ideas if idea.visibility == Visibility.PUBLIC]
    authors = {(idea.pk, idea.author_id) for idea in ideas if idea.author_id != by.pk}
    hears = willing(authors, MINE)
    if category and category.owner_id and category.owner_id != by.pk:
        come = (idea for idea in ideas if idea.category_id != category.pk and idea.author_id != category.owner_id)
        hears |= willing({(idea.pk, category.owner_id) for idea in come}, DESK)
    return _audience(hears)


def raised_hear(ideas: Iterable[Idea], *, by: Any) -> Audience:
    """Who has each in hand and its theme's owner; where there is neither, the moderators. In a fixed number of queries."""
    ideas = list(ideas)
    owners = dict(Category.objects.filter(pk__in={idea.category_id for idea in ideas}).values_list("pk", "owner_id"))
    wanted = {idea.pk: {idea.assignee_id, owners[idea.category_id]} - {None} for idea in ideas}
    everyone = {pk for people in wanted.values() for pk in people}
    living = set(Member.objects.living().filter(pk__in=everyone).values_list("pk", flat=True))
    moderators = set(called_by(Member.objects.living()).values_list("pk", flat=True))
    hears = {(pk, member) for pk, people in wanted.items() for member in people & living or moderators}
    return _audience(willing({(pk, member) for pk, member in hears if member != by.pk}, ALERTS))


def _audience(hears: set[tuple[int, int]]) -> Audience:
    return Audience(len({member for _pk, member in hears}), len(hears))
