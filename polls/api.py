"""Polls for the mobile app: one GET draws a poll, one PUT answers it."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response
from rest_framework.views import APIView

from core.errors import Invalid

from .domain.standing import standing_of
from .domain.summarising import Share, summarise
from .domain.voting import cast_ballot
from .models import Poll
from .permissions import ResultsHidden, audience_in_words, can_see_results
from .states import Method, ResultsPolicy, State


class OptionSerializer(serializers.Serializer):
    id = serializers.CharField(source="public_id")
    text = serializers.CharField()
    description = serializers.CharField()
    image = serializers.SerializerMethodField()

    def get_image(self, option) -> str | None:
        request = self.context.get("request")
        return request.build_absolute_uri(option.image.url) if option.image and request else None


class QuestionSerializer(serializers.Serializer):
    id = serializers.CharField(source="public_id")
    text = serializers.SerializerMethodField()
    method = serializers.ChoiceField(choices=Method.choices)
    max_choices = serializers.IntegerField(source="most", allow_null=True, help_text="How many options at most.")
    options = OptionSerializer(many=True)

    def get_text(self, question) -> str:
        return question.text or self.context["poll"].title


class AudienceSerializer(serializers.Serializer):
    kinds = serializers.ListField(child=serializers.CharField(), help_text="Empty: all.")
    segments = serializers.ListField(child=serializers.CharField(), help_text="Empty: all.")
    description = serializers.CharField()
    size = serializers.IntegerField()


class ReasonSerializer(serializers.Serializer):
    code = serializers.CharField()
    detail = serializers.CharField()


class MyBallotSerializer(serializers.Serializer):
    at = serializers.DateTimeField()
    receipt = serializers.CharField(allow_blank=True)
    options = serializers.ListField(child=serializers.CharField(), help_text="Empty while a sealed poll is open.")


class DecisionSerializer(serializers.Serializer):
    text = serializers.CharField()
    at = serializers.DateTimeField()
    signed_by = serializers.CharField(allow_blank=True)


class PollSerializer(serializers.Serializer):
    """A poll as this caller sees it."""

    id = serializers.CharField()
    title = serializers.CharField()
    intro = serializers.CharField()
    state = serializers.ChoiceField(choices=State.choices)
    opens_at = serializers.DateTimeField()
    closes_at = serializers.DateTimeField()
    results_policy = serializers.ChoiceField(choices=ResultsPolicy.choices)
    confidential = serializers.BooleanField()
    sealed = serializers.BooleanField()
    ballots = serializers.IntegerField()
    audience = AudienceSerializer()
    questions = QuestionSerializer(many=True)
    answered_at = serializers.DateTimeField(allow_null=True)
    can_vote = serializers.BooleanField()
    cannot_vote = ReasonSerializer(allow_null=True)
    results_visible = serializers.BooleanField()
    decision = DecisionSerializer(allow_null=True)
    url = serializers.URLField()


class PollInFullSerializer(PollSerializer):
    my_ballot = MyBallotSerializer(allow_null=True)


class BallotSerializer(serializers.Serializer):
    options = serializers.ListField(
        child=serializers.CharField(max_length=20), max_length=50, help_text="Ids of the options chosen."
    )


class ReceiptSerializer(serializers.Serializer):
    receipt = serializers.CharField()
    options = serializers.ListField(child=serializers.CharField())
    can_change_until = serializers.DateTimeField(allow_null=True)
    results_visible = serializers.BooleanField()


class ShareSerializer(serializers.Serializer):
    """Votes for an option; all null where fewer people than the smallest cell could be made out."""

    id = serializers.CharField()
    text = serializers.CharField()
    votes = serializers.IntegerField(allow_null=True)
    share = serializers.FloatField(allow_null=True, help_text="Between 0 and 1.")
    interval = serializers.ListField(
        child=serializers.FloatField(), allow_null=True, help_text="Wilson's, at 95 %: low, high."
    )


class GroupSerializer(serializers.Serializer):
    code = serializers.CharField(allow_blank=True)
    label = serializers.CharField()
    ballots = serializers.IntegerField(allow_null=True)
    options = ShareSerializer(many=True)


class BreakdownSerializer(serializers.Serializer):
    by = serializers.CharField()
    label = serializers.CharField()
    groups = GroupSerializer(many=True)


class QuestionResultSerializer(serializers.Serializer):
    id = serializers.CharField()
    text = serializers.CharField()
    options = ShareSerializer(many=True)
    breakdowns = BreakdownSerializer(many=True)


class ResultsSerializer(serializers.Serializer):
    poll = serializers.CharField()
    final = serializers.BooleanField()
    ballots = serializers.IntegerField()
    audience = serializers.IntegerField()
    turnout = serializers.FloatField(allow_null=True)
    smallest_cell = serializers.IntegerField()
    enough_ballots = serializers.BooleanField()
    questions = QuestionResultSerializer(many=True)


def show(poll: Poll, request, *, in_full: bool = False) -> dict:
    standing = standing_of(request.user, poll, with_ballot=in_full)
    refusal = standing.refusal
    shown = {
        "id": poll.public_id, "title": poll.title, "intro": poll.intro, "state": poll.current_state.value,
        "opens_at": poll.opens_at, "closes_at": poll.closes_at, "results_policy": poll.results_policy,
        "confidential": poll.confidential, "sealed": poll.sealed, "ballots": poll.counted,
        "audience": {
            "kinds": list(poll.kinds), "segments": list(poll.segments), "description": audience_in_words(poll),
            "size": poll.audience_size,
        },
        "questions": poll.questions.all(), "answered_at": standing.answered_at, "can_vote": standing.can_vote,
        "cannot_vote": {"code": refusal.code, "detail": str(refusal)} if refusal else None,
        "results_visible": standing.sees_results, "decision": _decision(poll),
        "url": request.build_absolute_uri(poll.get_absolute_url()),
    }  # fmt: skip
    if in_full:
        mine = {"at": standing.answered_at, "receipt": standing.receipt, "options": sorted(standing.chosen)}
        shown["my_ballot"] = mine if standing.answered_at else None
    serializer = PollInFullSerializer if in_full else PollSerializer
    return serializer(shown, context={"request": request, "poll": poll}).data


def _decision(poll: Poll) -> dict | None:
    if not poll.decided_at:
        return None
    signed_by = poll.decided_by.display_name if poll.decided_by else ""
    return {"text": poll.decision, "at": poll.decided_at, "signed_by": signed_by}


def _share(share: Share) -> dict:
    return {
        "id": share.option.public_id, "text": share.option.text, "votes": share.votes if share.shown else None,
        "share": round(share.share, 4) if share.shown else None,
        "interval": [round(share.low, 4), round(share.high, 4)] if share.shown else None,
    }  # fmt: skip


def _polls(request):
    return Poll.objects.for_reading(request.user).select_related("decided_by")


class PollListView(GenericAPIView):
    serializer_class = PollSerializer
    queryset = Poll.objects.none()

    @extend_schema(
        operation_id="polls_list",
        parameters=[
            OpenApiParameter("state", str, enum=["open", "closed"], description="closed takes in decided polls"),
            OpenApiParameter("unanswered", str, enum=["1"], description="open, meant for me, not answered yet"),
        ],
        responses=PollSerializer(many=True),
    )
    def get(self, request):
        """Open polls first, then those closed last."""
        polls, state = _polls(request), request.query_params.get("state", "")
        if state not in ("", "open", "closed"):
            raise Invalid(_("A poll is “open” or “closed”."), code="bad_filter", field="state")
        if state:
            polls = polls.open() if state == "open" else polls.over()
        if request.query_params.get("unanswered") == "1":
            polls = polls.open().for_audience_of(request.user).filter(my_answer_at__isnull=True)
        found = self.paginate_queryset(polls.latest_first())
        return self.get_paginated_response([show(poll, request) for poll in found])


class PollView(APIView):
    @extend_schema(operation_id="polls_read", responses=PollInFullSerializer)
    def get(self, request, public_id):
        """All an app needs to draw the poll: questions, options, my ballot, whether I may vote and if not why."""
        return Response(show(get_object_or_404(_polls(request), public_id=public_id), request, in_full=True))


class BallotView(APIView):
    permission_classes = [IsAuthenticated]

    @extend_schema(operation_id="polls_ballot", request=BallotSerializer, responses=ReceiptSerializer)
    def put(self, request, public_id):
        """Put my ballot in, or change it until the close. The same ballot twice is one ballot with one receipt.

        Refused with 400 `unknown_option`, `too_many_options`, `no_option`; 403 `not_in_audience`; 409 `poll_closed`,
        `poll_not_open`, `ballot_sealed`.
        """
        sent = BallotSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        receipt = cast_ballot(public_id, sent.validated_data["options"], by=request.user)
        poll = receipt.poll
        poll.my_answer_at, poll.my_answer_of = poll.opens_at, request.user.pk
        answer = {
            "receipt": receipt.code, "options": list(receipt.options),
            "can_change_until": None if poll.sealed else poll.closes_at,
            "results_visible": bool(can_see_results(request.user, poll)),
        }  # fmt: skip
        return Response(ReceiptSerializer(answer).data)


class ResultsView(APIView):
    @extend_schema(operation_id="polls_results", responses=ResultsSerializer)
    def get(self, request, public_id):
        """Shares, intervals, turnout and breakdowns; 403 `results_hidden`, with when they appear, by the poll's policy."""
        poll = get_object_or_404(_polls(request), public_id=public_id)
        sight = can_see_results(request.user, poll)
        if not sight:
            raise ResultsHidden(poll, sight)
        summary = summarise(poll)
        questions = [
            {
                "id": found.question.public_id, "text": found.question.text or poll.title,
                "options": [_share(share) for share in found.shares],
                "breakdowns": [
                    {
                        "by": breakdown.by, "label": breakdown.label,
                        "groups": [
                            {
                                "code": group.code, "label": group.label, "ballots": group.ballots,
                                "options": [_share(share) for share in group.shares.values()],
                            }
                            for group in breakdown.groups
                        ],
                    }
                    for breakdown in found.breakdowns
                ],
            }
            for found in summary.questions
        ]  # fmt: skip
        result = {
            "poll": poll.public_id, "final": poll.is_over, "ballots": summary.ballots, "audience": summary.audience,
            "turnout": summary.turnout, "smallest_cell": summary.smallest_cell, "enough_ballots": summary.enough,
            "questions": questions,
        }  # fmt: skip
        return Response(ResultsSerializer(result).data)
