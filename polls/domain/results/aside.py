"""For the team's second look: the figures without the ballots that can be counted in, and with them. After the close alone.

Two tables that differ by fewer than `SMALLEST_CELL` ballots would tell what those chose, so such a pair is not shown: of the poll,
of a question that few of them answered, or of a poll that was opened again and had a pair before.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.conf import settings

from ...models import Option, Poll, Question
from ...states import EVERYONE, Apart, Dimension
from ..tallying import BALLOTS
from .figures import Figure
from .methods import figure_of
from .publishing import Published, published

ASIDE = (Apart.NEW, Apart.BURST)


@dataclass(frozen=True)
class Pair:
    """A question's options in their order, each with its figure without and with."""

    question: Question
    rows: list[tuple[Option, Figure, Figure]]


@dataclass(frozen=True)
class BothWays:
    without: int  # ballots
    with_them: int
    pairs: list[Pair]


def both_ways(poll: Poll) -> BothWays | None:
    """The totals both ways, of a poll read `with_questions()`; None where there is no pair to show. One query.

    Ask `can_see_results` first, and show it to the team alone.
    """
    if poll.reopened_at or not poll.is_over:
        return None
    found, smallest = published(poll), settings.LAB["SMALLEST_CELL"]
    apart = [found.of(BALLOTS, Dimension.APART, kind) for kind in ASIDE]
    if not any(apart) or any(0 < ballots < smallest for ballots in apart):
        return None
    without, with_them = _counting(poll, found, ()), _counting(poll, found, ASIDE)
    pairs = [
        Pair(question, [_row(question, option, without, with_them) for option in question.options.all()])
        for question in poll.questions.all()
        if _may_be_shown(question, without, with_them, smallest)
    ]
    return BothWays(without.ballots, with_them.ballots, pairs)


def _counting(poll: Poll, found: Published, kinds: Sequence[str]) -> Published:
    """The totals as if these kinds of `Apart` were counted, whatever the poll counts in."""
    counts = {place: n for place, n in found.counts.items() if place[1] == Dimension.ALL}
    for (slot, dimension, cell), n in found.counts.items():
        place = (slot, Dimension.ALL, EVERYONE)
        if dimension == Dimension.APART and cell in ASIDE and place in counts:
            counts[place] += n * ((cell in kinds) - (cell in poll.counts_in))
    return replace(found, counts=counts)


def _may_be_shown(question: Question, without: Published, with_them: Published, smallest: int) -> bool:
    before, after = without.answered(question.pk), with_them.answered(question.pk)
    return before >= smallest and (after == before or after - before >= smallest)


def _row(question: Question, option: Option, without: Published, with_them: Published) -> tuple[Option, Figure, Figure]:
    return option, figure_of(without, question, option), figure_of(with_them, question, option)
