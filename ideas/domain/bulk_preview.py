"""What a move over many ideas would do, before anything of it is made: for who decides whether to start it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from core.errors import require

from ..models import Idea
from ..permissions import can_note
from .bulk import read_chosen, read_values, without_beside
from .bulk_moves import BulkMove, find_bulk_move
from .following import Audience
from .triaging import make_version

SOME = 20  # ids that are named of those that cannot move for one reason
NAMED = 3  # titles of them, on a page


@dataclass(frozen=True)
class Why:
    """Why some of the ideas cannot move: all those that stand so."""

    why: str
    rows: list[Idea]

    @property
    def ideas(self) -> int:
        return len(self.rows)

    @property
    def some(self) -> list[str]:
        return [row.public_id for row in self.rows[:SOME]]

    @property
    def named(self) -> list[Idea]:
        return self.rows[:NAMED]

    @property
    def more(self) -> int:
        return len(self.rows[NAMED:])


@dataclass(frozen=True)
class Preview:
    """`changed` are those that are no more what was seen; `people` and `notices` None where who hears is not counted."""

    move: str
    total: int
    able: int
    changed: int
    reasons: list[Why]
    hears: Any
    people: int | None
    notices: int | None

    @property
    def refused(self) -> int:
        return sum(why.ideas for why in self.reasons)


def preview_bulk(
    move: str, ideas: QuerySet, values: Mapping[str, Any], *, by: Any, seen: Mapping[str, str] | None = None
) -> Preview:
    """In a fixed number of queries whatever the ideas. What was typed is refused as at the start; nothing typed yet is not.

    Raises NotAllowed, Invalid (`unknown_move`, `no_idea`, `too_many_ideas`), PrivateData.
    """
    require(can_note(by))
    chosen = find_bulk_move(move)
    require(chosen.allows(by))
    said = read_values(chosen, values) if values else {}
    ideas = without_beside(ideas, chosen, said) if said else ideas
    rows = read_chosen(chosen.facts(ideas.select_related("category").defer("body")))
    same = [row for row in rows if not seen or _is_as_seen(row, seen)]
    able, reasons = able_and_not(chosen, by, same)
    audience = Audience(0, 0) if said.get("silent") else chosen.audience(able, said, by)
    return Preview(
        move, len(rows), len(able), len(rows) - len(same), reasons, chosen.hears,
        audience.people if audience else None, audience.notices if audience else None,
    )  # fmt: skip


def _is_as_seen(idea: Idea, seen: Mapping[str, str]) -> bool:
    version = make_version(idea, idea.newest or 0)
    return seen.get(idea.public_id, version) == version


def able_and_not(move: BulkMove, by: Any, rows: Iterable[Idea]) -> tuple[list[Idea], list[Why]]:
    """The ideas that can move, and why others cannot, the commonest reason first.

    Ideas that stand alike are refused alike: each reason is made once.
    """
    able: list[Idea] = []
    found: dict[tuple, list[Idea]] = {}
    for row in rows:
        alike = able if move.offered(by, row) else found.setdefault(
            (row.state, row.visibility, bool(row.merged_into_id)), []
        )  # fmt: skip
        alike.append(row)
    said: dict[str, list[Idea]] = {}
    for alike in found.values():
        said.setdefault(str(move.why_not(by, alike[0])), []).extend(alike)
    return able, sorted((Why(why, rows) for why, rows in said.items()), key=lambda one: -one.ideas)
