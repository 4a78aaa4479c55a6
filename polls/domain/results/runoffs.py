"""The rounds of instant run-offs: they need the ballots themselves, so they are worked out once, after the close."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from ...models import Ballot, Option, Poll, Question
from ...states import Key, Method
from ..counting.runoff import instant_runoff
from .methods import Round
from .publishing import published

AT_ONCE = 2_000  # a result of so many ballots is worked out as it is read; of more, by the worker after the close


def work_out(poll: Poll, questions: Sequence[Question]) -> dict[str, Any]:
    """{question's public id: {"rounds": [...], "winner": option's public id or ""}} of the poll's rankings, from its ballots."""
    rankings = [question for question in questions if question.method == Method.RANKING]
    if not rankings:
        return {}
    profiles: dict[str, Counter] = {question.public_id: Counter() for question in rankings}
    ballots = Ballot.objects.filter(poll=poll).counted(poll.counts_in).values_list("choices", flat=True)
    for choices in ballots.iterator(chunk_size=5000):
        for key, profile in profiles.items():
            if choices.get(key):
                profile[tuple(tuple(rank) for rank in choices[key])] += 1
    return {question.public_id: _told(profiles[question.public_id], question) for question in rankings}


def _told(profile: Counter, question: Question) -> dict[str, Any]:
    found = instant_runoff(profile, [option.public_id for option in question.options.all()])
    rounds = [
        {
            "votes": dict(one.counts), "out": list(one.out), "exhausted": one.exhausted, "rule": one.rule,
            "tied": list(one.tied),
        }
        for one in found.rounds
    ]  # fmt: skip
    return {"rounds": rounds, "winner": found.winner or ""}


@transaction.atomic
def keep_runoffs(poll_id: int) -> None:
    """Work the rounds out and keep them, with the clock they were read at. Those of the table that stays published stay.

    Nothing, while ballots may still come in."""
    poll = Poll.objects.select_for_update().filter(pk=poll_id).first()
    if poll is None or not poll.is_counted or published(poll).behind:
        return
    questions = list(poll.questions.prefetch_related("options"))
    told = work_out(poll, questions)
    if told:
        poll.runoffs = {"moves": moves_of(poll), "questions": told}
        poll.save(update_fields=["runoffs"])


def moves_of(poll: Poll) -> int:
    found = poll.tallies.filter(question=None, option=None, key=Key.MOVES).values_list("count", flat=True)
    return found.first() or 0


def rounds_of(told: dict[str, Any], question: Question) -> tuple[list[Round], Option | None]:
    by_id = {option.public_id: option for option in question.options.all()}
    rounds = [
        Round(
            sorted(((by_id[key], n) for key, n in one["votes"].items()), key=lambda found: -found[1]),
            [by_id[key] for key in one["out"]], one["exhausted"], one.get("rule", ""),
            [by_id[key] for key in one.get("tied", ())],
        )
        for one in told["rounds"]
    ]  # fmt: skip
    return rounds, by_id.get(told["winner"])
