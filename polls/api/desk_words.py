"""What voters wrote on their ballots, without a name, for staff's own tools."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.api.files import AnyFile
from core.api.pagination import CursorPages
from core.cursors import Page, size_of

from ..domain.reading_words import PARTS, read_words
from ..exporting import KINDS, XLSX
from ..exporting_words import words_file
from .desk import DeskPoll


class WordsSectionSerializer(serializers.Serializer):
    """A place of the ballot where one may write."""

    question = serializers.CharField(source="question.public_id")
    part = serializers.ChoiceField(choices=PARTS)
    option = serializers.CharField(source="option.public_id", default="", help_text="Of “other”; empty: a comment.")
    texts = serializers.IntegerField(help_text="How many voters wrote here.")
    withheld = serializers.BooleanField(help_text="Too few ballots answered the question: nothing of it is read.")


class WordsSerializer(serializers.Serializer):
    question = serializers.CharField(source="section.question.public_id")
    part = serializers.ChoiceField(source="section.part", choices=PARTS)
    option = serializers.CharField(
        source="section.option.public_id", default="", help_text="Of “other”; empty: a comment."
    )
    text = serializers.CharField()
    times = serializers.IntegerField(help_text="How many voters wrote it, letter by letter.")


class WordsPages(CursorPages):
    """As all cursor pages. `sections` stand beside, all of them on each page."""

    def read(self, poll, request) -> Response:
        found = read_words(
            poll, by=request.user, question=request.query_params.get("question", ""),
            cursor=request.query_params.get("cursor", ""),
            size=size_of(request.query_params.get("page_size", "")),
        )  # fmt: skip
        self.request, self.page = request, Page(found.texts, found.next, found.previous)
        answer = self.get_paginated_response(WordsSerializer(found.texts, many=True).data)
        answer.data["sections"] = WordsSectionSerializer(found.sections, many=True).data
        return answer

    def get_paginated_response_schema(self, schema):
        whole_page = super().get_paginated_response_schema(schema)
        section = {
            "type": "object", "required": ["question", "part", "option", "texts", "withheld"],
            "properties": {
                "question": {"type": "string"}, "part": {"type": "string", "enum": list(PARTS)},
                "option": {"type": "string", "description": "Of “other”; empty: a comment."},
                "texts": {"type": "integer", "description": "How many voters wrote here."},
                "withheld": {
                    "type": "boolean",
                    "description": "Too few ballots answered the question: nothing of it is read.",
                },
            },
        }  # fmt: skip
        whole_page["required"] = [*whole_page["required"], "sections"]
        whole_page["properties"]["sections"] = {"type": "array", "items": section}
        return whole_page


class DeskPollWordsView(DeskPoll):
    pagination_class = WordsPages

    @extend_schema(
        operation_id="desk_polls_words", responses=WordsSerializer(many=True),
        parameters=[OpenApiParameter("question", str, description="The id of one question: its words alone.")],
    )  # fmt: skip
    def get(self, request, public_id):
        """The texts of “other” and the free comments, after the close, without a name or a choice, in an order that says nothing.

        Ballots counted apart are left out. 403 `words_hidden` while the poll is open, `results_hidden` for drafts and sealed ones;
        409 `words_held_back` of a poll that was opened again for fewer than five ballots; 400 `unknown_question`, `bad_cursor`.
        """
        return WordsPages().read(self.poll(public_id), request)


class DeskPollWordsFileView(DeskPoll):
    content_negotiation_class = AnyFile
    pagination_class = None

    @extend_schema(
        operation_id="desk_polls_words_file",
        parameters=[OpenApiParameter("kind", str, OpenApiParameter.PATH, enum=list(KINDS))],
        responses={(200, "text/csv"): OpenApiTypes.STR, (200, XLSX): OpenApiTypes.BINARY},
    )
    def get(self, request, public_id, kind):
        """All of them as a file, under the same rules; noted in the audit. No cell is one that a spreadsheet would run.

        404 `unknown_format`; 409 `too_many_rows` where an XLSX would have more than 20,000: take CSV.
        """
        return words_file(self.poll(public_id), kind, by=request.user)
