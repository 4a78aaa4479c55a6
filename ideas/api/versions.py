"""What an idea said before, and taking one's own back: for the mobile app."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.api.pagination import CursorPages
from core.errors import NotSignedIn

from ..comparing import as_only_version, versions_shown
from ..domain.withdrawing import REASON_MAX, withdraw_idea
from ..models import Idea, IdeaVersion
from ..serializers import CategoryName, IdeaSerializer
from .ideas import IdeaView


class VersionSerializer(serializers.ModelSerializer):
    category = CategoryName(read_only=True)
    picture_descriptions = serializers.ListField(source="alts", child=serializers.CharField(), read_only=True)

    hidden_at = serializers.DateTimeField(
        read_only=True, help_text="When moderators hid it: then its author and staff alone find it here."
    )

    class Meta:
        model = IdeaVersion
        fields = ["number", "title", "body", "category", "picture_descriptions", "language", "at", "hidden_at"]


class WithdrawalInput(serializers.Serializer):
    reason = serializers.CharField(max_length=REASON_MAX, required=False, allow_blank=True, help_text="Public.")


class VersionsView(IdeaView):
    pagination_class = CursorPages

    @extend_schema(operation_id="ideas_versions_list", responses=VersionSerializer(many=True))
    def get(self, request, public_id):
        """Its texts, the newest first. An idea never changed has one. A text that was hidden is not among them."""
        idea = self.idea(public_id)
        rows = versions_shown(idea, request.user).order_by("-number")
        if not idea.edited_at:
            return Response(
                {"next": None, "previous": None, "results": [VersionSerializer(as_only_version(idea)).data]}
            )
        return self.page(rows, VersionSerializer)


class WithdrawalView(IdeaView):
    @extend_schema(operation_id="ideas_withdraw", request=WithdrawalInput, responses=IdeaSerializer)
    def put(self, request, public_id):
        """Take one's idea back, for good, while the bank has decided nothing; again changes nothing."""
        if not request.user.is_authenticated:
            raise NotSignedIn()
        asked = WithdrawalInput(data=request.data)
        asked.is_valid(raise_exception=True)
        idea: Idea = self.idea(public_id)
        withdraw_idea(idea, reason=asked.validated_data.get("reason", ""), by=request.user)
        return self.whole(idea.public_id)
