"""Places of the desk. Each app adds its own to Wagtail's admin from its `wagtail_hooks.py`, in one call:

    desk.add_place(
        "board_desk", prefix="board/", urls="board.backoffice.urls", label=_("Board"), icon="square-kanban", order=20,
        opens=can_open_board,
    )

That gives the map (`/desk/board/…`, names `board_desk:…`; the first page is named `index`) and the menu's line, shown to
those whom `opens(user)` lets in. Pages extend `templates/desk/base.html`, which tells what stands there.
"""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem


class PlaceItem(MenuItem):
    """A line of the desk's menu, for those the place opens to."""

    def __init__(self, *args: Any, opens: Callable[[Any], bool], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.opens = opens

    def is_shown(self, request: HttpRequest) -> bool:
        return self.opens(request.user)


def add_place(
    namespace: str,
    *,
    prefix: str,
    urls: str,
    label: Any,
    icon: str,
    order: int,
    opens: Callable[[Any], bool],
    first: str = "index",
) -> None:
    """Put the URLs of the module `urls` under /desk/<prefix> and a line in the menu. `icon` is one of templates/desk/icons."""

    def item() -> PlaceItem:
        url = reverse(f"{namespace}:{first}")
        return PlaceItem(label, url, name=namespace, icon_name=f"dk-{icon}", order=order, opens=opens)

    hooks.register("register_admin_urls", lambda: [path(prefix, include((urls, namespace)))])
    hooks.register("register_admin_menu_item", item)


def opens_to(allowed: Callable[[Any], bool]) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Guard a desk view: whoever is not `allowed` is sent back to the desk's home with a message."""

    def guard(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not allowed(request.user):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return guard


def render_page(
    request: HttpRequest,
    template: str,
    *,
    title: Any,
    crumbs: Iterable[tuple[Any, str]] = (),
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """A page on `desk/base.html`: `title` is its heading, `crumbs` the pages above it as (label, url)."""
    context |= {"title": title, "crumbs": list(crumbs)}
    return render(request, template, context, status=status)


def url_if_there(name: str, *args: Any, **query: str) -> str:
    """The address of a page that another app may bring, with `?query`; "" where it does not."""
    try:
        return reverse(name, args=args, query=query or None)
    except NoReverseMatch:
        return ""
