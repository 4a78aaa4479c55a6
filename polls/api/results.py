"""What a poll gave, for those its results policy lets see it."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from ..domain.counting.differing import Procedure, Size
from ..domain.counting.runoff import Rule
from ..domain.counting.scores import Decided
from ..domain.results import Breakdown, Finding, Mean, QuestionResult, Share, Summary, summarise
from ..models import Poll
from ..permissions import ResultsHidden, can_see_results
from ..states import Method
from .finding import polls_for


class FigureSerializer(serializers.Serializer):
    """An option's figure; all null where fewer people than the smallest cell could be made out."""

    id = serializers.CharField()
    text = serializers.CharField()
    votes = serializers.IntegerField(
        allow_null=True, help_text="Ballots that chose it, ranked it first or scored it; of points: that answered."
    )
    share = serializers.FloatField(allow_null=True, help_text="Of choices and rankings: between 0 and 1.")
    mean = serializers.FloatField(allow_null=True, help_text="Of scores: from 1 to 5; of points: from 0 to 100.")
    spread = serializers.FloatField(allow_null=True, help_text="Of scores and points: the standard deviation.")
    interval = serializers.ListField(
        child=serializers.FloatField(),
        allow_null=True,
        help_text="At 95 %: low, high. Wilson's of a share, Student's of a mean; the whole scale where fewer than five gave one.",
    )


class DifferenceSerializer(serializers.Serializer):
    """A test of difference between the groups, adjusted by Holm's method for the others of the question, and what it says in words.

    Of choices and first places a chi-square, of scores Kruskal's and Wallis's test, of points Brown's and Forsythe's.
    """

    sentence = serializers.CharField()
    real = serializers.BooleanField(help_text="Chance alone would show as much less than once in twenty.")
    option = serializers.CharField(help_text="Where a group stands furthest from the others.")
    group = serializers.CharField(
        allow_blank=True, help_text="Empty: who did not say their age; or no group stands out for sure."
    )
    test = serializers.ChoiceField(choices=list(Procedure))
    statistic = serializers.FloatField(help_text="Chi-square, H or F.")
    df = serializers.IntegerField()
    df2 = serializers.FloatField(allow_null=True, help_text="Of F: the second degrees of freedom.")
    p = serializers.FloatField()
    effect = serializers.FloatField(
        help_text="From 0 to 1: Cramér's V, epsilon-squared of ranks, eta-squared of means."
    )
    size = serializers.ChoiceField(choices=list(Size), help_text="The same in a word.")
    chi_square = serializers.FloatField(allow_null=True, help_text="`statistic`, of a chi-square; else null.")
    cramers_v = serializers.FloatField(allow_null=True, help_text="`effect`, of a chi-square; else null.")


class GroupSerializer(serializers.Serializer):
    code = serializers.CharField(allow_blank=True)
    label = serializers.CharField()
    ballots = serializers.IntegerField(allow_null=True)
    options = FigureSerializer(many=True)


class BreakdownSerializer(serializers.Serializer):
    by = serializers.CharField()
    label = serializers.CharField()
    groups = GroupSerializer(many=True)
    findings = DifferenceSerializer(many=True)
    alike = serializers.BooleanField(help_text="Everyone answered the same: there is no difference to test.")


class RoundSerializer(serializers.Serializer):
    votes = serializers.DictField(child=serializers.FloatField(), help_text="Ballots by option.")
    out = serializers.ListField(child=serializers.CharField())
    exhausted = serializers.FloatField()
    rule = serializers.ChoiceField(
        choices=["", *Rule], allow_blank=True,
        help_text="What ended the round: majority, or why those in `out` went out (fewest; of several with the fewest: earlier, "
        "together, pairs), or why there is no winner (tie, nobody).",
    )  # fmt: skip
    tied = serializers.ListField(
        child=serializers.CharField(), help_text="Those among which no rule could choose: the run-off ends without a winner."
    )  # fmt: skip
    reason = serializers.CharField(allow_blank=True, help_text="Of a tie, in words; empty where there was none.")


class RankingSerializer(serializers.Serializer):
    places = serializers.ListField(
        child=serializers.ListField(child=serializers.CharField()),
        help_text="Schulze's, options that are level in one place.",
    )
    condorcet_winner = serializers.CharField(allow_null=True, help_text="Preferred to each of the others, if one is.")
    borda = serializers.DictField(child=serializers.FloatField())
    preferred = serializers.DictField(
        child=serializers.DictField(child=serializers.IntegerField()),
        help_text="How many prefer the first to the second.",
    )
    runoff = RoundSerializer(many=True, help_text="Rounds of the instant run-off, after the close.")
    runoff_winner = serializers.CharField(allow_null=True)
    runoff_later = serializers.BooleanField(help_text="The rounds are still being worked out.")


class ScoredSerializer(serializers.Serializer):
    id = serializers.CharField()
    counts = serializers.DictField(child=serializers.IntegerField(), help_text="Ballots by score.")
    median = serializers.FloatField()


class StarSerializer(serializers.Serializer):
    options = ScoredSerializer(many=True)
    finalists = serializers.ListField(child=serializers.CharField())
    preferred = serializers.ListField(child=serializers.IntegerField())
    winner = serializers.CharField(
        allow_null=True, help_text="Score, then automatic run-off (STAR), a blank counting as 0; null where `decided` is tie."
    )  # fmt: skip
    decided = serializers.ChoiceField(
        choices=["", *Decided], allow_blank=True,
        help_text="What made the winner: preferred; of as many, the total, then the most of the highest score; or tie.",
    )  # fmt: skip
    tied = serializers.ListField(child=serializers.CharField(), help_text="Those among which no rule could choose.")
    reason = serializers.CharField(
        allow_blank=True, help_text="Of a tie, or of another with the higher mean, in words; else empty."
    )


class WeighedSerializer(serializers.Serializer):
    id = serializers.CharField()
    value = serializers.FloatField(allow_null=True)


class WeightedSerializer(serializers.Serializer):
    """The result were each age and product to weigh what it weighs in the real audience."""

    options = WeighedSerializer(many=True)
    ballots = serializers.IntegerField()
    effective = serializers.FloatField(help_text="Effective sample size (Kish).")
    covered = serializers.FloatField(help_text="The part of the audience whose strata have ballots.")
    largest_weight = serializers.FloatField()
    usable = serializers.BooleanField()


class QuestionResultSerializer(serializers.Serializer):
    id = serializers.CharField()
    text = serializers.CharField()
    method = serializers.ChoiceField(choices=Method.choices)
    answered = serializers.IntegerField()
    winner = serializers.CharField(
        allow_null=True,
        help_text="As far as the data say so: of scores, whose mean is ahead for sure and who wins by STAR too; null among the "
        "criteria that a consultation has scored.",
    )
    options = FigureSerializer(many=True)
    breakdowns = BreakdownSerializer(many=True, help_text="Empty while the poll is open.")
    ranking = RankingSerializer(allow_null=True)
    scores = StarSerializer(allow_null=True)
    weighted = WeightedSerializer(allow_null=True)


class GrowthPointSerializer(serializers.Serializer):
    day = serializers.DateField()
    people = serializers.IntegerField(help_text="Whose ballot was counted by the end of the day, in all.")


class GrowthSerializer(serializers.Serializer):
    """How the turnout grew: members whose ballot is counted, by day, later by week or month; up to yesterday while open."""

    step = serializers.IntegerField(help_text="Sums are rounded down to a multiple of it.")
    points = GrowthPointSerializer(many=True)


class ResultsSerializer(serializers.Serializer):
    poll = serializers.CharField()
    final = serializers.BooleanField(help_text="Of all ballots; for up to a minute after the close it is not yet.")
    ballots = serializers.IntegerField(help_text="Those in the figures: of an open poll, five behind or more.")
    held_back = serializers.IntegerField(help_text="Ballots of a poll that was re-opened, too few to be told apart.")
    audience = serializers.IntegerField()
    turnout = serializers.FloatField(allow_null=True)
    smallest_cell = serializers.IntegerField()
    enough_ballots = serializers.BooleanField()
    growth = GrowthSerializer(allow_null=True, help_text="Null before the first step.")
    questions = QuestionResultSerializer(many=True)


def figure_as_data(figure: Share | Mean) -> dict:
    """An option's figure as the API sends it."""
    told = {"id": figure.option.public_id, "text": figure.option.text}
    if not figure.shown:
        return told | dict.fromkeys(("votes", "share", "mean", "spread", "interval"))
    interval = [round(figure.low, 4), round(figure.high, 4)]
    if isinstance(figure, Mean):
        return told | {
            "votes": figure.n, "share": None, "mean": round(figure.value, 4), "spread": round(figure.spread, 4),
            "interval": interval,
        }  # fmt: skip
    return told | {
        "votes": figure.votes, "share": round(figure.share, 4), "mean": None, "spread": None, "interval": interval,
    }  # fmt: skip


def _breakdown(breakdown: Breakdown) -> dict:
    return {
        "by": breakdown.by, "label": breakdown.label,
        "groups": [
            {
                "code": group.code, "label": group.label, "ballots": group.ballots,
                "options": [figure_as_data(figure) for figure in group.shares.values()],
            }
            for group in breakdown.groups
        ],
        "findings": [_finding(found) for found in breakdown.findings], "alike": breakdown.alike,
    }  # fmt: skip


def _finding(found: Finding) -> dict:
    test = found.test
    statistic, effect, is_chi_square = (
        round(test.statistic, 4),
        round(test.effect, 4),
        test.kind == Procedure.CHI_SQUARE,
    )
    return {
        "sentence": found.sentence, "real": found.is_real, "option": found.standout.public_id,
        "group": found.who if found.stands_out else "",
        "test": test.kind, "statistic": statistic, "df": test.df, "df2": test.df2 and round(test.df2, 2), "p": found.p,
        "effect": effect, "size": test.size, "chi_square": statistic if is_chi_square else None,
        "cramers_v": effect if is_chi_square else None,
    }  # fmt: skip


def _id(option) -> str | None:
    return option.public_id if option else None


def _ranking(found: QuestionResult) -> dict | None:
    ranking = found.ranking
    if ranking is None:
        return None
    return {
        "places": [[option.public_id for option in place] for place in ranking.places],
        "condorcet_winner": _id(ranking.beats_all),
        "borda": {option.public_id: points for option, points in ranking.borda},
        "preferred": {
            row.public_id: {column.public_id: n for column, n in cells if n is not None} for row, cells in ranking.matrix
        },
        "runoff": [
            {
                "votes": {option.public_id: n for option, n in one.votes},
                "out": [option.public_id for option in one.out], "exhausted": one.exhausted, "rule": one.rule,
                "tied": [option.public_id for option in one.tied], "reason": one.reason,
            }
            for one in ranking.rounds
        ],
        "runoff_winner": _id(ranking.survivor), "runoff_later": ranking.runoff_later,
    }  # fmt: skip


def _scores(found: QuestionResult) -> dict | None:
    scores = found.scores
    if scores is None:
        return None
    return {
        "options": [
            {"id": one.option.public_id, "counts": {str(n): count for n, count in one.counts.items()}, "median": one.median}
            for one in scores.options
        ],
        "finalists": [option.public_id for option in scores.finalists], "preferred": list(scores.preferred),
        "winner": _id(scores.winner), "decided": scores.decided, "tied": [option.public_id for option in scores.tied],
        "reason": scores.reason,
    }  # fmt: skip


def _weighted(found: QuestionResult) -> dict | None:
    weighted = found.weighted
    if weighted is None:
        return None
    return {
        "options": [
            {"id": row.option.public_id, "value": None if row.value is None else round(row.value, 4)}
            for row in weighted.rows
        ],
        "ballots": weighted.ballots, "effective": round(weighted.effective, 1), "covered": round(weighted.covered, 4),
        "largest_weight": round(weighted.largest, 3), "usable": weighted.usable,
    }  # fmt: skip


def _growth(summary: Summary) -> dict | None:
    if summary.growth is None:
        return None
    points = [{"day": day, "people": people} for day, people in summary.growth.points]
    return {"step": summary.growth.step, "points": points}


def results_as_data(poll: Poll, summary: Summary) -> dict:
    """A result as the API sends it."""
    questions = [
        {
            "id": found.question.public_id, "text": found.question.text or poll.title, "method": found.method,
            "answered": found.answered, "winner": _id(found.winner),
            "options": [figure_as_data(figure) for figure in found.shares],
            "breakdowns": [_breakdown(breakdown) for breakdown in found.breakdowns],
            "ranking": _ranking(found), "scores": _scores(found), "weighted": _weighted(found),
        }
        for found in summary.questions
    ]  # fmt: skip
    return {
        "poll": poll.public_id, "final": summary.final, "ballots": summary.ballots, "held_back": summary.held_back,
        "audience": summary.audience, "turnout": summary.turnout, "smallest_cell": summary.smallest_cell,
        "enough_ballots": summary.enough, "growth": _growth(summary), "questions": questions,
    }  # fmt: skip


class ResultsView(APIView):
    @extend_schema(operation_id="polls_results", responses=ResultsSerializer)
    def get(self, request, public_id):
        """The result as it is published; 403 `results_hidden`, with when it appears, by the poll's policy."""
        poll = get_object_or_404(polls_for(request), public_id=public_id)
        sight = can_see_results(request.user, poll)
        if not sight:
            raise ResultsHidden(poll, sight)
        return Response(ResultsSerializer(results_as_data(poll, summarise(poll))).data)
