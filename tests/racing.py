"""Many people at the same moment: threads, each with a connection of its own, that begin together."""

from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Barrier, Event

from django.db import connection, transaction

from core.errors import DomainError
from members.models import Member

from .factories.members import a_member

THREADS = 16
PATIENCE = 30  # seconds


def people(number: int, **fields) -> list[Member]:
    """So many members, written at once."""
    first = a_member()
    rows = [
        Member(email=f"foule{first.pk}-{n}@example.org", nickname=f"Foule {first.pk}-{n}", **fields)
        for n in range(number)
    ]
    return Member.objects.bulk_create(rows)


def at_once(jobs: Iterable[Callable[[], object]], *, threads: int = THREADS) -> Counter:
    """Run the jobs in so many threads; what they answered, "ok" or the code of the refusal. Any other error is raised."""
    jobs = list(jobs)
    threads = min(threads, len(jobs))
    together = Barrier(threads)

    def run(share: list) -> Counter:
        answers: Counter = Counter()
        try:
            together.wait(PATIENCE)
            for job in share:
                try:
                    job()
                    answers["ok"] += 1
                except DomainError as refusal:
                    answers[refusal.code] += 1
        finally:
            connection.close()
        return answers

    with ThreadPoolExecutor(threads) as pool:
        return sum(pool.map(run, [jobs[first::threads] for first in range(threads)]), Counter())


def while_held(
    change: Callable[[], object], other: Callable[[], object], *, then: Callable[[], object] = lambda: None
) -> object:
    """Run `change` and keep its transaction open until `other`, in another thread, waits for a row of it; what `other` gave.

    `then` runs in the first transaction once the other one waits: what both take in two orders ends in a deadlock there.
    Only where the database has row locks: elsewhere the second writer does not even begin.
    """
    begun = Event()

    def run() -> object:
        try:
            begun.set()
            return other()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            change()
            answer = pool.submit(run)
            begun.wait(PATIENCE)
            _until_it_waits(answer)
            then()
        return answer.result(PATIENCE)


def _until_it_waits(answer: Future) -> None:
    pause = Event()
    for _turn in range(PATIENCE * 100):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
            )
            if cursor.fetchone()[0] or answer.done():
                return
        pause.wait(0.01)
    raise AssertionError("nobody waited")
