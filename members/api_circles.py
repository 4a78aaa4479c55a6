"""Circles for the mobile app: those I am in, those that ask me in, and my yes or no."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.pagination import CursorPages
from core.errors import NotFound, require

from .domain.circling import join_circle, leave_circle
from .models import Circle, CircleMember
from .states import Joining


class CircleSerializer(serializers.ModelSerializer):
    """A circle, in the reader's language, and where the reader stands with it."""

    id = serializers.CharField(source="public_id", read_only=True)
    name = serializers.CharField(read_only=True)
    description = serializers.CharField(read_only=True)
    is_closed = serializers.BooleanField(read_only=True)
    standing = serializers.ChoiceField(choices=[Joining.IN, Joining.INVITED], read_only=True)

    class Meta:
        model = Circle
        fields = ["id", "name", "description", "is_closed", "standing"]


class CircleNameSerializer(serializers.Serializer):
    """The circle that something belongs to."""

    id = serializers.CharField(source="public_id")
    name = serializers.CharField()


class StandingSerializer(serializers.Serializer):
    standing = serializers.ChoiceField(choices=[Joining.IN, Joining.LEFT])


class CirclesView(APIView):
    permission_classes = [IsAuthenticated]
    pagination_class = CursorPages

    @extend_schema(operation_id="circles_list", responses=CircleSerializer(many=True))
    def get(self, request):
        """The circles I am in, and those that ask me in."""
        pages = CursorPages()
        circles = Circle.objects.concerning(request.user).order_by("-id")
        items = pages.paginate_queryset(circles, request, self)
        return pages.get_paginated_response(CircleSerializer(items, many=True).data)


class CircleMembershipView(APIView):
    permission_classes = [IsAuthenticated]

    @extend_schema(operation_id="circles_join", request=None, responses=StandingSerializer)
    def put(self, request, public_id):
        """Say yes to an invitation, or come back; again changes nothing."""
        join_circle(self.circle(public_id), by=request.user)
        return Response({"standing": Joining.IN})

    @extend_schema(operation_id="circles_leave", request=None, responses={204: None})
    def delete(self, request, public_id):
        """Leave, or say no; again changes nothing."""
        leave_circle(self.circle(public_id), by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def circle(self, public_id: str) -> Circle:
        """Whoever has nothing to do with a circle never learns that it is there."""
        circle = Circle.objects.filter(public_id=public_id).first()
        concerned = circle and CircleMember.objects.filter(circle=circle, member=self.request.user).exists()
        require(bool(concerned), NotFound())
        return circle
