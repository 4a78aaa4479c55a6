"""Polls for staff's own tools: written, opened, put later, closed, opened again, decided. The verbs say who may."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.response import Response

from core.api.desk import StaffView
from core.api.repeats import KEY, key_of
from core.errors import Invalid, require
from members.models import Circle

from ..domain.closing import close, reopen
from ..domain.deciding import decide
from ..domain.opening import faults_of, open_now, schedule, unschedule
from ..domain.repeating import made_once
from ..domain.writing import move_close, write_poll
from ..models import Poll
from ..permissions import can_read_studio
from ..states import State
from . import desk_shapes as shapes


class DeskPoll(StaffView):
    """Who reads the studio reads these; product owners alone change anything."""

    opens = staticmethod(can_read_studio)

    def poll(self, public_id: str) -> Poll:
        polls = Poll.objects.with_ballot_count().with_questions().select_related("circle", "retained")
        return self.found(polls, public_id)

    def whole(self, public_id: str, code: int = status.HTTP_200_OK) -> Response:
        poll = self.poll(public_id)
        faults = faults_of(poll) if poll.current_state == State.DRAFT and not poll.is_template else []
        context = {"faults": faults, "request": self.request}
        return Response(shapes.DeskPollSerializer(poll, context=context).data, status=code)

    def made(self, make: Callable[[], Poll], what: str, *, sent: Any = None) -> Response:
        """What a request makes that may come again."""
        poll = made_once(make, what, sent=sent, key=key_of(self.request), by=self.request.user)
        return self.whole(poll.public_id, status.HTTP_201_CREATED)

    def written(self, sent: Mapping[str, Any]) -> dict[str, Any]:
        """What was sent, with the circle itself for its id."""
        if not (key := sent.get("circle")):
            return dict(sent)
        circle = Circle.objects.in_use().filter(public_id=key).first()
        require(circle is not None, Invalid(code="unknown_circle", field="circle"))
        return {**sent, "circle": circle}


class DeskPollsView(DeskPoll):
    @extend_schema(
        operation_id="desk_polls_list", parameters=[OpenApiParameter("state", str, enum=State.values)],
        responses=shapes.DeskPollRowSerializer(many=True),
    )  # fmt: skip
    def get(self, request):
        """All polls, drafts too, the newest first. `state` is as it is stored, which the clock may have passed by seconds."""
        polls = Poll.objects.for_studio()
        if state := request.query_params.get("state", ""):
            require(state in State.values, Invalid("; ".join(State.values), code="unknown_state", field="state"))
            polls = polls.filter(state=state)
        return self.page(polls, shapes.DeskPollRowSerializer)

    @extend_schema(
        operation_id="desk_polls_create", request=shapes.PollInput, responses={201: shapes.DeskPollSerializer},
        parameters=[KEY],
    )  # fmt: skip
    def post(self, request):
        """Make a draft: staff alone see it until it opens. The same request with the same `Idempotency-Key` gives the draft it
        made, as it is now; with another body 422 `key_reused`."""
        sent = self.asked(shapes.PollInput)
        return self.made(lambda: write_poll(**self.written(sent), by=request.user), "poll", sent=sent)


class DeskPollView(DeskPoll):
    @extend_schema(operation_id="desk_polls_read", responses=shapes.DeskPollSerializer)
    def get(self, request, public_id):
        """One poll, and what a draft still lacks."""
        return self.whole(public_id)

    @extend_schema(operation_id="desk_polls_write", request=shapes.PollInput, responses=shapes.DeskPollSerializer)
    def put(self, request, public_id):
        """Write the poll anew, whole, as long as nobody has voted: 409 `poll_frozen` after the first ballot.

        Refused with 400 `invalid`, `bad_dates`, `bad_condition`, `two_others`, `too_many_options`, `too_few_options`,
        `too_many_questions`, `no_alternative_text`, `unknown_circle`, `private_data`, the field being
        `questions.0.options.1.text`, say.
        """
        poll = self.poll(public_id)
        write_poll(poll, **self.written(self.asked(shapes.PollInput)), is_template=poll.is_template, by=request.user)
        return self.whole(public_id)


class DeskPollMove(DeskPoll):
    """A move of the poll that needs nothing said."""

    verb: Callable

    def move(self, request, public_id: str) -> Response:
        type(self).verb(self.poll(public_id), by=request.user)
        return self.whole(public_id)


class DeskPollOpenView(DeskPollMove):
    verb = staticmethod(open_now)

    @extend_schema(operation_id="desk_polls_open", request=None, responses={200: shapes.DeskPollSerializer})
    def post(self, request, public_id):
        """Open now. Refused with 400 and the code of the first of its `faults`; 409 `impossible_move`."""
        return self.move(request, public_id)


class DeskPollScheduleView(DeskPollMove):
    verb = staticmethod(schedule)

    @extend_schema(operation_id="desk_polls_schedule", request=None, responses={200: shapes.DeskPollSerializer})
    def post(self, request, public_id):
        """Have it open at its hour by itself."""
        return self.move(request, public_id)


class DeskPollUnscheduleView(DeskPollMove):
    verb = staticmethod(unschedule)

    @extend_schema(operation_id="desk_polls_unschedule", request=None, responses={200: shapes.DeskPollSerializer})
    def post(self, request, public_id):
        """Back to a draft, as long as its hour has not come."""
        return self.move(request, public_id)


class DeskPollCloseView(DeskPollMove):
    verb = staticmethod(close)

    @extend_schema(operation_id="desk_polls_close", request=None, responses={200: shapes.DeskPollSerializer})
    def post(self, request, public_id):
        """Close now: a ballot that comes after is refused."""
        return self.move(request, public_id)


class DeskPollExtendView(DeskPoll):
    @extend_schema(
        operation_id="desk_polls_extend", request=shapes.CloseInput, responses={200: shapes.DeskPollSerializer}
    )
    def post(self, request, public_id):
        """Put the close of an open poll later, or sooner: 409 `poll_frozen` for any other, 400 `bad_dates` for the past."""
        poll, asked = self.poll(public_id), self.asked(shapes.CloseInput)
        move_close(poll, closes_at=asked["closes_at"], by=request.user, now=timezone.now())
        return self.whole(public_id)


class DeskPollReopenView(DeskPoll):
    @extend_schema(
        operation_id="desk_polls_reopen", request=shapes.CloseInput, responses={200: shapes.DeskPollSerializer}
    )
    def post(self, request, public_id):
        """Take ballots again, as long as nothing was decided: 409 `impossible_move` after."""
        poll, asked = self.poll(public_id), self.asked(shapes.CloseInput)
        reopen(poll, closes_at=asked["closes_at"], by=request.user)
        return self.whole(public_id)


class DeskPollDecisionView(DeskPoll):
    @extend_schema(
        operation_id="desk_polls_decide", request=shapes.DecisionInput, responses={200: shapes.DeskPollSerializer}
    )
    def post(self, request, public_id):
        """Publish the decision: signed by the caller, told to all who took part, said once (409 `impossible_move` after).

        `retained` is the id of the option the bank goes with, if it is one: 400 `unknown_option` for any other."""
        poll, asked = self.poll(public_id), self.asked(shapes.DecisionInput)
        decide(poll, asked["text"], retained=asked.get("retained", ""), by=request.user)
        return self.whole(public_id)
