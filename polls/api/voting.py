"""One PUT answers a poll."""

from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.repeats import KEY, key_of

from ..domain.repeating import once
from ..domain.voting import cast_ballot
from ..permissions import can_see_results
from .answers import AnswersBallotSerializer, OptionsBallotSerializer, ballot_sent

BALLOT = PolymorphicProxySerializer(
    component_name="Ballot",
    serializers=[OptionsBallotSerializer, AnswersBallotSerializer],
    resource_type_field_name=None,
)


class ReceiptSerializer(serializers.Serializer):
    receipt = serializers.CharField()
    options = serializers.ListField(child=serializers.CharField())
    can_change_until = serializers.DateTimeField(allow_null=True)
    results_visible = serializers.BooleanField()


class BallotView(APIView):
    permission_classes = [IsAuthenticated]

    @extend_schema(
        operation_id="polls_ballot", request={"application/json": BALLOT}, responses=ReceiptSerializer, parameters=[KEY]
    )
    def put(self, request, public_id):
        """Put my ballot in, or change it until the close: `options` (a poll of choices alone) or `answers`, never both.

        The same ballot again is one ballot with the same receipt, so that an app may send it again after a lost answer.
        With an `Idempotency-Key` that holds for a day, after the close and after a change from elsewhere too, which a repeated
        request does not undo. `my_ballot.answers` of the poll can be sent as it was read. A refusal of an answer names its
        `question`.

        Refused with 400 `options_or_answers`, `unknown_question`, `unknown_option`, `wrong_kind`, `no_option`,
        `too_many_options`, `ranked_twice`, `tied_ranks`, `incomplete_ranking`, `bad_score`, `incomplete_scores`, `bad_points`,
        `bad_points_total`, `other_without_words`, `other_not_chosen`, `too_long`, `private_data`; 403 `not_in_audience`,
        `account_too_young`; 409 `poll_not_open`, `poll_closed`, `ballot_sealed`, `already_voted`;
        422 `key_reused`; 429 `too_many` changes in a minute.
        """
        sent = ballot_sent(request.data)
        with once(f"ballot {public_id}", sent, key=key_of(request), by=request.user) as again:
            receipt = cast_ballot(public_id, **sent, by=request.user, again=again)
        poll = receipt.poll
        poll.my_answer_at, poll.my_answer_of = poll.opens_at, request.user.pk
        answer = {
            "receipt": receipt.code, "options": list(receipt.options),
            "can_change_until": None if poll.sealed else poll.closes_at,
            "results_visible": bool(can_see_results(request.user, poll)),
        }  # fmt: skip
        return Response(ReceiptSerializer(answer).data)
