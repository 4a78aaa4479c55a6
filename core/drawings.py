"""The drawings of the house as files of their own: the sprite's colours are the page's, and an app has no page."""

import re
from functools import cache

from django.contrib.staticfiles import finders

from .brand import brand

SPRITE, TOKENS = "lab/icons/art.svg", "lab/css/tokens.css"


@cache
def _read(path: str) -> str:
    with open(finders.find(path), encoding="utf-8") as file:  # noqa: PTH123
        return file.read()


@cache
def _colours(at_night: bool) -> dict[str, str]:
    """Tokens by name, as `tokens.css` has them by day or by night."""
    pairs = re.findall(r"--([\w-]+): light-dark\((#\w+), (#\w+)\)", _read(TOKENS))
    return {name: night if at_night else day for name, day, night in pairs}


def drawing(name: str, *, at_night: bool = False) -> str | None:
    """The drawing as SVG with colours of its own, the bank's among them, for a light ground or a dark one. None: there is none."""
    found = re.search(rf'<symbol id="{re.escape(name)}" viewBox="([^"]+)">(.*?)</symbol>', _read(SPRITE), re.DOTALL)
    if found is None:
        return None
    box, marks = found.groups()
    colours = _colours(at_night) | ({} if at_night else {"art-fill": brand().colour})
    marks = re.sub(r"var\(--([\w-]+)\)", lambda one: colours[one[1]], marks).replace(
        "currentColor", colours["art-line"]
    )
    width, height = box.split()[2:]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" width="{width}" height="{height}">'
    return f"{head}{marks}</svg>"
