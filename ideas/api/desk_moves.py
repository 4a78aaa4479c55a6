"""The triage for staff's own tools: one path per move, each calling the verb that the desk's page calls."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.pagination import CursorPages
from core.errors import Invalid, NotAllowed, NotFound, NotSignedIn, require
from members.models import Member

from .. import desk_serializers as shapes
from ..beside import tags_of
from ..domain.assigning import assign_idea
from ..domain.commenting import comment_on
from ..domain.filing import file_idea
from ..domain.following import audience_of
from ..domain.merging import merge_idea, preview_merge, unmerge_idea
from ..domain.moderating import hide_idea, remove_idea, restore_idea
from ..domain.moving import answer_officially, move_idea
from ..domain.routing import answer_question, route_to_expert, withdraw_question
from ..domain.suggesting import dismiss_merge
from ..domain.tagging import keep_tag, tag_idea
from ..domain.templating import fill, put_values, templates_for, version_in_force
from ..domain.triaging import unchanged, version_of
from ..domain.undoing import undo
from ..domain.voting_for_others import take_back_votes, vote_for_others, votes_on_behalf_of
from ..listing import find_category
from ..models import AnswerTemplate, Deed, Idea, MergeSuggestion, Routing, Tag, VoteOnBehalf
from ..permissions import can_open_desk, is_signed_in
from ..states import Doing, Visibility

HISTORY = 50


class DeskView(APIView):
    """Staff who open the desk, and nobody else; each verb says what of it they may do."""

    permission_classes = [AllowAny]
    pagination_class = CursorPages

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        require(is_signed_in(request.user), NotSignedIn())
        require(can_open_desk(request.user), NotAllowed())

    def found(self, rows: Any, key: str) -> Any:
        row = rows.filter(public_id=key).first()
        require(row is not None, NotFound())
        return row

    def idea(self, public_id: str) -> Idea:
        return self.found(Idea.objects.select_related("author", "category", "assignee", "merged_into"), public_id)

    def asked(self, shape: type) -> dict:
        asked = shape(data=self.request.data)
        asked.is_valid(raise_exception=True)
        return asked.validated_data

    @contextmanager
    def as_seen(self, public_id: str, values: dict) -> Iterator[Idea]:
        """The idea, held while the verb runs, if it still is what the caller read; unasked, as it is."""
        idea = self.idea(public_id)
        if "seen" not in values:
            yield idea
            return
        with unchanged(idea, values["seen"]) as held:
            yield held

    def done(self, idea: Idea, *, kind: str = "", key: str = "", told: int = 0) -> Response:
        idea = Idea.objects.get(pk=idea.pk)
        undoing = {"kind": kind, "key": key, "seconds": settings.LAB["UNDO_SECONDS"]} if kind else None
        return Response(shapes.DeskDoneSerializer({"idea": standing(idea), "told": told, "undo": undoing}).data)

    def deed_done(self, idea: Idea, deed: Deed | None, told: int = 0) -> Response:
        return self.done(idea, kind="deed", key=deed.public_id, told=told) if deed else self.done(idea)

    def page(self, rows, shape):
        pages = CursorPages()
        items = pages.paginate_queryset(rows, self.request, self)
        return pages.get_paginated_response(shape(items, many=True).data)


def standing(idea: Idea) -> dict:
    return {"id": idea.public_id, "state": idea.state, "visibility": idea.visibility, "version": version_of(idea)}


def told(idea: Idea, values: dict) -> int:
    return 0 if values.get("silent") else audience_of(idea).count()


class DeskIdeaView(DeskView):
    @extend_schema(operation_id="desk_idea_read", responses=shapes.DeskFactsSerializer)
    def get(self, request, public_id):
        """What the desk shows beside an idea, and the `version` that a move takes as `seen`."""
        idea = self.found(Idea.objects.select_related("category", "assignee").with_tags(public_only=False), public_id)
        questions = Routing.objects.open().filter(idea=idea).select_related("idea", "expert", "asked_by")
        pairs = MergeSuggestion.objects.open().about(idea).select_related("duplicate", "canonical")
        facts = standing(idea) | {
            "title": idea.title, "category": idea.category.slug, "assignee": idea.assignee.public_id if idea.assignee else None,
            "audience": audience_of(idea).count(), "vote_count": idea.vote_score, "staff_vote_count": idea.staff_votes,
            "votes_on_behalf": idea.votes_on_behalf_count, "tags": tags_of(idea), "questions": questions,
            "on_behalf": votes_on_behalf_of(idea), "suggestions": pairs,
            "history": idea.deeds.filter(undone_at__isnull=True).order_by("-at", "-id")[:HISTORY],
        }  # fmt: skip
        return Response(shapes.DeskFactsSerializer(facts).data)


class DeskMoveView(DeskView):
    @extend_schema(operation_id="desk_idea_move", request=shapes.DeskMoveInput, responses=shapes.DeskDoneSerializer)
    def post(self, request, public_id):
        """Take the idea to another state, with a public reason."""
        values = self.asked(shapes.DeskMoveInput)
        with self.as_seen(public_id, values) as idea:
            people = told(idea, values)
            move = move_idea(idea, values["to"], reason=values["reason"], by=request.user, silent=values["silent"])
        return self.done(idea, kind="move", key=move.public_id, told=people)


class DeskAssigneeView(DeskView):
    @extend_schema(operation_id="desk_idea_assign", request=shapes.DeskAssignInput, responses=shapes.DeskDoneSerializer)
    def put(self, request, public_id):
        """Give the idea to a colleague, or to nobody."""
        values = self.asked(shapes.DeskAssignInput)
        to = colleague(values["assignee"], "assignee")
        with self.as_seen(public_id, values) as idea:
            before = idea.assignee_id
            idea = assign_idea(idea, to, by=request.user, reason=values["reason"])
        deeds = idea.deeds.filter(kind=Doing.ASSIGNED, by=request.user)
        return self.deed_done(idea, deeds.last() if before != idea.assignee_id else None)


def colleague(key: str | None, field: str) -> Member | None:
    """A member of staff by their id; whether they may answer, the verb says."""
    if not key:
        return None
    found = Member.objects.living().staff().filter(public_id=key).first()
    if not found:
        raise Invalid(code="cannot_answer", field=field)
    return found


class DeskCategoryView(DeskView):
    @extend_schema(operation_id="desk_idea_file", request=shapes.DeskFileInput, responses=shapes.DeskDoneSerializer)
    def put(self, request, public_id):
        """Change the theme; the author hears of it."""
        values = self.asked(shapes.DeskFileInput)
        with self.as_seen(public_id, values) as idea:
            deed = file_idea(
                idea,
                find_category(values["category"]),
                by=request.user,
                reason=values["reason"],
                silent=values["silent"],
            )
        return self.deed_done(idea, deed, 0 if values["silent"] else 1)


class DeskTagsView(DeskView):
    @extend_schema(operation_id="desk_idea_tag", request=shapes.DeskTagsInput, responses=shapes.DeskDoneSerializer)
    def patch(self, request, public_id):
        """Put tags on and take tags off, by their slugs."""
        values = self.asked(shapes.DeskTagsInput)
        add, remove = tags_named(values["add"], "add"), tags_named(values["remove"], "remove")
        with self.as_seen(public_id, values) as idea:
            deed = tag_idea(idea, add=add, remove=remove, by=request.user, reason=values["reason"])
        return self.deed_done(idea, deed)


def tags_named(slugs: list[str], field: str) -> list[Tag]:
    found = list(Tag.objects.filter(slug__in=slugs))
    if len(found) != len(set(slugs)):
        raise Invalid(code="unknown_tag", field=field)
    return found


class DeskNotesView(DeskView):
    @extend_schema(operation_id="desk_idea_note", request=shapes.DeskNoteInput, responses=shapes.DeskDoneSerializer)
    def post(self, request, public_id):
        """A note that staff alone read."""
        values = self.asked(shapes.DeskNoteInput)
        with self.as_seen(public_id, values) as idea:
            note = comment_on(idea, body=values["body"], by=request.user, is_internal=True)
        return self.done(idea, kind="note", key=note.public_id)


class DeskAnswersView(DeskView):
    @extend_schema(operation_id="desk_idea_answer", request=shapes.DeskAnswerInput, responses=shapes.DeskDoneSerializer)
    def post(self, request, public_id):
        """The official answer: a text, or a template's with its fields filled."""
        values = self.asked(shapes.DeskAnswerInput)
        version, body = None, values["body"]
        with self.as_seen(public_id, values) as idea:
            if values["template"]:
                template = self.found(AnswerTemplate.objects.filter(is_active=True), values["template"])
                version = version_in_force(template)
                letter = fill(
                    version, self.idea(public_id), language=values.get("language", ""), values=values["fields"]
                )
                body = put_values(body, values["fields"]) or letter.text
            people = told(idea, values)
            answer = answer_officially(idea, body=body, by=request.user, silent=values["silent"], written_from=version)
        return self.done(idea, kind="answer", key=answer.public_id, told=people)


class DeskQuestionsOfIdeaView(DeskView):
    @extend_schema(operation_id="desk_idea_ask", request=shapes.DeskQuestionInput, responses=shapes.DeskDoneSerializer)
    def post(self, request, public_id):
        """Put a question to an expert, for a day; the expert is told."""
        values = self.asked(shapes.DeskQuestionInput)
        with self.as_seen(public_id, values) as idea:
            expert = colleague(values["expert"], "expert")
            routing = route_to_expert(
                idea, expert, question=values["question"], due_on=values["due_on"], by=request.user
            )
        return self.deed_done(idea, routing.deed, 1)


class DeskQuestionsView(DeskView):
    @extend_schema(
        operation_id="desk_questions", responses=shapes.DeskQuestionSerializer(many=True),
        parameters=[OpenApiParameter("all", bool, description="Everyone’s, not only those put to me.")],
    )  # fmt: skip
    def get(self, request):
        """Open questions, the most pressing first."""
        rows = Routing.objects.open().select_related("idea", "expert", "asked_by").order_by("due_on", "id")
        everyone = request.query_params.get("all", "").lower() in ("1", "true")
        return self.page(rows if everyone else rows.put_to(request.user), shapes.DeskQuestionSerializer)


class DeskQuestionView(DeskView):
    def question(self, key: str) -> Routing:
        return self.found(Routing.objects.select_related("idea", "expert"), key)

    @extend_schema(
        operation_id="desk_question_answer", request=shapes.DeskAdviceInput, responses=shapes.DeskDoneSerializer
    )
    def post(self, request, key):
        """The expert's answer: a note for staff, or with `official` the bank's answer."""
        values = self.asked(shapes.DeskAdviceInput)
        routing = self.question(key)
        people = told(routing.idea, values) if values["official"] else 0
        routing = answer_question(routing, by=request.user, **values)
        return self.deed_done(routing.idea, routing.deed, people)

    @extend_schema(operation_id="desk_question_withdraw", responses={200: shapes.DeskDoneSerializer})
    def delete(self, request, key):
        """Take an open question back."""
        routing = withdraw_question(self.question(key), by=request.user)
        return self.deed_done(routing.idea, routing.deed)


class DeskMergeView(DeskView):
    @extend_schema(
        operation_id="desk_idea_merge_preview", responses=shapes.DeskMergePreviewSerializer,
        parameters=[OpenApiParameter("into", str, required=True, description="The id of the idea that would stay.")],
    )  # fmt: skip
    def get(self, request, public_id):
        """Who would count after a merge, and how many would hear of it."""
        idea = self.idea(public_id)
        preview = preview_merge(idea, self.idea(request.query_params.get("into", "")[:12]), by=request.user)
        return Response(shapes.DeskMergePreviewSerializer(vars(preview) | {"told": audience_of(idea).count()}).data)

    @extend_schema(operation_id="desk_idea_merge", request=shapes.DeskMergeInput, responses=shapes.DeskDoneSerializer)
    def post(self, request, public_id):
        """Merge the idea into the one that stays."""
        values = self.asked(shapes.DeskMergeInput)
        with self.as_seen(public_id, values) as idea:
            people = told(idea, values)
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
            people = told(idea, values)
            move = unmerge_idea(idea, reason=values["reason"], by=request.user, silent=values["silent"])
        return self.done(idea, kind="unmerge", key=move.public_id, told=people)


class DeskVisibilityView(DeskView):
    @extend_schema(
        operation_id="desk_idea_show_or_hide", request=shapes.DeskVisibilityInput, responses=shapes.DeskDoneSerializer
    )
    def put(self, request, public_id):
        """Hide, remove or show again, with the reason that the author reads at once: there is no undo."""
        values = self.asked(shapes.DeskVisibilityInput)
        verbs = {Visibility.PUBLIC: restore_idea, Visibility.HIDDEN: hide_idea, Visibility.REMOVED: remove_idea}
        with self.as_seen(public_id, values) as idea:
            verbs[values["to"]](idea, reason=values["reason"], by=request.user)
        return self.done(idea)


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
            people = told(idea, values)
            merge_idea(idea, pair.canonical, reason=values["reason"], by=request.user, silent=values["silent"])
        return self.done(idea, kind="merge", key=idea.public_id, told=people)

    @extend_schema(operation_id="desk_suggestion_dismiss", responses={200: shapes.DeskDoneSerializer})
    def delete(self, request, key):
        """They are two ideas: the pair does not come back."""
        pair = self.suggestion(key)
        return self.deed_done(pair.duplicate, dismiss_merge(pair, by=request.user))


class DeskTemplatesView(DeskView):
    @extend_schema(
        operation_id="desk_templates", responses=shapes.DeskTemplateSerializer(many=True),
        parameters=[OpenApiParameter("idea", str, description="Fill the texts for this idea.")],
    )  # fmt: skip
    def get(self, request):
        """Templates in use; with an idea, those of its theme first and their texts filled."""
        key = request.query_params.get("idea", "")[:12]
        idea = self.idea(key) if key else None
        templates = templates_for(idea, by=request.user)
        versions = AnswerTemplate.versions_in_force(templates)
        rows = [_template_row(one, versions[one.pk], idea) for one in templates]
        return Response(
            {"results": shapes.DeskTemplateSerializer(rows, many=True).data, "next": None, "previous": None}
        )


def _template_row(template: AnswerTemplate, version: Any, idea: Idea | None) -> dict:
    letter = fill(version, idea) if idea else None
    return {
        "id": template.public_id, "name": template.name, "version": version.number,
        "text": letter.text if letter else version.body_fr, "asked": list(letter.asked) if letter else [],
    }  # fmt: skip


class DeskTagListView(DeskView):
    @extend_schema(operation_id="desk_tags", responses=shapes.DeskTagSerializer(many=True))
    def get(self, request):
        """All tags in use, private ones too."""
        return self.page(Tag.objects.filter(is_active=True).order_by("name_fr", "id"), shapes.DeskTagSerializer)

    @extend_schema(
        operation_id="desk_tags_create", request=shapes.DeskTagInput, responses={201: shapes.DeskTagSerializer}
    )
    def post(self, request):
        """Make a tag, named in both languages."""
        tag = keep_tag(**self.asked(shapes.DeskTagInput), by=request.user)
        return Response(shapes.DeskTagSerializer(tag).data, status=status.HTTP_201_CREATED)


class DeskUndoView(DeskView):
    @extend_schema(operation_id="desk_undo", request=shapes.DeskUndoInput, responses=shapes.DeskDoneSerializer)
    def post(self, request):
        """Take back what one did a moment ago: nobody has been told yet."""
        values = self.asked(shapes.DeskUndoInput)
        return self.done(undo(values["kind"], values["key"], by=request.user))
