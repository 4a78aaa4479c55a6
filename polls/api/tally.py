"""What lets anyone check a poll: the tally file, one's own ballot in it; and the names of an open poll."""

from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.pagination import CursorPages
from core.errors import NotFound
from members.api import PersonSerializer

from ..domain.publishing_tally import lines_of_file, open_tally
from ..domain.showing_names import names_in
from ..models import Poll
from ..receipts import look_up
from ..states import Method
from .answers import PollAnswerSerializer, answers_shown
from .finding import polls_for


class TallyBallotSerializer(serializers.Serializer):
    receipt = serializers.CharField()
    counted = serializers.BooleanField(help_text="False: counted apart, in no total.")
    choices = serializers.DictField(
        child=serializers.JSONField(),
        help_text="By question: options chosen; ranks, the best first; {option: score}; {option: points}.",
    )


class TallyOptionSerializer(serializers.Serializer):
    id = serializers.CharField()
    text = serializers.CharField()
    is_other = serializers.BooleanField()


class TallyQuestionSerializer(serializers.Serializer):
    id = serializers.CharField()
    text = serializers.CharField()
    method = serializers.ChoiceField(choices=Method.choices)
    required = serializers.BooleanField()
    max_choices = serializers.IntegerField(allow_null=True)
    ties = serializers.BooleanField()
    blanks = serializers.BooleanField()
    only_if = serializers.ListField(child=serializers.CharField())
    withheld = serializers.BooleanField(help_text="Too few answered: neither answers nor totals are in the file.")
    criteria = serializers.BooleanField(help_text="Its options are sides of one thing, of which none wins.")
    options = TallyOptionSerializer(many=True)


class TalliedPollSerializer(serializers.Serializer):
    id = serializers.CharField()
    title = serializers.CharField()
    closed_at = serializers.DateTimeField()
    confidential = serializers.BooleanField()
    sealed = serializers.BooleanField()


class TallyRulesSerializer(serializers.Serializer):
    smallest_group = serializers.IntegerField()
    scores = serializers.ListField(child=serializers.IntegerField(), help_text="Lowest, highest.")
    points = serializers.IntegerField()
    conditions_hidden = serializers.BooleanField(help_text="A question is withheld: “only if” cannot be checked.")


class OptionTotalsSerializer(serializers.Serializer):
    votes = serializers.IntegerField(help_text="Ballots that chose, ranked or scored the option, or gave it points.")
    first = serializers.IntegerField(required=False, help_text="Ranking: ranked first, alone or tied.")
    over = serializers.DictField(
        child=serializers.IntegerField(), required=False,
        help_text="Ranking, score: how many put this option above that one.",
    )  # fmt: skip
    scores = serializers.DictField(child=serializers.IntegerField(), required=False)
    sum = serializers.IntegerField(required=False)
    squares = serializers.IntegerField(required=False, help_text="Sum of the squares of the points.")


class QuestionTotalsSerializer(serializers.Serializer):
    answers = serializers.IntegerField()
    options = serializers.DictField(child=OptionTotalsSerializer())


class TotalsSerializer(serializers.Serializer):
    ballots = serializers.IntegerField()
    questions = serializers.DictField(child=QuestionTotalsSerializer())


class TallyFileSerializer(serializers.Serializer):
    """Ballots stand in the order of their receipts, one on each line."""

    ballots = TallyBallotSerializer(many=True)
    format = serializers.CharField()
    poll = TalliedPollSerializer()
    questions = TallyQuestionSerializer(many=True)
    rules = TallyRulesSerializer()
    totals = TotalsSerializer()
    sha256 = serializers.CharField(help_text="Of the same JSON without it: keys sorted, no space, UTF-8.")


class CodeInput(serializers.Serializer):
    code = serializers.CharField(max_length=40, help_text="A receipt, however it is typed.")


class FoundBallotSerializer(serializers.Serializer):
    counted = serializers.BooleanField(help_text="False: counted apart, in no total.")
    answers = serializers.DictField(child=PollAnswerSerializer(), help_text="{question id: answer}.")


class NamedAnswersSerializer(serializers.Serializer):
    member = PersonSerializer()
    answers = serializers.DictField(child=PollAnswerSerializer(), help_text="{question id: answer}, without words.")


def _poll(request, public_id: str) -> Poll:
    return get_object_or_404(polls_for(request), public_id=public_id)


class TallyView(APIView):
    @extend_schema(operation_id="polls_tally", responses=TallyFileSerializer)
    def get(self, request, public_id):
        """The tally file of a poll that is over: every ballot under its receipt, and the totals they must give.

        Refused with 403 `results_hidden`; 409 `tally_not_yet`, `tally_too_small`, `tally_held_back`.
        """
        found = open_tally(_poll(request, public_id), by=request.user)
        return StreamingHttpResponse(lines_of_file(found), content_type="application/json")


class ReceiptView(APIView):
    permission_classes = [AllowAny]

    @extend_schema(operation_id="polls_receipt", request=CodeInput, responses={200: FoundBallotSerializer})
    def post(self, request, public_id):
        """The ballot filed under a receipt in the published tally. The code is posted, so that no log has it.

        404 `unknown_receipt` for any code that is not in the file, whatever it may be; 429 `too_many`; else as the file.
        """
        asked = CodeInput(data=request.data)
        asked.is_valid(raise_exception=True)
        poll = _poll(request, public_id)
        found = look_up(request, poll, asked.validated_data["code"], by=request.user)
        if found is None:
            raise NotFound(
                _("No published ballot has this receipt. Check the code, letter by letter."), code="unknown_receipt"
            )
        shown = {"counted": found["counted"], "answers": answers_shown(poll, found["choices"], {})}
        return Response(FoundBallotSerializer(shown).data, headers={"Cache-Control": "no-store"})


class NamesView(APIView):
    pagination_class = CursorPages

    @extend_schema(operation_id="polls_names", responses=NamedAnswersSerializer(many=True))
    def get(self, request, public_id):
        """Who answered what, in a poll that said before the vote that names are shown; 404 for every other."""
        poll, pages = _poll(request, public_id), CursorPages()
        rows = pages.paginate_queryset(names_in(poll, by=request.user), request, self)
        shown = [{"member": row.member, "answers": answers_shown(poll, row.ballot.choices, {})} for row in rows]
        return pages.get_paginated_response(NamedAnswersSerializer(shown, many=True, context={"request": request}).data)
