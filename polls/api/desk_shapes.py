"""Polls as staff's own tools read and write them. What is read can be sent as it is; every rule is a verb's."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from members.states import Kind, Segment

from ..domain.deciding import LONGEST
from ..models import Poll
from ..states import Drawing, Method, ResultsPolicy, State
from .shapes import PictureField, ReasonSerializer


class OptionInput(serializers.Serializer):
    """`id` for an option that is there already, which keeps its picture; `key` names it within this request for an “only if”."""

    id = serializers.CharField(max_length=20, required=False, allow_blank=True)
    key = serializers.CharField(max_length=20, required=False, allow_blank=True)
    text = serializers.CharField(allow_blank=True)
    description = serializers.CharField(required=False, allow_blank=True)
    drawing = serializers.ChoiceField(choices=Drawing.choices, required=False, allow_blank=True)
    is_other = serializers.BooleanField(required=False)
    drop_image = serializers.BooleanField(required=False)


class QuestionInput(serializers.Serializer):
    """`id` for a question that is there already. `only_if` names options of earlier questions by `id` or `key`."""

    id = serializers.CharField(max_length=20, required=False, allow_blank=True)
    text = serializers.CharField(required=False, allow_blank=True)
    method = serializers.ChoiceField(choices=Method.choices, required=False)
    max_choices = serializers.IntegerField(min_value=2, max_value=100, required=False, allow_null=True)
    required = serializers.BooleanField(required=False)
    shuffled = serializers.BooleanField(required=False)
    ties = serializers.BooleanField(required=False)
    blanks = serializers.BooleanField(required=False)
    comments = serializers.BooleanField(required=False)
    only_if = serializers.ListField(child=serializers.CharField(max_length=20), max_length=50, required=False)
    image_alt = serializers.CharField(required=False, allow_blank=True)
    drop_image = serializers.BooleanField(required=False)
    options = OptionInput(many=True)


class PollInput(serializers.Serializer):
    """A poll, whole: questions and options that are not named are taken away. Pictures are put in one by one, after."""

    title = serializers.CharField()
    intro = serializers.CharField(required=False, allow_blank=True)
    questions = QuestionInput(many=True)
    kinds = serializers.ListField(child=serializers.ChoiceField(choices=Kind.choices), required=False)
    segments = serializers.ListField(child=serializers.ChoiceField(choices=Segment.choices), required=False)
    circle = serializers.CharField(
        max_length=20, required=False, allow_null=True, help_text="A circle’s id; null: everybody."
    )
    min_account_days = serializers.IntegerField(min_value=0, max_value=3650, required=False)
    results_policy = serializers.ChoiceField(choices=ResultsPolicy.choices, required=False)
    confidential = serializers.BooleanField(required=False)
    sealed = serializers.BooleanField(required=False)
    consultation = serializers.BooleanField(required=False)
    opens_at = serializers.DateTimeField(required=False, allow_null=True)
    closes_at = serializers.DateTimeField(required=False, allow_null=True)


class CloseInput(serializers.Serializer):
    closes_at = serializers.DateTimeField()


class DecisionInput(serializers.Serializer):
    text = serializers.CharField(allow_blank=True, help_text=f"{LONGEST} characters at most; signed, and said once.")
    retained = serializers.CharField(
        max_length=20,
        required=False,
        allow_blank=True,
        help_text="The id of the option the bank goes with, if it is one.",
    )


class DeskOptionSerializer(serializers.Serializer):
    id = serializers.CharField(source="public_id")
    text = serializers.CharField()
    description = serializers.CharField(allow_blank=True)
    drawing = serializers.ChoiceField(choices=Drawing.choices, allow_blank=True)
    is_other = serializers.BooleanField()
    image = PictureField()


class DeskQuestionOfPollSerializer(serializers.Serializer):
    id = serializers.CharField(source="public_id")
    text = serializers.CharField(allow_blank=True)
    method = serializers.ChoiceField(choices=Method.choices)
    max_choices = serializers.IntegerField(allow_null=True)
    required = serializers.BooleanField()
    shuffled = serializers.BooleanField()
    ties = serializers.BooleanField()
    blanks = serializers.BooleanField()
    comments = serializers.BooleanField()
    only_if = serializers.ListField(source="conditions", child=serializers.CharField())
    image = PictureField()
    image_alt = serializers.CharField(allow_blank=True)
    options = serializers.SerializerMethodField()

    @extend_schema_field(DeskOptionSerializer(many=True))
    def get_options(self, question) -> list:
        return DeskOptionSerializer(question.options.all(), many=True, context=self.context).data


class DeskPollRowSerializer(serializers.ModelSerializer):
    id = serializers.CharField(source="public_id")
    state = serializers.ChoiceField(source="current_state", choices=State.choices)
    ballots = serializers.IntegerField(source="counted")

    class Meta:
        model = Poll
        fields = ["id", "title", "state", "opens_at", "closes_at", "audience_size", "ballots", "decided_at"]
        read_only_fields = fields


class DeskPollSerializer(DeskPollRowSerializer):
    """`faults` say what keeps a draft from opening."""

    kinds = serializers.ListField(child=serializers.ChoiceField(choices=Kind.choices))
    segments = serializers.ListField(child=serializers.ChoiceField(choices=Segment.choices))
    circle = serializers.CharField(source="circle.public_id", allow_null=True, default=None)
    questions = DeskQuestionOfPollSerializer(many=True)
    retained = serializers.CharField(
        source="retained.public_id", allow_null=True, default=None, help_text="The option the decision goes with."
    )
    faults = serializers.SerializerMethodField()

    class Meta(DeskPollRowSerializer.Meta):
        fields = [
            *DeskPollRowSerializer.Meta.fields, "intro", "results_policy", "confidential", "sealed", "consultation",
            "min_account_days", "kinds", "segments", "circle", "questions", "is_template", "decision", "retained", "faults",
        ]  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(ReasonSerializer(many=True))
    def get_faults(self, poll) -> list:
        return [{"code": code, "detail": str(sentence)} for code, sentence in self.context["faults"]]
