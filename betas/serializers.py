"""Beta programmes as JSON."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.reverse import reverse

from ideas.states import State as IdeaState

from .states import Enrolled, Kind, Outcome, Review, Severity, State


class BetaCardSerializer(serializers.Serializer):
    """A programme in a list."""

    id = serializers.CharField(source="public_id")
    title = serializers.CharField()
    summary = serializers.CharField()
    platforms = serializers.CharField()
    state = serializers.ChoiceField(choices=State.choices)
    state_label = serializers.CharField(source="get_state_display")
    outcome = serializers.ChoiceField(choices=Outcome.choices, allow_blank=True)
    seats = serializers.IntegerField()
    seats_left = serializers.IntegerField()
    takes_applications = serializers.BooleanField()
    applications_until = serializers.DateField(allow_null=True)
    starts_on = serializers.DateField(allow_null=True)
    ends_on = serializers.DateField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)
    interested_count = serializers.IntegerField()
    mission_count = serializers.IntegerField()
    my_state = serializers.ChoiceField(choices=Enrolled.choices, allow_blank=True)
    url = serializers.SerializerMethodField()

    def get_url(self, programme) -> str:
        return self.context["request"].build_absolute_uri(programme.get_absolute_url())


class SourceIdeaSerializer(serializers.Serializer):
    id = serializers.CharField(source="public_id")
    title = serializers.CharField()
    state = serializers.ChoiceField(choices=IdeaState.choices)
    vote_count = serializers.IntegerField(source="vote_score")


class CharterSerializer(serializers.Serializer):
    version = serializers.IntegerField(source="charter_version")
    text = serializers.CharField(source="charter")


class EnrolmentSerializer(serializers.Serializer):
    """My place in a programme."""

    state = serializers.ChoiceField(choices=Enrolled.choices)
    state_label = serializers.CharField(source="get_state_display")
    must_sign = serializers.BooleanField(help_text="Accepted: PUT again with `charter_version` to take the seat.")
    applied_at = serializers.DateTimeField()
    motivation = serializers.CharField()
    device = serializers.CharField()
    note = serializers.CharField(help_text="The bank's word to the candidate.")
    agreed_version = serializers.IntegerField(allow_null=True)
    agreed_at = serializers.DateTimeField(allow_null=True)


class CannotApplySerializer(serializers.Serializer):
    code = serializers.CharField()
    detail = serializers.CharField()
    rule = serializers.CharField(
        allow_blank=True, help_text="With `not_eligible`: kind, prospect, segment, age or staff."
    )


class BetaSerializer(BetaCardSerializer):
    """A programme as the caller sees it; needs `seen` in the context."""

    intro = serializers.CharField(help_text="Markdown.")
    audience = serializers.ListField(source="audience_points", child=serializers.CharField())
    focus_title = serializers.CharField()
    focus = serializers.CharField()
    decision_on = serializers.DateField(allow_null=True)
    what_changed = serializers.CharField(help_text="What the testers changed; once it is closed.")
    charter = CharterSerializer(source="*")
    ideas = SourceIdeaSerializer(source="source_ideas", many=True)
    can_apply = serializers.SerializerMethodField()
    cannot_apply = serializers.SerializerMethodField()
    my_enrolment = serializers.SerializerMethodField()
    waiting_before_me = serializers.SerializerMethodField()
    interested = serializers.SerializerMethodField()
    feature_flag = serializers.SerializerMethodField()

    @property
    def seen(self):
        return self.context["seen"]

    def get_can_apply(self, _programme) -> bool:
        return self.seen.chance.can_apply

    @extend_schema_field(CannotApplySerializer(allow_null=True))
    def get_cannot_apply(self, _programme):
        refusal = self.seen.chance.refusal
        if not refusal:
            return None
        return {"code": refusal.code, "detail": str(refusal), "rule": refusal.extra.get("rule", "")}

    @extend_schema_field(EnrolmentSerializer(allow_null=True))
    def get_my_enrolment(self, _programme):
        return EnrolmentSerializer(self.seen.enrolment).data if self.seen.enrolment else None

    def get_waiting_before_me(self, _programme) -> int | None:
        return self.seen.waiting_before

    def get_interested(self, _programme) -> bool:
        return self.seen.is_interested

    def get_feature_flag(self, _programme) -> str | None:
        return self.seen.feature_flag or None


class EnrolmentInput(serializers.Serializer):
    """Apply, and sign the charter once accepted. Sending the same again changes nothing."""

    motivation = serializers.CharField(required=False, allow_blank=True, max_length=600)
    device = serializers.CharField(required=False, allow_blank=True, max_length=60)
    charter_version = serializers.IntegerField(required=False, help_text="The version read, to sign it.")


class InterestSerializer(serializers.Serializer):
    interested = serializers.BooleanField()


class StepsInput(serializers.Serializer):
    steps = serializers.ListField(
        child=serializers.IntegerField(min_value=0), max_length=20, help_text="Numbers of the steps done, from 0."
    )


class MissionSerializer(serializers.Serializer):
    id = serializers.CharField(source="public_id")
    title = serializers.CharField()
    brief = serializers.CharField()
    duration = serializers.CharField()
    steps = serializers.ListField(source="step_list", child=serializers.CharField())
    steps_done = serializers.ListField(source="ticked", child=serializers.IntegerField())
    done_at = serializers.DateTimeField(allow_null=True)


class FindingInput(serializers.Serializer):
    """JSON, or multipart with `screenshots` up to four times."""

    kind = serializers.ChoiceField(choices=Kind.choices, default=Kind.ISSUE)
    severity = serializers.ChoiceField(choices=Severity.choices, required=False, allow_blank=True)
    title = serializers.CharField(max_length=120)
    body = serializers.CharField(max_length=5_000)
    mission = serializers.CharField(required=False, allow_blank=True, max_length=20, help_text="Id of the mission.")
    device = serializers.CharField(required=False, allow_blank=True, max_length=60)
    app_version = serializers.CharField(required=False, allow_blank=True, max_length=30)
    # Files, not pictures: the verb decodes them and says what is wrong.
    screenshots = serializers.ListField(child=serializers.FileField(), required=False)


class DetailsInput(serializers.Serializer):
    details = serializers.CharField(max_length=4_990)


class ScreenshotSerializer(serializers.Serializer):
    id = serializers.CharField(source="public_id")
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    url = serializers.SerializerMethodField()

    def get_url(self, image) -> str:
        """Asks for the caller's session, as every address here."""
        args = [self.context["programme"].public_id, self.context["finding"].public_id, image.public_id]
        return reverse("api_beta_screenshot", args=args, request=self.context["request"])


class FindingSerializer(serializers.Serializer):
    id = serializers.CharField(source="public_id")
    kind = serializers.ChoiceField(choices=Kind.choices)
    severity = serializers.ChoiceField(choices=Severity.choices, allow_blank=True)
    title = serializers.CharField()
    body = serializers.CharField()
    details = serializers.CharField()
    mission = serializers.SerializerMethodField()
    device = serializers.CharField()
    app_version = serializers.CharField()
    state = serializers.ChoiceField(choices=Review.choices)
    state_label = serializers.CharField(source="get_state_display")
    state_since = serializers.DateTimeField()
    reply = serializers.CharField()
    reply_signature = serializers.CharField()
    screenshots = serializers.SerializerMethodField()
    created_at = serializers.DateTimeField()

    def get_mission(self, finding) -> str | None:
        return finding.mission.public_id if finding.mission else None

    @extend_schema_field(ScreenshotSerializer(many=True))
    def get_screenshots(self, finding):
        context = self.context | {"finding": finding}
        return ScreenshotSerializer(finding.images.all(), many=True, context=context).data
