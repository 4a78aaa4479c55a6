"""What a product owner reads before opening, then the totals with and without what is counted apart, then the letter of the
decision before it leaves, for staff's own tools."""

from collections.abc import Sequence

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from ..domain.checking import hints_of, measure
from ..domain.counting_in import apart_in
from ..domain.deciding import letters_of, readers_of
from ..domain.hearing import hearers_of
from ..domain.opening import faults_of
from ..domain.results import Pair, Way, both_ways
from ..permissions import ResultsHidden, can_see_results
from ..states import Apart, State
from .desk import DeskPoll
from .desk_shapes import DecisionInput
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


class SetApartSerializer(serializers.Serializer):
    """A kind of ballots that is counted apart, and the totals as they would be otherwise."""

    kind = serializers.ChoiceField(choices=Apart.choices)
    ballots = serializers.IntegerField(help_text="How many there are, now.")
    counted_in = serializers.BooleanField(
        help_text="It is in the published totals: `total` is without it. Else with it."
    )
    total = serializers.IntegerField(
        allow_null=True,
        help_text="Ballots in the other totals; null where so few make the difference that it would tell.",
    )


class OtherwiseSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(choices=Apart.choices)
    figure = FigureSerializer()


class BothFiguresSerializer(serializers.Serializer):
    id = serializers.CharField()
    published = FigureSerializer()
    otherwise = OtherwiseSerializer(
        many=True, help_text="With each kind that is apart, without each that is counted in."
    )


class BothQuestionsSerializer(serializers.Serializer):
    id = serializers.CharField()
    options = BothFiguresSerializer(many=True)


class BothWaysSerializer(serializers.Serializer):
    """The totals with and without each kind of ballots counted apart. While the poll is open each follows five ballots late."""

    ballots = serializers.IntegerField(
        allow_null=True, help_text="In the published totals; null where no others are shown."
    )
    kinds = SetApartSerializer(many=True)
    questions = BothQuestionsSerializer(many=True)


class DecisionLetterSerializer(serializers.Serializer):
    """One language's: the notice (`lead`, `title`, `body`) and the mail (`subject`, `text`), worded as for the caller."""

    language = serializers.CharField()
    readers = serializers.IntegerField(help_text="Members who took part and read in this language.")
    lead = serializers.CharField()
    title = serializers.CharField()
    body = serializers.CharField()
    subject = serializers.CharField()
    text = serializers.CharField()


class DecisionPreviewSerializer(serializers.Serializer):
    told = serializers.IntegerField(help_text="Members who would hear of it: those who took part.")
    letters = DecisionLetterSerializer(many=True)


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
        """The totals with and without the bank's own people, young accounts and bursts. Refused with 403 `results_hidden`, for a
        sealed poll that is open and for drafts."""
        poll = self.poll(public_id)
        if not (sight := can_see_results(request.user, poll)):
            raise ResultsHidden(poll, sight)
        both = both_ways(poll)
        totals = {way.kind: way.ballots for way in both.ways} if both else {}
        kinds = [
            {"kind": kind, "ballots": n, "counted_in": kind in poll.counts_in, "total": totals.get(kind)}
            for kind, n in apart_in(poll).items()
        ]
        questions = [_pair(pair, both.ways) for pair in both.pairs] if both else []
        told = {"ballots": both.ballots if both else None, "kinds": kinds, "questions": questions}
        return Response(BothWaysSerializer(told).data)


class DeskPollDecisionPreviewView(DeskPoll):
    @extend_schema(
        operation_id="desk_polls_decision_preview", request=DecisionInput, responses={200: DecisionPreviewSerializer}
    )
    def post(self, request, public_id):
        """The decision as those who voted would read it, in each language, and how many they are. Nothing is decided, stored or
        sent. Refused as `decision/` would be."""
        poll, asked = self.poll(public_id), self.asked(DecisionInput)
        letters = letters_of(poll, asked["text"], retained=asked.get("retained", ""), by=request.user)
        readers = readers_of(poll)
        shown = [vars(letter) | {"readers": readers.get(letter.language, 0)} for letter in letters]
        return Response(DecisionPreviewSerializer({"told": sum(readers.values()), "letters": shown}).data)


def _pair(pair: Pair, ways: Sequence[Way]) -> dict:
    return {
        "id": pair.question.public_id,
        "options": [
            {
                "id": option.public_id, "published": figure_as_data(figure),
                "otherwise": [
                    {"kind": way.kind, "figure": figure_as_data(other)}
                    for way, other in zip(ways, others, strict=True)
                    if other is not None
                ],
            }
            for option, figure, others in pair.rows
        ],
    }  # fmt: skip
