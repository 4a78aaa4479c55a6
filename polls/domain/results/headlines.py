"""A result in one line: which option is ahead, as far as the data say so."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from ...models import Poll, Question
from ...states import Method
from .figures import Figure
from .methods import ahead_of, figure_of, ranking_of, scores_of
from .publishing import Published, totals_of


@dataclass(frozen=True)
class Headline:
    """Of the poll's first question: the option ahead with its figure, None where none is clearly ahead. `ballots` behind it."""

    question: Question
    ahead: Figure | None
    ballots: int


def headlines_of(polls: Sequence[Poll]) -> dict[int, Headline]:
    """{poll's key: its line} for polls read `with_questions()`, in one query; none for a poll with too few ballots, or of
    criteria, of which none can be ahead.

    Ask `can_see_results` of each first.
    """
    totals = totals_of(polls)
    found = {poll.pk: _headline(poll, totals[poll.pk]) for poll in polls}
    return {pk: headline for pk, headline in found.items() if headline}


def _headline(poll: Poll, found: Published) -> Headline | None:
    questions = list(poll.questions.all())
    if not questions or found.answered(questions[0].pk) < settings.LAB["SMALLEST_CELL"]:
        return None
    question = questions[0]
    if question.weighs_criteria:
        return None
    options = list(question.options.all())
    figures = {option: figure_of(found, question, option) for option in options}
    shown = list(figures.values())
    ranking = ranking_of(found, question, options) if question.method == Method.RANKING else None
    scores = scores_of(found, question, options, shown) if question.method == Method.SCORE else None
    ahead = ahead_of(question, shown, ranking, scores)
    return Headline(question, figures.get(ahead) if ahead else None, found.answered(question.pk))
