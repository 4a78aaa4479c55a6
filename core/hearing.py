"""Who of some people will hear of a topic, by their own wishes.

The app that tells people says here how their wishes are read; the apps below it, which do not import it, ask before they
publish: "412 people will hear of it" is then the number that do.
"""

from collections.abc import Callable
from typing import Any

_readers: list[Callable[[Any, str], Any]] = []


def reads_wishes(function: Callable[[Any, str], Any]) -> Callable[[Any, str], Any]:
    """Register `function(members, topic)`, which leaves out of a queryset of members those who wish to hear nothing of it."""
    if function not in _readers:
        _readers.append(function)
    return function


def who_will_hear(members: Any, topic: str) -> Any:
    """The members of the queryset who want to hear of the topic, in whatever way. All of them, where nobody is told anything."""
    for reader in _readers:
        members = reader(members, topic)
    return members
