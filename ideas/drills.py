"""Reliability drills of the votes, through the real verbs and many connections at once (docs/ideas.md).

R1: 500 people, each voting four times at once, on one idea: 500 rows, counter 500, nothing but answers.
R2: 100,000 mixed votes and withdrawals: the counter of every idea is what its rows say.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from time import perf_counter
from uuid import uuid4

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from vote.models import Vote

from core.errors import DomainError
from members.models import Member

from .domain.recounting import recount_all
from .domain.voting import cast_vote, withdraw_vote
from .models import Category, Idea
from .querysets import votes_of_ideas

THREADS = 16
BODY = "Un texte d’exercice, pour compter les soutiens de beaucoup de personnes au même moment."


@dataclass
class Outcome:
    """What a drill saw. `refused` by code; `broken` are errors that are no refusal: there must be none."""

    operations: int = 0
    seconds: float = 0.0
    rows: int = 0
    counter: int = 0
    drift: list = field(default_factory=list)
    refused: Counter = field(default_factory=Counter)
    broken: list = field(default_factory=list)

    @property
    def per_second(self) -> int:
        return round(self.operations / self.seconds) if self.seconds else 0


def at_once(jobs: Iterable[Callable[[], object]], outcome: Outcome, *, threads: int | None = None) -> Outcome:
    """Run the jobs in so many threads, each with its own connection, and note what comes back."""
    jobs, threads = list(jobs), threads or THREADS
    ContentType.objects.get_for_model(Idea)

    def run(share: list) -> None:
        try:
            for job in share:
                try:
                    job()
                except DomainError as refusal:
                    outcome.refused[refusal.code] += 1
                except Exception as error:  # noqa: BLE001 - the drill looks for exactly these
                    outcome.broken.append(f"{type(error).__name__}: {error}")
        finally:
            connection.close()

    start = perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(run, [jobs[first::threads] for first in range(threads)]))
    outcome.operations, outcome.seconds = len(jobs), perf_counter() - start
    return outcome


def a_crowd(number: int) -> list[Member]:
    """Fictional people of the drill; `clear` takes them away."""
    mark = uuid4().hex[:8]
    rows = [Member(email=f"{mark}-{n}@drill.invalid", nickname=f"Exercice {mark} {n}") for n in range(number)]
    return Member.objects.bulk_create(rows)


def some_ideas(number: int, author: Member) -> list[Idea]:
    theme = Category.objects.filter(is_active=True).first()
    theme = theme or Category.objects.create(slug="exercice", name_fr="Exercice", name_en="Drill")
    return [
        Idea.objects.create(title=f"Exercice de soutien numéro {n}", body=BODY, category=theme, author=author)
        for n in range(number)
    ]


def hot_idea(*, people: int = 500, times: int = 4, seed: int = 1) -> Outcome:
    """R1."""
    crowd = a_crowd(people + 1)
    idea = some_ideas(1, crowd.pop())[0]
    jobs = [_act(cast_vote, idea.pk, who) for who in crowd for _time in range(times)]
    random.Random(seed).shuffle(jobs)  # noqa: S311 - a drill, not a secret
    outcome = at_once(jobs, Outcome())
    outcome.rows = votes_of_ideas().filter(object_id=idea.pk).count()
    outcome.counter = Idea.objects.values_list("vote_score", flat=True).get(pk=idea.pk)
    outcome.drift = [line for line in recount_all(write=False) if line.public_id == idea.public_id]
    return outcome


def mixed(*, operations: int = 100_000, people: int = 500, ideas: int = 50, seed: int = 2) -> Outcome:
    """R2. Few ideas and many people, so that the same rows are fought for all the time."""
    dice, crowd = random.Random(seed), a_crowd(people + 1)  # noqa: S311 - a drill, not a secret
    rows = some_ideas(ideas, crowd.pop())
    keys = [row.pk for row in rows]
    jobs = [
        _act(dice.choice((cast_vote, cast_vote, withdraw_vote)), dice.choice(keys), dice.choice(crowd))
        for _operation in range(operations)
    ]
    outcome = at_once(jobs, Outcome())
    outcome.rows = votes_of_ideas().filter(object_id__in=keys).count()
    outcome.counter = sum(Idea.objects.filter(pk__in=keys).values_list("vote_score", flat=True))
    ours = {row.public_id for row in rows}
    outcome.drift = [line for line in recount_all(write=False) if line.public_id in ours]
    return outcome


def _act(verb: Callable, key: int, who: Member) -> Callable[[], object]:
    return lambda: verb(Idea.objects.get(pk=key), by=who)


def clear() -> None:
    """Take away the people and the ideas of drills."""
    people = Member.objects.filter(email__endswith="@drill.invalid")
    ideas = Idea.objects.filter(author__in=people)
    Vote.objects.filter(content_type=ContentType.objects.get_for_model(Idea), object_id__in=ideas.values("pk")).delete()
    ideas.delete()
    people.delete()
