"""How many ideas each filter would show. Read once in a while for all readers: the figure helps, it does not have to be exact."""

from collections import Counter
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Value
from django.utils.translation import get_language

from core.roles import has_role

from .models import Challenge, Idea, IdeaTag, Tag
from .querysets import READS_ALL
from .states import State

FRESH_SECONDS = 20
_kept: dict[str, tuple[float, Any]] = {}


@dataclass
class Figures:
    """Public ideas by state, theme and circle (their keys). Merged ones count among the states, not in the whole."""

    cells: Counter = field(default_factory=Counter)

    def seen_by(self, user) -> "Figures":
        """Those that this reader's lists show: of no circle, and of the circles they are in."""
        if not any(circle for _state, _category, circle in self.cells):
            return self
        mine = {None, *(user.circle_ids if user.is_authenticated else ())}
        return Figures(Counter({cell: number for cell, number in self.cells.items() if cell[2] in mine}))

    def count(self, *, states=(), categories=()) -> int:
        """How many ideas have one of the states and one of the themes; all, without the merged ones, if none is given."""
        return sum(
            number
            for (state, category, _circle), number in self.cells.items()
            if (state in states if states else state != State.MERGED) and (not categories or category in categories)
        )


def figures(*, fresh: bool = False) -> Figures:
    """One grouped query, at most every twenty seconds in each process."""
    at, found = _kept.get("all", (0.0, None))
    if fresh or found is None or monotonic() - at > FRESH_SECONDS:
        rows = (
            Idea.objects.in_public()
            .order_by()
            .values_list("state", "category_id", "circle_id")
            .annotate(number=Count("pk"))
        )
        found = Figures(Counter({(state, category, circle): number for state, category, circle, number in rows}))
        _kept["all"] = (monotonic(), found)
    return found


@dataclass(frozen=True)
class Choice:
    """A tag or a challenge that a list can be narrowed to. `circle_id`: whose people alone know of it."""

    kind: str
    key: str
    name_fr: str
    name_en: str
    circle_id: int | None = None

    @property
    def name(self) -> str:
        return (get_language() == "en" and self.name_en) or self.name_fr


def choices() -> tuple[Choice, ...]:
    """Public tags that an idea bears and challenges in progress: one query, at most every twenty seconds in each process."""
    at, found = _kept.get("choices", (0.0, None))
    if found is None or monotonic() - at > FRESH_SECONDS:
        tags = Tag.objects.filter(Exists(IdeaTag.objects.filter(tag=OuterRef("pk"))), is_public=True, is_active=True)
        challenges = Challenge.objects.in_progress()
        rows = _rows(tags, "tag", "slug", "name", Value(None, output_field=IntegerField())).union(
            _rows(challenges, "challenge", "public_id", "title", F("circle_id")), all=True
        )
        found = tuple(sorted((Choice(*row) for row in rows), key=lambda choice: choice.name_fr.casefold()))
        _kept["choices"] = (monotonic(), found)
    return found


def choices_for(user) -> list[Choice]:
    """Those that this reader may know of."""
    if has_role(user, *READS_ALL) or not any(choice.circle_id for choice in choices()):
        return list(choices())
    mine = {None, *(user.circle_ids if user.is_authenticated else ())}
    return [choice for choice in choices() if choice.circle_id in mine]


def _rows(things, kind: str, key: str, name: str, circle):
    named = {"kind": Value(kind), "key": F(key), "fr": F(f"{name}_fr"), "en": F(f"{name}_en"), "within": circle}
    return things.order_by().annotate(**named).values_list(*named)


def forget() -> None:
    _kept.clear()
