"""How many polls wait for the caller: what a badge needs."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response
from rest_framework.views import APIView

from ..models import Poll


class UnansweredSerializer(serializers.Serializer):
    count = serializers.IntegerField()
    closes_at = serializers.DateTimeField(allow_null=True, help_text="When the first of them closes.")
    first = serializers.CharField(allow_null=True, help_text="Its id.")


class UnansweredView(APIView):
    permission_classes = [IsAuthenticated]

    @extend_schema(operation_id="polls_unanswered", responses=UnansweredSerializer)
    def get(self, request):
        """Open polls that I may answer and have not: how many, and the one that closes first. They are in `?unanswered=1`."""
        first = Poll.objects.unanswered_by(request.user).with_total().soonest_to_close().first()
        if first is None:
            return Response({"count": 0, "closes_at": None, "first": None})
        waiting = {"count": first.total, "closes_at": first.closes_at, "first": first.public_id}
        return Response(UnansweredSerializer(waiting).data)
