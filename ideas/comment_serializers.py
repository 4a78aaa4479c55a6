"""Comments as JSON."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.commenting import can_still_edit, editable_until
from members.api import PersonSerializer

from .models import COMMENT_MAX, COMMENT_MIN, Comment
from .states import Reaction, Trace
from .threads import body_html, reactions_of, trace_of


class CommentInput(serializers.Serializer):
    body = serializers.CharField(min_length=COMMENT_MIN, max_length=COMMENT_MAX)
    parent = serializers.CharField(max_length=12, required=False, allow_null=True, help_text="The comment replied to.")


class CommentChange(serializers.Serializer):
    body = serializers.CharField(min_length=COMMENT_MIN, max_length=COMMENT_MAX)


class NameSerializer(serializers.Serializer):
    """Somebody who can be named: write « @ » and the nickname."""

    id = serializers.CharField(source="public_id")
    nickname = serializers.CharField(source="display_name")


class MentionSerializer(serializers.Serializer):
    """`written`: the name as it stands in `body`; `nickname`: as it is now; `id` is null once the member has left."""

    id = serializers.CharField(allow_null=True)
    nickname = serializers.CharField()
    written = serializers.CharField()


class ReactionSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(choices=Reaction.values)
    label = serializers.CharField()
    count = serializers.IntegerField()
    mine = serializers.BooleanField()


class ReactionsSerializer(serializers.Serializer):
    reactions = ReactionSerializer(many=True)


class ReplySerializer(serializers.ModelSerializer):
    """A comment that was taken away has neither author nor text: `trace` says who took it, `deleted_at` when its author did."""

    id = serializers.CharField(source="public_id", read_only=True)
    author = serializers.SerializerMethodField()
    trace = serializers.SerializerMethodField()
    body = serializers.SerializerMethodField()
    body_html = serializers.SerializerMethodField()
    mentions = serializers.SerializerMethodField()
    reactions = serializers.SerializerMethodField()
    editable_until = serializers.SerializerMethodField(help_text="For one's own comment, while it can be changed.")

    class Meta:
        model = Comment
        fields = [
            "id", "author", "trace", "body", "body_html", "is_official", "created_at", "edited_at", "deleted_at", "mentions",
            "reactions", "editable_until",
        ]  # fmt: skip

    @extend_schema_field(PersonSerializer(allow_null=True))
    def get_author(self, comment):
        return None if trace_of(comment) else PersonSerializer(comment.author).data

    @extend_schema_field(serializers.ChoiceField(choices=Trace.choices, allow_null=True))
    def get_trace(self, comment):
        return trace_of(comment)

    def get_body(self, comment) -> str:
        return "" if trace_of(comment) else comment.body

    def get_body_html(self, comment) -> str:
        return "" if trace_of(comment) else body_html(comment)

    @extend_schema_field(MentionSerializer(many=True))
    def get_mentions(self, comment):
        rows = () if trace_of(comment) else getattr(comment, "named", None) or ()
        gone = {"id": None, "nickname": str(_("Former member"))}
        return [
            gone | {"written": row["written"]}
            if row["gone"]
            else {"id": row["id"], "nickname": row["nickname"], "written": row["written"]}
            for row in rows
        ]

    @extend_schema_field(ReactionSerializer(many=True))
    def get_reactions(self, comment):
        return ReactionSerializer(reactions_of(comment), many=True).data

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_editable_until(self, comment):
        return editable_until(comment) if can_still_edit(comment, self.context["request"].user) else None


class CommentSerializer(ReplySerializer):
    replies = serializers.SerializerMethodField()

    class Meta:
        model = Comment
        fields = [*ReplySerializer.Meta.fields, "replies"]

    @extend_schema_field(ReplySerializer(many=True))
    def get_replies(self, comment):
        return ReplySerializer(getattr(comment, "answers", ()), many=True, context=self.context).data
