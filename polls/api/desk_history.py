"""What was done with a poll, by whom and when, for staff's own tools."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from core.api.pagination import CursorPages

from ..history import history_of, steps_of
from .desk import DeskPoll


class PollStepSerializer(serializers.Serializer):
    """One thing that was done with a poll. Changes of one person on one day that follow each other are one."""

    id = serializers.CharField(source="key")
    did = serializers.CharField(
        help_text="created, changed, scheduled, unscheduled, opened, close_moved, reminded, closed, reopened, counted_in, "
        "counted_out, weighted, unweighted, names_exported or decided."
    )
    said = serializers.CharField(help_text="The same in words.")
    detail = serializers.CharField(allow_blank=True)
    by = serializers.CharField(allow_blank=True, help_text="Empty for what the clock did.")
    role = serializers.CharField(allow_blank=True, help_text="Under which they did it.")
    at = serializers.DateTimeField()
    since = serializers.DateTimeField(help_text="The first of several changes.")
    times = serializers.IntegerField()


class DeskPollHistoryView(DeskPoll):
    pagination_class = CursorPages

    @extend_schema(operation_id="desk_polls_history", responses=PollStepSerializer(many=True))
    def get(self, request, public_id):
        """What the team did with the poll, the latest first. Nothing of who took part."""
        pages = CursorPages()
        events = pages.paginate_queryset(history_of(self.poll(public_id)), request, self)
        return pages.get_paginated_response(PollStepSerializer(steps_of(events), many=True).data)
