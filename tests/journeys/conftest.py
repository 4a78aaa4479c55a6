"""What journeys share beside the browser of tests/conftest.py."""

import pytest


@pytest.fixture
def slow_hands(settings):
    """A move can be taken back for two minutes: on a busy machine ten seconds are over before the browser has clicked."""
    settings.LAB = settings.LAB | {"UNDO_SECONDS": 120}
