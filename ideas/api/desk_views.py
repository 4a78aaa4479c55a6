"""The views of the desk's queue with their figures, for tools of the bank: those that everyone has, and named ones."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.response import Response

from ..domain import viewing
from ..models import SavedView
from ..queueing import Asked, Figure, known_views
from ..queueing.asked import CHOICE, clean, require_category, require_filters
from ..queueing.framing import Frame, frame_of
from .desk import DeskView


class ChoiceSerializer(serializers.Serializer):
    """Filters and order of a view; what is left out is not filtered."""

    base = serializers.CharField(required=False, max_length=40)
    sort = serializers.CharField(required=False, max_length=20)
    category = serializers.CharField(required=False, max_length=40, allow_blank=True)
    state = serializers.CharField(required=False, max_length=20, allow_blank=True)
    author = serializers.CharField(required=False, max_length=20, allow_blank=True)
    voters = serializers.CharField(required=False, max_length=20, allow_blank=True)
    staff = serializers.CharField(required=False, max_length=1, allow_blank=True)
    q = serializers.CharField(required=False, max_length=100, allow_blank=True)

    def to_internal_value(self, data):
        require_filters(data if isinstance(data, dict) else (), CHOICE)
        return super().to_internal_value(data)

    def validate(self, values):
        for name, value in values.items():
            if clean(name, value) is None:
                Asked(unknown={name: value}).require_known()
        if values.get("category"):
            require_category(values["category"])
        return values


class DeskViewSerializer(serializers.ModelSerializer):
    id = serializers.CharField(source="public_id", read_only=True)
    choice = ChoiceSerializer()
    is_mine = serializers.BooleanField(read_only=True)

    class Meta:
        model = SavedView
        fields = ["id", "name", "choice", "position", "is_default", "is_shared", "is_mine"]
        read_only_fields = ["position"]
        extra_kwargs = {"name": {"validators": []}}


class FigureSerializer(serializers.Serializer):
    """A count stops at 1,000: `is_capped` says that there are more."""

    count = serializers.SerializerMethodField()
    is_capped = serializers.BooleanField(source="figure.is_capped")

    def get_count(self, row) -> int | None:
        """Null for a view with words: it is counted when it is open."""
        return row.figure.count if row.figure.count >= 0 else None


class DeskTabSerializer(FigureSerializer):
    """A view as the desk's page shows it. `id` is what the queue takes as `view`."""

    id = serializers.CharField(source="name")
    name = serializers.CharField(source="label")
    is_built_in = serializers.SerializerMethodField()
    choice = ChoiceSerializer(source="asked.choice")
    is_default = serializers.SerializerMethodField(help_text="The desk opens with it.")
    is_shared = serializers.BooleanField(source="saved.is_shared", default=False)
    is_mine = serializers.BooleanField(source="saved.is_mine", default=False)
    position = serializers.SerializerMethodField()

    def get_is_built_in(self, tab) -> bool:
        return tab.saved is None

    def get_is_default(self, tab) -> bool:
        return tab.name == tab.asked.opens

    def get_position(self, tab) -> int:
        return tab.saved.position if tab.saved else known_views()[tab.name].position


class DeskFilterSerializer(FigureSerializer):
    value = serializers.CharField()
    name = serializers.CharField()


class DeskFiltersSerializer(serializers.Serializer):
    """Ideas of the queue by what narrows it: each `value` goes into the parameter of that name."""

    category = DeskFilterSerializer(many=True, help_text="Themes that have some.")
    author = DeskFilterSerializer(many=True)
    voters = DeskFilterSerializer(many=True)


@dataclass(frozen=True)
class _Facet:
    value: str
    name: Any
    figure: Figure


def _frame(request) -> Frame:
    saved = list(viewing.views_of(request.user))
    return frame_of(Asked.of(QueryDict(), saved), saved, request.user, timezone.now())


class DeskFiltersView(DeskView):
    @extend_schema(operation_id="desk_filters", responses=DeskFiltersSerializer, filters=False)
    def get(self, request):
        """How many ideas of the queue each theme and group of people has, as the desk's page shows them."""
        frame = _frame(request)
        facets = {
            "category": [_Facet(theme.slug, theme.name, theme.count) for theme in frame.themes],
            "author": [_Facet(*row) for row in frame.authors],
            "voters": [_Facet(*row) for row in frame.carriers],
        }
        return Response(DeskFiltersSerializer(facets).data)


class DeskViewsView(DeskView):
    @extend_schema(operation_id="desk_views_list", responses=DeskTabSerializer(many=True), filters=False)
    def get(self, request):
        """One's own views, those that everyone has, then those that colleagues share, each with its count. No pages."""
        return Response(DeskTabSerializer(_frame(request).tabs, many=True).data)

    @extend_schema(operation_id="desk_views_create", request=DeskViewSerializer, responses={201: DeskViewSerializer})
    def post(self, request):
        """Keep filters and an order under a name."""
        said = DeskViewSerializer(data=request.data)
        said.is_valid(raise_exception=True)
        values = said.validated_data
        view = viewing.save_view(
            values["name"], values["choice"], by=request.user, is_default=values.get("is_default", False),
            is_shared=values.get("is_shared", False),
        )  # fmt: skip
        view = viewing.find_view(view.public_id, user=request.user)
        return Response(DeskViewSerializer(view).data, status=status.HTTP_201_CREATED)


class DeskOneViewView(DeskView):
    @extend_schema(operation_id="desk_views_update", request=DeskViewSerializer, responses=DeskViewSerializer)
    def patch(self, request, public_id):
        """Rename it, change its filters, share it, or have the desk open with it."""
        view = viewing.find_view(public_id, user=request.user)
        said = DeskViewSerializer(data=request.data, partial=True)
        said.is_valid(raise_exception=True)
        values = dict(said.validated_data)
        first = values.pop("is_default", None)
        viewing.change_view(view, by=request.user, **values)
        if first is not None:
            viewing.make_default(view, by=request.user, on=first)
        return Response(DeskViewSerializer(viewing.find_view(public_id, user=request.user)).data)

    @extend_schema(operation_id="desk_views_delete", request=None, responses={204: None})
    def delete(self, request, public_id):
        viewing.delete_view(viewing.find_view(public_id, user=request.user), by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)
