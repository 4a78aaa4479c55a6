"""The Lab's name and colour, for what is written outside a page (mail). Who keeps them in a table says so at the start."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True)
class Brand:
    name: str
    colour: str = "#2d37a8"


def _house() -> Brand:
    return Brand(settings.SITE_NAME)


_source: list[Callable[[], Brand]] = [_house]


def brand() -> Brand:
    return _source[0]()


def brand_from(source: Callable[[], Brand]) -> None:
    """Take the brand from here from now on."""
    _source[0] = source
