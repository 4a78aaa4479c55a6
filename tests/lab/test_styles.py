"""The stylesheet is what its parts say, and only the tokens know a colour."""

import re

import pytest

from lab.styles import BUILT, FOLDER, LAST, PARTS, joined, parts

pytestmark = pytest.mark.once

ROOT = FOLDER.parents[2]
RAW = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|oklch|oklab)a?\(")


def test_stylesheet_is_what_its_parts_say():
    assert BUILT.read_text() == joined(), "run manage.py styles"


def test_every_named_part_exists_once():
    assert len(set(PARTS)) == len(PARTS)
    assert all(part.exists() for part in parts())
    assert parts()[-1].stem == LAST


def test_raw_colours_stand_in_the_tokens_alone():
    found = [
        f"{part.name}:{number}"
        for part in parts()
        if part.stem != "tokens"
        for number, line in enumerate(part.read_text().splitlines(), 1)
        if RAW.search(re.sub(r'url\("[^"]*"\)', "", line))
    ]
    assert not found


def test_every_part_speaks_in_a_layer():
    for part in parts():
        text = re.sub(r"/\*.*?\*/", "", part.read_text(), flags=re.S)
        assert re.match(r"\s*@layer (tokens|base|layout|components|utilities) \{", text), part.name


def test_only_custom_properties_of_the_tokens_are_used():
    tokens = (FOLDER / "css" / "tokens.css").read_text()
    known = set(re.findall(r"(--[\w-]+)\s*:", "\n".join(part.read_text() for part in parts())))
    used = set(re.findall(r"var\((--[\w-]+)\)", "\n".join(part.read_text() for part in parts())))
    assert "--brand" in tokens
    assert not used - known
