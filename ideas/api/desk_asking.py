"""Experts' opinions, answer templates and tags, for staff's own tools."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.response import Response

from .. import desk_serializers as shapes
from ..domain.recording import told_of
from ..domain.routing import answer_question, route_to_expert, withdraw_question
from ..domain.tagging import keep_tag
from ..domain.templating import fill, templates_for
from ..models import AnswerTemplate, Idea, Routing, Tag
from .desk_view import DeskView, colleague, told


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
        return self.deed_done(idea, routing.deed, told_of(routing.deed))


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
        return self.found(Routing.objects.select_related("idea__merged_into", "expert"), key)

    @extend_schema(
        operation_id="desk_question_answer", request=shapes.DeskAdviceInput, responses=shapes.DeskDoneSerializer
    )
    def post(self, request, key):
        """The expert's answer: a note for staff, or with `official` the bank's answer."""
        values = self.asked(shapes.DeskAdviceInput)
        routing = self.question(key)
        idea = routing.idea.merged_into or routing.idea  # where the answer goes
        people = told(idea, values, request.user) if values["official"] else 0
        routing = answer_question(routing, by=request.user, **values)
        return self.deed_done(routing.idea, routing.deed, people or told_of(routing.deed))

    @extend_schema(operation_id="desk_question_withdraw", responses={200: shapes.DeskDoneSerializer})
    def delete(self, request, key):
        """Take an open question back."""
        routing = withdraw_question(self.question(key), by=request.user)
        return self.deed_done(routing.idea, routing.deed)


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
