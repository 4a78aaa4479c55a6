"""The living style guide shows every component, in both languages."""

import re
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.django_db
FRAME = {"header", "footer", "bottom_bar", "brand", "bell", "language", "messages"}
INNER = {"field", "field_error", "field_optional", "form_errors", "refusal_fragment", "toast"}


@pytest.mark.parametrize(("path", "word"), [("/styleguide/", "Bêta-test"), ("/en/styleguide/", "In beta test")])
def test_style_guide_speaks_both_languages(client, path, word):
    response = client.get(path)
    assert response.status_code == 200
    assert word.lower() in response.content.decode().lower()


def test_style_guide_reads_nothing_from_the_database(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):  # the frame alone: session, site settings
        client.get("/styleguide/")


def test_style_guide_shows_every_component(client):
    shown = {template.name for template in client.get("/styleguide/").templates if template.name}
    every = {f"ui/{path.name}" for path in (Path(settings.BASE_DIR) / "templates" / "ui").glob("*.html")}
    missing = {name for name in every - shown if Path(name).stem not in FRAME | INNER}
    assert not missing


def test_ids_are_unique(client):

    ids = re.findall(r'\sid="([^"]+)"', client.get("/styleguide/").content.decode())
    assert sorted(ids) == sorted(set(ids))


def test_language_link_keeps_the_page(client):
    assert 'href="/en/styleguide/?a=1"' in client.get("/styleguide/?a=1").content.decode()


def test_theme_is_remembered(client):
    client.cookies["theme"] = "dark"
    assert '<html lang="fr" data-theme="dark"' in client.get("/styleguide/").content.decode()
    client.cookies["theme"] = '"><script>'
    assert "data-theme" not in client.get("/styleguide/").content.decode()[:200]


def test_rankings_are_shown_as_they_begin_and_with_ranks_shared_and_left_out(client):
    page = client.get("/styleguide/").content.decode()
    chosen = lambda name: re.findall(rf'name="{name}-\d".*?<option value="(\d*)" selected', page)  # noqa: E731
    assert (chosen("level"), chosen("unranked")) == (["1", "1", "2", ""], ["", ""])
