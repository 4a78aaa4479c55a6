"""The site refuses to start in silence without the constraint that keeps one vote per person."""

import pytest
from django.core.checks import Tags, run_checks
from django.db import connection

pytestmark = pytest.mark.django_db(transaction=True)
INDEX = "vote_once_per_person"


def complaints() -> list[str]:
    found = run_checks(tags=[Tags.database], databases=["default"])
    return [error.id for error in found if error.id.startswith("ideas.")]


@pytest.fixture
def without_the_index():
    """The index gone, as a table remade by SQLite loses it; put back as it was, whatever the test finds."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", [INDEX])
        else:
            cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [INDEX])
        (made,) = cursor.fetchone()
        cursor.execute(f"DROP INDEX {INDEX}")
    yield
    with connection.cursor() as cursor:
        cursor.execute(made)
    assert complaints() == []


def test_check_finds_nothing_while_a_person_can_vote_once_only():
    assert complaints() == []


def test_check_says_that_the_index_of_one_vote_per_person_is_missing(without_the_index):
    assert complaints() == ["ideas.E001"]
