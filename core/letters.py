"""A letter before it leaves: how what is about to be told will read, in each language.

The app that writes to people says here how it words things; the apps below it, which do not import it, ask before they publish.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Letter:
    """One language's: the notice in the inbox (what happened, to what, and why), the mail's subject and its text."""

    language: str
    lead: str
    title: str
    body: str
    subject: str
    text: str


Writer = Callable[[str, str, Any, Any], list[Letter]]
_writers: list[Writer] = []


def writes_letters(function: Writer) -> Writer:
    """Register `function(kind, topic, subject, reader)`, which words news of a subject as if the reader were told of it."""
    if function not in _writers:
        _writers.append(function)
    return function


def letters_about(kind: str, topic: str, subject: Any, *, reader: Any) -> list[Letter]:
    """News of `kind` about `subject`, as it is in memory, in every language. None, where nobody is told anything."""
    return [letter for writer in _writers for letter in writer(kind, topic, subject, reader)]
