"""Polls of one choice or several, written and answered as `stories.py` leans them.

Nothing is drawn from `demo.random`: what other apps draw before would decide who answers what, and so what a poll tells. Each
member draws alone, so that one who joined an hour too late to answer changes no other's ballot.
"""

from datetime import datetime, timedelta
from random import Random

from django.utils import timezone
from django.utils.text import slugify

from core.public_ids import ALPHABET, LENGTH
from members.states import AgeBand

from ..domain.opening import audience_of
from ..models import RECEIPT_ALPHABET, Ballot, Option, Participation, Poll, Question, pack, voter_key
from ..states import Method

BATCH = 2000


def _random(demo, told: dict, *of: str) -> Random:
    return Random(", ".join([str(demo.seed), "ballots", told["key"], *of]))  # noqa: S311 - the same demo each time, not a secret


def _id(random: Random) -> str:
    return "".join(random.choice(ALPHABET) for _ in range(LENGTH))


def at_hour(moment: datetime, hour: int) -> datetime:
    return timezone.localtime(moment).replace(hour=hour, minute=0, second=0, microsecond=0)


def since(poll: Poll, member) -> datetime:
    """From when this member could have answered, as an account that is not counted apart."""
    return max(poll.opens_at, member.date_joined + timedelta(days=2))


def write(demo, told: dict) -> tuple[Poll, list[Option]]:
    owner, random = demo.accounts.get("produit"), _random(demo, told, "written")
    opens_at = demo.ago(days=told["opened"]) if "opened" in told else demo.now + timedelta(days=told["opens"])
    opens_at = at_hour(opens_at, 9)
    closes_at = demo.ago(days=told["closed"]) if "closed" in told else demo.now + timedelta(days=told["closes"])
    closes_at = at_hour(closes_at, 18)
    poll = Poll(
        public_id=_id(random), slug=slugify(told["title"])[:80].strip("-"), title=told["title"], intro=told["intro"],
        state=told["state"], opens_at=opens_at, closes_at=closes_at, results_policy=told["policy"], owner=owner,
        audience_kinds=pack(told.get("kinds", [])), audience_segments=pack(told.get("segments", [])),
        created_at=opens_at - timedelta(days=4),
        reminded_at=opens_at + timedelta(days=told["reminded"], hours=1) if "reminded" in told else None,
    )  # fmt: skip
    if "decision" in told:
        poll.decision, poll.decided_by, poll.decided_at = (
            told["decision"],
            owner,
            at_hour(demo.ago(days=told["decided"]), 10),
        )
    poll.audience_size = audience_of(poll).count()
    poll.save()
    question = Question.objects.create(
        public_id=_id(random), poll=poll, method=told.get("method", Method.SINGLE), max_choices=told.get("max_choices")
    )
    options = [
        Option(
            public_id=_id(random), question=question, position=place, text=text, description=description, drawing=drawing
        )
        for place, (text, description, drawing) in enumerate(told["options"])
    ]  # fmt: skip
    options = Option.objects.bulk_create(options)
    if "retained" in told:
        poll.retained = options[told["retained"]]
        poll.save(update_fields=["retained"])
    return poll, options


def answer(demo, told: dict, poll: Poll, options: list[Option]) -> None:
    """Members of the audience answer at their own hour; `spare` accounts are left to answer in person.

    Who joins while it is open answers from their second day on; who joins later never does.
    """
    spared = {demo.accounts[name].pk for name in told.get("spare", []) if name in demo.accounts}
    people = [*demo.accounts.values(), *demo.members]
    until = min(poll.closes_at, demo.now)
    draws = {member.pk: _random(demo, told, member.email) for member in people}
    voters = [
        member
        for member in people
        if not member.is_staff
        and member.pk not in spared
        and (not poll.kinds or member.kind in poll.kinds)
        and (not poll.segments or member.segment in poll.segments)
        and since(poll, member) < until
        and draws[member.pk].random() < told["turnout"]
    ]
    # The customer of the demo's story has voted on the offer and reads its decision.
    if told["key"] == "welcome" and "cliente" in demo.accounts and demo.accounts["cliente"] not in voters:
        voters.append(demo.accounts["cliente"])
    participations = [
        Participation(
            poll=poll, member=member,
            at=since(poll, member) + (until - since(poll, member)) * draws[member.pk].random() ** 1.6,
        )
        for member in voters
    ]  # fmt: skip
    ballots = [_ballot(draws[member.pk], told, poll, options, member) for member in voters]
    _random(demo, told, "order").shuffle(ballots)  # no order of rows that says whose is whose
    Participation.objects.bulk_create(participations, batch_size=BATCH)
    Ballot.objects.bulk_create(ballots, batch_size=BATCH)


def _ballot(random: Random, told: dict, poll: Poll, options: list[Option], member) -> Ballot:
    weights = list(told["lean"].get(member.kind) or next(iter(told["lean"].values())))
    if "older" in told and member.age_band == AgeBand.SENIOR:
        weights = [weight * more for weight, more in zip(weights, told["older"], strict=True)]
    how_many = 1 if told.get("method") != Method.MULTIPLE else random.randint(1, told["max_choices"])
    chosen: list[Option] = []
    while len(chosen) < how_many:
        option = random.choices(options, weights)[0]
        if option not in chosen:
            chosen.append(option)
    chosen.sort(key=lambda option: option.position)
    code = "".join(random.choice(RECEIPT_ALPHABET) for _ in range(10))
    return Ballot(
        voter_key=voter_key(poll, member), poll=poll, receipt=f"{code[:4]}-{code[4:8]}-{code[8:]}",
        choices={options[0].question.public_id: [option.public_id for option in chosen]},
        kind=member.kind, segment=member.segment, age_band=member.age_band, product=member.product,
    )  # fmt: skip
