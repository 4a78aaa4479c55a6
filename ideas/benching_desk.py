"""What the triage queue costs on the data that is loaded: `manage.py bench` prints it. One line for each view and order."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from django.utils import timezone

from core.cursors import paginate
from members.models import Member

from .domain.tallying import tally_of
from .models import Category, Idea
from .queueing import Asked, figures_of, known_views
from .states import Crowd, State

# Filters that each leave thousands and together next to nothing: the hardest for a database that knows each alone.
NEARLY_NOTHING = (
    ("unanswered", {"state": State.CANDIDATE}),
    ("unanswered", {"state": State.CANDIDATE, "author": Crowd.PROSPECT}),
    ("unanswered", {"state": State.CANDIDATE, "voters": Crowd.PRIVATE}),
    ("unanswered", {"state": State.DECLINED}),
    ("unanswered", {"state": State.DECLINED, "voters": Crowd.PRIVATE}),
    ("all", {"state": State.DECLINED, "voters": Crowd.STUDENT}),
    ("unassigned", {"state": State.DECLINED, "voters": Crowd.PROSPECT}),
    ("rising", {"state": State.DECLINED, "author": Crowd.PRIVATE}),
    ("staff", {"state": State.DECLINED, "voters": Crowd.STUDENT}),
    ("all", {"author": Crowd.STUDENT, "voters": Crowd.PROSPECT}),
)


def desk_reads() -> Iterator[tuple[str, Callable[[], list]]]:
    """(name, read) of each view by each order, of what narrows it, of the hardest pairs, and of all figures. As a product owner."""
    user = Member.objects.filter(groups__name="product_owner").first() or Member.objects.filter(is_staff=True).first()
    if user is None:
        return
    for view in known_views():
        for sort in Asked.of_tab(view, {}).sorts:
            yield f"desk {view} by {sort}", _page(Asked.of_tab(view, {}), sort, user)
    theme = Category.objects.filter(is_active=True).values_list("slug", flat=True).first() or ""
    filters = [("category", theme), *(("state", state) for state in State.values)]
    filters += [(name, crowd) for name in ("author", "voters") for crowd in Crowd.values]
    for name, value in filters:
        for sort in Asked(**{name: value}).sorts:
            yield f"desk {name}={value} by {sort}", _page(Asked(**{name: value}), sort, user)
    for view, narrowed in NEARLY_NOTHING:
        asked = Asked(view=view, base=view, **narrowed)
        for sort in asked.sorts:
            said = " ".join(f"{name}={value}" for name, value in narrowed.items())
            yield f"desk {view} {said} by {sort}", _page(asked, sort, user)
    yield "desk, figures of all views and themes", lambda: list(_figures(user))
    if largest := Idea.objects.order_by("-vote_score").first():
        yield f"desk, support of an idea with {largest.vote_score} votes", lambda: [tally_of(largest)]


def _page(asked: Asked, sort: str, user: Any) -> Callable[[], list]:
    return lambda: paginate(replace(asked, sort=sort).ideas(user, timezone.now()), size=25).items


def _figures(user: Any) -> dict:
    now = timezone.now()
    return figures_of({name: Asked.of_tab(name, {}).filtered(user, now) for name in known_views()}, around=True).views
