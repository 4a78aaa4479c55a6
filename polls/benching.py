"""What polls cost at a hundred thousand ballots: `manage.py bench --only polls` prints it. Made by a seed, taken away again."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from time import perf_counter
from uuid import uuid4

from django.db import connection
from django.shortcuts import get_object_or_404
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from members.models import Member
from members.states import AgeBand, Kind, Segment

from . import drills
from .domain.closing import close
from .domain.filling import fill
from .domain.opening import open_now
from .domain.ordering import in_order_for
from .domain.publishing_tally import lines_of_file, open_tally
from .domain.results import summarise
from .domain.results.runoffs import keep_runoffs
from .domain.standing import standing_of
from .domain.tallying import recount
from .domain.voting import cast_ballot
from .domain.writing import write_poll
from .models import Ballot, Poll, new_receipt
from .states import Method

BALLOTS, ROUNDS, RESULTS_MS = 100_000, 3, 100.0
QUERIES = {"poll": 6, "ballot": 6, "results": 5}
BATCH = 2_000
APART = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")  # of the transaction, not queries


@dataclass(frozen=True)
class Line:
    """One read or write: its queries, the best of the rounds in ms, and the most of each it may take."""

    name: str
    queries: int
    ms: float
    most_queries: int | None = None
    most_ms: float | None = None

    @property
    def is_over(self) -> bool:
        return (self.most_queries is not None and self.queries > self.most_queries) or (
            self.most_ms is not None and self.ms > self.most_ms
        )


def measured(*, ballots: int = BALLOTS, seed: int = 8) -> Iterator[Line]:
    """A poll of each method: the poll drawn, a ballot put in, and after the close its results and its file."""
    dice = random.Random(seed)  # noqa: S311 - a bench, not a secret
    owner, people = drills.a_crowd(3, dice)
    try:
        for method in Method.values:
            yield from _of(method, owner, people, ballots, dice)
    finally:
        drills.clear()


def _of(method: str, owner: Member, people: list[Member], ballots: int, dice: random.Random) -> Iterator[Line]:
    poll = a_filled_poll(method, owner, ballots, dice)
    reader, *_others = people
    yield _timed(f"{method}: the poll", lambda: _draw(poll, reader), QUERIES["poll"])
    questions, turns = list(_read(poll, reader).questions.all()), iter(people)
    said = drills.answers_by(dice, questions)
    yield _timed(
        f"{method}: a ballot", lambda: cast_ballot(poll.public_id, answers=said, by=next(turns)), QUERIES["ballot"]
    )
    close(poll, by=owner)
    keep_runoffs(poll.pk)  # as the worker does after a close
    yield _timed(f"{method}: results", lambda: _results(poll, reader), QUERIES["results"], RESULTS_MS)
    yield _timed(f"{method}: the tally file", lambda: _download(poll, reader), None, rounds=1)


def _timed(
    name: str, read: Callable[[], object], queries: int | None, ms: float | None = None, rounds: int = ROUNDS
) -> Line:
    """The quickest of the rounds, and the most queries that any took."""
    took, asked = [], []
    for _round in range(rounds):
        with CaptureQueriesContext(connection) as captured:
            start = perf_counter()
            read()
            took.append(1000 * (perf_counter() - start))
        asked.append(sum(not query["sql"].startswith(APART) for query in captured))
    return Line(name, max(asked), min(took), queries, ms)


def a_filled_poll(method: str, owner: Member, ballots: int, dice: random.Random) -> Poll:
    """A poll with so many ballots, written in bulk and counted from them as `manage.py recount_polls` does."""
    question = {
        "method": method, "max_choices": 3 if method == Method.MULTIPLE else None, "ties": True, "blanks": True,
        "options": [{"text": f"Option {n}"} for n in range(1, 7)],
    }  # fmt: skip
    poll = write_poll(
        by=owner, title=f"Banc {uuid4().hex[:8]}", questions=[question], closes_at=timezone.now() + timedelta(hours=2)
    )
    poll = open_now(poll, by=owner)
    questions = list(Poll.objects.with_questions().get(pk=poll.pk).questions.all())
    for first in range(0, ballots, BATCH):
        Ballot.objects.bulk_create(
            _a_ballot(poll, fill(questions, drills.answers_by(dice, questions)).choices, dice)
            for _n in range(min(BATCH, ballots - first))
        )
    recount(poll)
    return poll


def _a_ballot(poll: Poll, choices: dict, dice: random.Random) -> Ballot:
    return Ballot(
        voter_key=uuid4().hex * 2, poll=poll, receipt=new_receipt(), choices=choices, kind=dice.choice(Kind.values),
        segment=dice.choice(Segment.values), age_band=dice.choice(AgeBand.values),
    )  # fmt: skip


def _read(poll: Poll, reader: Member) -> Poll:
    return get_object_or_404(Poll.objects.for_reading(reader).select_related("decided_by"), public_id=poll.public_id)


def _draw(poll: Poll, reader: Member) -> None:
    """What the app's GET reads."""
    found = _read(poll, reader)
    standing_of(reader, found)
    for question in found.questions.all():
        in_order_for(reader, question)


def _results(poll: Poll, reader: Member) -> None:
    summarise(_read(poll, reader))


def _download(poll: Poll, reader: Member) -> None:
    for _lines in lines_of_file(open_tally(_read(poll, reader), by=reader)):
        pass
