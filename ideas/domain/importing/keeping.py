"""Between a dry run and the import: the very same rows, kept an hour for who looked at them."""

from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from core.errors import Invalid, require

from ...permissions import can_import
from .files import Row, read_rows

KEPT_SECONDS, AT_ONCE = 3_600, 5_000


@dataclass(frozen=True)
class Kept:
    rows: list[Row]
    source: str
    category: str


def read_for_a_page(raw: bytes, source: str, *, by: Any) -> list[Row]:
    """The rows of a file that one request can take in. Raises NotAllowed, Invalid (`file_too_large` past 5,000 rows)."""
    require(can_import(by))
    rows = read_rows(raw, source)
    if len(rows) > AT_ONCE:
        raise Invalid(
            _("Past 5,000 rows, import with the command manage.py import_ideas: a page would keep you waiting."),
            code="file_too_large", field="file",
        )  # fmt: skip
    return rows


def keep_rows(rows: list[Row], *, source: str, category: str, by: Any) -> str:
    """The key under which they can be taken in; `category` is the slug of the theme of what names none of ours."""
    key = get_random_string(20)
    cache.set(_place(key, by), Kept(rows, source, category), KEPT_SECONDS)
    return key


def kept_rows(key: str, *, by: Any) -> Kept:
    """One's own alone. Raises Invalid (`dry_run_over`) after an hour, or once they are in."""
    kept = cache.get(_place(key[:40], by)) if key.isalnum() and key.isascii() else None
    if kept is None:
        raise Invalid(_("This dry run is over an hour old. Choose the file again."), code="dry_run_over", field="file")
    return kept


def forget_rows(key: str, *, by: Any) -> None:
    cache.delete(_place(key[:40], by))


def _place(key: str, by: Any) -> str:
    return f"ideas:import:{by.pk}:{key}"
