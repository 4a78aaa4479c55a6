"""Texts go out compressed, static ones too; what is compressed already is left alone."""

import pytest

pytestmark = pytest.mark.django_db
GZIP = {"Accept-Encoding": "gzip"}


def test_pages_and_stylesheet_are_compressed(client):
    assert client.get("/styleguide/", headers=GZIP)["Content-Encoding"] == "gzip"
    sheet = client.get("/static/lab/dist/lab.css", headers=GZIP)
    assert sheet["Content-Encoding"] == "gzip"
    assert len(b"".join(sheet.streaming_content)) < 20_000


def test_fonts_are_left_alone(client):
    font = client.get("/static/lab/fonts/lab-text.woff2", headers=GZIP)
    assert "Content-Encoding" not in font
    font.close()


def test_nothing_is_compressed_for_who_does_not_ask(client):
    assert "Content-Encoding" not in client.get("/styleguide/", headers={"Accept-Encoding": "identity"})
