"""Circles for staff's own tools: making them, saying who is in them, closing them."""

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.response import Response

from core.api.desk import StaffView
from core.errors import NotFound, require

from .api import PersonSerializer
from .domain.circling import (
    MOST_AT_ONCE,
    change_circle,
    close_circle,
    invite_to_circle,
    make_circle,
    remove_from_circle,
)
from .models import Circle, CircleMember, Member
from .permissions import can_read_circles
from .states import REGIONS, AgeBand, CircleEntry, Kind, Segment


class RuleSerializer(serializers.Serializer):
    """Whose profile fits: within a field any value does, all named fields must."""

    kind = serializers.ListField(child=serializers.ChoiceField(choices=Kind.choices), required=False)
    segment = serializers.ListField(child=serializers.ChoiceField(choices=Segment.choices), required=False)
    age_band = serializers.ListField(child=serializers.ChoiceField(choices=AgeBand.choices), required=False)
    region = serializers.ListField(
        child=serializers.ChoiceField(choices=[(name, name) for name in REGIONS]), required=False
    )


class CircleTexts(serializers.Serializer):
    name_fr = serializers.CharField(max_length=60)
    name_en = serializers.CharField(max_length=60)
    description_fr = serializers.CharField(max_length=280, required=False, allow_blank=True)
    description_en = serializers.CharField(max_length=280, required=False, allow_blank=True)
    rule = RuleSerializer(required=False)
    bank_set_only = serializers.BooleanField(
        required=False, help_text="By rule: only what the bank has set of a profile counts. True unless told otherwise."
    )


class CircleInput(CircleTexts):
    entry = serializers.ChoiceField(choices=CircleEntry.choices, help_text="It cannot be changed afterwards.")


class DeskCircleSerializer(serializers.ModelSerializer):
    id = serializers.CharField(source="public_id", read_only=True)
    rule = serializers.SerializerMethodField()
    size = serializers.IntegerField(read_only=True, help_text="How many are in it.")
    invited = serializers.IntegerField(read_only=True, help_text="How many have not answered yet.")

    class Meta:
        model = Circle
        fields = [
            "id", "name_fr", "name_en", "description_fr", "description_en", "entry", "rule", "bank_set_only", "size",
            "invited", "created_at",
            "closed_at",
        ]  # fmt: skip

    @extend_schema_field(RuleSerializer)
    def get_rule(self, circle):
        return circle.rule


class CirclePersonSerializer(serializers.ModelSerializer):
    member = PersonSerializer(read_only=True)

    class Meta:
        model = CircleMember
        fields = ["member", "joining", "by_rule", "at"]


class InviteInput(serializers.Serializer):
    emails = serializers.ListField(
        child=serializers.CharField(max_length=254), max_length=MOST_AT_ONCE, help_text="Of members."
    )


class InvitedSerializer(serializers.Serializer):
    invited = serializers.IntegerField(help_text="How many were asked now; who was asked before is not asked again.")
    unknown = serializers.ListField(child=serializers.CharField(), help_text="Addresses that no member has.")


class CircleDeskView(StaffView):
    """Who reads the desk's circles reads these; the verbs take changes from who runs them alone."""

    opens = staticmethod(can_read_circles)

    def circle(self, public_id: str) -> Circle:
        return self.found(Circle.objects.with_size(), public_id)

    def whole(self, public_id: str, status_code: int = status.HTTP_200_OK) -> Response:
        return Response(DeskCircleSerializer(self.circle(public_id)).data, status=status_code)


class DeskCirclesView(CircleDeskView):
    @extend_schema(operation_id="desk_circles_list", responses=DeskCircleSerializer(many=True))
    def get(self, request):
        """All circles, the newest first."""
        return self.page(Circle.objects.with_size().order_by("-id"), DeskCircleSerializer)

    @extend_schema(operation_id="desk_circles_create", request=CircleInput, responses={201: DeskCircleSerializer})
    def post(self, request):
        """Make a circle, by invitation or by rule. By rule, whoever fits is in it at once."""
        circle = make_circle(**self.asked(CircleInput), by=request.user)
        return self.whole(circle.public_id, status.HTTP_201_CREATED)


class DeskCircleView(CircleDeskView):
    @extend_schema(operation_id="desk_circles_read", responses=DeskCircleSerializer)
    def get(self, request, public_id):
        """One circle, in both languages, with its rule."""
        return self.whole(public_id)

    @extend_schema(operation_id="desk_circles_update", request=CircleTexts, responses=DeskCircleSerializer)
    def patch(self, request, public_id):
        """Change names, descriptions or the rule; whoever no longer fits the rule is out of it at once."""
        change_circle(self.circle(public_id), **self.asked(CircleTexts, partial=True), by=request.user)
        return self.whole(public_id)


class DeskCircleClosingView(CircleDeskView):
    @extend_schema(operation_id="desk_circles_close", request=None, responses={200: DeskCircleSerializer})
    def post(self, request, public_id):
        """Nothing new comes into it; its people go on reading it. Again changes nothing."""
        close_circle(self.circle(public_id), by=request.user)
        return self.whole(public_id)


class DeskCirclePeopleView(CircleDeskView):
    @extend_schema(operation_id="desk_circles_people", responses=CirclePersonSerializer(many=True))
    def get(self, request, public_id):
        """Who is in it or was asked, the newest first."""
        rows = self.circle(public_id).memberships.present().with_member()
        return self.page(rows.order_by("-id"), CirclePersonSerializer)

    @extend_schema(operation_id="desk_circles_invite", request=InviteInput, responses={200: InvitedSerializer})
    def post(self, request, public_id):
        """Ask members in, by their e-mail."""
        emails = self.asked(InviteInput)["emails"]
        asked, unknown = invite_to_circle(self.circle(public_id), emails, by=request.user)
        return Response(InvitedSerializer({"invited": asked, "unknown": unknown}).data)


class DeskCirclePersonView(CircleDeskView):
    @extend_schema(operation_id="desk_circles_remove", request=None, responses={204: None})
    def delete(self, request, public_id, member_id):
        """Put someone out; only a new invitation takes them back. Again changes nothing."""
        member = Member.objects.filter(public_id=member_id.replace("\x00", "")).first()
        require(member is not None, NotFound())
        remove_from_circle(self.circle(public_id), member, by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)
