"""Bringing ideas together, and votes recorded for others, for staff's own tools."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from .. import desk_serializers as shapes
from ..domain.following import people_told
from ..domain.merging import merge_idea, preview_merge, unmerge_idea
from ..domain.suggesting import dismiss_merge
from ..domain.voting_for_others import take_back_votes, vote_for_others
from ..models import MergeSuggestion, VoteOnBehalf
from .desk_view import DeskView, told


class DeskMergeView(DeskView):
    @extend_schema(
        operation_id="desk_idea_merge_preview", responses=shapes.DeskMergePreviewSerializer,
        parameters=[OpenApiParameter("into", str, required=True, description="The id of the idea that would stay.")],
    )  # fmt: skip
    def get(self, request, public_id):
        """Who would count after a merge, and how many would hear of it."""
        idea = self.idea(public_id)
        preview = preview_merge(idea, self.idea(request.query_params.get("into", "")[:12]), by=request.user)
        return Response(
            shapes.DeskMergePreviewSerializer(vars(preview) | {"told": people_told(idea, by=request.user)}).data
        )

    @extend_schema(operation_id="desk_idea_merge", request=shapes.DeskMergeInput, responses=shapes.DeskDoneSerializer)
    def post(self, request, public_id):
        """Merge the idea into the one that stays."""
        values = self.asked(shapes.DeskMergeInput)
        with self.as_seen(public_id, values) as idea:
            people = told(idea, values, request.user)
            merge_idea(
                idea, self.idea(values["into"]), reason=values["reason"], by=request.user, silent=values["silent"]
            )
        return self.done(idea, kind="merge", key=idea.public_id, told=people)


class DeskUnmergeView(DeskView):
    @extend_schema(operation_id="desk_idea_unmerge", request=shapes.DeskTelling, responses=shapes.DeskDoneSerializer)
    def post(self, request, public_id):
        """Let a merged idea stand on its own again."""
        values = self.asked(shapes.DeskTelling)
        with self.as_seen(public_id, values) as idea:
            people = told(idea, values, request.user)
            move = unmerge_idea(idea, reason=values["reason"], by=request.user, silent=values["silent"])
        return self.done(idea, kind="unmerge", key=move.public_id, told=people)


class DeskSuggestionsView(DeskView):
    @extend_schema(operation_id="desk_suggestions", responses=shapes.DeskSuggestionSerializer(many=True))
    def get(self, request):
        """Suggested merges that wait, the likest first."""
        rows = MergeSuggestion.objects.open().select_related("duplicate", "canonical").order_by("-score", "-id")
        return self.page(rows, shapes.DeskSuggestionSerializer)


class DeskSuggestionView(DeskView):
    def suggestion(self, key: str) -> MergeSuggestion:
        return self.found(MergeSuggestion.objects.select_related("duplicate", "canonical"), key)

    @extend_schema(
        operation_id="desk_suggestion_accept", request=shapes.DeskTelling, responses=shapes.DeskDoneSerializer
    )
    def post(self, request, key):
        """Merge the two."""
        values = self.asked(shapes.DeskTelling)
        pair = self.suggestion(key)
        with self.as_seen(pair.duplicate.public_id, values) as idea:
            people = told(idea, values, request.user)
            merge_idea(idea, pair.canonical, reason=values["reason"], by=request.user, silent=values["silent"])
        return self.done(idea, kind="merge", key=idea.public_id, told=people)

    @extend_schema(operation_id="desk_suggestion_dismiss", responses={200: shapes.DeskDoneSerializer})
    def delete(self, request, key):
        """They are two ideas: the pair does not come back."""
        pair = self.suggestion(key)
        return self.deed_done(pair.duplicate, dismiss_merge(pair, by=request.user))


class DeskOnBehalfView(DeskView):
    @extend_schema(
        operation_id="desk_idea_vote_for_others", request=shapes.DeskOnBehalfInput, responses=shapes.DeskDoneSerializer
    )
    def post(self, request, public_id):
        """Record votes of people who asked elsewhere; they are counted apart."""
        values = self.asked(shapes.DeskOnBehalfInput)
        with self.as_seen(public_id, values) as idea:
            vote = vote_for_others(
                idea, source=values["source"], people=values["people"], reference=values["reference"], by=request.user
            )
        return self.deed_done(idea, vote.deed)


class DeskVotesView(DeskView):
    @extend_schema(operation_id="desk_on_behalf_take_back", responses={200: shapes.DeskDoneSerializer})
    def delete(self, request, key):
        """Take recorded votes out of the count."""
        vote = self.found(VoteOnBehalf.objects.select_related("idea"), key)
        return self.deed_done(vote.idea, take_back_votes(vote, by=request.user))
