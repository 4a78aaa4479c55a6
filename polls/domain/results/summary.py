"""A poll's result whole."""

from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings

from ...models import Option, Poll, Question
from ...states import Apart, Dimension, Method
from ..growing import Growth, growth_of
from ..tallying import BALLOTS
from .breakdowns import Breakdown, break_down
from .differences import adjust
from .figures import Figure
from .methods import Ranking, Scores, ahead_of, figure_of, ranking_of, scores_of
from .publishing import Published, published
from .runoffs import AT_ONCE, rounds_of, work_out
from .weights import Weighted, weigh


@dataclass(frozen=True)
class QuestionResult:
    """`shares`: the figure of each option, the best first: shares of the ballots that answered, first choices, or means."""

    question: Question
    answered: int
    shares: list[Figure]
    breakdowns: list[Breakdown]
    ranking: Ranking | None = None
    scores: Scores | None = None
    weighted: Weighted | None = None

    @property
    def method(self) -> str:
        return self.question.method

    @property
    def is_choice(self) -> bool:
        return self.method in (Method.SINGLE, Method.MULTIPLE)

    @property
    def may_have_blanks(self) -> bool:
        """Whether a ballot may leave an option without a score: where the question says so, and always of “other”."""
        return self.question.blanks or any(option.is_other for option in self.question.options.all())

    @property
    def winner(self) -> Option | None:
        return ahead_of(self.question, self.shares, self.ranking, self.scores)

    @property
    def level(self) -> list[Option]:
        """The options that lead side by side, with exactly as many votes each; empty where one leads, or some are not shown."""
        if not self.is_choice or not all(figure.shown for figure in self.shares):
            return []
        most = max((figure.votes for figure in self.shares), default=0)
        first = [figure.option for figure in self.shares if figure.votes == most]
        return first if most and len(first) > 1 else []

    @property
    def unscored(self) -> list[Option]:
        """The options that nobody gave a score: they have no mean, and stand last."""
        return [figure.option for figure in self.shares if self.method == Method.SCORE and not figure.shown]

    @property
    def by_kind(self) -> Breakdown | None:
        return next(
            (
                found
                for found in self.breakdowns
                if found.by == Dimension.KIND and found.shown and len(found.groups) > 1
            ),
            None,
        )

    @property
    def enough(self) -> bool:
        return bool(self.shares)


@dataclass(frozen=True)
class Summary:
    """`ballots`: those in the figures. `came`: those in the box, which of an open poll are a few more. `apart`: the staff's.

    `growth`: how many had taken part by when, as it is published; None where there is nothing to show yet.
    """

    poll: Poll
    ballots: int
    audience: int
    apart: int
    questions: list[QuestionResult]
    smallest_cell: int
    final: bool = True
    held_back: int = 0
    came: int = 0
    growth: Growth | None = None

    @property
    def turnout(self) -> float | None:
        return min(1.0, self.came / self.audience) if self.audience else None

    @property
    def turnout_percent(self) -> float:
        return 100 * (self.turnout or 0.0)

    @property
    def enough(self) -> bool:
        """With fewer ballots than the smallest cell, the total itself would tell on someone."""
        return self.ballots >= self.smallest_cell

    @property
    def is_being_counted(self) -> bool:
        """Whether the hour of the close is behind, and the last ballots may still be on their way."""
        return not self.final and self.poll.is_over

    @property
    def first_at(self) -> int:
        """While the poll is open: the ballot with which a result appears."""
        return self.smallest_cell + settings.LAB["RESULT_STEP"]


def summarise(poll: Poll) -> Summary:
    """The result of a poll read `with_questions()`, in one query; one more for a run-off not yet kept.

    Ask `can_see_results` first.
    """
    found = published(poll)
    smallest = settings.LAB["SMALLEST_CELL"]
    runoffs = _runoffs(poll, found)
    questions = [_result(question, found, smallest, runoffs) for question in poll.questions.all()]
    staff = found.of(BALLOTS, Dimension.APART, Apart.STAFF)
    came = getattr(poll, "counted", None)
    return Summary(
        poll, found.ballots, poll.audience_size, staff, questions, smallest, found.final, found.held_back,
        found.ballots if came is None else came, growth_of(poll) if found.ballots >= smallest else None,
    )  # fmt: skip


def _result(question: Question, found: Published, smallest: int, runoffs: dict[str, Any] | None) -> QuestionResult:
    answered = found.answered(question.pk)
    if answered < smallest:
        return QuestionResult(question, answered, [], [])
    options = list(question.options.all())
    figures = [figure_of(found, question, option) for option in options]
    figures.sort(key=lambda figure: (-figure.percent, figure.option.position))
    ranking = scores = None
    if question.method == Method.RANKING:
        ranking = _with_runoff(ranking_of(found, question, options), question, found, runoffs)
        places = {option.pk: place for place, level in enumerate(ranking.places) for option in level}
        figures.sort(key=lambda figure: places[figure.option.pk])
    elif question.method == Method.SCORE:
        scores = scores_of(found, question, options, figures)
    breakdowns = adjust(break_down(found, question, figures, smallest))
    return QuestionResult(question, answered, figures, breakdowns, ranking, scores, weigh(found, question, figures))


def _with_runoff(ranking: Ranking, question: Question, found: Published, runoffs: dict[str, Any] | None) -> Ranking:
    if not found.final:
        return ranking
    if runoffs is None or question.public_id not in runoffs:
        return replace(ranking, runoff_later=True)
    rounds, survivor = rounds_of(runoffs[question.public_id], question)
    return replace(ranking, rounds=rounds, survivor=survivor)


def _runoffs(poll: Poll, found: Published) -> dict[str, Any] | None:
    """The rounds kept for this very table; worked out now where that is quick; None where the worker has still to do it."""
    if not found.final:
        return {}
    questions = list(poll.questions.all())
    if all(question.method != Method.RANKING for question in questions):
        return {}
    if poll.runoffs and poll.runoffs.get("moves") == found.moves:
        return poll.runoffs["questions"]
    if found.ballots <= AT_ONCE and not found.behind:
        return work_out(poll, questions)
    return None
