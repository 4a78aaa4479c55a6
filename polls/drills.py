"""Reliability drills of the polls, through the real verbs and many connections at once (docs/polls.md).

Ten thousand ballots by 32 clients across a close: none lost, none doubled, none late, and the tally is what a recount of the
published file gives. Each client keeps a ledger of what it was answered, and the box is compared with the ledgers. At a
stated rate: `drills_at_a_rate.py`.
"""

import json
import random
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Barrier, Event
from time import time
from uuid import uuid4

from django.contrib.auth.models import Group
from django.db import connection
from django.utils import timezone

from core.errors import DomainError
from core.roles import PRODUCT_OWNER
from members.models import Member
from members.states import AgeBand, Kind, Segment

from . import recount_alone
from .domain.answering import Answer
from .domain.closing import close
from .domain.opening import open_now
from .domain.publishing_tally import lines_of_file, open_tally
from .domain.tallying import recount
from .domain.voting import cast_ballot
from .domain.writing import write_poll
from .models import Ballot, Participation, Poll, Question, voter_key
from .states import Method

CLIENTS, MOST_WAIT, CHUNK = 32, 60, 5_000
LATECOMERS = 0.9  # the last tenth of each client comes after the close, however long that waited for its turn
AGE = timedelta(days=400)  # of the voters' accounts: old enough to be counted


@dataclass
class Ledger:
    """What one client was answered. `taken`: receipts by voter, those sent again too; `refused`: voters by code."""

    taken: dict[int, str] = field(default_factory=dict)
    refused: dict[int, str] = field(default_factory=dict)
    doubled: list[int] = field(default_factory=list)  # sent again, and another receipt came back
    broken: list[str] = field(default_factory=list)  # errors that are no refusal
    answered_at: list[float] = field(default_factory=list)


@dataclass
class Outcome:
    """What the drill found; every list of `wrong` must be empty."""

    ballots: int = 0
    taken: int = 0
    late: int = 0
    seconds: float = 0.0
    at_the_close: int = 0  # requests answered in the busiest second around the close, those refused with it
    wrong: dict[str, list] = field(default_factory=dict)

    @property
    def per_second(self) -> int:
        return round(self.ballots / self.seconds) if self.seconds else 0

    @property
    def is_good(self) -> bool:
        return not any(self.wrong.values()) and self.taken > 0


def across_a_close(
    *, ballots: int = 10_000, clients: int = CLIENTS, methods: Sequence[str] = tuple(Method.values), until: float = 0.6,
    seed: int = 12,
) -> Outcome:  # fmt: skip
    """So many voters by so many clients; the poll is closed by hand once the share `until` of them was answered.

    It has a question by each of `methods`.
    """
    dice = random.Random(seed)  # noqa: S311 - a drill, not a secret
    owner, voters = a_crowd(ballots, dice)
    poll = a_poll_by(methods, owner)
    questions = list(Poll.objects.with_questions().get(pk=poll.pk).questions.all())
    said = {voter.pk: answers_by(dice, questions) for voter in voters}
    ledgers = [Ledger() for _ in range(clients)]
    together, enough, closed, answered = Barrier(clients + 1), Event(), Event(), Counter()

    def client(number: int) -> None:
        mine = voters[number::clients]
        try:
            together.wait(MOST_WAIT)
            for place, voter in enumerate(mine):
                if place >= LATECOMERS * len(mine):
                    closed.wait(MOST_WAIT)
                send(poll, voter, said[voter.pk], ledgers[number], again=voter.pk % 10 == 0)
                answered[number] += 1
                if sum(answered.values()) >= until * len(voters):
                    enough.set()
        finally:
            enough.set()
            connection.close()

    def closer() -> float:
        try:
            together.wait(MOST_WAIT)
            enough.wait()
            close(poll, by=owner)
            return time()
        finally:
            closed.set()
            connection.close()

    start = time()
    with ThreadPoolExecutor(clients + 1) as pool:
        closing = pool.submit(closer)
        list(pool.map(client, range(clients)))
    outcome = Outcome(ballots=len(voters), seconds=time() - start)
    compare(Poll.objects.with_questions().get(pk=poll.pk), owner, voters, ledgers, closing.result(), outcome)
    return outcome


def send(poll: Poll, voter: Member, answers: dict[str, Answer], ledger: Ledger, *, again: bool) -> None:
    """One client's request, and the same one again where it is told to: an app that lost the answer sends it twice."""
    try:
        receipt = cast_ballot(poll.public_id, answers=answers, by=voter).code
        ledger.taken[voter.pk] = receipt
        ledger.answered_at.append(time())
        if again and cast_ballot(poll.public_id, answers=answers, by=voter).code != receipt:
            ledger.doubled.append(voter.pk)
    except DomainError as refusal:
        ledger.answered_at.append(time())
        if voter.pk not in ledger.taken:  # what was sent again may be late: the first one stands
            ledger.refused[voter.pk] = refusal.code
    except Exception as error:  # noqa: BLE001 - the drill looks for exactly these
        ledger.broken.append(f"{type(error).__name__}: {error}")


def compare(poll: Poll, owner: Member, voters: list, ledgers: list[Ledger], closed: float, outcome: Outcome) -> None:
    """The box against the ledgers, the file against the tally."""
    taken = {pk: code for ledger in ledgers for pk, code in ledger.taken.items()}
    refused = {pk: code for ledger in ledgers for pk, code in ledger.refused.items()}
    box = dict(Ballot.objects.filter(poll=poll).values_list("voter_key", "receipt"))
    keys = {voter.pk: voter_key(poll, voter) for voter in voters}
    took_part = Participation.objects.filter(poll=poll)
    file = json.loads(b"".join(lines_of_file(open_tally(poll, by=owner))))
    moments = [moment for ledger in ledgers for moment in ledger.answered_at]
    outcome.taken, outcome.late = len(taken), len(refused)
    outcome.at_the_close = max(
        (sum(1 for one in moments if at <= one < at + 1) for at in (closed - 1, closed - 0.5, closed)), default=0
    )
    outcome.wrong = {
        "lost": [pk for pk, code in taken.items() if box.get(keys[pk]) != code],
        "in the box though refused": [pk for pk in refused if keys[pk] in box],
        "in the box of nobody": list(set(box) - {keys[pk] for pk in taken}),
        "doubled": [pk for ledger in ledgers for pk in ledger.doubled],
        "late": list(took_part.filter(at__gte=poll.closes_at).values_list("pk", flat=True)),
        "refused for another reason": sorted({code for code in refused.values() if code != "poll_closed"}),
        "participations": [] if took_part.count() == len(box) == len(taken) else [took_part.count(), len(box), len(taken)],
        "drift": [] if (drift := recount(poll)) == 0 else [drift],
        "recount of the file": recount_alone.check(file)[1],
        "receipts that are not in the file": list(set(taken.values()) ^ {ballot["receipt"] for ballot in file["ballots"]}),
        "broken": [error for ledger in ledgers for error in ledger.broken],
    }  # fmt: skip


# What it is made of


def a_crowd(number: int, dice: random.Random) -> tuple[Member, list[Member]]:
    """Fictional people of the drill, an owner of polls first; `clear` takes them away."""
    mark, joined = uuid4().hex[:8], timezone.now() - AGE
    owner = Member.objects.create(
        email=f"{mark}-po@drill.invalid", nickname=f"Exercice {mark} PO", is_staff=True, date_joined=joined
    )
    owner.groups.add(Group.objects.get_or_create(name=PRODUCT_OWNER)[0])
    rows = [
        Member(
            email=f"{mark}-{n}@drill.invalid", nickname=f"Exercice {mark} {n}", date_joined=joined,
            kind=dice.choice(Kind.values), segment=dice.choice(Segment.values), age_band=dice.choice(["", *AgeBand.values]),
        )
        for n in range(number)
    ]  # fmt: skip
    return owner, Member.objects.bulk_create(rows, batch_size=1000)


def a_poll_by(methods: Sequence[str], owner: Member) -> Poll:
    """One question by method, of four options each."""
    questions = [
        {
            "text": f"Exercice : {label} ?", "method": method, "max_choices": 3 if method == Method.MULTIPLE else None,
            "ties": True, "blanks": True, "options": [{"text": f"Option {n}"} for n in range(1, 5)],
        }
        for method, label in Method.choices
        if method in methods
    ]  # fmt: skip
    poll = write_poll(
        by=owner,
        title=f"Exercice {uuid4().hex[:8]}",
        questions=questions,
        closes_at=timezone.now() + timedelta(hours=2),
    )
    return open_now(poll, by=owner)


def answers_by(dice: random.Random, questions: list[Question]) -> dict[str, Answer]:
    """An answer to each question, as chance has it."""
    return {question.public_id: _an_answer(dice, question) for question in questions}


def _an_answer(dice: random.Random, question: Question) -> Answer:
    ids = [option.public_id for option in question.options.all()]
    dice.shuffle(ids)
    by_method: dict[str, Callable[[], Answer]] = {
        Method.SINGLE: lambda: Answer(options=ids[:1]),
        Method.MULTIPLE: lambda: Answer(options=ids[: dice.randint(1, 3)]),
        Method.RANKING: lambda: Answer(ranks=[ids[:1], ids[1:3], ids[3:]][: dice.randint(1, 3)]),
        Method.SCORE: lambda: Answer(numbers={one: dice.randint(1, 5) for one in ids[: dice.randint(1, 4)]}),
        Method.POINTS: lambda: Answer(numbers=dict(zip(ids, (50, 30, 20), strict=False))),
    }
    return by_method[Method(question.method)]()


def clear() -> None:
    """Take away the people and the polls of drills."""
    people = Member.objects.filter(email__endswith="@drill.invalid")
    polls = Poll.objects.filter(owner__in=people)
    Participation.objects.filter(poll__in=polls).delete()
    ballots = Ballot.objects.filter(poll__in=polls)
    while keys := list(ballots.values_list("pk", flat=True)[:CHUNK]):  # SQLite takes no 100,000 keys in one sentence
        Ballot.objects.filter(pk__in=keys).delete()
    polls.delete()
    people.delete()
