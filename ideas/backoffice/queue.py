"""The triage queue: its views, its orders, its filters, and how many ideas stand in each view."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.cursors import Page, paginate

from ..models import Idea
from ..search import matching
from ..states import AWAITING, State, Visibility
from ..votes import trend_of

SIZE = 25
RISK_DAYS = 2  # a promise due within so many days is in danger
RISING_VOTES, RISING_DAYS = 10, 7  # as lively as an idea that got so many votes on its day, so many days ago
FAR = datetime(2999, 1, 1, tzinfo=UTC)

VIEWS = {
    "all": pgettext_lazy("triage view", "All"),
    "urgent": pgettext_lazy("triage view", "Urgent"),
    "new": pgettext_lazy("triage view", "New"),
    "risk": pgettext_lazy("triage view", "Promise at risk"),
    "mine": pgettext_lazy("triage view", "Mine"),
    "unassigned": pgettext_lazy("triage view", "Nobody’s"),
    "rising": pgettext_lazy("triage view", "Rising"),
    "unanswered": pgettext_lazy("triage view", "Unanswered"),
    "held": pgettext_lazy("triage view", "Held or hidden"),
}
SORTS = {
    "promise": (pgettext_lazy("desk", "Promise"), ("due", "-id")),
    "votes": (pgettext_lazy("desk", "Votes"), ("-vote_score", "-id")),
    "rising": (_("Growth"), ("-trend", "-id")),
    "oldest": (_("Oldest first"), ("created_at", "id")),
    "newest": (_("Newest first"), ("-created_at", "-id")),
}


def view_of(name: str, user: Any, now: datetime) -> Q:
    """Which ideas a view holds. All but `held` keep to what awaits a decision."""
    awaiting = Q(state__in=AWAITING, visibility__in=(Visibility.PUBLIC, Visibility.HELD))
    lively = trend_of(RISING_VOTES, now - timedelta(days=RISING_DAYS))
    return {
        "all": awaiting,
        "urgent": awaiting & Q(urgent_since__isnull=False),
        "new": awaiting & Q(state=State.NEW),
        "risk": awaiting & Q(promise_due_at__lt=now + timedelta(days=RISK_DAYS)),
        "mine": awaiting & Q(assignee_id=user.pk),
        "unassigned": awaiting & Q(assignee__isnull=True),
        "rising": awaiting & Q(trend__gte=lively, vote_score__gte=2),
        "unanswered": awaiting & Q(answered_at__isnull=True),
        "held": Q(visibility__in=(Visibility.HELD, Visibility.HIDDEN)),
    }[name]


def first_sort(view: str) -> str:
    """The order a view has of itself."""
    return "rising" if view == "rising" else "promise"


@dataclass(frozen=True)
class Query:
    """What the reader chose, from the address; anything unknown falls back to the plain queue."""

    view: str = "all"
    sort: str = "promise"
    category: str = ""
    state: str = ""
    q: str = ""
    cursor: str = ""

    @classmethod
    def of(cls, given: QueryDict) -> "Query":
        def known(name: str, among: Any, default: str = "") -> str:
            value = given.get(name, "")
            return value if value in among else default

        view = known("view", VIEWS, "all")
        return cls(
            view=view,
            sort=known("sort", SORTS, first_sort(view)),
            category=given.get("category", "")[:40],
            state=known("state", State.values),
            q=given.get("q", "").strip()[:100],
            cursor=given.get("cursor", "")[:400],
        )

    def url(self, **more: str) -> str:
        """The queue's address with this choice; `idea` and `move` may be added."""
        blank = Query(view=self.view, sort=first_sort(self.view))
        chosen = {name: value for name, value in vars(self).items() if value and value != getattr(blank, name)}
        if self.view != "all":
            chosen["view"] = self.view
        params = QueryDict(mutable=True)
        params.update(chosen | {name: value for name, value in more.items() if value})
        return reverse("ideas_desk:index", query=params or None)

    def at(self, cursor: str | None) -> "Query":
        return replace(self, cursor=cursor or "")


def queue(query: Query, user: Any, now: datetime) -> Page:
    """One page of the queue, with what a row shows and nothing else."""
    rows = Idea.objects.filter(_scope(query, user, now))
    if query.category:
        rows = rows.in_category(query.category)
    if query.q:
        rows = matching(rows, query.q)
    rows = rows.select_related("category", "assignee").annotate(due=Coalesce(F("promise_due_at"), Value(FAR)))
    rows = rows.defer("body", "assignee__password").order_by(*SORTS[query.sort][1])
    page = paginate(rows.filter(urgent_since__isnull=True), query.cursor, size=SIZE)
    if query.cursor:
        return page
    # The urgent ones stand before the first page, whatever the order: few, and read by an index of their own.
    urgent = rows.filter(urgent_since__isnull=False).order_by("urgent_since", "id")
    return replace(page, items=[*urgent, *page.items])


def _scope(query: Query, user: Any, now: datetime) -> Q:
    """A chosen state opens the whole path; without one, the view decides."""
    return Q(state=query.state) if query.state else view_of(query.view, user, now)


@dataclass(frozen=True)
class Tab:
    name: str
    label: Any
    count: int
    url: str
    is_current: bool


@dataclass(frozen=True)
class Theme:
    slug: str
    name: str
    count: int


def tabs_and_themes(query: Query, user: Any, now: datetime) -> tuple[list[Tab], list[Theme]]:
    """How many ideas stand in each view, in the theme chosen; and the themes with theirs. One query for both."""
    counts = counts_by_theme(user, now)
    themes = [Theme(slug, name, numbers["all"]) for slug, name, numbers in counts]
    chosen = [numbers for slug, _name, numbers in counts if query.category in ("", slug)]
    tabs = []
    for name, label in VIEWS.items():
        count = sum(numbers[name] for numbers in chosen)
        url = Query(view=name, sort=first_sort(name), category=query.category).url()
        tabs.append(Tab(name, label, count, url, query.view == name and not query.state))
    return tabs, themes


def counts_by_theme(user: Any, now: datetime) -> list[tuple[str, str, dict[str, int]]]:
    """(slug, name in the reader's language, ideas by view) of each theme that has ideas, in the themes' order."""
    from django.utils.translation import get_language

    name = "category__name_en" if get_language() == "en" else "category__name_fr"
    numbers = {f"n_{view}": Count("pk", filter=view_of(view, user, now)) for view in VIEWS}
    rows = (
        Idea.objects.filter(view_of("all", user, now) | view_of("held", user, now))
        .order_by("category__position", "category_id")
        .values("category__position", "category_id", "category__slug", name)
        .annotate(**numbers)
    )
    return [(row["category__slug"], row[name], {view: row[f"n_{view}"] for view in VIEWS}) for row in rows]


def totals(user: Any) -> dict[str, int]:
    """Ideas by view, over all themes: the desk's home."""
    numbers = {view: Count("pk", filter=view_of(view, user, timezone.now())) for view in VIEWS}
    return Idea.objects.aggregate(**numbers)


def query_of(request: HttpRequest) -> Query:
    return Query.of(request.GET)
