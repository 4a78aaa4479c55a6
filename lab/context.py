"""What every template may read: the site's name, the house settings, the places of the site."""

from dataclasses import dataclass, replace

from django.conf import settings
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from cms.site import address_in, bank


@dataclass(frozen=True)
class Place:
    """A link of the header or the bottom bar."""

    label: str
    icon: str
    url: str
    is_here: bool


def _url(name: str) -> str:
    """The address of a named page, or nothing while the page does not exist."""
    if name.startswith("/"):
        return name if get_language() == "fr" else f"/{get_language()}{name}"
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _places(request, rows) -> list[Place]:
    home = _url("home")
    places = []
    for name, icon, label in rows:
        if url := _url(name):
            is_here = request.path == url if url == home else request.path.startswith(url)
            places.append(Place(label, icon, url, is_here))
    nearest = max((len(place.url) for place in places if place.is_here), default=0)
    return [replace(place, is_here=place.is_here and len(place.url) == nearest) for place in places]


def header_places(request) -> list[Place]:
    news = "/actualites/" if get_language() == "fr" else "/news/"
    rows = [
        ("ideas:list", "idea", _("Ideas")),
        ("polls:list", "poll", _("Polls")),
        ("betas:list", "beta", _("Beta tests")),
        ("board:roadmap", "roadmap", _("Roadmap")),
        (news, "news", _("News")),
    ]
    return _places(request, rows)


def bar_places(request) -> list[Place]:
    """The five places of the bar at the bottom of a phone; the one in the middle proposes."""
    rows = [
        ("home", "home", _("Home")),
        ("ideas:list", "idea", _("Ideas")),
        ("ideas:new", "plus", pgettext("an idea", "Propose")),
        ("polls:list", "poll", _("Polls")),
        ("my_lab", "user", _("My lab")),
    ]
    return _places(request, rows)


def languages(request) -> list[dict]:
    """Each other language, with this same page in it."""
    return [
        {"code": code, "name": name, "url": address_in(request, code) or translate_url(request.get_full_path(), code)}
        for code, name in (("fr", "Français"), ("en", "English"))
        if code != get_language()
    ]


def site(request):
    return {
        "bank": SimpleLazyObject(bank),
        "site_name": SimpleLazyObject(lambda: bank().lab_name),
        "house": settings.LAB,
        "theme": theme if (theme := request.COOKIES.get("theme")) in ("light", "dark") else "",
        "header_places": SimpleLazyObject(lambda: header_places(request)),
        "bar_places": SimpleLazyObject(lambda: bar_places(request)),
        "other_languages": SimpleLazyObject(lambda: languages(request)),
    }
