"""Suspensions and hold rules for staff's own tools."""

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.response import Response

from core.api.desk import StaffView
from members.models import Member

from .. import desk_serializers as shapes
from ..casework import history_of
from ..domain.banning import ban, lift_ban
from ..domain.ruling import keep_rule
from ..models import HoldRule
from ..permissions import can_open_queue, can_set_rules


class MemberBase(StaffView):
    opens = staticmethod(can_open_queue)

    def member(self, public_id: str) -> Member:
        return self.found(Member.objects.living(), public_id)

    def file(self, public_id: str) -> Response:
        member = self.member(public_id)
        history = history_of(member)
        until = history["suspended_until"]
        shown = history | {
            "member": member, "is_suspended": until is not None,
            "suspended_until": None if history["is_for_good"] else until,
        }  # fmt: skip
        return Response(shapes.FileSerializer(shown).data)


class MemberFileView(MemberBase):
    @extend_schema(operation_id="desk_members_file", responses=shapes.FileSerializer)
    def get(self, request, public_id):
        """What was decided of a member: statements, strikes, suspensions."""
        return self.file(public_id)


class BanView(MemberBase):
    @extend_schema(operation_id="desk_members_ban", request=shapes.BanInput, responses={200: shapes.FileSerializer})
    def post(self, request, public_id):
        """Suspend taking part, for days or until it is lifted. The member reads why, and can appeal."""
        ban(self.member(public_id), **self.asked(shapes.BanInput), by=request.user)
        return self.file(public_id)


class LiftBanView(MemberBase):
    @extend_schema(
        operation_id="desk_members_lift_ban", request=shapes.ReasonInput, responses={200: shapes.FileSerializer}
    )
    def post(self, request, public_id):
        """End a suspension before its time."""
        lift_ban(self.member(public_id), **self.asked(shapes.ReasonInput), by=request.user)
        return self.file(public_id)


class HoldRulesView(StaffView):
    opens = staticmethod(can_set_rules)

    @extend_schema(operation_id="desk_hold_rules_list", responses=shapes.HoldRuleSerializer(many=True))
    def get(self, request):
        """The rules that hold a text until a person has read it, in force or not."""
        return self.page(HoldRule.objects.order_by("kind", "id"), shapes.HoldRuleSerializer)

    @extend_schema(
        operation_id="desk_hold_rules_create", request=shapes.HoldRuleSerializer,
        responses={201: shapes.HoldRuleSerializer},
    )  # fmt: skip
    def post(self, request):
        """Make a rule, named in both languages."""
        rule = keep_rule(**self.asked(shapes.HoldRuleSerializer), by=request.user)
        return Response(shapes.HoldRuleSerializer(rule).data, status=status.HTTP_201_CREATED)


class HoldRuleView(StaffView):
    opens = staticmethod(can_set_rules)

    @extend_schema(
        operation_id="desk_hold_rules_update", request=shapes.HoldRuleSerializer, responses=shapes.HoldRuleSerializer
    )
    def patch(self, request, public_id):
        """Change a rule, or put it out of force."""
        rule = self.found(HoldRule.objects, public_id)
        rule = keep_rule(rule, **self.asked(shapes.HoldRuleSerializer, partial=True), by=request.user)
        return Response(shapes.HoldRuleSerializer(rule).data)
