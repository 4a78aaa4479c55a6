"""An idea's evidence through the API, for staff: the page's figures, with the same cells hidden."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from ..domain.evidence import evidence_of
from ..listing import find_idea
from ..serializers import SimilarIdeaSerializer
from .promises import DeskView


class CellSerializer(serializers.Serializer):
    label = serializers.CharField()
    people = serializers.IntegerField(allow_null=True, help_text="null: too few to say.")


class SupportSerializer(serializers.Serializer):
    community = serializers.IntegerField(help_text="Members, each once, without the bank's staff.")
    staff = serializers.IntegerField()
    behalf = CellSerializer(many=True, help_text="People heard elsewhere, by source; in no other figure.")
    groups = CellSerializer(many=True)
    ages = CellSerializer(many=True)
    regions = CellSerializer(many=True)


class SpanSerializer(serializers.Serializer):
    start = serializers.DateField()
    votes = serializers.IntegerField()
    whole = serializers.IntegerField(help_text="Votes in all at its end.")
    aside = serializers.IntegerField(
        allow_null=True, help_text="Votes set aside, told so many at least together; null: none, or too few."
    )
    with_aside = serializers.IntegerField(allow_null=True, help_text="Votes in all at its end, with those set aside.")


class SaidSerializer(serializers.Serializer):
    official = serializers.IntegerField()
    members = serializers.IntegerField()
    notes = serializers.IntegerField()
    writers = serializers.IntegerField()


class PlaceSerializer(serializers.Serializer):
    kind = serializers.CharField()
    host = serializers.CharField()
    reads = serializers.IntegerField()


class FeedSerializer(serializers.Serializer):
    kind = serializers.CharField()
    title = serializers.CharField()
    state = serializers.CharField()
    url = serializers.CharField()


class EvidenceSerializer(serializers.Serializer):
    as_of = serializers.DateTimeField(
        allow_null=True, help_text="When support and votes over time were counted; null: just now."
    )
    support = SupportSerializer()
    set_aside = serializers.IntegerField(help_text="Votes set aside after a burst, counted in no other figure.")
    votes_over_time = SpanSerializer(source="course", many=True)
    comments = SaidSerializer(source="said")
    similar = SimilarIdeaSerializer(source="alike", many=True)
    linked_from = PlaceSerializer(source="places", many=True)
    feeds = FeedSerializer(many=True)


class EvidenceView(DeskView):
    @extend_schema(operation_id="desk_idea_evidence", responses=EvidenceSerializer)
    def get(self, request, public_id):
        """What speaks for an idea. No group of fewer than five people is counted out."""
        return Response(EvidenceSerializer(evidence_of(find_idea(public_id, user=request.user))).data)
