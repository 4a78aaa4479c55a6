"""For the team's second look: the result with and without each kind of ballots that is counted apart, while the poll is open too.

Two tables that differ by fewer than `SMALLEST_CELL` ballots would tell what those chose. So each kind stands in a table of its own
beside the published one, and only where it has that many ballots, and as many or none of them answered the question; of a kind with
fewer it is said how many they are (`counting_in.apart_in`), and nothing of what they chose. Nor do tables read at different times
tell more:

- While the poll is open each kind follows as the totals do, `RESULT_STEP` ballots of its own late and so many at a time; of kinds
  that can be counted in, only as long as the bank changed nothing about who is.
- A kind counted in before it had a ballot came into the published totals one by one: the result without it is told no more.
- A poll that was opened again had its tables at the first close.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings

from ...models import Option, Poll, Question
from ...states import EVERYONE, Apart, Dimension
from ..tallying import BALLOTS
from .figures import Figure
from .methods import figure_of
from .publishing import Published, published


@dataclass(frozen=True)
class Way:
    """The result as it would be with a kind of ballots that is apart, or without one that is `counted_in`. `ballots`: in all."""

    kind: str
    counted_in: bool
    ballots: int

    @property
    def label(self) -> Any:
        return Apart(self.kind).label


@dataclass(frozen=True)
class Pair:
    """A question's options in their order: each with its published figure, and that of each way, None where it would tell."""

    question: Question
    rows: list[tuple[Option, Figure, list[Figure | None]]]


@dataclass(frozen=True)
class BothWays:
    """`ballots`: those in the published figures."""

    ballots: int
    ways: list[Way]
    pairs: list[Pair]


def both_ways(poll: Poll) -> BothWays | None:
    """The totals both ways, of a poll read `with_questions()`; None where there is no pair to show. One query.

    Ask `can_see_results` first, and show it to the team alone.
    """
    if poll.reopened_at:
        return None
    found, smallest = published(poll, apart=True), settings.LAB["SMALLEST_CELL"]
    tables = {kind: _moved(poll, found, kind) for kind in Apart.values if _may_be_told(poll, found, kind, smallest)}
    if not tables or found.ballots < smallest:
        return None
    ways = [Way(kind, kind in poll.counts_in, table.ballots) for kind, table in tables.items()]
    pairs = [_pair(question, found, list(tables.values()), smallest) for question in poll.questions.all()]
    pairs = [pair for pair in pairs if any(any(others) for _option, _figure, others in pair.rows)]
    return BothWays(found.ballots, ways, pairs) if pairs else None


def _may_be_told(poll: Poll, found: Published, kind: str, smallest: int) -> bool:
    if kind in poll.counted_in_early.split():
        return False
    if not found.final and kind != Apart.STAFF and poll.counted_in_reason:
        return False
    return found.of(BALLOTS, Dimension.APART, kind) >= smallest


def _moved(poll: Poll, found: Published, kind: str) -> Published:
    """The totals with this kind, where it is apart; without it, where it is counted in."""
    counts = {place: n for place, n in found.counts.items() if place[1] == Dimension.ALL}
    way = -1 if kind in poll.counts_in else 1
    for (slot, dimension, cell), n in found.counts.items():
        place = (slot, Dimension.ALL, EVERYONE)
        if dimension == Dimension.APART and cell == kind and place in counts:
            counts[place] += way * n
    return replace(found, counts=counts)


def _pair(question: Question, found: Published, tables: Sequence[Published], smallest: int) -> Pair:
    told = [_is_told(question, found, table, smallest) for table in tables]
    rows = [
        (
            option, figure_of(found, question, option),
            [figure_of(table, question, option) if is_told else None for table, is_told in zip(tables, told, strict=True)],
        )
        for option in question.options.all()
    ]  # fmt: skip
    return Pair(question, rows)


def _is_told(question: Question, found: Published, table: Published, smallest: int) -> bool:
    """Enough answered it, in both tables; and those who make the difference are as many, or nobody."""
    before, after = found.answered(question.pk), table.answered(question.pk)
    return min(before, after) >= smallest and (after == before or abs(after - before) >= smallest)
