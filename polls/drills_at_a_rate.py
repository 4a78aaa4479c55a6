"""R12: ballots arrive at a stated rate, 200 a second, while the poll closes at its hour; none is accepted after it.

Arrivals have a timetable: each ballot comes at its moment, whether others wait or not, and waits for one of the clients of several
processes, as requests wait for a site's workers. Nobody closes the poll: the server's clock does. The rate at which they came is
told, the one at which they were answered, and the longest wait; the drill fails where they came more slowly than was asked for.
"""

import random
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from multiprocessing import get_context
from queue import SimpleQueue
from time import sleep, time

from django.db import connection, connections
from django.utils import timezone

from members.models import Member

from .domain.answering import Answer
from .domain.closing import close_due
from .domain.writing import move_close
from .drills import Ledger, Outcome, a_crowd, a_poll_by, answers_by, compare, send
from .models import Poll
from .states import Method

RATE, SECONDS, CLIENTS, PROCESSES = 200, 12, 32, 2
LEAD = 2.0  # seconds until the first ballot: processes start, connections open
TOLERANCE = 0.95  # of the rate that must be reached


@dataclass
class Arrivals:
    """What one process was answered, and when each of its ballots came and was answered."""

    ledger: Ledger = field(default_factory=Ledger)
    sent_at: dict[int, float] = field(default_factory=dict)
    answered_at: dict[int, float] = field(default_factory=dict)


@dataclass
class Rated(Outcome):
    """`rate`: what was asked for; `reached`: ballots that came each second, over all; `around`: in the two seconds about the close;
    `answered`: each second, over all, and `answered_around`; `longest`: seconds that one waited for its answer."""

    rate: int = RATE
    reached: float = 0.0
    around: float = 0.0
    answered: float = 0.0
    answered_around: float = 0.0
    longest: float = 0.0

    @property
    def is_good(self) -> bool:
        return super().is_good and self.late > 0 and min(self.reached, self.around) >= TOLERANCE * self.rate


@dataclass(frozen=True)
class _Part:
    """Of the timetable, what one process sends: (moment, voter, answers)."""

    poll: Poll
    rows: list[tuple[float, Member, dict[str, Answer]]]
    clients: int


def across_the_hour(
    *, rate: int = RATE, seconds: int = SECONDS, clients: int = CLIENTS, processes: int = PROCESSES,
    methods: tuple[str, ...] = (Method.SINGLE,), seed: int = 12,
) -> Rated:  # fmt: skip
    """`rate` ballots a second for so long, half before the poll's hour and half after. One process sends by threads alone."""
    dice = random.Random(seed)  # noqa: S311 - a drill, not a secret
    owner, voters = a_crowd(rate * seconds, dice)
    poll = a_poll_by(methods, owner)
    questions = list(Poll.objects.with_questions().get(pk=poll.pk).questions.all())
    start = time() + LEAD
    closes_at = datetime.fromtimestamp(start + seconds / 2, UTC)
    poll = move_close(poll, closes_at=closes_at, by=owner, now=timezone.now())
    table = [(start + n / rate, voter, answers_by(dice, questions)) for n, voter in enumerate(voters)]
    parts = [_Part(poll, table[one::processes], max(clients // processes, 1)) for one in range(processes)]
    if processes == 1:
        found = [_send_part(parts[0])]
    else:
        connections.close_all()  # a connection is not shared with a process
        with ProcessPoolExecutor(processes, mp_context=get_context("fork")) as pool:
            found = list(pool.map(_send_part, parts))
    ended = time()
    close_due()  # the worker's part, where none runs: the file is there once the close is written down
    sent = {pk: at for one in found for pk, at in one.sent_at.items()}
    outcome = Rated(ballots=len(voters), seconds=ended - start, rate=rate)
    closed = closes_at.timestamp()
    compare(
        Poll.objects.with_questions().get(pk=poll.pk), owner, voters, [one.ledger for one in found], closed, outcome
    )
    answered = {pk: at for one in found for pk, at in one.answered_at.items()}
    outcome.reached, outcome.around = _rates(sent.values(), closed)
    outcome.answered, outcome.answered_around = _rates(answered.values(), closed)
    outcome.longest = max(at - sent[pk] for pk, at in answered.items())
    taken = {pk for one in found for pk in one.ledger.taken}
    outcome.wrong["sent after the close and taken"] = [pk for pk in taken if sent[pk] > closed]
    return outcome


def _rates(moments: Iterable[float], closed: float) -> tuple[float, float]:
    """A second, over all and in the two seconds about the close."""
    moments = sorted(moments)
    return (len(moments) - 1) / (moments[-1] - moments[0]), sum(closed - 1 <= at < closed + 1 for at in moments) / 2


def _send_part(part: _Part) -> Arrivals:
    arrivals, waiting = Arrivals(), SimpleQueue()

    def client(_number: int) -> None:
        try:
            connection.ensure_connection()
            while (row := waiting.get()) is not None:
                voter, answers = row
                send(part.poll, voter, answers, arrivals.ledger, again=voter.pk % 10 == 0)
                arrivals.answered_at[voter.pk] = time()
        finally:
            connection.close()

    with ThreadPoolExecutor(part.clients) as pool:
        working = pool.map(client, range(part.clients))
        for at, voter, answers in part.rows:
            sleep(max(at - time(), 0))
            arrivals.sent_at[voter.pk] = time()
            waiting.put((voter, answers))
        for _ in range(part.clients):
            waiting.put(None)
        list(working)
    return arrivals
