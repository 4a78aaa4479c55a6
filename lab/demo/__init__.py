"""The demo: a fictional bank with its members, ideas, polls, betas, quarters and pages. Deterministic by a seed.

Each app fills its own tables in `<app>/demo.py`: `load(demo)`, `load_last(demo)` for what speaks of other apps' rows, and
`load_scale(demo, size)` for the bulk that speed tests need. Dates follow the day of loading.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from importlib import import_module
from importlib.util import find_spec
from random import Random
from typing import Any

from django.db import transaction
from django.utils import timezone

ORDER = ("members", "cms", "ideas", "polls", "betas", "board", "complaints", "trust", "notifications")
BANK = "Banque du Phare"


@dataclass
class Demo:
    """What the parts of the demo share.

    `random` is seeded; `now` is the moment of loading; `accounts` maps "cliente" … "admin" to members, `members` lists
    the others; `say` prints progress.
    """

    seed: int = 2026
    now: datetime = field(default_factory=timezone.now)
    random: Random = field(init=False)
    accounts: dict[str, Any] = field(default_factory=dict)
    members: list[Any] = field(default_factory=list)
    say: Any = print

    def __post_init__(self) -> None:
        self.random = Random(self.seed)  # noqa: S311 - the same demo each time, not a secret

    def ago(self, days: float = 0, hours: float = 0) -> datetime:
        return self.now - timedelta(days=days, hours=hours)

    def between(self, earliest_days_ago: float, latest_days_ago: float) -> datetime:
        """A moment at random between two distances from now, in days."""
        return self.ago(days=self.random.uniform(latest_days_ago, earliest_days_ago))


def parts(function: str):
    """The apps' `demo.<function>`, in the order of their imports."""
    for app in ORDER:
        if find_spec(f"{app}.demo"):
            module = import_module(f"{app}.demo")
            if hasattr(module, function):
                yield app, getattr(module, function)


def load(demo: Demo) -> None:
    """All or nothing. Circles come last: what belongs to them is of several apps."""
    from .circles import load as load_circles

    with transaction.atomic():
        for app, fill in parts("load"):
            demo.say(f"  {app}")
            fill(demo)
        demo.say("  circles")
        load_circles(demo)
        for _app, fill in parts("load_last"):
            fill(demo)


def load_scale(demo: Demo, size: int) -> None:
    """The demo's shapes in bulk: `size` ideas and members, 20 votes an idea."""
    for app, fill in parts("load_scale"):
        demo.say(f"  {app} × {size:,}")
        fill(demo, size)
