"""The API's face of the inbox."""

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.pagination import CursorPages

from .domain.preferring import choose_all, wishes_of
from .domain.presenting import present
from .domain.reading import mark_all_read, mark_read
from .models import Notification
from .states import DETAILS, Rhythm, Topic, Wish


class SubjectSerializer(serializers.Serializer):
    type = serializers.CharField(help_text="`idea`, `poll`, `programme` or `quarter`")
    id = serializers.CharField()


class NotificationSerializer(serializers.Serializer):
    """In the caller's language (Accept-Language). `url` is a path of the website, empty if there is nothing to read."""

    id = serializers.CharField(source="row.public_id")
    kind = serializers.CharField(source="row.kind")
    topic = serializers.CharField(source="row.topic")
    lead = serializers.CharField(source="said.lead", help_text="What happened")
    title = serializers.CharField(source="said.title", help_text="To what")
    body = serializers.CharField(source="said.body", help_text="Why, in a few words")
    url = serializers.CharField(source="said.url")
    subject = serializers.SerializerMethodField()
    created_at = serializers.DateTimeField(source="row.created_at")
    read = serializers.SerializerMethodField()

    @extend_schema_field(SubjectSerializer(allow_null=True))
    def get_subject(self, note):
        return {"type": note.row.subject_type, "id": note.said.subject_id} if note.said.subject_id else None

    def get_read(self, note) -> bool:
        return not note.row.is_unread


class ReadSerializer(serializers.Serializer):
    ids = serializers.ListField(child=serializers.CharField(max_length=20), required=False, max_length=500)
    all = serializers.BooleanField(required=False, default=False)

    def validate(self, attrs):
        if not attrs.get("all") and not attrs.get("ids"):
            raise serializers.ValidationError({"ids": serializers.Field.default_error_messages["required"]})
        return attrs


class ReadAnswerSerializer(serializers.Serializer):
    unread_count = serializers.IntegerField()


class WishSerializer(serializers.Serializer):
    """What one is told of one topic: in the inbox or not, and when by mail."""

    topic = serializers.CharField()
    label = serializers.CharField(read_only=True)
    detail = serializers.CharField(read_only=True)
    inbox = serializers.BooleanField()
    mail = serializers.ChoiceField(choices=Rhythm.choices)


class PreferencesView(APIView):
    permission_classes = [IsAuthenticated]
    takes_lists = True

    @extend_schema(operation_id="notification_preferences_read", responses=WishSerializer(many=True))
    def get(self, request):
        """The member's preferences, a line for each topic. What the law asks us to send has no line."""
        return Response(self.lines())

    @extend_schema(
        operation_id="notification_preferences_update",
        request=WishSerializer(many=True),
        responses=WishSerializer(many=True),
    )
    def patch(self, request):
        """Change some lines, all or none of them; those not sent stay as they are."""
        asked = WishSerializer(data=request.data, many=True, max_length=len(Topic))
        asked.is_valid(raise_exception=True)
        choose_all({row["topic"]: Wish(row["inbox"], row["mail"]) for row in asked.validated_data}, by=request.user)
        return Response(self.lines())

    def lines(self):
        wishes = wishes_of(self.request.user)
        lines = [
            {
                "topic": topic,
                "label": topic.label,
                "detail": DETAILS.get(topic, ""),
                "inbox": wish.inbox,
                "mail": wish.mail,
            }
            for topic, wish in wishes.items()
        ]
        return WishSerializer(lines, many=True).data


class NotificationsView(APIView):
    permission_classes = [IsAuthenticated]
    serializer_class = NotificationSerializer
    pagination_class = CursorPages

    @extend_schema(operation_id="notifications_list", responses=NotificationSerializer(many=True))
    def get(self, request):
        """The member's own notifications, the newest first."""
        pages = CursorPages()
        rows = pages.paginate_queryset(Notification.objects.inbox_of(request.user), request, self)
        notes = present(rows, request.user)
        return pages.get_paginated_response(NotificationSerializer(notes, many=True).data)


class ReadView(APIView):
    permission_classes = [IsAuthenticated]

    @extend_schema(operation_id="notifications_read", request=ReadSerializer, responses={200: ReadAnswerSerializer})
    def post(self, request):
        """Mark as read: `{"ids": [...]}` or `{"all": true}`. Ids that are not the member's own change nothing."""
        asked = ReadSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        if asked.validated_data["all"]:
            mark_all_read(by=request.user)
        else:
            mark_read(asked.validated_data["ids"], by=request.user)
        return Response({"unread_count": Notification.objects.inbox_of(request.user).unread().order_by().count()})
