"""One GET draws a poll."""

from django.contrib.auth.models import AnonymousUser
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.response import Response
from rest_framework.views import APIView

from core.errors import DomainError, Invalid
from core.text import render_markdown

from ..consulting import read_questions, visuals_of, why_silent
from ..domain.counting_in import said_of
from ..domain.previewing import as_if_open
from ..domain.results import summarise
from ..domain.standing import Standing, standing_of
from ..models import Poll
from ..permissions import ResultsHidden, audience_in_words, refusal_to_vote, results_in_words, secrecy_of
from .answers import answers_shown
from .drawing import charts_shown, receipts_shown
from .finding import polls_for
from .results import results_as_data
from .shapes import PollInFullSerializer, PollSerializer


def show(poll: Poll, request, *, in_full: bool = False) -> dict:
    standing = standing_of(request.user, poll, with_ballot=in_full)
    shown = _shown(poll, request, standing)
    if in_full:
        shown |= _in_full(poll, request, standing)
    serializer = PollInFullSerializer if in_full else PollSerializer
    return serializer(shown, context={"request": request, "poll": poll, "reader": request.user}).data


def preview(poll: Poll, request) -> dict:
    """The poll in full, as a member it invites would get it were it open now: options as they were written, no talk yet."""
    standing, reader = as_if_open(poll, by=request.user), AnonymousUser()
    shown = _shown(poll, request, standing) | {
        "my_ballot": None, "visuals": visuals_of(reader, poll, standing.sight) if poll.consultation else [],
        "cannot_react": None, "cannot_comment": None, "comments": 0, "next": None, "results": None, "charts": [],
        "receipts": receipts_shown(poll, None, request),
    }  # fmt: skip
    return PollInFullSerializer(shown, context={"request": request, "poll": poll, "reader": reader}).data


def _shown(poll: Poll, request, standing: Standing) -> dict:
    return {
        "id": poll.public_id, "title": poll.title, "intro": poll.intro, "language": poll.language,
        "state": poll.current_state.value, "opens_at": poll.opens_at, "closes_at": poll.closes_at,
        "results_policy": poll.results_policy, "results_rule": results_in_words(poll),
        "confidential": poll.confidential, "secrecy": secrecy_of(poll), "consultation": poll.consultation,
        "min_account_days": poll.min_account_days, "sealed": poll.sealed, "ballots": poll.counted,
        "audience": {
            "kinds": list(poll.kinds), "segments": list(poll.segments), "description": audience_in_words(poll),
            "circle": poll.circle, "size": poll.audience_size,
        },
        "questions": poll.questions.all(), "answered_at": standing.answered_at,
        "unanswered": standing.can_vote and not standing.answered_at, "can_vote": standing.can_vote,
        "cannot_vote": _reason(standing.refusal), "results_visible": standing.sees_results,
        "results_hidden": _hidden(poll, standing), "counted_in": _counted_in(poll) if standing.sees_results else None,
        "decision": _decision(poll),
        "url": request.build_absolute_uri(poll.get_absolute_url()),
    }  # fmt: skip


def _in_full(poll: Poll, request, standing: Standing) -> dict:
    """What a list does without: one's ballot, the result, the talk of a consultation, the next poll."""
    user, summary = request.user, summarise(poll) if standing.sees_results else None
    mine = {
        "at": standing.answered_at, "receipt": standing.receipt, "options": sorted(standing.chosen),
        "answers": answers_shown(poll, standing.choices, standing.words),
        "can_change_until": poll.closes_at if standing.can_change else None,
    }  # fmt: skip
    return {
        "my_ballot": mine if standing.answered_at else None, "receipts": receipts_shown(poll, summary, request),
        "results": results_as_data(poll, summary) if summary else None,
        "charts": charts_shown(poll, summary, request) if summary else [],
        "visuals": visuals_of(user, poll, standing.sight) if poll.consultation else [],
        "cannot_react": _reason(refusal_to_vote(user, poll)) if poll.consultation else None,
        "cannot_comment": _reason(why_silent(user, poll)), "comments": poll.remark_count, "next": poll.next_poll,
    }  # fmt: skip


def _reason(refusal: DomainError | None) -> dict | None:
    return {"code": refusal.code, "detail": str(refusal)} if refusal else None


def _hidden(poll: Poll, standing: Standing) -> dict | None:
    if standing.sees_results:
        return None
    refusal = ResultsHidden(poll, standing.sight)
    return {"detail": str(refusal), **refusal.extra}


def _counted_in(poll: Poll) -> dict | None:
    said = said_of(poll)
    return {"kinds": poll.counts_in, "detail": said, "reason": poll.counted_in_reason} if said else None


def _decision(poll: Poll) -> dict | None:
    if not poll.decided_at:
        return None
    signer = poll.decided_by
    options = [option for question in poll.questions.all() for option in question.options.all()]
    return {
        "text": poll.decision, "html": render_markdown(poll.decision), "at": poll.decided_at,
        "signed_by": signer.display_name if signer else "", "signed_as": signer.job_title if signer else "",
        "retained": next((option for option in options if option.pk == poll.retained_id), None),
    }  # fmt: skip


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
        polls, state = polls_for(request), request.query_params.get("state", "")
        if state not in ("", "open", "closed"):
            raise Invalid(_("A poll is “open” or “closed”."), code="bad_filter", field="state")
        if state:
            polls = polls.open() if state == "open" else polls.over()
        if request.query_params.get("unanswered") == "1":
            polls = polls.awaiting(request.user)
        found = self.paginate_queryset(polls.latest_first())
        return self.get_paginated_response([show(poll, request) for poll in found])


class PollView(APIView):
    @extend_schema(operation_id="polls_read", responses=PollInFullSerializer)
    def get(self, request, public_id):
        """All an app needs to draw the poll: questions and their rules, options, my ballot, whether I may vote and if not why,
        its result with its charts or when it appears, what was decided, and the next poll that waits for me."""
        polls = Poll.objects.for_heading(request.user).with_remark_count().with_next_for(request.user)
        poll = get_object_or_404(polls.select_related("decided_by"), public_id=public_id)
        return Response(show(read_questions(poll, request.user), request, in_full=True))
