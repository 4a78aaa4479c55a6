"""The triage for staff's own tools: one path per move, each calling the verb that the desk's page calls."""

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from core.api.pagination import CursorPages
from core.errors import Invalid, NotFound, require

from .. import desk_serializers as shapes
from ..beside import tags_of
from ..domain.alerting_staff import filed_hear
from ..domain.assigning import assign_idea
from ..domain.commenting import comment_on
from ..domain.filing import file_idea
from ..domain.following import STATED_TO_AUTHOR, people_told
from ..domain.hiding import hide_version, show_version
from ..domain.moderating import hide_idea, remove_idea, restore_idea
from ..domain.moving import answer_officially, move_idea
from ..domain.recording import told_of
from ..domain.tagging import tag_idea
from ..domain.templating import fill, put_values, version_in_force
from ..domain.undoing import undo
from ..domain.voting_for_others import votes_on_behalf_of
from ..history import feed_of
from ..listing import find_category
from ..models import AnswerTemplate, Idea, MergeSuggestion, Routing, Tag
from ..states import Doing, Visibility
from .desk_view import DeskView, because_of, colleague, standing, told

HISTORY = 50


class DeskIdeaView(DeskView):
    @extend_schema(operation_id="desk_idea_read", responses=shapes.DeskFactsSerializer)
    def get(self, request, public_id):
        """What the desk shows beside an idea, and the `version` that a move takes as `seen`."""
        idea = self.found(Idea.objects.select_related("category", "assignee").with_tags(public_only=False), public_id)
        questions = Routing.objects.open().filter(idea=idea).select_related("idea", "expert", "asked_by")
        pairs = MergeSuggestion.objects.open().about(idea).select_related("duplicate", "canonical")
        facts = standing(idea) | {
            "title": idea.title, "category": idea.category.slug, "assignee": idea.assignee.public_id if idea.assignee else None,
            "audience": people_told(idea, by=request.user), "vote_count": idea.vote_score, "staff_vote_count": idea.staff_votes,
            "votes_on_behalf": idea.votes_on_behalf_count, "tags": tags_of(idea), "questions": questions,
            "on_behalf": votes_on_behalf_of(idea), "suggestions": pairs,
            "history": feed_of(idea, request.user)[: -HISTORY - 1 : -1],
        }  # fmt: skip
        return Response(shapes.DeskFactsSerializer(facts).data)


class DeskHistoryView(DeskView):
    @extend_schema(operation_id="desk_idea_history", responses=shapes.DeskEntrySerializer(many=True))
    def get(self, request, public_id):
        """All that has happened to the idea, as its page on the desk shows it, newest first."""
        pages = CursorPages()
        items = pages.paginate_rows(feed_of(self.idea(public_id), request.user), ("at", "kind", "pk"), request)
        return pages.get_paginated_response(shapes.DeskEntrySerializer(items, many=True).data)


class DeskMoveView(DeskView):
    @extend_schema(operation_id="desk_idea_move", request=shapes.DeskMoveInput, responses=shapes.DeskDoneSerializer)
    def post(self, request, public_id):
        """Take the idea to another state, with a public reason."""
        values = self.asked(shapes.DeskMoveInput)
        with self.as_seen(public_id, values) as idea:
            people = told(idea, values, request.user)
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
            idea = assign_idea(idea, to, by=request.user, reason=values["reason"], silent=values["silent"])
        deeds = idea.deeds.filter(kind=Doing.ASSIGNED, by=request.user)
        deed = deeds.last() if before != idea.assignee_id else None
        return self.deed_done(idea, deed, told_of(deed))


class DeskCategoryView(DeskView):
    @extend_schema(operation_id="desk_idea_file", request=shapes.DeskFileInput, responses=shapes.DeskDoneSerializer)
    def put(self, request, public_id):
        """Change the theme; the author hears of it, and the owner of the new theme."""
        values = self.asked(shapes.DeskFileInput)
        with self.as_seen(public_id, values) as idea:
            category = find_category(values["category"])
            people = 0 if values["silent"] else filed_hear([idea], category, by=request.user).people
            deed = file_idea(
                idea,
                category,
                by=request.user,
                reason=values["reason"],
                silent=values["silent"],
            )
        return self.deed_done(idea, deed, people)


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
        missing = next(slug for slug in slugs if slug not in {tag.slug for tag in found})
        sentence = _("The tag “%(slug)s” does not exist. GET desk/tags/ lists those that do.")
        raise Invalid(sentence % {"slug": missing[:40]}, code="unknown_tag", field=field)
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
            people = told(idea, values, request.user)
            answer = answer_officially(idea, body=body, by=request.user, silent=values["silent"], written_from=version)
        return self.done(idea, kind="answer", key=answer.public_id, told=people)


class DeskVisibilityView(DeskView):
    @extend_schema(
        operation_id="desk_idea_show_or_hide", request=shapes.DeskVisibilityInput, responses=shapes.DeskDoneSerializer
    )
    def put(self, request, public_id):
        """Hide, remove or show again, with the reason that the author reads; with a ground, where it is taken away."""
        values = self.asked(shapes.DeskVisibilityInput)
        verbs = {Visibility.PUBLIC: restore_idea, Visibility.HIDDEN: hide_idea, Visibility.REMOVED: remove_idea}
        with self.as_seen(public_id, values) as idea:
            step = verbs[values["to"]](idea, reason=values["reason"], by=request.user, **because_of(values))
        return self.done(idea, kind="sight", key=step.public_id, told=STATED_TO_AUTHOR.one(idea, by=request.user))


class DeskVersionView(DeskView):
    @extend_schema(
        operation_id="desk_version_show_or_hide", request=shapes.DeskSightInput, responses=shapes.DeskDoneSerializer
    )
    def put(self, request, public_id, number):
        """Leave one earlier text to its author and staff, or show it to everyone again, with a reason the author reads."""
        values = self.asked(shapes.DeskSightInput)
        with self.as_seen(public_id, values) as idea:
            version = idea.versions.select_related("idea").filter(number=number).first()
            require(version is not None, NotFound())
            verb = hide_version if values["to"] == Visibility.HIDDEN else show_version
            deed = verb(version, reason=values["reason"], by=request.user, **because_of(values))
        return self.deed_done(deed.idea, deed, STATED_TO_AUTHOR.one(idea, by=request.user))


class DeskUndoView(DeskView):
    @extend_schema(operation_id="desk_undo", request=shapes.DeskUndoInput, responses=shapes.DeskDoneSerializer)
    def post(self, request):
        """Take back what one did a moment ago: nobody has been told yet."""
        values = self.asked(shapes.DeskUndoInput)
        return self.done(undo(values["kind"], values["key"], by=request.user))
