"""Templates hold no inline script or style, name icons that exist, and say what they take."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

pytestmark = pytest.mark.once

ROOT = Path(settings.BASE_DIR) / "templates"
PUBLIC = sorted(
    path
    for path in ROOT.rglob("*.html")
    if not {"desk", "backoffice", "mail", "email"} & set(path.relative_to(ROOT).parts)
)
COMPONENTS = sorted((ROOT / "ui").glob("*.html"))


@pytest.mark.parametrize("path", PUBLIC, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_inline_script_or_style(path):
    text = path.read_text()
    assert not re.search(r"<style\b", text)
    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")", text)
    assert "javascript:" not in text


@pytest.mark.parametrize("path", PUBLIC, ids=lambda path: str(path.relative_to(ROOT)))
def test_template_compiles(path):
    get_template(str(path.relative_to(ROOT)))


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.name)
def test_component_says_what_it_takes(path):
    assert path.read_text().startswith("{% comment %}")


def test_named_icons_and_drawings_exist():
    from core.templatetags.ui import ARTS, ICONS, symbols

    for path in PUBLIC:
        text = path.read_text()
        assert set(re.findall(r'{% icon "([\w-]+)"', text)) <= set(symbols(ICONS)), path
        assert set(re.findall(r'{% art "([\w-]+)"', text)) <= set(symbols(ARTS)), path
