"""One search over the site: what is found besides ideas, and who may find it."""

import pytest

from tests.factories.challenges import a_challenge
from tests.factories.circles import a_circle
from tests.factories.members import a_member

pytestmark = pytest.mark.django_db


def found(client, words: str, path: str = "/recherche/") -> str:
    return client.get(path, {"q": words}).content.decode()


def test_challenges_are_found_by_title_and_by_introduction(client):
    challenge = a_challenge(
        title_fr="Vos vacances sans frais", title_en="Holidays without fees", lede_fr="Partir l’esprit léger."
    )
    for words in ("vacances", "léger"):
        assert challenge.get_absolute_url() in found(client, words)
    assert "<mark>vacances</mark>" in found(client, "vacances")


def test_challenge_of_a_circle_and_a_draft_are_found_by_nobody_else(client):
    circle = a_circle()
    secret = a_challenge(title_fr="Vos vacances entre nous", circle=circle)
    draft = a_challenge("draft", title_fr="Vos vacances en brouillon")
    client.force_login(a_member())
    page = found(client, "vacances")
    assert secret.title_fr not in page and draft.title_fr not in page
