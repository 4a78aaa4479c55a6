"""The bank's settings and the footer's pages, kept in memory for a minute: every page needs them, and they hardly change."""

import time
from dataclasses import dataclass, field

from django.utils.translation import get_language
from wagtail.models import Locale, Page

KEPT_SECONDS = 60


@dataclass
class _Kept:
    until: float = 0
    bank: object = None
    pages: dict = field(default_factory=dict)


_kept = _Kept()


def forget() -> None:
    """Read again next time: called when the settings or a page are saved, and between tests."""
    _kept.until = 0


def _fresh() -> _Kept:
    if time.monotonic() >= _kept.until:
        from .models import Bank, TextPage

        _kept.bank = Bank.load()
        codes = dict(Locale.objects.values_list("pk", "language_code"))
        rows = TextPage.objects.live().exclude(role="").only("title", "role", "url_path", "locale", "path", "depth")
        _kept.pages = {(codes[row.locale_id], row.role): (row.title, row.get_url()) for row in rows}
        _kept.until = time.monotonic() + KEPT_SECONDS
    return _kept


def bank():
    return _fresh().bank


def page_of(role: str) -> tuple[str, str] | None:
    """The title and address of the page that holds the role, in the reader's language; None if nobody wrote it."""
    return _fresh().pages.get((get_language(), role))


def address_in(request, code: str) -> str | None:
    """Where a written page's translation stands; None where nobody translated it, or the address is no written page's."""
    match = request.resolver_match
    if not match or match.url_name != "wagtail_serve":
        return None
    route = Page.route_for_request(request, match.args[0] if match.args else "")
    other = route and route[0].get_translations().live().filter(locale__language_code=code).first()
    return other.get_url(request) if other else None
