"""Foreign keys point the same way as imports: downwards."""

import re
from pathlib import Path

from django.apps import apps

LEVEL = {
    "core": 0,
    "members": 1,
    "ideas": 2,
    "polls": 2,
    "betas": 3,
    "board": 3,
    "complaints": 3,
    "trust": 3,
    "notifications": 4,
    "cms": 4,
    "lab": 5,
}


def our_models():
    return [model for model in apps.get_models() if model._meta.app_label in LEVEL]


def test_foreign_keys_point_downwards():
    upwards = []
    for model in our_models():
        for field in model._meta.get_fields():
            if not field.concrete or not field.is_relation or not field.related_model:
                continue
            here, there = model._meta.app_label, field.related_model._meta.app_label
            if there in LEVEL and here != there and LEVEL[there] >= LEVEL[here]:
                upwards.append(f"{model._meta.label}.{field.name} → {there}")
    assert upwards == []


def test_public_ids_are_strings_that_cannot_be_counted_up():
    from core.public_ids import new_public_id

    made = {new_public_id() for _ in range(1000)}
    assert len(made) == 1000
    assert all(len(one) == 12 for one in made)


ONE_LOOK = re.compile(
    r"\.wait_for_function\(|assert (?!.*\.objects\b).*\b(page|reader|author)\.(get_by_|locator\().*"
    r"\.(is_visible|is_hidden|input_value|count|text_content|inner_text|get_attribute|is_disabled|is_checked)\("
)


def test_journeys_wait_for_what_the_browser_shows():
    """One look right after a click sees the old page on a busy machine: `expect(…)`, `sent`, `becomes` look again."""
    journeys = Path(__file__).parent / "journeys"
    hasty = [
        f"{file.name}:{number}: {line.strip()}"
        for file in sorted(journeys.glob("test_*.py"))
        for number, line in enumerate(file.read_text().splitlines(), start=1)
        if ONE_LOOK.search(line)
    ]
    assert hasty == []
