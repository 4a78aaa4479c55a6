"""Polls written from others, for staff's own tools: duplicates, templates the studio keeps, templates that ship."""

from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.response import Response

from core.api.repeats import KEY

from ..domain.duplicating import drop_template, duplicate, keep_as_template, write_from_template
from ..models import Poll
from ..templates_that_ship import shipped_in
from .desk import DeskPoll
from .desk_shapes import DeskPollSerializer


class PollTemplateSerializer(serializers.Serializer):
    id = serializers.CharField(help_text="Of one the studio keeps, its id; of one that ships, its name: `welcome`.")
    title = serializers.CharField()
    about = serializers.CharField(allow_blank=True)
    ships = serializers.BooleanField(
        help_text="It comes with the lab, in the caller’s language, and cannot be taken away."
    )


class DeskPollDuplicateView(DeskPoll):
    @extend_schema(
        operation_id="desk_polls_duplicate", request=None, responses={201: DeskPollSerializer}, parameters=[KEY]
    )
    def post(self, request, public_id):
        """A draft that asks the same of the same people, from any poll or template: no dates, ballots or decision.

        The same request with the same `Idempotency-Key` gives the draft it made, for a day."""
        poll = self.poll(public_id)
        return self.made(lambda: duplicate(poll, by=request.user), f"duplicate {public_id}")


class DeskPollTemplateView(DeskPoll):
    @extend_schema(operation_id="desk_polls_keep", request=None, responses={201: DeskPollSerializer}, parameters=[KEY])
    def post(self, request, public_id):
        """Keep what was asked as a template. The poll itself stays as it is. `Idempotency-Key` as for a duplicate."""
        poll = self.poll(public_id)
        return self.made(lambda: keep_as_template(poll, by=request.user), f"template {public_id}")


class DeskTemplatesView(DeskPoll):
    pagination_class = None

    @extend_schema(operation_id="desk_poll_templates_list", responses=PollTemplateSerializer(many=True))
    def get(self, request):
        """All templates: those that ship first, then those the studio keeps, by title. What one asks: `desk/polls/ID/`."""
        ships = [
            {"id": one.key, "title": one.title, "about": one.about, "ships": True}
            for one in shipped_in(get_language() or "fr").values()
        ]
        kept = [
            {"id": poll.public_id, "title": poll.title, "about": "", "ships": False}
            for poll in Poll.objects.templates().order_by("title", "id").only("public_id", "title")
        ]
        return Response(PollTemplateSerializer(ships + kept, many=True).data)


class DeskTemplateView(DeskPoll):
    @extend_schema(operation_id="desk_poll_templates_drop", request=None, responses={204: None})
    def delete(self, request, key):
        """Take away a template the studio keeps: 404 for any other. Polls written from it stay."""
        drop_template(self.poll(key), by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


class DeskTemplateDraftView(DeskPoll):
    @extend_schema(
        operation_id="desk_poll_templates_start", request=None, responses={201: DeskPollSerializer}, parameters=[KEY]
    )
    def post(self, request, key):
        """A draft from a template, in the caller's language where it ships. `Idempotency-Key` as for a duplicate."""
        return self.made(lambda: write_from_template(key, by=request.user), f"draft {key}")
