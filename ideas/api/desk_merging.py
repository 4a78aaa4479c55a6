"""What merging many ideas into one would make, for staff's own tools: read before `POST desk/bulk/` with the move `merge`."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.errors import Invalid, require

from ..desk_serializers import DeskPairIdeaSerializer
from ..domain.merging_many import preview_merges
from ..models import BULK_MAX, Idea
from ..permissions import can_triage
from .desk import ChosenView, PickSerializer

LISTED = 200


class MergePreviewInput(serializers.Serializer):
    """`ideas`, or a `choice` of the queue for all that it holds; the one that stays may be among them."""

    into = serializers.CharField(max_length=12, help_text="The id of the idea that would stay.")
    ideas = PickSerializer(many=True, required=False)
    choice = serializers.DictField(child=serializers.CharField(max_length=100, allow_blank=True), required=False)


class NotMergedSerializer(serializers.Serializer):
    idea = DeskPairIdeaSerializer()
    code = serializers.CharField()
    why = serializers.CharField()


class MergesPreviewSerializer(serializers.Serializer):
    into = DeskPairIdeaSerializer(source="canonical")
    merged_count = serializers.IntegerField()
    merged = DeskPairIdeaSerializer(many=True, help_text=f"{LISTED} at most; `merged_count` says how many.")
    refused_count = serializers.IntegerField()
    refused = NotMergedSerializer(many=True, help_text=f"{LISTED} at most; these would stay as they are.")
    together = serializers.IntegerField(help_text="People who support it afterwards, each counted once.")
    told = serializers.IntegerField(source="audience.people", help_text="Different people who would hear of it.")
    notices = serializers.IntegerField(source="audience.notices", help_text="What they would be told, together.")
    due_at = serializers.DateTimeField(
        allow_null=True,
        help_text="By when the idea that stays is then owed an answer; the earliest of their clocks runs on.",
    )


class MergePreviewView(ChosenView):
    @extend_schema(
        operation_id="desk_bulk_merge_preview", request=MergePreviewInput, responses={200: MergesPreviewSerializer}
    )
    def post(self, request):
        """Who would count after merging these ideas, and who would hear of it. Nothing is merged."""
        require(can_triage(request.user))
        said = MergePreviewInput(data=request.data)
        said.is_valid(raise_exception=True)
        values = said.validated_data
        canonical = Idea.objects.visible_to(request.user).filter(public_id=values["into"].replace("\x00", "")).first()
        if canonical is None:
            raise Invalid(_("We cannot find the idea that would stay."), code="unknown_idea", field="into")
        rows, _seen = self.chosen(values)
        preview = preview_merges(rows[:BULK_MAX], canonical, by=request.user)
        refused = [{"idea": row, "code": why.code, "why": str(why)} for row, why in preview.refused[:LISTED]]
        shown = {
            "canonical": canonical, "merged_count": len(preview.going), "merged": preview.going[:LISTED],
            "refused_count": len(preview.refused), "refused": refused, "together": preview.together,
            "audience": preview.audience, "due_at": preview.due_at,
        }  # fmt: skip
        return Response(MergesPreviewSerializer(shown).data)
