"""French texts: complete, and the same wherever one English text is read."""

import pytest
from babel.messages.catalog import Catalog
from django.core.management import CommandError, call_command

from core.management.commands import messages

pytestmark = pytest.mark.once


def test_catalogs_are_complete_and_of_one_voice():
    call_command("messages", check=True)


def test_two_apps_that_put_one_text_differently_are_told(monkeypatch):
    def read(app):
        catalog = Catalog(locale="fr")
        catalog.add("Answer", "Répondre" if app == "lab" else "Réponse")
        return catalog

    monkeypatch.setattr(messages, "read", read)
    monkeypatch.setattr(messages, "faults", lambda app: [])
    assert len(messages.quarrels()) == 1
    with pytest.raises(CommandError):
        call_command("messages", check=True)
