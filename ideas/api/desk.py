"""The desk's queue for tools of the bank: the same views and orders as its page, named views, moves over many ideas."""

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.pagination import CursorPages
from core.api.repeats import KEY, key_of
from core.errors import NotSignedIn, require

from ..domain import bulk, putting_back, viewing
from ..domain.triaging import make_version
from ..models import BULK_MAX, REASON_MAX, BulkLine, BulkRun, Idea, SavedView
from ..permissions import can_open_desk
from ..queueing import SORTS, Asked
from ..queueing.asked import NARROWING, clean
from ..states import Crowd, LineResult, State

QUEUE_PARAMETERS = [
    OpenApiParameter(
        "view", str, description="A built-in view (all, new, risk, mine, unassigned …) or a saved view's id."
    ),
    OpenApiParameter(
        "sort",
        str,
        enum=list(SORTS),
        description="The view's own order unless given. A state that awaits no decision takes decided, votes, oldest and newest.",
    ),
    OpenApiParameter("category", str, description="A theme's slug."),
    OpenApiParameter(
        "state", str, enum=State.values, description="A past one opens the whole path; else what awaits a decision."
    ),
    OpenApiParameter("author", str, enum=Crowd.values),
    OpenApiParameter("voters", str, enum=Crowd.values, description="The largest group of supporters, from five on."),
    OpenApiParameter("staff", str, enum=["1"], description="Only with votes of the bank's staff."),
    OpenApiParameter("q", str, description="Words."),
]


class DeskIdeaSerializer(serializers.ModelSerializer):
    """A row of the queue. `seen` is what a bulk move takes to know that nobody changed it meanwhile."""

    id = serializers.CharField(source="public_id")
    category = serializers.SlugRelatedField("slug", read_only=True)
    assignee = serializers.SerializerMethodField()
    seen = serializers.SerializerMethodField()

    class Meta:
        model = Idea
        fields = [
            "id", "title", "category", "state", "visibility", "created_at", "promise_due_at", "answered_at", "vote_score",
            "staff_votes", "votes_7d", "led_by", "comment_count", "merged_count", "assignee", "seen",
        ]  # fmt: skip

    def get_assignee(self, idea) -> str | None:
        return idea.assignee.public_id if idea.assignee else None

    def get_seen(self, idea) -> str:
        return make_version(idea, idea.last_move or 0)


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

    def validate(self, values):
        for name, value in values.items():
            if clean(name, value) is None:
                Asked(unknown={name: value}).require_known()
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


class DeskView(APIView):
    """Staff who open the desk; nobody else learns that there is one."""

    permission_classes = [AllowAny]

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        require(request.user.is_authenticated, NotSignedIn())
        require(can_open_desk(request.user))

    def asked(self, query) -> Asked:
        asked = Asked.of(query, viewing.views_of(self.request.user))
        asked.require_known()
        return asked


class DeskIdeasView(DeskView):
    @extend_schema(operation_id="desk_ideas_list", parameters=QUEUE_PARAMETERS, responses=DeskIdeaSerializer(many=True))
    def get(self, request):
        """The triage queue, a page at a time."""
        pages = CursorPages()
        rows = self.asked(request.query_params).ideas(request.user, timezone.now())
        items = pages.paginate_queryset(rows, request, self)
        return pages.get_paginated_response(DeskIdeaSerializer(items, many=True).data)

    pagination_class = CursorPages


class DeskViewsView(DeskView):
    @extend_schema(operation_id="desk_views_list", responses=DeskViewSerializer(many=True), filters=False)
    def get(self, request):
        """One's own views, then those that colleagues share. At most a few dozen: no pages."""
        return Response(DeskViewSerializer(viewing.views_of(request.user), many=True).data)

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


class PickSerializer(serializers.Serializer):
    id = serializers.CharField(max_length=12)
    seen = serializers.CharField(max_length=60, required=False, help_text="From the queue; now, if left out.")


class BulkInput(serializers.Serializer):
    """`ideas`, or a `choice` of the queue for all that it holds."""

    move = serializers.CharField(max_length=30)
    ideas = PickSerializer(many=True, required=False)
    choice = serializers.DictField(child=serializers.CharField(max_length=100, allow_blank=True), required=False)
    values = serializers.DictField(required=False, help_text="The move's fields: reason, silent, assignee …")


class BulkSerializer(serializers.ModelSerializer):
    id = serializers.CharField(source="public_id")
    can_undo = serializers.SerializerMethodField()

    class Meta:
        model = BulkRun
        fields = [
            "id",
            "move",
            "state",
            "total",
            "done",
            "refused",
            "changed",
            "created_at",
            "finished_at",
            "can_undo",
        ]

    def get_can_undo(self, run) -> bool:
        return bulk.can_undo(run)


class BulkLineSerializer(serializers.ModelSerializer):
    idea = serializers.SlugRelatedField("public_id", read_only=True)
    why = serializers.CharField(source="words")

    class Meta:
        model = BulkLine
        fields = ["idea", "result", "why", "at"]


class BulkView(DeskView):
    @extend_schema(
        operation_id="desk_bulk_create",
        request=BulkInput,
        responses={202: BulkSerializer},
        parameters=[KEY],
    )
    def post(self, request):
        """Start a move over many ideas; the worker makes it. The same Idempotency-Key gives the same run again."""
        said = BulkInput(data=request.data)
        said.is_valid(raise_exception=True)
        values, user, key = said.validated_data, request.user, key_of(request)
        seen = {}
        if "ideas" in values:
            seen = {pick["id"]: pick["seen"] for pick in values["ideas"] if "seen" in pick}
            keys = [pick["id"] for pick in values["ideas"][: BULK_MAX + 1]]
            rows = Idea.objects.visible_to(user).filter(public_id__in=keys).order_by("id")
        elif "choice" in values:
            asked = self.asked(_query_of(values["choice"]))
            rows = asked.ideas(user, timezone.now())
        else:
            rows = Idea.objects.none()
        run = bulk.start_bulk(values["move"], rows, values.get("values", {}), by=user, seen=seen, key=key or None)
        return Response(BulkSerializer(run).data, status=status.HTTP_202_ACCEPTED)


def _query_of(choice: dict[str, str]):
    from django.http import QueryDict

    query = QueryDict(mutable=True)
    query.update({name: value for name, value in choice.items() if name in ("view", "sort", *NARROWING)})
    return query


class OneBulkView(DeskView):
    pagination_class = CursorPages

    @extend_schema(operation_id="desk_bulk_read", responses=BulkSerializer)
    def get(self, request, public_id):
        """How far it is. One's own runs only."""
        return Response(BulkSerializer(bulk.find_run(public_id, user=request.user)).data)


class BulkLinesView(DeskView):
    pagination_class = CursorPages

    @extend_schema(
        operation_id="desk_bulk_lines",
        parameters=[OpenApiParameter("result", str, enum=LineResult.values)],
        responses=BulkLineSerializer(many=True),
    )
    def get(self, request, public_id):
        """What became of each idea, a page at a time."""
        rows = bulk.find_run(public_id, user=request.user).lines.select_related("idea").order_by("id")
        wanted = request.query_params.get("result", "")
        pages = CursorPages()
        items = pages.paginate_queryset(
            rows.filter(result=wanted) if wanted in LineResult.values else rows, request, self
        )
        return pages.get_paginated_response(BulkLineSerializer(items, many=True).data)


class StopBulkView(DeskView):
    @extend_schema(operation_id="desk_bulk_stop", request=None, responses={200: BulkSerializer})
    def post(self, request, public_id):
        """Make no more of it; what is done stays."""
        run = bulk.stop_bulk(bulk.find_run(public_id, user=request.user), by=request.user)
        return Response(BulkSerializer(run).data)


class PutBackInput(serializers.Serializer):
    reason = serializers.CharField(max_length=REASON_MAX)
    silent = serializers.BooleanField(required=False, default=False)


class PutBackBulkView(DeskView):
    @extend_schema(operation_id="desk_bulk_put_back", request=PutBackInput, responses={202: BulkSerializer})
    def post(self, request, public_id):
        """Put a finished run back, after its ten seconds: a run of its own, a step with the reason on each idea."""
        said = PutBackInput(data=request.data)
        said.is_valid(raise_exception=True)
        run = putting_back.put_back(bulk.find_run(public_id, user=request.user), by=request.user, **said.validated_data)
        return Response(BulkSerializer(run).data, status=status.HTTP_202_ACCEPTED)


class UndoBulkView(DeskView):
    @extend_schema(operation_id="desk_bulk_undo", request=None, responses={200: BulkSerializer})
    def post(self, request, public_id):
        """Take the whole back within ten seconds of its start."""
        bulk.undo_bulk(bulk.find_run(public_id, user=request.user), by=request.user)
        return Response(BulkSerializer(bulk.find_run(public_id, user=request.user)).data)
