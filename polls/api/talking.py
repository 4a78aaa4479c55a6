"""The talk of a consultation: how members react to its visuals, and comments under it."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.pagination import CursorPages
from core.api.repeats import KEY, key_of
from core.commenting import COMMENT_MAX, COMMENT_MIN, can_still_edit, editable_until
from core.errors import NotFound, NotSignedIn, require
from core.text import render_markdown
from members.api import PersonSerializer

from ..consulting import Visual, find_remark, remarks_of, trace_of, visuals_of
from ..domain.reacting import react
from ..domain.remarking import delete_remark, edit_remark, remark_on
from ..domain.repeating import once
from ..models import Poll, Remark
from ..permissions import can_see_results
from ..states import Feeling, Trace, Visibility


class FeelingSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(choices=Feeling.choices)
    label = serializers.CharField()
    count = serializers.IntegerField(
        allow_null=True, help_text="As last published; null where the caller may not see results, or too few reacted."
    )
    mine = serializers.BooleanField()


class VisualSerializer(serializers.Serializer):
    """A visual of a consultation: the picture of a question."""

    id = serializers.CharField(source="question.public_id", help_text="The question's id.")
    caption = serializers.CharField()
    image = serializers.SerializerMethodField()
    image_alt = serializers.CharField(source="question.image_alt")
    image_width = serializers.IntegerField(source="question.image_width", allow_null=True, help_text="In pixels.")
    image_height = serializers.IntegerField(source="question.image_height", allow_null=True, help_text="In pixels.")
    reactions = FeelingSerializer(many=True)
    held_back = serializers.IntegerField(
        help_text="After the close: how many reacted or changed since these counts, too few to be told apart."
    )

    def get_image(self, visual: Visual) -> str:
        return self.context["request"].build_absolute_uri(visual.question.image.url)


class ReactionInput(serializers.Serializer):
    kind = serializers.ChoiceField(choices=Feeling.choices)


class RemarkInput(serializers.Serializer):
    body = serializers.CharField(min_length=COMMENT_MIN, max_length=COMMENT_MAX)


class RemarkSerializer(serializers.ModelSerializer):
    """A comment that was taken away has neither author nor text: `trace` says who took it."""

    id = serializers.CharField(source="public_id", read_only=True)
    author = serializers.SerializerMethodField()
    trace = serializers.SerializerMethodField()
    body = serializers.SerializerMethodField()
    body_html = serializers.SerializerMethodField()
    is_held = serializers.SerializerMethodField(help_text="One’s own, which moderators read before others do.")
    editable_until = serializers.SerializerMethodField(help_text="For one's own comment, while it can be changed.")

    class Meta:
        model = Remark
        fields = [
            "id", "author", "trace", "body", "body_html", "is_official", "is_held", "created_at", "edited_at", "deleted_at",
            "editable_until",
        ]  # fmt: skip

    @extend_schema_field(PersonSerializer(allow_null=True))
    def get_author(self, remark):
        return None if trace_of(remark) else PersonSerializer(remark.author).data

    @extend_schema_field(serializers.ChoiceField(choices=Trace.choices, allow_null=True))
    def get_trace(self, remark):
        return trace_of(remark)

    def get_is_held(self, remark) -> bool:
        return remark.visibility == Visibility.HELD

    def get_body(self, remark) -> str:
        return "" if trace_of(remark) else remark.body

    def get_body_html(self, remark) -> str:
        return "" if trace_of(remark) else render_markdown(remark.body)

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_editable_until(self, remark):
        return editable_until(remark) if can_still_edit(remark, self.context["request"].user) else None


def _consultation(request, public_id: str) -> Poll:
    poll = get_object_or_404(Poll.objects.readable_by(request.user), public_id=public_id)
    require(poll.consultation, NotFound())
    return poll


def visuals_shown(request, poll: Poll) -> list[dict]:
    """The visuals of a poll read `for_reading()`, as the poll's own answer has them."""
    visuals = visuals_of(request.user, poll, can_see_results(request.user, poll))
    return VisualSerializer(visuals, many=True, context={"request": request}).data


class VisualReactionView(APIView):
    permission_classes = [IsAuthenticated]

    @extend_schema(
        operation_id="polls_visual_react", request=ReactionInput, responses=VisualSerializer, parameters=[KEY]
    )
    def put(self, request, public_id, visual_id):
        """React so to a visual, or otherwise than before; again changes nothing.

        With an `Idempotency-Key` a repeated request undoes nothing that came from elsewhere meanwhile.

        Refused with 403 `not_in_audience`; 404 where the poll is no consultation; 409 `poll_closed`, `poll_not_open`;
        429 `too_many`. Besides, 422 `key_reused`.
        """
        asked = ReactionInput(data=request.data)
        asked.is_valid(raise_exception=True)
        return self.change(public_id, visual_id, asked.validated_data["kind"])

    @extend_schema(
        operation_id="polls_visual_unreact", request=None, responses={200: VisualSerializer}, parameters=[KEY]
    )
    def delete(self, request, public_id, visual_id):
        """Take my reaction back; again changes nothing."""
        return self.change(public_id, visual_id, "")

    def change(self, public_id: str, visual_id: str, kind: str) -> Response:
        by = self.request.user
        with once(f"reaction {public_id} {visual_id}", kind, key=key_of(self.request), by=by) as again:
            if not again:
                react(public_id, visual_id, kind, by=by)
        poll = get_object_or_404(Poll.objects.for_reading(self.request.user), public_id=public_id)
        shown = visuals_shown(self.request, poll)
        visual = next((visual for visual in shown if visual["id"] == visual_id), None)
        require(visual is not None, NotFound())
        return Response(visual)


class RemarksView(APIView):
    permission_classes = [AllowAny]
    pagination_class = CursorPages

    @extend_schema(
        operation_id="polls_comments_list",
        parameters=[OpenApiParameter("comment", str, description="The id of a comment that is to stand first.")],
        responses=RemarkSerializer(many=True),
    )
    def get(self, request, public_id):
        """Comments under a consultation, the newest first. What was taken away leaves its place, empty."""
        poll = _consultation(request, public_id)
        pages = CursorPages()
        remarks = remarks_of(poll, request.user, first=request.query_params.get("comment", ""))
        found = pages.paginate_queryset(remarks, request, self)
        return pages.get_paginated_response(RemarkSerializer(found, many=True, context={"request": request}).data)

    @extend_schema(
        operation_id="polls_comments_create", request=RemarkInput, responses={201: RemarkSerializer}, parameters=[KEY]
    )
    def post(self, request, public_id):
        """Comment on a consultation while it is open: members whom the poll invites. The same `Idempotency-Key` gives the comment
        that it made, as it is now.

        Refused with 400 `too_short`, `too_long`, `private_data`; 403 `not_in_audience`, `banned`; 409 `remarks_closed`;
        422 `key_reused`; 429 `too_many`.
        """
        if not request.user.is_authenticated:
            raise NotSignedIn()
        asked = RemarkInput(data=request.data)
        asked.is_valid(raise_exception=True)
        poll, body = _consultation(request, public_id), asked.validated_data["body"]
        remark = remark_on(poll, body=body, by=request.user, key=key_of(request))
        return Response(RemarkSerializer(remark, context={"request": request}).data, status=status.HTTP_201_CREATED)


class RemarkView(APIView):
    permission_classes = [AllowAny]

    def remark(self, public_id: str, remark_id: str) -> Remark:
        return find_remark(_consultation(self.request, public_id), remark_id, user=self.request.user)

    @extend_schema(operation_id="polls_comments_read", responses=RemarkSerializer)
    def get(self, request, public_id, remark_id):
        """One comment."""
        return Response(RemarkSerializer(self.remark(public_id, remark_id), context={"request": request}).data)

    @extend_schema(operation_id="polls_comments_update", request=RemarkInput, responses=RemarkSerializer)
    def patch(self, request, public_id, remark_id):
        """Change one's own comment, until `editable_until`; later 409 `too_late_to_edit`."""
        if not request.user.is_authenticated:
            raise NotSignedIn()
        asked = RemarkInput(data=request.data)
        asked.is_valid(raise_exception=True)
        remark = edit_remark(self.remark(public_id, remark_id), body=asked.validated_data["body"], by=request.user)
        return Response(RemarkSerializer(remark, context={"request": request}).data)

    @extend_schema(operation_id="polls_comments_delete", request=None, responses={204: None})
    def delete(self, request, public_id, remark_id):
        """Delete one's own comment; again changes nothing. A trace stays in its place."""
        if not request.user.is_authenticated:
            raise NotSignedIn()
        delete_remark(self.remark(public_id, remark_id), by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)
