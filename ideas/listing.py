"""What a list of ideas is asked for, by the page's address or the API's, and the queryset that answers it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, Invalid, NotFound, NotSignedIn, require
from members.domain.circling import find_circle

from .models import Category, Challenge, Idea, OfficialAnswer, Tag
from .permissions import is_signed_in
from .search import BEST, in_rank, matching, ranked
from .states import Order, State

YES = frozenset({"1", "true", "on", "yes", "oui"})
LONGEST_SEARCH = 200


def values_of(query, name: str) -> list[str]:
    """`?state=new,planned` and `?state=new&state=planned` say the same."""
    parts = (value.strip() for given in query.getlist(name) for value in given.split(","))
    return [value for value in parts if value]


@dataclass(frozen=True)
class Wanted:
    """One list: words, filters, order. `relevance` is the order of a search for which none was chosen."""

    text: str = ""
    categories: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    order: str = ""
    mine: bool = False
    followed: bool = False
    circle: str = ""
    challenge: Challenge | None = None
    unanswered: bool = False
    tags: tuple[str, ...] = ()
    unknown: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, query, *, known: Iterable[str], user: Any = None, tags: Iterable[str] = ()) -> "Wanted":
        """From a QueryDict. `known` are the themes' slugs; what is not known lands in `unknown`, by parameter.

        A challenge is known to the `user` who may see it; `tags` are those known without looking them up.
        """
        known, unknown = set(known), {}

        def several(name: str, allowed) -> tuple[str, ...]:
            asked = values_of(query, name)
            unknown.update((name, value) for value in asked if value not in allowed)
            return tuple(dict.fromkeys(value for value in asked if value in allowed))

        order = query.get("order", "")
        if order and order not in Order.values:
            unknown["order"], order = order, ""
        text = " ".join((query.get("search") or query.get("q") or "").replace("\x00", "").split())[:LONGEST_SEARCH]
        flags = {name: query.get(name, "").lower() in YES for name in ("mine", "followed", "unanswered")}
        circle = query.get("circle", "")[:20]
        challenge = None
        if asked := query.get("challenge", "").replace("\x00", "")[:20]:
            challenge = Challenge.objects.visible_to(user).filter(public_id=asked).first()
            unknown |= {} if challenge else {"challenge": asked}
        return cls(
            text,
            several("category", known),
            several("state", State.values),
            order,
            circle=circle,
            challenge=challenge,
            tags=cls._tags(query, unknown, set(tags)),
            unknown=unknown,
            **flags,
        )

    @staticmethod
    def _tags(query, unknown: dict[str, str], known: set[str]) -> tuple[str, ...]:
        """Public tags; looked up only where one is asked for that is not known yet."""
        asked = list(dict.fromkeys(values_of(query, "tag")))[:20]
        if left := [slug for slug in asked if slug not in known]:
            tags = Tag.objects.filter(slug__in=left, is_public=True, is_active=True)
            known |= set(tags.values_list("slug", flat=True))
        unknown.update(("tag", slug) for slug in asked if slug not in known)
        return tuple(slug for slug in asked if slug in known)

    def require_known(self) -> None:
        """Raise Invalid for what is not on the list: `unknown_` and the name of the parameter."""
        texts = {
            "order": _("This order does not exist. Choose one of: %(known)s."),
            "state": _("This state does not exist. Choose one of: %(known)s."),
            "category": _("This theme does not exist. GET categories/ lists those that do."),
            "challenge": _("This challenge does not exist. GET challenges/ lists those that do."),
            "tag": _("This tag does not exist. GET tags/ lists those that do."),
        }
        known = {"order": ", ".join(Order.values), "state": ", ".join(State.values)}
        known |= dict.fromkeys(("category", "challenge", "tag"), "")
        for name in self.unknown:
            raise Invalid(texts[name] % {"known": known[name]}, code=f"unknown_{name}", field=name)

    @property
    def by_relevance(self) -> bool:
        return bool(self.text and not self.order)

    @property
    def shown_order(self) -> str:
        return self.order or ("" if self.text else Order.TRENDING)

    @property
    def is_filtered(self) -> bool:
        return bool(
            self.text
            or self.categories
            or self.states
            or self.circle
            or self.challenge
            or self.tags
            or self.mine
            or self.followed
            or self.unanswered
        )

    def filtered(self, user: Any) -> QuerySet:
        """Ideas that the filters leave, without words or order."""
        if self.mine or self.followed:
            require(is_signed_in(user), NotSignedIn(_("Sign in to find your ideas and those you follow.")))
        if self.mine:  # one's own: held and merged ones too
            ideas = Idea.objects.visible_to(user).written_by(user)
        elif State.MERGED in self.states:
            ideas = Idea.objects.shown(user)
        else:
            ideas = Idea.objects.listed(user)
        if self.challenge:
            ideas = ideas.filter(entry__challenge=self.challenge)
        if self.circle:
            ideas = ideas.of_circle(find_circle(self.circle, user=user))
        if self.followed:
            ideas = ideas.followed_by(user)
        if self.categories:
            ideas = ideas.in_categories(self.categories)
        if self.tags:
            ideas = ideas.tagged(self.tags)
        if self.states:
            ideas = ideas.filter(state__in=self.states) if len(self.states) > 1 else ideas.in_state(self.states[0])
        return ideas.unanswered(self.states) if self.unanswered else ideas

    def ideas(self, user: Any) -> QuerySet:
        """Ordered, ready for a page by cursor. Searching without an order reads the best hundred first."""
        ideas = self.filtered(user)
        if not self.text:
            return ideas.ordered(self.shown_order)
        if self.by_relevance:
            return in_rank(ideas, ranked(ideas, self.text))
        return matching(ideas, self.text).ordered(self.order)


def with_answer(ideas: QuerySet) -> QuerySet:
    """Adds the first words and the signature of the official answer in force, for cards."""
    answers = OfficialAnswer.objects.filter(idea=OuterRef("pk"), undone_at__isnull=True).order_by("-at", "-id")
    return ideas.annotate(
        answer=Subquery(answers.values("body")[:1]), answer_by=Subquery(answers.values("signature")[:1])
    )


class Gone(DomainError):
    """An idea that was public and that the moderators removed (410)."""

    code, status = "removed", 410
    message = _("This idea was removed by the moderators. Its author has been told why.")


class OwnIdeaGone(Gone):
    """The same, said to its author alone: where the reasons stand, and what can be done."""

    message = _("The moderators removed your idea. Their reasons, and what you can do, stand in “Decisions about me”.")

    def __init__(self) -> None:
        super().__init__(extra={"is_mine": True})


def find_idea(public_id: str, *, user: Any, ideas: QuerySet | None = None) -> Idea:
    """The idea of that public id if the user may see it; else NotFound, whatever the reason; Gone if it was public and removed."""
    ideas = Idea.objects.all() if ideas is None else ideas
    idea = ideas.visible_to(user).filter(public_id=public_id).first()
    if idea is None and (authors := Idea.objects.taken_away(public_id, user).values_list("author")[:1]):
        raise OwnIdeaGone() if authors[0] == (user.pk,) else Gone()
    require(idea is not None, NotFound())
    return idea


def find_withdrawn(public_id: str, *, user: Any) -> Idea | None:
    """The idea of that id if its author withdrew it after the user could have read it: that it is gone may be said."""
    ideas = Idea.objects.withdrawn_from(user).select_related("withdrawal")
    return ideas.filter(public_id=public_id).first()


def find_challenge(public_id: str, *, user: Any, challenges: QuerySet | None = None) -> Challenge:
    """The challenge of that public id if the user may see it; else NotFound, whatever the reason."""
    challenges = Challenge.objects.with_rules() if challenges is None else challenges
    challenge = challenges.visible_to(user).filter(public_id=public_id.replace("\x00", "")).first()
    require(challenge is not None, NotFound())
    return challenge


def find_category(slug: str) -> Category:
    """The theme of that slug; Invalid (`unknown_category`) on another."""
    category = Category.objects.filter(slug=slug, is_active=True).first()
    require(category is not None, Invalid(_("Choose a theme of the list."), code="unknown_category", field="category"))
    return category


__all__ = ["BEST", "Wanted", "find_category", "find_challenge", "find_idea", "find_withdrawn", "with_answer"]
