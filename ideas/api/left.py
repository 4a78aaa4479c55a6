"""What one has left in circles that one is no longer in, for the mobile app."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.views import APIView

from ..domain.leaving import KINDS, left_behind, take_back_left


class LeftSerializer(serializers.Serializer):
    kind = serializers.CharField(help_text=f"One of: {', '.join(KINDS)}.")
    id = serializers.CharField(help_text="Takes it back.")
    said = serializers.CharField(help_text="One’s own title or text; empty for a vote or a reaction.")
    at = serializers.DateTimeField()


class LeftView(APIView):
    """The verbs say themselves who may, so that a visitor is told to sign in."""

    permission_classes = [AllowAny]

    @extend_schema(operation_id="me_left_list", responses=LeftSerializer(many=True))
    def get(self, request):
        """What is one's own in circles one has left, the newest first, up to a hundred of each kind. Nothing of the circle."""
        return Response(LeftSerializer(left_behind(request.user), many=True).data)


class OneLeftView(APIView):
    permission_classes = [AllowAny]

    @extend_schema(operation_id="me_left_take_back", request=None, responses={204: None})
    def delete(self, request, kind, key):
        """Withdraw the idea, delete the comment, take the vote or the reaction back. Says nothing of what is there."""
        take_back_left(kind, key, by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)
