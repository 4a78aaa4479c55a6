"""The board through the API: the roadmap, the published quarters, the minutes of one; and for staff an idea's way there."""

from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers
from rest_framework.generics import GenericAPIView, ListAPIView
from rest_framework.permissions import AllowAny
from rest_framework.response import Response

from core.errors import NotFound, require
from ideas.api.desk_view import DeskView, told
from ideas.desk_serializers import DeskDoneSerializer, DeskTelling
from ideas.models import Idea
from ideas.states import State
from polls.api.desk import DeskPoll
from polls.api.desk_shapes import DeskPollSerializer

from .domain.asking import ask_members
from .domain.minutes import Minutes, Verdict, minutes_of
from .domain.roadmaps import roadmap
from .domain.taking import take_to_board
from .models import EFFORT_MAX, BoardItem, Quarter
from .states import LANE_CHOICES, Column, FactorKey


class RoadmapIdea(serializers.ModelSerializer):
    """An idea behind a subject."""

    id = serializers.CharField(source="public_id", read_only=True)
    vote_count = serializers.IntegerField(source="vote_score", read_only=True)
    url = serializers.CharField(source="get_absolute_url", read_only=True)

    class Meta:
        model = Idea
        fields = ["id", "title", "state", "vote_count", "url"]


class RoadmapPlan(serializers.Serializer):
    """A subject of the roadmap, with the reason of its last decision."""

    id = serializers.CharField(source="item.public_id")
    title = serializers.CharField(source="item.title")
    summary = serializers.CharField(source="item.summary")
    state = serializers.ChoiceField(choices=State.choices)
    reason = serializers.CharField(source="placement.reason")
    quarter = serializers.CharField(source="placement.quarter.code")
    vote_count = serializers.IntegerField(source="votes")
    ideas = RoadmapIdea(many=True)


class RoadmapLane(serializers.Serializer):
    key = serializers.ChoiceField(choices=LANE_CHOICES)
    label = serializers.SerializerMethodField()
    items = RoadmapPlan(source="plans", many=True)

    @extend_schema_field(str)
    def get_label(self, lane) -> str:
        return str(Column(lane.key).label)


class DeliveredIdea(RoadmapIdea):
    delivered_at = serializers.DateTimeField(source="state_since", read_only=True)

    class Meta(RoadmapIdea.Meta):
        fields = [*RoadmapIdea.Meta.fields, "delivered_at"]


class RoadmapOut(serializers.Serializer):
    lanes = RoadmapLane(many=True)
    delivered = DeliveredIdea(many=True)
    delivered_count = serializers.IntegerField(help_text="Ideas delivered this year.")


class QuarterOut(serializers.ModelSerializer):
    """A published quarter. `hash` is the SHA-256 of the file at `notes`."""

    id = serializers.CharField(source="code", read_only=True)
    label = serializers.CharField(read_only=True)
    url = serializers.CharField(source="get_absolute_url", read_only=True)
    subjects = serializers.SerializerMethodField()
    retained = serializers.SerializerMethodField()

    class Meta:
        model = Quarter
        fields = [
            "id",
            "code",
            "label",
            "state",
            "capacity",
            "frozen_at",
            "published_at",
            "hash",
            "url",
            "subjects",
            "retained",
        ]

    @extend_schema_field(int)
    def get_subjects(self, quarter: Quarter) -> int:
        return len(quarter.kept_items)

    @extend_schema_field(int)
    def get_retained(self, quarter: Quarter) -> int:
        return sum(row["column"] == Column.THIS_QUARTER for row in quarter.kept_items.values())


class SpreadOut(serializers.Serializer):
    """One factor of one subject: its median (or computed value), and the spread of the notes without names."""

    key = serializers.ChoiceField(choices=FactorKey.choices)
    weight = serializers.IntegerField()
    value = serializers.FloatField(allow_null=True)
    lowest = serializers.IntegerField(allow_null=True)
    highest = serializers.IntegerField(allow_null=True)
    notes = serializers.IntegerField(source="note_count")


class DecisionOut(serializers.Serializer):
    id = serializers.CharField(source="row.id")
    title = serializers.CharField(source="row.title")
    column = serializers.ChoiceField(source="row.column", choices=Column.choices)
    reason = serializers.CharField(source="row.reason")
    score = serializers.FloatField(source="row.score", allow_null=True)
    effort = serializers.IntegerField(source="row.effort")
    people = serializers.IntegerField()
    rank = serializers.IntegerField(source="place")
    factors = SpreadOut(source="total.parts", many=True)
    ideas = RoadmapIdea(many=True)


class WeightOut(serializers.Serializer):
    key = serializers.ChoiceField(choices=FactorKey.choices)
    weight = serializers.IntegerField()


class MinutesOut(QuarterOut):
    foreword = serializers.CharField(read_only=True)
    factors = serializers.SerializerMethodField()
    decisions = serializers.SerializerMethodField()

    class Meta(QuarterOut.Meta):
        fields = [*QuarterOut.Meta.fields, "foreword", "factors", "decisions"]

    @extend_schema_field(WeightOut(many=True))
    def get_factors(self, quarter: Quarter) -> list[dict]:
        return quarter.snapshot["factors"]

    @extend_schema_field(DecisionOut(many=True))
    def get_decisions(self, quarter: Quarter) -> list[dict]:
        minutes: Minutes = self.context["minutes"]
        verdicts: list[Verdict] = [
            *minutes.retained, *minutes.next, *minutes.later, *minutes.not_retained, *minutes.left,
        ]  # fmt: skip
        return DecisionOut(verdicts, many=True).data


class RoadmapView(GenericAPIView):
    """What is being built, in which order, and from which ideas."""

    permission_classes = [AllowAny]
    serializer_class = RoadmapOut
    pagination_class = None

    @extend_schema(operation_id="roadmap", responses=RoadmapOut)
    def get(self, request):
        return Response(RoadmapOut(roadmap()).data)


@extend_schema_view(get=extend_schema(operation_id="quarters"))
class QuarterList(ListAPIView):
    """The published quarters, newest first."""

    permission_classes = [AllowAny]
    serializer_class = QuarterOut

    def get_queryset(self):
        return Quarter.objects.published()


class QuarterMinutes(GenericAPIView):
    """The minutes of one published quarter, from what was frozen."""

    permission_classes = [AllowAny]
    serializer_class = MinutesOut
    pagination_class = None

    @extend_schema(operation_id="quarter", responses=MinutesOut)
    def get(self, request, code: str):
        quarter = Quarter.objects.published().filter(code=code).first()
        require(quarter is not None, NotFound())
        return Response(MinutesOut(quarter, context={"minutes": minutes_of(quarter)}).data)


class TakeInput(DeskTelling):
    item = serializers.CharField(
        max_length=12,
        required=False,
        allow_blank=True,
        default="",
        help_text="A subject to join; empty makes a new one.",
    )
    effort = serializers.IntegerField(min_value=1, max_value=EFFORT_MAX, required=False, default=5)


class DeskBoardView(DeskView):
    @extend_schema(operation_id="desk_idea_board", request=TakeInput, responses=DeskDoneSerializer)
    def post(self, request, public_id):
        """Take the idea before the board: as a new subject, or as evidence of one that is there."""
        values = self.asked(TakeInput)
        item = self.found(BoardItem.objects.all(), values["item"]) if values["item"] else None
        with self.as_seen(public_id, values) as idea:
            people = told(idea, values, request.user)
            deed = take_to_board(
                idea,
                by=request.user,
                reason=values["reason"],
                item=item,
                effort=values["effort"],
                silent=values["silent"],
            )
        return self.deed_done(idea, deed, people)


class DeskAskView(DeskPoll):
    @extend_schema(operation_id="desk_subject_poll", request=None, responses={201: DeskPollSerializer})
    def post(self, request, public_id):
        """Ask members about a subject: a draft poll with its title and its public ideas as options; again, the same draft."""
        item = self.found(BoardItem.objects.all(), public_id)
        return self.whole(ask_members(item, by=request.user).public_id, 201)
