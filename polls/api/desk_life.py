"""A poll's life for staff's own tools, beside its moves (`desk.py`): the reminder, who is counted, weights, how it grew, names."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from ..domain.counting_in import CAN_COUNT, LONGEST, apart_in, count_in
from ..domain.naming import named_answers
from ..domain.participating import turnout_of
from ..domain.reminding import remind, who_would_hear
from ..domain.weighting import LONGEST as LONGEST_CSV
from ..domain.weighting import drop_weights, set_weights, strata_of, text_of
from ..exporting import in_words
from .desk import DeskPoll


class ReminderSerializer(serializers.Serializer):
    sent_at = serializers.DateTimeField(allow_null=True)
    audience = serializers.IntegerField(help_text="How many would hear of a reminder sent now; 0 once it is sent.")


class ApartSerializer(serializers.Serializer):
    """Ballots counted apart, by reason; those counted in after all, and why."""

    staff = serializers.IntegerField()
    new = serializers.IntegerField()
    burst = serializers.IntegerField()
    counted_in = serializers.ListField(child=serializers.ChoiceField(choices=CAN_COUNT))
    reason = serializers.CharField(allow_blank=True)


class CountInInput(serializers.Serializer):
    kinds = serializers.ListField(child=serializers.CharField(max_length=10), max_length=5)
    reason = serializers.CharField(allow_blank=True, help_text=f"10 to {LONGEST} characters, for everyone to read.")


class WeightSerializer(serializers.Serializer):
    """An age and a product, each empty for who did not say or has none. What its ballots are is told after the close."""

    age_band = serializers.CharField(allow_blank=True)
    product = serializers.CharField(source="product_code", allow_blank=True)
    share = serializers.SerializerMethodField(help_text="Of the audience, in parts of 1; null: the bank gave none.")
    ballots = serializers.IntegerField(allow_null=True, help_text="Null before the close, and where they are too few.")
    sample = serializers.SerializerMethodField(help_text="Their part of all ballots, in parts of 1.")

    def get_share(self, row) -> float | None:
        return None if row.share is None else round(row.share / 100, 8)

    def get_sample(self, row) -> float | None:
        return None if row.sample is None else round(row.sample / 100, 4)


class WeightsInput(serializers.Serializer):
    csv = serializers.CharField(
        allow_blank=True, max_length=LONGEST_CSV, trim_whitespace=False,
        help_text="Columns age, product and share, in percent or parts of 1.",
    )  # fmt: skip


class WeightsFileInput(serializers.Serializer):
    file = serializers.FileField(
        allow_empty_file=True,
        help_text="The same as a file, in UTF-8 or as older spreadsheets write it: `weights.csv`.",
    )


class TurnoutSpanSerializer(serializers.Serializer):
    start = serializers.DateField()
    came = serializers.IntegerField()
    whole = serializers.IntegerField()


class CrowdSerializer(serializers.Serializer):
    kind = serializers.CharField(source="code")
    people = serializers.IntegerField(allow_null=True, help_text="Null: too few to be shown.")


class TurnoutSerializer(serializers.Serializer):
    course = TurnoutSpanSerializer(many=True)
    kinds = CrowdSerializer(source="crowds", many=True)


class NamedAnswerSerializer(serializers.Serializer):
    member = serializers.CharField(source="member.display_name")
    at = serializers.DateTimeField()
    counted = serializers.SerializerMethodField()
    answers = serializers.SerializerMethodField()

    def get_counted(self, row) -> bool:
        return row.ballot.is_counted(self.context["poll"].counts_in)

    def get_answers(self, row) -> list[str]:
        """In the order of the questions; "" where there is no answer."""
        return in_words(self.context["poll"], row.ballot)


class DeskPollReminderView(DeskPoll):
    @extend_schema(operation_id="desk_polls_reminder", responses=ReminderSerializer)
    def get(self, request, public_id):
        """Whether it was sent, and how many would hear of it."""
        return self.shown(self.poll(public_id))

    @extend_schema(operation_id="desk_polls_remind", request=None, responses={200: ReminderSerializer})
    def post(self, request, public_id):
        """Send the only reminder: 409 `already_reminded`, `nobody_to_remind`, `poll_closed`, `poll_not_open`."""
        return self.shown(remind(self.poll(public_id), by=request.user))

    def shown(self, poll) -> Response:
        audience = who_would_hear(poll).count() if poll.is_open and not poll.reminded_at else 0
        return Response(ReminderSerializer({"sent_at": poll.reminded_at, "audience": audience}).data)


class DeskPollApartView(DeskPoll):
    @extend_schema(operation_id="desk_polls_apart", responses=ApartSerializer)
    def get(self, request, public_id):
        return self.shown(self.poll(public_id))

    @extend_schema(operation_id="desk_polls_count_in", request=CountInInput, responses={200: ApartSerializer})
    def put(self, request, public_id):
        """Count these kinds in and the others apart, recounted at once. Refused with 400 `staff_apart`, `unknown_kind`,
        `nothing_changes`, `too_short`, `too_long`, `private_data`; 409 `too_few_apart`,
        `count_stands` (opened again), `impossible_move`."""
        poll, asked = self.poll(public_id), self.asked(CountInInput)
        return self.shown(count_in(poll, asked["kinds"], reason=asked["reason"], by=request.user))

    def shown(self, poll) -> Response:
        told = apart_in(poll) | {"counted_in": poll.counts_in, "reason": poll.counted_in_reason}
        return Response(ApartSerializer(told).data)


class DeskPollWeightsView(DeskPoll):
    @extend_schema(operation_id="desk_polls_weights", responses=WeightSerializer(many=True))
    def get(self, request, public_id):
        """The shares of the audience, and after the close those of the ballots; none, where each ballot counts as one."""
        return self.shown(self.poll(public_id))

    @extend_schema(
        operation_id="desk_polls_weigh",
        request={"application/json": WeightsInput, "multipart/form-data": WeightsFileInput},
        responses={200: WeightSerializer(many=True)},
    )
    def put(self, request, public_id):
        """Replace them, from `csv` or from a `file`: 400 `bad_weights` with `lines` naming each wrong line; 409 `impossible_move`
        after the decision, and `weights_stand` once their result was there to be read: after a close they are put in once."""
        poll = self.poll(public_id)
        if "file" in request.FILES:
            text = text_of(self.asked(WeightsFileInput)["file"])
        else:
            text = self.asked(WeightsInput)["csv"]
        return self.shown(set_weights(poll, text, by=request.user))

    @extend_schema(operation_id="desk_polls_drop_weights", responses={200: WeightSerializer(many=True)})
    def delete(self, request, public_id):
        return self.shown(drop_weights(self.poll(public_id), by=request.user))

    def shown(self, poll) -> Response:
        return Response(WeightSerializer(strata_of(poll), many=True).data)


class DeskPollTurnoutView(DeskPoll):
    @extend_schema(operation_id="desk_polls_turnout", responses=TurnoutSerializer)
    def get(self, request, public_id):
        """How it grew, and of whom: nothing of what anyone chose."""
        return Response(TurnoutSerializer(turnout_of(self.poll(public_id))).data)


class DeskPollNamesView(DeskPoll):
    @extend_schema(operation_id="desk_polls_names", responses=NamedAnswerSerializer(many=True))
    def get(self, request, public_id):
        """Names beside answers, of open polls alone: 404 for a confidential one; 403 `results_hidden` while a sealed one runs."""
        poll = self.poll(public_id)
        return self.page(named_answers(poll, by=request.user), NamedAnswerSerializer, poll=poll)
