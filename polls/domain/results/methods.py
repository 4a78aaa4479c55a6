"""What each method gives beside its options' figures: who wins a ranking, how scores spread, what points are worth."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import permutations

from ...models import Option, Question
from ...states import HIGHEST_SCORE, POINTS, Key, Method
from ..answering.scoring import SCORES
from ..counting import condorcet, scores
from ..wording import listed
from . import reasons
from .figures import Figure, Mean, Share, leader
from .publishing import Published

Pairs = Mapping[tuple[int, int], int]  # (option pk, option pk) → ballots that prefer the first


@dataclass(frozen=True)
class Round:
    """One count of an instant run-off: [(option, ballots)], the most first; who goes out after it; ballots with nobody left.

    `rule` ended it (`counting.runoff.Rule`; "" of rounds kept before rules were); `tied` are those no rule could separate.
    """

    votes: list[tuple[Option, float]]
    out: list[Option]
    exhausted: float
    rule: str = ""
    tied: list[Option] = field(default_factory=list)

    @property
    def lowest(self) -> list[Option]:
        """Those with the fewest votes: several, where the round was tied."""
        fewest = min((n for _option, n in self.votes), default=0)
        return [option for option, n in self.votes if n == fewest]

    @property
    def reason(self) -> str:
        return reasons.of_round(self)


@dataclass(frozen=True)
class Ranking:
    """`places`: Schulze's, options that are level in one place. `beats_all`: the Condorcet winner, if there is one.

    `borda`: points, the most first. `rounds` of the instant run-off, and its `survivor`: none before the close and, in a
    large poll, for the minute it takes to work them out (`runoff_later`).
    """

    places: list[list[Option]]
    beats_all: Option | None
    borda: list[tuple[Option, float]]
    pairs: Pairs
    rounds: list[Round] = field(default_factory=list)
    survivor: Option | None = None
    runoff_later: bool = False

    @property
    def first(self) -> list[Option]:
        return self.places[0] if self.places else []

    @property
    def runoff_tie(self) -> Round | None:
        """The round that ended the instant run-off without a winner, if one did."""
        return self.rounds[-1] if self.rounds and self.survivor is None else None

    @property
    def winner(self) -> Option | None:
        """Schulze's winner, which is Condorcet's where there is one; None where several are level."""
        return self.first[0] if len(self.first) == 1 else None

    @property
    def first_level(self) -> str:
        """Those that share the first place, in words; nothing where one stands there alone."""
        return listed(self.first) if len(self.first) > 1 else ""

    @property
    def matrix(self) -> list[tuple[Option, list[tuple[Option, int | None]]]]:
        """Rows and columns in Schulze's order: how many prefer the row to the column; None on the diagonal."""
        order = [option for place in self.places for option in place]
        return [
            (row, [(column, None if row == column else self.pairs[row.pk, column.pk]) for column in order])
            for row in order
        ]


@dataclass(frozen=True)
class Scored:
    """How the scores of one option spread: {score: ballots}, and their median."""

    figure: Mean
    counts: dict[int, int]
    median: float

    @property
    def option(self) -> Option:
        return self.figure.option

    @property
    def parts(self) -> list[tuple[int, int, float]]:
        """(score, ballots, percent of the ballots that scored the option), from the lowest."""
        total = self.figure.n or 1
        return [(score, n, 100 * n / total) for score, n in sorted(self.counts.items())]


@dataclass(frozen=True)
class Scores:
    """`options` with the best mean first; `finalists` and `winner` of STAR: score, then automatic run-off.

    Neither finalists nor winner among the criteria of a consultation.

    A mean leaves blanks out; STAR counts them as 0 (`counting/scores.py`). `decided`: by which of its rules, `Decided.TIE` if by
    none; `tied` are then those among which it could not choose.
    """

    options: list[Scored]
    finalists: list[Option]
    winner: Option | None
    preferred: tuple[int, int] = (0, 0)  # how many ballots scored the first finalist higher, and the second
    decided: str = ""
    tied: list[Option] = field(default_factory=list)
    totals: tuple[int, int] = (0, 0)  # of the finalists
    highest: tuple[int, int] = (0, 0)  # how many gave each of them the highest score

    @property
    def at_odds(self) -> Option | None:
        """The option with the highest mean, where another wins by STAR: a mean leaves blanks out, and few may give it."""
        means = {one.option: one.figure.value for one in self.options}
        if self.winner is None:
            return None
        highest = max(means, key=lambda option: (means[option], option == self.winner))
        return None if highest == self.winner else highest

    @property
    def reason(self) -> str:
        return reasons.of_star(self)


def ahead_of(
    question: Question, figures: Sequence[Figure], ranking: Ranking | None = None, scores: Scores | None = None
) -> Option | None:
    """Who the method says is first, as far as the data say so; nobody among the criteria of a consultation.

    Of scores it is the option whose mean is ahead for sure, if STAR says the same; where they disagree, nobody.
    """
    if question.weighs_criteria:
        return None
    if ranking:
        return ranking.winner
    ahead = leader(figures)
    return ahead if scores is None or ahead == scores.winner else None


def pairs_of(published: Published, question: Question, options: Sequence[Option]) -> Pairs:
    return {
        (one.pk, other.pk): published.votes(question.pk, one.pk, Key.over(other.pk))
        for one, other in permutations(options, 2)
    }


def ranking_of(published: Published, question: Question, options: Sequence[Option]) -> Ranking:
    """From who was preferred to whom; the rounds of the run-off come apart (`runoffs.py`)."""
    by_pk, pairs = {option.pk: option for option in options}, pairs_of(published, question, options)
    pks = list(by_pk)
    best = condorcet.condorcet_winner(pairs, pks)
    ballots = published.answered(question.pk)
    borda = sorted(condorcet.borda(pairs, pks, ballots).items(), key=lambda found: -found[1])
    return Ranking(
        places=[[by_pk[pk] for pk in place] for place in condorcet.schulze(pairs, pks)],
        beats_all=by_pk.get(best), borda=[(by_pk[pk], points) for pk, points in borda], pairs=pairs,
    )  # fmt: skip


def scores_of(published: Published, question: Question, options: Sequence[Option], figures: Sequence[Figure]) -> Scores:
    by_pk = {option.pk: option for option in options}
    counts = {pk: {n: published.votes(question.pk, pk, str(n)) for n in SCORES} for pk in by_pk}
    scored = [
        Scored(figure, counts[figure.option.pk], scores.median(counts[figure.option.pk]) or 0.0)
        for figure in figures
        if isinstance(figure, Mean) and figure.shown
    ]
    if len(scored) < 2 or question.weighs_criteria:
        return Scores(scored, [], None)
    pks = [one.option.pk for one in scored]
    totals = {one.option.pk: one.figure.total for one in scored}
    pairs = pairs_of(published, question, options)
    highest = {pk: counts[pk][HIGHEST_SCORE] for pk in pks}
    star = scores.star(totals, pairs, pks, highest)
    told = Scores(
        scored, [by_pk[pk] for pk in star.finalists], by_pk.get(star.winner), decided=star.decided,
        tied=[by_pk[pk] for pk in star.tied],
    )  # fmt: skip
    if len(star.finalists) < 2:
        return told
    one, other = star.finalists
    return replace(
        told, preferred=(pairs[one, other], pairs[other, one]), totals=(totals[one], totals[other]),
        highest=(highest[one], highest[other]),
    )  # fmt: skip


def figure_of(published: Published, question: Question, option: Option, *where: str) -> Figure:
    """The option's figure in one cell: its share of those who answered, its mean score, or its mean points."""
    answered = published.answered(question.pk, *where)
    votes = published.votes(question.pk, option.pk, Key.VOTES, *where)
    if question.method == Method.SCORE:
        by_score = {n: published.votes(question.pk, option.pk, str(n), *where) for n in SCORES}
        total = sum(score * n for score, n in by_score.items())
        squares = sum(score * score * n for score, n in by_score.items())
        return Mean(option, votes, total, squares, HIGHEST_SCORE)
    if question.method == Method.POINTS:
        total = published.votes(question.pk, option.pk, Key.SUM, *where)
        squares = published.votes(question.pk, option.pk, Key.SQUARES, *where)
        return Mean(option, answered, total, squares, POINTS)
    if question.method == Method.RANKING:
        votes = published.votes(question.pk, option.pk, Key.FIRST, *where)
    return Share(option, votes, answered)
