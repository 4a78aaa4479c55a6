"""One comment for staff's own tools: its earlier texts, and taking it out of sight or showing it again."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.api.desk import StaffView
from core.errors import NotFound, require

from ..desk_serializers import DeskUndoSerializer, DeskVisibilityInput
from ..domain.moderating import hide_comment, remove_comment, restore_comment
from ..models import Comment, CommentVersion
from ..permissions import can_read_versions
from ..states import Visibility
from .desk_view import because_of, undoing

VERBS = {Visibility.PUBLIC: restore_comment, Visibility.HIDDEN: hide_comment, Visibility.REMOVED: remove_comment}


class CommentVersionSerializer(serializers.ModelSerializer):
    until = serializers.DateTimeField(source="at", read_only=True, help_text="When it was changed or deleted.")

    class Meta:
        model = CommentVersion
        fields = ["body", "written_at", "until"]


class CommentSightSerializer(serializers.Serializer):
    id = serializers.CharField(source="public_id")
    idea = serializers.CharField(source="idea.public_id")
    visibility = serializers.ChoiceField(choices=Visibility.choices)
    undo = DeskUndoSerializer()


class DeskCommentView(StaffView):
    """Who moderates, and who checks what staff do."""

    opens = staticmethod(can_read_versions)

    def comment(self, key: str) -> Comment:
        comment = Comment.objects.select_related("idea").filter(public_id=key.replace("\x00", "")).first()
        require(comment is not None, NotFound())
        return comment


class DeskCommentVersionsView(DeskCommentView):
    @extend_schema(operation_id="desk_comments_versions", responses=CommentVersionSerializer(many=True))
    def get(self, request, key):
        """The texts that it had before, the newest first; that of a comment its author deleted too."""
        comment = self.comment(key)
        require(comment.visibility != Visibility.REMOVED, NotFound())
        return self.page(comment.versions.order_by("-at", "-id"), CommentVersionSerializer)


class DeskCommentSightView(DeskCommentView):
    @extend_schema(
        operation_id="desk_comments_show_or_hide", request=DeskVisibilityInput, responses=CommentSightSerializer
    )
    def put(self, request, key):
        """Hide, remove or show again, with the reason that its author reads: so an older verdict is taken back."""
        values = self.asked(DeskVisibilityInput)
        verb = VERBS[values["to"]]
        comment = verb(self.comment(key), reason=values["reason"], by=request.user, **because_of(values))
        comment.undo = undoing("comment", comment.public_id)
        return Response(CommentSightSerializer(comment).data)
