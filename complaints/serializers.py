"""Complaints as JSON: to the person what is theirs, to staff the file."""

from datetime import date

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.grounds import RULE_MAX, Ground

from .domain.retention import kept_until
from .domain.undoing import seconds_left
from .models import MEDIATOR_MAX, TEXT_MAX, Complaint
from .permissions import can_see_place
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
    idea = serializers.SerializerMethodField(
        help_text="Where the text stands; null where it comes from a poll, and where that is no longer the caller’s to read."
    )
    poll = serializers.SerializerMethodField(help_text="The same of a poll.")
    clocks = serializers.SerializerMethodField()
    kept_until = serializers.SerializerMethodField(help_text="The day on which the file goes; null while it is open.")
    url = serializers.CharField(source="get_absolute_url", read_only=True)

    class Meta:
        model = Complaint
        fields = [
            "id", "reference", "state", "state_label", "idea", "poll", "received_at", "acknowledge_by", "answer_by", "clocks",
            "acknowledged_at", "acknowledgement", "answered_at", "outcome", "answer", "mediator",
            "turned_back_at", "turned_back_reason", "kept_until", "url",
        ]  # fmt: skip

    def get_idea(self, complaint) -> str | None:
        return self._place(complaint) if complaint.idea else None

    def get_poll(self, complaint) -> str | None:
        return self._place(complaint) if complaint.remark else None

    def _place(self, complaint) -> str | None:
        return complaint.place.public_id if can_see_place(self.context["reader"], complaint.place) else None

    @extend_schema_field(HandSerializer(many=True))
    def get_clocks(self, complaint):
        return HandSerializer(hands_of(complaint), many=True).data

    def get_kept_until(self, complaint) -> date | None:
        return kept_until(complaint)


class ComplaintSerializer(MyComplaintSerializer):
    """For staff: who handles it, and why it was made one."""

    idea = serializers.CharField(source="idea.public_id", read_only=True, default=None, allow_null=True)
    poll = serializers.CharField(source="remark.poll.public_id", read_only=True, default=None, allow_null=True)
    comment = serializers.CharField(source="comment.public_id", read_only=True, default=None, allow_null=True)
    remark = serializers.CharField(
        source="remark.public_id", read_only=True, default=None, allow_null=True, help_text="A comment under a poll."
    )
    owner = serializers.CharField(source="owner.nickname", read_only=True, default=None, allow_null=True)
    undo_seconds = serializers.SerializerMethodField(
        help_text="For how long the caller, who opened it, can take it back: POST to its undo/."
    )

    class Meta:
        model = Complaint
        fields = [
            *MyComplaintSerializer.Meta.fields,
            "comment",
            "remark",
            "owner",
            "reason",
            "is_hidden",
            "opened_at",
            "closed_at",
            "undo_seconds",
        ]

    def get_undo_seconds(self, complaint) -> int:
        return seconds_left(complaint, self.context["reader"])


class OpenInput(serializers.Serializer):
    idea = serializers.CharField(max_length=12, required=False, help_text="The idea; or `comment`, or `remark`.")
    comment = serializers.CharField(max_length=12, required=False, help_text="A comment under an idea.")
    remark = serializers.CharField(max_length=12, required=False, help_text="A comment under a poll.")
    reason = serializers.CharField(max_length=TEXT_MAX)
    hide = serializers.BooleanField(required=False, default=False)
    statement = serializers.CharField(max_length=2_000, required=False, default="", allow_blank=True)
    ground = serializers.ChoiceField(
        choices=Ground.choices, required=False, default=Ground.CHARTER, help_text="On what hiding it rests."
    )
    rule = serializers.CharField(
        max_length=RULE_MAX, required=False, default="", allow_blank=True,
        help_text="The article of the charter, or of the law.",
    )  # fmt: skip


class AcknowledgeInput(serializers.Serializer):
    text = serializers.CharField(max_length=TEXT_MAX)


class TurnBackInput(serializers.Serializer):
    reason = serializers.CharField(max_length=TEXT_MAX, help_text="Read by the person and by colleagues.")
    show = serializers.BooleanField(required=False, default=False, help_text="Show a hidden text to everyone again.")


class AnswerInput(AcknowledgeInput):
    outcome = serializers.ChoiceField(choices=Outcome.choices)
    mediator = serializers.CharField(
        max_length=MEDIATOR_MAX, required=False, allow_blank=True, help_text="The house’s where it is left out."
    )
