"""What the triage queue costs on the data that is loaded: `manage.py bench` prints it. One line for each view and order."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from django.utils import timezone

from core.cursors import paginate
from members.models import Member

from .models import Category
from .queueing import SORTS, Asked, figures_of, known_views


def desk_reads() -> Iterator[tuple[str, Callable[[], list]]]:
    """(name, read) of each view by each order, of what narrows it, and of all figures at once. As a product owner."""
    user = Member.objects.filter(groups__name="product_owner").first() or Member.objects.filter(is_staff=True).first()
    if user is None:
        return
    for view in known_views():
        for sort in SORTS:
            yield f"desk {view} by {sort}", _page(Asked.of_tab(view, {}), sort, user)
    theme = Category.objects.filter(is_active=True).values_list("slug", flat=True).first() or ""
    for name, value in (
        ("category", theme),
        ("state", "new"),
        ("state", "declined"),
        ("author", "prospect"),
        ("voters", "prospect"),
    ):
        for sort in ("promise", "votes", "growth", "oldest"):
            yield f"desk {name}={value} by {sort}", _page(Asked(**{name: value}), sort, user)
    yield "desk, figures of all views and themes", lambda: list(_figures(user))


def _page(asked: Asked, sort: str, user: Any) -> Callable[[], list]:
    return lambda: paginate(replace(asked, sort=sort).ideas(user, timezone.now()), size=25).items


def _figures(user: Any) -> dict:
    now = timezone.now()
    return figures_of({name: Asked.of_tab(name, {}).filtered(user, now) for name in known_views()}, themes=True)[0]
