"""Reports, statements and appeals as JSON."""

from rest_framework import serializers

from core.words import instant

from .models import Appeal, Report, Statement
from .reading import can_contest
from .signing import api_path_of, path_of
from .states import TEXT_MAX, TEXT_MIN, Kind, Reason


class ReportInput(serializers.Serializer):
    url = serializers.CharField(
        max_length=500, help_text="Where the content is: an idea, a comment (#comment-…), a picture, a member."
    )
    reason = serializers.ChoiceField(choices=Reason.choices)
    explanation = serializers.CharField(min_length=TEXT_MIN, max_length=TEXT_MAX)
    name = serializers.CharField(
        max_length=120, required=False, allow_blank=True, help_text="Without an account; not for `child`."
    )
    email = serializers.EmailField(required=False, allow_blank=True, help_text="Without an account; not for `child`.")
    good_faith = serializers.BooleanField(help_text="What I say is true as far as I know: must be true.")


class ReportReceiptSerializer(serializers.ModelSerializer):
    """The receipt. `follow_url` is signed: it shows the decision without an account; `api_url` is the same as JSON."""

    id = serializers.CharField(source="public_id", read_only=True)
    follow_url = serializers.SerializerMethodField()
    api_url = serializers.SerializerMethodField()

    class Meta:
        model = Report
        fields = ["id", "reason", "state", "created_at", "follow_url", "api_url"]

    def get_follow_url(self, report) -> str:
        return path_of(report)

    def get_api_url(self, report) -> str:
        return api_path_of(report)


class AppealSerializer(serializers.ModelSerializer):
    id = serializers.CharField(source="public_id", read_only=True)

    class Meta:
        model = Appeal
        fields = ["id", "text", "outcome", "answer", "created_at", "decided_at"]


class AppealInput(serializers.Serializer):
    text = serializers.CharField(min_length=TEXT_MIN, max_length=TEXT_MAX)


class StatementSerializer(serializers.ModelSerializer):
    """A statement of reasons. `appeal_until` is the last moment to contest it; null where there is nothing to contest."""

    id = serializers.CharField(source="public_id", read_only=True)
    measure_label = serializers.CharField(source="get_measure_display", read_only=True)
    automation_label = serializers.CharField(source="get_automation_display", read_only=True)
    appeal_until = serializers.SerializerMethodField()
    appeal = serializers.SerializerMethodField()

    class Meta:
        model = Statement
        fields = [
            "id", "kind", "title", "measure", "measure_label", "ground", "rule", "facts", "automation", "automation_label",
            "until", "at", "appeal_until", "appeal",
        ]  # fmt: skip

    def get_appeal_until(self, statement) -> str | None:
        return instant(statement.appeal_until) if statement.restricts else None

    def get_appeal(self, statement) -> AppealSerializer(allow_null=True):
        appeal = getattr(statement, "appeal", None)
        return AppealSerializer(appeal).data if appeal else None


class FollowedReportSerializer(serializers.ModelSerializer):
    """One's report, by its signed address: where it stands, the reasons of the decision, what one answered to them."""

    id = serializers.CharField(source="public_id", read_only=True)
    kind = serializers.ChoiceField(choices=Kind.choices, source="case.kind", read_only=True)
    reason_label = serializers.CharField(source="get_reason_display", read_only=True)
    state_label = serializers.CharField(source="get_state_display", read_only=True)
    can_contest = serializers.SerializerMethodField()
    appeal = serializers.SerializerMethodField()

    class Meta:
        model = Report
        fields = [
            "id", "kind", "reason", "reason_label", "state", "state_label", "answer", "created_at", "decided_at",
            "can_contest", "appeal",
        ]  # fmt: skip

    def get_can_contest(self, report) -> bool:
        return can_contest(report)

    def get_appeal(self, report) -> AppealSerializer(allow_null=True):
        appeal = getattr(report, "appeal", None)
        return AppealSerializer(appeal).data if appeal else None
