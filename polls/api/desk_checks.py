"""What a product owner reads before opening, and after the close the totals both ways, for staff's own tools."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from ..domain.checking import hints_of, measure
from ..domain.hearing import hearers_of
from ..domain.opening import faults_of
from ..domain.results import both_ways
from ..permissions import ResultsHidden, can_see_results
from ..states import State
from .desk import DeskPoll
from .results import FigureSerializer, figure_as_data
from .shapes import ReasonSerializer


class HintSerializer(serializers.Serializer):
    code = serializers.CharField()
    detail = serializers.CharField(source="sentence")
    about = serializers.CharField(allow_blank=True, help_text="The words of the question; empty: the poll.")


class PollInvitedSerializer(serializers.Serializer):
    invited = serializers.IntegerField()
    customers = serializers.IntegerField()
    prospects = serializers.IntegerField()
    expected = serializers.IntegerField(help_text="Ballots, were 18 % to answer.")
    margin = serializers.FloatField(help_text="Half the 95 % interval there would be then, in points.")


class PollHearersSerializer(serializers.Serializer):
    """Members who would hear of a move, by their preferences; null where that move is not to be made now."""

    open = serializers.IntegerField(allow_null=True, help_text="The audience.")
    remind = serializers.IntegerField(
        allow_null=True, help_text="Who may answer and has not; null once the one reminder is sent."
    )
    close = serializers.IntegerField(allow_null=True, help_text="Who took part.")
    reopen = serializers.IntegerField(allow_null=True, help_text="Who took part.")
    decide = serializers.IntegerField(allow_null=True, help_text="Who took part.")


class PollCheckSerializer(serializers.Serializer):
    faults = ReasonSerializer(many=True, help_text="What keeps it from opening.")
    hints = HintSerializer(
        many=True, help_text="What had better be said or dated otherwise; none keeps it from opening."
    )
    audience = PollInvitedSerializer()
    hearers = PollHearersSerializer()


class BothFiguresSerializer(serializers.Serializer):
    without = FigureSerializer()
    with_them = FigureSerializer()


class BothQuestionsSerializer(serializers.Serializer):
    id = serializers.CharField()
    options = BothFiguresSerializer(many=True)


class BothWaysSerializer(serializers.Serializer):
    """The totals without and with the ballots counted apart that could be counted in."""

    shown = serializers.BooleanField(help_text="False before the close, and where so few are apart that it would tell.")
    without = serializers.IntegerField(allow_null=True, help_text="Ballots.")
    with_them = serializers.IntegerField(allow_null=True, help_text="Ballots.")
    questions = BothQuestionsSerializer(many=True)


class DeskPollCheckView(DeskPoll):
    @extend_schema(operation_id="desk_polls_check", responses=PollCheckSerializer)
    def get(self, request, public_id):
        """Before opening: what is missing, what had better be otherwise, how many are invited, how sure the answer can be.
        In any state: how many would hear of each move that is left to make."""
        poll = self.poll(public_id)
        audience, opens = measure(poll), poll.current_state in (State.DRAFT, State.SCHEDULED)
        found = {
            "faults": [{"code": code, "detail": str(said)} for code, said in faults_of(poll)] if opens else [],
            "hints": hints_of(poll, audience) if opens else [], "audience": audience,
            "hearers": hearers_of(poll),
        }  # fmt: skip
        return Response(PollCheckSerializer(found).data)


class DeskPollTotalsView(DeskPoll):
    @extend_schema(operation_id="desk_polls_totals", responses=BothWaysSerializer)
    def get(self, request, public_id):
        """Both totals, after the close. Refused with 403 `results_hidden`, for a sealed poll that is open and for drafts."""
        poll = self.poll(public_id)
        if not (sight := can_see_results(request.user, poll)):
            raise ResultsHidden(poll, sight)
        both = both_ways(poll)
        if both is None:
            return Response({"shown": False, "without": None, "with_them": None, "questions": []})
        questions = [
            {
                "id": pair.question.public_id,
                "options": [
                    {"without": figure_as_data(one), "with_them": figure_as_data(other)}
                    for _option, one, other in pair.rows
                ],
            }
            for pair in both.pairs
        ]
        told = {"shown": True, "without": both.without, "with_them": both.with_them, "questions": questions}
        return Response(BothWaysSerializer(told).data)
