"""A result, from the stored tallies: shares with their interval, turnout, breakdowns in which nobody can be made out."""

from dataclasses import dataclass, field
from math import sqrt
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.suppressing import suppress
from members.states import AgeBand, Kind, Segment

from ..models import Option, Poll, Question, Tally
from ..states import APART_STAFF, Dimension

Z_95 = 1.959963984540054
GROUPS: dict[str, list[tuple[str, Any]]] = {
    Dimension.KIND: [(Kind.CUSTOMER, _("Customers")), (Kind.PROSPECT, _("Prospects"))],
    Dimension.SEGMENT: [
        (Segment.PRIVATE, _("Private individuals")),
        (Segment.PROFESSIONAL, _("Professionals")),
        (Segment.STUDENT, _("Students")),
    ],
    Dimension.AGE: [*AgeBand.choices, ("", pgettext_lazy("age", "Not said"))],
}


def wilson(successes: int, trials: int, z: float = Z_95) -> tuple[float, float]:
    """The Wilson score interval of a share, as (low, high) between 0 and 1.

    E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", Journal of the American
    Statistical Association 22 (1927), 209–212. Unlike p ± z·sqrt(p(1−p)/n) it stays within 0 and 1 and holds at small n.
    """
    if not trials:
        return 0.0, 1.0
    share, z2 = successes / trials, z * z
    middle = (share + z2 / (2 * trials)) / (1 + z2 / trials)
    half = z / (1 + z2 / trials) * sqrt(share * (1 - share) / trials + z2 / (4 * trials * trials))
    return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True)
class Share:
    """Votes for one option among `ballots`; share and interval are between 0 and 1. `votes` None: not shown."""

    option: Option
    votes: int | None
    ballots: int | None

    @property
    def shown(self) -> bool:
        return self.votes is not None and self.ballots is not None

    @property
    def share(self) -> float:
        return self.votes / self.ballots if self.ballots else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        return wilson(self.votes, self.ballots)

    @property
    def low(self) -> float:
        return self.interval[0]

    @property
    def high(self) -> float:
        return self.interval[1]

    @property
    def percent(self) -> float:
        return 100 * self.share

    @property
    def low_percent(self) -> float:
        return 100 * self.low

    @property
    def high_percent(self) -> float:
        return 100 * self.high


def leader(shares: list[Share]) -> Option | None:
    """The option ahead of all others, unless its interval meets the next one's, or some are not shown."""
    if not shares or not all(share.shown for share in shares):
        return None
    ranked = sorted(shares, key=lambda share: -share.votes)
    if len(ranked) > 1 and ranked[0].low <= ranked[1].high:
        return None
    return ranked[0].option


@dataclass(frozen=True)
class Group:
    """A column of a breakdown: customers, say. `ballots` None: not shown."""

    code: str
    label: Any
    ballots: int | None
    shares: dict[int, Share]  # by option pk

    @property
    def leader(self) -> Option | None:
        return leader(list(self.shares.values()))


@dataclass(frozen=True)
class Breakdown:
    by: str
    label: Any
    groups: list[Group]
    rows: list[tuple[Share, list[Share]]] = field(default_factory=list)

    @property
    def anything_hidden(self) -> bool:
        return any(not share.shown for _whole, row in self.rows for share in row)

    @property
    def shown(self) -> bool:
        return any(share.shown for _whole, row in self.rows for share in row)


@dataclass(frozen=True)
class QuestionResult:
    question: Question
    shares: list[Share]  # most votes first
    breakdowns: list[Breakdown]

    @property
    def winner(self) -> Option | None:
        return leader(self.shares)

    @property
    def by_kind(self) -> Breakdown | None:
        return next((found for found in self.breakdowns if found.by == Dimension.KIND and found.shown), None)


@dataclass(frozen=True)
class Summary:
    poll: Poll
    ballots: int
    audience: int
    apart: int
    questions: list[QuestionResult]
    smallest_cell: int

    @property
    def turnout(self) -> float | None:
        return min(1.0, self.ballots / self.audience) if self.audience else None

    @property
    def turnout_percent(self) -> float:
        return 100 * (self.turnout or 0.0)

    @property
    def enough(self) -> bool:
        """With fewer ballots than the smallest cell, the total itself would tell on someone."""
        return self.ballots >= self.smallest_cell


def summarise(poll: Poll) -> Summary:
    """One query for the tallies, on a poll read `with_questions()`. Ask `can_see_results` first."""
    counts = {
        (option, dimension, cell): count
        for option, dimension, cell, count in Tally.objects.filter(poll=poll).values_list(
            "option_id", "dimension", "cell", "count"
        )
    }
    ballots = counts.get((None, Dimension.ALL, ""), 0)
    smallest = settings.LAB["SMALLEST_CELL"]
    questions = [_result(question, counts, ballots, smallest) for question in poll.questions.all()]
    apart = counts.get((None, Dimension.APART, APART_STAFF), 0)
    return Summary(poll, ballots, poll.audience_size, apart, questions, smallest)


def _result(question: Question, counts: dict, ballots: int, smallest: int) -> QuestionResult:
    if ballots < smallest:
        return QuestionResult(question, [], [])
    options = list(question.options.all())
    shares = [Share(option, counts.get((option.pk, Dimension.ALL, ""), 0), ballots) for option in options]
    shares.sort(key=lambda share: (-share.votes, share.option.position))
    breakdowns = [_break_down(dimension, shares, counts, smallest) for dimension in GROUPS]
    return QuestionResult(question, shares, breakdowns)


def _break_down(dimension: str, shares: list[Share], counts: dict, smallest: int) -> Breakdown:
    """One table, options by groups, with its first row the ballots of each group; small cells are taken out of it whole."""
    groups = [(code, label) for code, label in GROUPS[dimension] if counts.get((None, dimension, code), 0)]
    table = [[counts.get((None, dimension, code), 0) for code, _label in groups]]
    table += [[counts.get((share.option.pk, dimension, code), 0) for code, _label in groups] for share in shares]
    table = suppress(table, smallest)
    columns = []
    for position, (code, label) in enumerate(groups):
        base = table[0][position]
        cells = {
            share.option.pk: Share(share.option, table[row][position], base)
            for row, share in enumerate(shares, start=1)
        }
        columns.append(Group(code, label, base, cells))
    rows = [(share, [column.shares[share.option.pk] for column in columns]) for share in shares]
    return Breakdown(dimension, Dimension(dimension).label, columns, rows)
