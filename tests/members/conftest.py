import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def speak_french():
    """A request leaves its language behind in the thread: each test starts in French."""
    with translation.override("fr"):
        yield
