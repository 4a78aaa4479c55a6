"""A browser's own long name, as a person would say it."""

import re

from django import template
from django.utils.translation import gettext as _

register = template.Library()
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox|FxiOS", "Firefox"),
    ("Chrome|CriOS", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS", "Mac"),
    ("Linux|X11", "Linux"),
)  # fmt: skip


def _first(names, text: str) -> str:
    return next((name for pattern, name in names if re.search(pattern, text)), "")


@register.filter
def device(user_agent: str) -> str:
    """« Firefox, Windows »; an application or a thing unknown is said to be so."""
    text = user_agent or ""
    found = [name for name in (_first(BROWSERS, text), _first(SYSTEMS, text)) if name]
    return ", ".join(found) or _("An application")
