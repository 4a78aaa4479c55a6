"""Complaints as JSON: to the person what is theirs, to staff the file."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from .models import MEDIATOR_MAX, TEXT_MAX, Complaint
from .reading import hands_of
from .states import Clock, Outcome, State


class HandSerializer(serializers.Serializer):
    name = serializers.ChoiceField(choices=Clock.choices)
    day = serializers.DateField(help_text="The last day, in France.")
    level = serializers.CharField(help_text="late, soon, kept, missed, or nothing.")
    words = serializers.CharField()


class MyComplaintSerializer(serializers.ModelSerializer):
    id = serializers.CharField(source="public_id", read_only=True)
    state = serializers.ChoiceField(choices=State.choices)
    outcome = serializers.ChoiceField(choices=Outcome.choices, allow_blank=True)
    state_label = serializers.CharField(source="get_state_display", read_only=True)
    idea = serializers.CharField(source="idea.public_id", read_only=True)
    clocks = serializers.SerializerMethodField()
    url = serializers.CharField(source="get_absolute_url", read_only=True)

    class Meta:
        model = Complaint
        fields = [
            "id", "reference", "state", "state_label", "idea", "received_at", "acknowledge_by", "answer_by", "clocks",
            "acknowledged_at", "acknowledgement", "answered_at", "outcome", "answer", "mediator", "url",
        ]  # fmt: skip

    @extend_schema_field(HandSerializer(many=True))
    def get_clocks(self, complaint):
        return HandSerializer(hands_of(complaint), many=True).data


class ComplaintSerializer(MyComplaintSerializer):
    """For staff: who handles it, and why it was made one."""

    comment = serializers.CharField(source="comment.public_id", read_only=True, default=None, allow_null=True)
    owner = serializers.CharField(source="owner.nickname", read_only=True, default=None, allow_null=True)

    class Meta:
        model = Complaint
        fields = [
            *MyComplaintSerializer.Meta.fields,
            "comment",
            "owner",
            "reason",
            "is_hidden",
            "opened_at",
            "closed_at",
        ]


class OpenInput(serializers.Serializer):
    idea = serializers.CharField(max_length=12, required=False, help_text="The idea; or `comment`.")
    comment = serializers.CharField(max_length=12, required=False)
    reason = serializers.CharField(max_length=TEXT_MAX)
    hide = serializers.BooleanField(required=False, default=False)
    statement = serializers.CharField(max_length=2_000, required=False, default="", allow_blank=True)


class AcknowledgeInput(serializers.Serializer):
    text = serializers.CharField(max_length=TEXT_MAX)


class AnswerInput(AcknowledgeInput):
    outcome = serializers.ChoiceField(choices=Outcome.choices)
    mediator = serializers.CharField(
        max_length=MEDIATOR_MAX, required=False, allow_blank=True, help_text="The house’s where it is left out."
    )
