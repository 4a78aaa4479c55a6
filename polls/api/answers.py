"""Answers as an app reads and sends them: one shape both ways, by question."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from core.errors import Invalid

from ..domain.answering import KIND_OF, Answer
from ..domain.filling import LONGEST_COMMENT, LONGEST_OTHER
from ..models import Poll


class PollAnswerSerializer(serializers.Serializer):
    """An answer to one question: `options`, `ranks`, `scores` or `points` by its method; `other` and `comment` besides."""

    options = serializers.ListField(
        child=serializers.CharField(max_length=20), max_length=50, required=False,
        help_text="One choice, several choices: ids of the options chosen.",
    )  # fmt: skip
    ranks = serializers.ListField(
        child=serializers.ListField(child=serializers.CharField(max_length=20), max_length=50),
        max_length=50, required=False,
        help_text="Ranking: a list for each rank, the best first; options that share a rank stand in one list.",
    )  # fmt: skip
    scores = serializers.DictField(
        child=serializers.IntegerField(), required=False,
        help_text="Score: {option id: score}.",
    )  # fmt: skip
    points = serializers.DictField(
        child=serializers.IntegerField(), required=False,
        help_text="100 points to share: {option id: points}; an option without points may be left out.",
    )  # fmt: skip
    other = serializers.CharField(
        required=False, allow_blank=True, help_text=f"The words of the option “other”: {LONGEST_OTHER} characters."
    )
    comment = serializers.CharField(
        required=False, allow_blank=True, help_text=f"The free comment: {LONGEST_COMMENT} characters."
    )


class OptionsBallotSerializer(serializers.Serializer):
    """A ballot in a poll of choices alone."""

    options = serializers.ListField(
        child=serializers.CharField(max_length=20), max_length=50, help_text="Ids of the options chosen."
    )


class AnswersBallotSerializer(serializers.Serializer):
    """A ballot in any poll. A question left out is not answered; one whose “only if” is not met is not asked."""

    answers = serializers.DictField(child=PollAnswerSerializer(), help_text="{question id: answer}.")


def ballot_sent(body: Any) -> dict:
    """What `cast_ballot` takes of a body: `options` or `answers`, exactly one of them."""
    named = [name for name in ("options", "answers") if isinstance(body, Mapping) and name in body]
    if len(named) != 1:
        one = _("Send either “options” or “answers”: one of them, and not both.")
        raise Invalid(one, code="options_or_answers", field="answers")
    shape = OptionsBallotSerializer if named == ["options"] else AnswersBallotSerializer
    sent = shape(data=body)
    sent.is_valid(raise_exception=True)
    if named == ["options"]:
        return {"options": sent.validated_data["options"]}
    return {"answers": {key: _answer(told) for key, told in sent.validated_data["answers"].items()}}


def _answer(told: Mapping[str, Any]) -> Answer:
    return Answer(
        options=told.get("options", ()), ranks=told.get("ranks", ()),
        numbers=dict(told.get("scores") or told.get("points") or {}),
        other=told.get("other", ""), comment=told.get("comment", ""),
        kinds=frozenset(told) & frozenset(KIND_OF.values()),
    )  # fmt: skip


def answers_shown(poll: Poll, choices: Mapping, words: Mapping) -> dict[str, dict]:
    """A ballot as it is kept, in the shape in which it can be sent. The poll is read `with_questions()`."""
    shown = {}
    for question in poll.questions.all():
        kept, said = choices.get(question.public_id), words.get(question.public_id, {})
        answer = {KIND_OF[question.method]: kept} if kept is not None else {}
        if answer or said:
            shown[question.public_id] = answer | said
    return shown
