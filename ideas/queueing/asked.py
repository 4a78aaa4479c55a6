"""What the queue is asked for: a view, what narrows it, an order; read from an address, a saved view or the API."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.errors import Invalid

from ..models import Category, Idea, IdeaMove, SavedView
from ..search import matching
from ..states import AWAITING, BEYOND_REVIEW, Crowd, State
from .views import known_views

SORTS = {
    "promise": (pgettext_lazy("desk", "Promise"), ("promise_sort", "-id")),
    "votes": (pgettext_lazy("desk", "Votes"), ("-vote_score", "-id")),
    "growth": (gettext_lazy("Growth in 7 days"), ("-votes_7d", "-id")),
    "oldest": (gettext_lazy("Oldest first"), ("created_at", "id")),
    "newest": (gettext_lazy("Newest first"), ("-created_at", "-id")),
    "staff": (gettext_lazy("Staff’s votes"), ("-staff_votes", "-id")),
    "decided": (gettext_lazy("Latest decision first"), ("-state_since", "-id")),
}
# What awaits no decision is promised nothing and grows no more: it is put in order by when it was decided.
OF_QUEUE = ("promise", "votes", "growth", "oldest", "newest", "staff")
OF_THE_PAST = ("decided", "votes", "oldest", "newest")
NARROWING = ("category", "state", "author", "voters", "staff", "q")
CHOICE = ("base", "sort", *NARROWING)
ADDRESS = ("view", "sort", *NARROWING)
LONGEST = {"category": 40, "q": 100}


def first_sort(view: str) -> str:
    """The order a view has of itself."""
    views = known_views()
    return views[view].sort if view in views else "promise"


@dataclass(frozen=True)
class Asked:
    """`view` is the tab: a built-in view's name or a saved view's id; `base` the built-in view under it.

    `own` is what the tab holds of itself, `opens` the tab of an address without one; `unknown` what could not be read.
    """

    view: str = "all"
    base: str = "all"
    sort: str = "promise"
    category: str = ""
    state: str = ""
    author: str = ""
    voters: str = ""
    staff: str = ""
    q: str = ""
    cursor: str = ""
    opens: str = field(default="all", compare=False)
    own: Mapping[str, str] = field(default_factory=dict, compare=False)
    unknown: Mapping[str, str] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, given: QueryDict, saved: Iterable[SavedView] = ()) -> "Asked":
        """From an address: the tab's own choice, and what the address says otherwise. Unknown values fall back to it."""
        views = {view.public_id: view for view in saved}
        opens = next((view.public_id for view in views.values() if view.is_default), "all")
        start, unknown = cls.of_tab(given.get("view", ""), views, opens), {}
        if given.get("view") and start.view != given["view"]:
            unknown["view"] = given["view"]
        said = {}
        for name in ("sort", *NARROWING):
            if name in given:
                value = clean(name, given[name])
                if value is None:
                    unknown[name] = given[name]
                elif value or name in NARROWING:
                    said[name] = value
        return replace(start, **said, cursor=given.get("cursor", "")[:400], unknown=unknown)

    @classmethod
    def of_choice(cls, choice: Mapping[str, str], saved: Iterable[SavedView] = ()) -> "Asked":
        """From a choice as a view has it: `base` names a built-in view, where no `view` does.

        Raises Invalid for what would leave it wider than was meant: `unknown_filter`, `unknown_…`, and `empty_choice` for one
        that says nothing: the whole queue is `{"view": "all"}`.
        """
        require_filters(choice, ("base", *ADDRESS))
        if not any(choice.get(name, "").strip() for name in ("base", "view", *NARROWING)):
            sentence = _("Say which ideas: a view, or a filter. All of the queue is the view “all”.")
            raise Invalid(sentence, code="empty_choice", field="choice")
        base = choice.get("base", "")
        if base and choice.get("view"):
            raise Invalid(_("Say either the view or its base."), code="two_views", field="base")
        if base and not clean("base", base):
            cls(unknown={"base": base}).require_known()
        asked = cls.of(({"view": base} if base else {}) | dict(choice), saved)
        asked.require_known()
        return asked

    @classmethod
    def of_tab(cls, name: str, views: Mapping[str, SavedView], opens: str = "all") -> "Asked":
        """A tab as it stands: a built-in view, or a saved one with the filters it keeps."""
        name = name if name in views or name in known_views() else opens
        own = tidy(views[name].choice) if name in views else {"base": name, "sort": first_sort(name)}
        return cls(view=name, opens=opens, own=own, **own)

    @property
    def choice(self) -> dict[str, str]:
        """What a saved view keeps."""
        return {name: getattr(self, name) for name in CHOICE if getattr(self, name)}

    @property
    def is_changed(self) -> bool:
        """Whether the address says other than the tab of itself."""
        return any(getattr(self, name) != self.own.get(name, "") for name in CHOICE[1:])

    @property
    def is_narrowed(self) -> bool:
        return any(getattr(self, name) for name in NARROWING)

    def params(self, **more: str) -> QueryDict:
        """The tab, what differs from it, and `more` (`idea`, `move`): an empty value says that a filter is lifted."""
        params = QueryDict(mutable=True)
        if self.view != self.opens:
            params["view"] = self.view
        names = [name for name in CHOICE[1:] if getattr(self, name) != self.own.get(name, "")]
        params.update({name: getattr(self, name) for name in names})
        params.update({name: value for name, value in (("cursor", self.cursor), *more.items()) if value})
        return params

    def url(self, **more: str) -> str:
        return reverse("ideas_desk:index", query=self.params(**more) or None)

    def at(self, cursor: str | None) -> "Asked":
        return replace(self, cursor=cursor or "")

    def require_known(self) -> None:
        """Raise Invalid (`unknown_view`, `unknown_sort` …) for what is not on a list: the API says so, a page falls back."""
        for name, value in self.unknown.items():
            known = ", ".join(known_views() if name == "view" else allowed(name))
            sentence = _("“%(value)s” is not known here. Choose one of: %(known)s.")
            raise Invalid(sentence % {"value": value[:40], "known": known}, code=f"unknown_{name}", field=name)
        if self.category and self.category != self.own.get("category", ""):
            require_category(self.category)

    def filtered(self, user: Any, now: datetime) -> QuerySet:
        """Ideas that the view and the filters leave, without order."""
        view = known_views()[self.base]
        rows = Idea.objects.visible_to(user).filter(view.which(user, now))
        # A chosen state opens the whole path; without one, the queue holds what awaits a decision.
        rows = rows.filter(self._scope(view.beyond_queue))
        if self.category:
            rows = rows.in_categories([self.category])
        if self.author:
            rows = rows.filter(author_crowd=self.author)
        if self.voters:
            rows = rows.filter(led_by=self.voters)
        if self.staff:
            rows = rows.filter(staff_votes__gt=0)
        return matching(rows, self.q) if self.q else rows

    def _scope(self, beyond_queue: bool) -> Q:
        """What awaits a decision is in the queue, and said so: the indexes of the queue serve it alone."""
        few = Q(overlooked=True) if self.base == "unanswered" and self.state in BEYOND_REVIEW else Q()
        if self.is_past:
            return few & Q(state=self.state, in_queue=False)
        state = few & Q(state=self.state) if self.state else Q()
        return state if beyond_queue else state & Q(in_queue=True)

    @property
    def is_past(self) -> bool:
        """Whether it asks for ideas of a state that awaits no decision."""
        return bool(self.state) and self.state not in AWAITING

    @property
    def sorts(self) -> dict[str, Any]:
        """The orders that what is asked for can be in, with their names."""
        return {name: SORTS[name][0] for name in (OF_THE_PAST if self.is_past else OF_QUEUE)}

    @property
    def sorted_by(self) -> str:
        """The order it is in: the one asked for, or where that has no sense here, the first that has."""
        return self.sort if self.sort in self.sorts else next(iter(self.sorts))

    def ideas(self, user: Any, now: datetime) -> QuerySet:
        """In order, with what a row shows and nothing else; `last_move` is what a row's version is made of."""
        moves = IdeaMove.objects.filter(idea=OuterRef("pk"), undone_at__isnull=True).order_by("-pk").values("pk")[:1]
        rows = self.filtered(user, now).select_related("category", "assignee").annotate(last_move=Subquery(moves))
        rows = rows.annotate(member_votes=F("vote_score") - F("staff_votes"))
        return rows.defer("body", "assignee__password").order_by(*SORTS[self.sorted_by][1])

    def in_line(self, user: Any, now: datetime) -> tuple[QuerySet, QuerySet]:
        """`ideas` as they are gone through: the urgent ones before all others, whatever the order. They are few, and read by an
        index of their own; `core.cursors.paginate_parts` takes both."""
        rows = self.ideas(user, now)
        urgent = rows.filter(urgent_since__isnull=False).order_by("urgent_since", "id")
        return urgent, rows.filter(urgent_since__isnull=True)


def allowed(name: str) -> Iterable[str]:
    """What a filter or the order may be."""
    lists = {
        "base": known_views(), "sort": SORTS, "state": State.values, "author": Crowd.values, "voters": Crowd.values,
        "staff": ("1",),
    }  # fmt: skip
    return lists[name]


def clean(name: str, value: Any) -> str | None:
    """The value if it may be; None if it is on no list. "" lifts the filter."""
    value = " ".join(str(value).replace("\x00", "").split())
    if name in LONGEST:
        return value[: LONGEST[name]]
    return value if not value or value in allowed(name) else None


def require_filters(names: Iterable[str], known: Iterable[str]) -> None:
    """Raise Invalid (`unknown_filter`) for a name that is none: what it was to narrow would be taken whole."""
    for name in names:
        if name not in known:
            sentence = _("“%(name)s” is no filter here. Those that are: %(known)s.")
            raise Invalid(
                sentence % {"name": name[:40], "known": ", ".join(known)}, code="unknown_filter", field=name[:40]
            )


def require_category(slug: str) -> None:
    if not Category.objects.filter(slug=slug).exists():
        sentence = _("This theme does not exist. GET categories/ lists those that do.")
        raise Invalid(sentence, code="unknown_category", field="category")


def tidy(choice: Mapping[str, Any]) -> dict[str, str]:
    """A kept choice as it may still be: what has gone since (a view of an app that left) falls back."""
    found = {name: clean(name, choice.get(name, "")) or "" for name in CHOICE}
    found["base"] = found["base"] or "all"
    found["sort"] = found["sort"] or first_sort(found["base"])
    return found
