"""The desk's queue for tools of the bank: the same views and orders as its page, and moves over many ideas."""

from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
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
from ..domain.bulk_preview import SOME, preview_bulk
from ..domain.triaging import make_version
from ..models import BULK_MAX, REASON_MAX, BulkLine, BulkRun, Idea, Urgency
from ..permissions import can_open_desk
from ..queueing import SORTS, Asked
from ..queueing.asked import ADDRESS, require_filters
from ..states import Crowd, LineResult, State

PAGING = ("cursor", "page_size", "format")
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
    """A row of the queue. `seen` is what a bulk move takes to know that nobody changed it meanwhile.

    Of an urgent idea, `urgent_words` are those that put it first, `urgent_reason` is what a colleague said.
    """

    id = serializers.CharField(source="public_id")
    category = serializers.SlugRelatedField("slug", read_only=True)
    assignee = serializers.SerializerMethodField()
    urgent_words = serializers.CharField(default="", help_text="Of the list, that were found in its texts.")
    urgent_reason = serializers.CharField(default="")
    seen = serializers.SerializerMethodField()

    class Meta:
        model = Idea
        fields = [
            "id", "title", "category", "state", "visibility", "created_at", "promise_due_at", "answered_at", "vote_score",
            "staff_votes", "votes_7d", "led_by", "comment_count", "merged_count", "assignee", "urgent_since", "urgent_words",
            "urgent_reason", "seen",
        ]  # fmt: skip

    def get_assignee(self, idea) -> str | None:
        return idea.assignee.public_id if idea.assignee else None

    def get_seen(self, idea) -> str:
        return make_version(idea, idea.last_move or 0)


def with_urgency(rows: QuerySet) -> QuerySet:
    """Ideas with why they come first, where they do."""
    stands = Urgency.objects.filter(idea=OuterRef("pk"), lifted_at__isnull=True)
    return rows.annotate(
        urgent_words=Coalesce(Subquery(stands.values("words")[:1]), Value("")),
        urgent_reason=Coalesce(Subquery(stands.values("reason")[:1]), Value("")),
    )


class DeskView(APIView):
    """Staff who open the desk; nobody else learns that there is one."""

    permission_classes = [AllowAny]

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        require(request.user.is_authenticated, NotSignedIn())
        require(can_open_desk(request.user))


def asked_in(request, *beside: str) -> Asked:
    """What the address asks of the queue. A name or a value that is not known is refused: without it, more would be meant."""
    require_filters(request.query_params, (*ADDRESS, *beside))
    asked = Asked.of(request.query_params, viewing.views_of(request.user))
    asked.require_known()
    return asked


class DeskIdeasView(DeskView):
    @extend_schema(operation_id="desk_ideas_list", parameters=QUEUE_PARAMETERS, responses=DeskIdeaSerializer(many=True))
    def get(self, request):
        """The triage queue, a page at a time; urgent ideas come first, whatever the order, as on the desk's page."""
        pages, asked = CursorPages(), asked_in(request, *PAGING)
        parts = [with_urgency(rows) for rows in asked.in_line(request.user, timezone.now())]
        items = pages.paginate_parts(parts, request)
        return pages.get_paginated_response(DeskIdeaSerializer(items, many=True).data)

    pagination_class = CursorPages


class PickSerializer(serializers.Serializer):
    id = serializers.CharField(max_length=12)
    seen = serializers.CharField(max_length=60, required=False, help_text="From the queue; now, if left out.")


class BulkInput(serializers.Serializer):
    """`ideas`, or a `choice` of the queue for all that it holds: a view's own `choice`, or the parameters of `desk/ideas/`.

    A choice that is empty, or that holds an unknown name or value, is refused: 400 `empty_choice`, `unknown_filter`,
    `unknown_category` …
    """

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


class BulkWhySerializer(serializers.Serializer):
    why = serializers.CharField()
    ideas = serializers.IntegerField(help_text="How many.")
    some = serializers.ListField(child=serializers.CharField(), help_text=f"Ids of them, {SOME} at most.")


class BulkPreviewSerializer(serializers.Serializer):
    """`changed`: how many are no more what was `seen`. What a verb alone can know, the run's lines say."""

    move = serializers.CharField()
    total = serializers.IntegerField()
    able = serializers.IntegerField()
    changed = serializers.IntegerField()
    refused = serializers.IntegerField()
    reasons = BulkWhySerializer(many=True)
    hears = serializers.CharField(help_text="Who hears of it, in words.")
    people = serializers.IntegerField(allow_null=True, help_text="Different people who will hear; null: not counted.")
    notices = serializers.IntegerField(allow_null=True, help_text="What they are told together: one for each idea.")


class BulkLineSerializer(serializers.ModelSerializer):
    idea = serializers.SlugRelatedField("public_id", read_only=True)
    why = serializers.CharField(source="words")

    class Meta:
        model = BulkLine
        fields = ["idea", "result", "why", "at"]


class ChosenView(DeskView):
    """What reads the ideas that a move over many is asked for."""

    def chosen(self, values: dict) -> tuple[QuerySet, dict[str, str]]:
        """The ideas, and the versions that were seen of them."""
        user = self.request.user
        if "ideas" in values:
            seen = {pick["id"]: pick["seen"] for pick in values["ideas"] if "seen" in pick}
            keys = [pick["id"] for pick in values["ideas"][: BULK_MAX + 1]]
            return Idea.objects.visible_to(user).filter(public_id__in=keys).order_by("id"), seen
        if "choice" in values:
            asked = Asked.of_choice(values["choice"], viewing.views_of(user))
            return asked.ideas(user, timezone.now()), {}
        return Idea.objects.none(), {}


class BulkView(ChosenView):
    pagination_class = CursorPages

    @extend_schema(operation_id="desk_bulk_list", responses=BulkSerializer(many=True))
    def get(self, request):
        """One's own runs, the newest first."""
        pages = CursorPages()
        items = pages.paginate_queryset(bulk.runs_of(request.user), request, self)
        return pages.get_paginated_response(BulkSerializer(items, many=True).data)

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
        rows, seen = self.chosen(values)
        run = bulk.start_bulk(values["move"], rows, values.get("values", {}), by=user, seen=seen, key=key or None)
        return Response(BulkSerializer(run).data, status=status.HTTP_202_ACCEPTED)


class BulkPreviewView(ChosenView):
    @extend_schema(
        operation_id="desk_bulk_preview",
        request=BulkInput,
        responses=BulkPreviewSerializer,
    )
    def post(self, request):
        """What a move over many ideas would do: how many can move, why others cannot, who would hear. Nothing is made.

        `values` may be left out; what is given is refused as it would be at the start.
        """
        said = BulkInput(data=request.data)
        said.is_valid(raise_exception=True)
        values = said.validated_data
        rows, seen = self.chosen(values)
        found = preview_bulk(values["move"], rows, values.get("values", {}), by=request.user, seen=seen)
        return Response(BulkPreviewSerializer(found).data)


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
