"""The registry of personal data. Every model linked to a member is exported and erased by its own app, or excluded with a reason.

    register(Idea, export=lambda member: [...], erase=lambda member: ...)
    exclude(Vault, reason="kept by law, décret 2021-1362")

`members/domain/` walks the registry; a test fails on a model with a link to a member that is in neither list.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Holding:
    """What one model keeps about members: `export(member)` gives JSON-ready rows, `erase(member)` removes the identity."""

    label: str
    export: Callable[[Any], list[dict]]
    erase: Callable[[Any], None]


holdings: dict[str, Holding] = {}
exclusions: dict[str, str] = {}


def register(model: type, *, export: Callable[[Any], list[dict]], erase: Callable[[Any], None]) -> None:
    label = model._meta.label
    holdings[label] = Holding(label, export, erase)


def exclude(model: type, *, reason: str) -> None:
    exclusions[model._meta.label] = reason
