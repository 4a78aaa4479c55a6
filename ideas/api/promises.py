"""The promise's settings, its report and urgent ideas through the API, for staff."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.views import APIView

from core.errors import Invalid, NotFound, NotSignedIn, require
from members.models import Member

from ..desk_serializers import DeskSeen, DeskUndoSerializer
from ..domain.alerting_staff import raised_hear
from ..domain.promise_report import report
from ..domain.promising import FIGURES, set_promise
from ..domain.urgency import add_urgent_word, lift_urgency, raise_urgency, remove_urgent_word
from ..models import REASON_MAX, Category, UrgentWord
from ..permissions import can_open_desk
from ..spans import SPANS, span_of
from .desk_view import DeskView as MoveView
from .desk_view import undoing


class TallySerializer(serializers.Serializer):
    label = serializers.CharField()
    kept = serializers.IntegerField()
    late = serializers.IntegerField(help_text="Answered after the day.")
    owed = serializers.IntegerField(help_text="The day has passed and there is no answer.")
    decided = serializers.IntegerField(help_text="Left the queue with a public reason and without a letter.")
    share = serializers.IntegerField(allow_null=True, help_text="Kept, in % of kept and missed.")


class PromiseReportSerializer(serializers.Serializer):
    whole = TallySerializer()
    months = TallySerializer(many=True)
    themes = TallySerializer(many=True)
    owners = TallySerializer(many=True)


class PromiseRuleSerializer(serializers.ModelSerializer):
    """A theme's own figures; null is the house's. `promise` is what is in force."""

    manager = serializers.CharField(source="manager.public_id", default=None, allow_null=True, read_only=True)
    in_force = serializers.SerializerMethodField()

    class Meta:
        model = Category
        fields = ["slug", *FIGURES, "manager", "in_force"]

    def get_in_force(self, category) -> dict[str, int]:
        return category.promise._asdict()


class PromiseRuleInput(serializers.Serializer):
    promise_votes = serializers.IntegerField(required=False, allow_null=True)
    promise_days = serializers.IntegerField(required=False, allow_null=True)
    owner_percent = serializers.IntegerField(required=False, allow_null=True)
    manager_percent = serializers.IntegerField(required=False, allow_null=True)
    manager = serializers.CharField(required=False, allow_null=True, max_length=12, help_text="A colleague's id.")


class UrgentWordSerializer(serializers.ModelSerializer):
    id = serializers.CharField(source="public_id", read_only=True)

    class Meta:
        model = UrgentWord
        fields = ["id", "text", "language"]
        validators = []  # the verb says that a word is listed


class UrgencyInput(DeskSeen):
    reason = serializers.CharField(max_length=REASON_MAX, help_text="Read by colleagues alone.")


class RaiseInput(UrgencyInput):
    silent = serializers.BooleanField(required=False, default=False, help_text="Tell nobody.")


class UrgencySerializer(serializers.Serializer):
    urgent = serializers.BooleanField()
    told = serializers.IntegerField(help_text="How many colleagues hear of it.")
    reason = serializers.CharField()
    undo = DeskUndoSerializer()


class DeskView(APIView):
    """Reads are for who opens the desk; verbs say themselves who may."""

    permission_classes = [AllowAny]

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        require(request.user.is_authenticated, NotSignedIn())
        require(can_open_desk(request.user))

    def asked(self, serializer):
        said = serializer(data=self.request.data)
        said.is_valid(raise_exception=True)
        return said.validated_data


class PromisesView(DeskView):
    @extend_schema(
        operation_id="desk_promises",
        parameters=[OpenApiParameter("months", int, enum=list(SPANS), description="How far back; 6 unless said.")],
        responses=PromiseReportSerializer,
    )
    def get(self, request):
        """Promises kept and missed, by month, theme and person in charge."""
        _months, since, today = span_of(request.query_params)
        return Response(PromiseReportSerializer(report(since, today)).data)


class PromiseRuleView(DeskView):
    def theme(self, slug: str) -> Category:
        theme = Category.objects.select_related("manager").filter(slug=slug).first()
        require(theme is not None, NotFound())
        return theme

    @extend_schema(operation_id="desk_promise_rule_read", responses=PromiseRuleSerializer)
    def get(self, request, slug):
        """What a theme promises."""
        return Response(PromiseRuleSerializer(self.theme(slug)).data)

    @extend_schema(operation_id="desk_promise_rule_set", request=PromiseRuleInput, responses=PromiseRuleSerializer)
    def put(self, request, slug):
        """Set all four figures and the manager; what is left out is the house's, or nobody. For clocks that start later."""
        theme, said = self.theme(slug), self.asked(PromiseRuleInput)
        manager = None
        if key := said.pop("manager", None):
            manager = Member.objects.filter(public_id=key).first()
            require(
                manager is not None,
                Invalid(_("Choose a colleague who may answer."), code="cannot_answer", field="manager"),
            )
        set_promise(theme, manager=manager, by=request.user, **said)
        return Response(PromiseRuleSerializer(self.theme(slug)).data)


class UrgentWordsView(DeskView):
    @extend_schema(operation_id="desk_urgent_words", responses=UrgentWordSerializer(many=True))
    def get(self, request):
        """The words that make an idea urgent: a short list, whole."""
        return Response(UrgentWordSerializer(UrgentWord.objects.all(), many=True).data)

    @extend_schema(
        operation_id="desk_urgent_word_add", request=UrgentWordSerializer, responses={201: UrgentWordSerializer}
    )
    def post(self, request):
        """Put one on the list."""
        word = add_urgent_word(**self.asked(UrgentWordSerializer), by=request.user)
        return Response(UrgentWordSerializer(word).data, status=status.HTTP_201_CREATED)


class UrgentWordView(DeskView):
    @extend_schema(operation_id="desk_urgent_word_remove", responses={204: None})
    def delete(self, request, public_id):
        """Take it off the list."""
        remove_urgent_word(public_id, by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


class UrgencyView(MoveView):
    @extend_schema(operation_id="desk_idea_raise", request=RaiseInput, responses=UrgencySerializer)
    def put(self, request, public_id):
        """Put an idea first."""
        values = self.asked(RaiseInput)
        with self.as_seen(public_id, values) as idea:
            people = 0 if values["silent"] else raised_hear([idea], by=request.user).people
            urgency = raise_urgency(idea, reason=values["reason"], by=request.user, silent=values["silent"])
        undo = undoing("urgent", urgency.public_id)
        return Response(
            UrgencySerializer({"urgent": True, "told": people, "reason": urgency.reason, "undo": undo}).data
        )

    @extend_schema(operation_id="desk_idea_calm", request=UrgencyInput, responses={200: UrgencySerializer})
    def delete(self, request, public_id):
        """Put it back in line."""
        values = self.asked(UrgencyInput)
        with self.as_seen(public_id, values) as idea:
            urgency = lift_urgency(idea, reason=values["reason"], by=request.user)
        undo = undoing("calm", urgency.public_id)
        return Response(
            UrgencySerializer({"urgent": False, "told": 0, "reason": urgency.lift_reason, "undo": undo}).data
        )
