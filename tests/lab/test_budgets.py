"""What a first visit weighs on the wire: bytes and requests are counted, not seconds."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

pytestmark = pytest.mark.django_db
FONT = (".woff2",)
PICTURES = ("art.svg", ".png", ".jpg", ".webp", ".avif")


def weigh(client, path):
    """Bytes on the wire without pictures, and all requests, of a page opened for the first time."""
    page = client.get(path, follow=True).content
    files = set(re.findall(r"/static/([^\"#?]+)", page.decode()))
    files = {name for name in files if not name.endswith("app-192.png")}  # only phones that install it ask for it
    modules = {"lab/js/theme-switch.js"} if b"<theme-switch" in page else set()
    total = len(gzip.compress(page))
    for name in files | modules:
        body = Path(finders.find(name)).read_bytes()
        if not name.endswith(PICTURES):
            total += len(body if name.endswith(FONT) else gzip.compress(body))
    return total, len(files | modules) + 2  # the page itself, the manifest


@pytest.mark.parametrize("path", ["/", "/idees/", "/sondages/", "/compte/connexion/"])
def test_first_visit_is_light(client, path):
    weight, requests = weigh(client, path)
    assert weight < 100_000
    assert requests <= 14


def test_nothing_comes_from_elsewhere(client):
    page = client.get("/hors-connexion/").content.decode()
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", page.replace('href="https://github.com', ""))


def test_fonts_are_asked_for_early_and_have_their_licence(client):
    from lab.styles import FOLDER

    page = client.get("/hors-connexion/").content.decode()
    assert page.count('rel="preload"') == 2
    assert len(list((FOLDER / "fonts").glob("OFL-*.txt"))) == 2
    assert sum(path.stat().st_size for path in (FOLDER / "fonts").glob("*.woff2")) < 80_000


def test_bank_colour_takes_the_place_of_the_house_colour(client):
    from cms.models import Bank
    from cms.site import forget

    assert "brand.css" not in client.get("/hors-connexion/").content.decode()
    Bank.objects.update_or_create(pk=Bank.load().pk, defaults={"brand_light": "#0b6e4f", "brand_dark": "#7fd8b0"})
    forget()
    assert 'href="/brand.css?0b6e4f7fd8b0"' in client.get("/hors-connexion/").content.decode()
    sheet = client.get("/brand.css")
    assert sheet["Content-Type"] == "text/css"
    assert "--brand: light-dark(#0b6e4f, #7fd8b0)" in sheet.content.decode()
