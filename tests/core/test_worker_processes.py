"""Workers as they are in life: processes that are killed, stopped, and several at once. On SQLite and on PostgreSQL."""

import os
import signal
import subprocess
from collections import Counter
from contextlib import suppress
from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core.events import later
from core.models import PeriodicRun
from tests.core import jobs
from tests.core.processes import start_worker, wait_until, workers

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True), pytest.mark.concurrency]


def done() -> int:
    return DBTaskResult.objects.successful().filter(task_path="core.tasks.run_job").count()


def at_work() -> set[str]:
    """The workers that have taken a task so far."""
    return {name for row in DBTaskResult.objects.all() for name in row.worker_ids}


def test_worker_killed_again_and_again_loses_nothing_and_doubles_nothing():
    for number in range(200):
        later(jobs.note_and_queue, number)
    for target in (20, 120, 240):
        with workers() as [process]:
            wait_until(lambda target=target: len(jobs.effects()) >= target)
            os.kill(process.pid, signal.SIGKILL)
    with workers():
        wait_until(lambda: len(jobs.effects()) == 400 and not DBTaskResult.objects.filter(status="READY").exists())
    counted = Counter(jobs.effects())
    assert set(counted.values()) == {1}
    assert set(counted) == {*range(200), *(f"{number}-next" for number in range(200))}


def test_several_workers_share_the_work_and_do_each_task_once():
    for number in range(120):
        later(jobs.note, number, 0.002)
    with workers(3):
        wait_until(lambda: len(jobs.effects()) == 120)
    assert sorted(jobs.effects()) == list(range(120))


def test_periodic_jobs_run_once_among_several_workers():
    given: list[int] = []

    def all_at_work() -> bool:
        """Each has begun to look for periodic work before it takes its first task; there is one for the last to come too."""
        if len(at_work()) < len(started):
            given.append(len(given))
            later(jobs.note, given[-1], 0.05)
            return False
        return True

    with workers(3) as started:
        wait_until(all_at_work)
        wait_until(lambda: sorted(jobs.effects()) == given)
        wait_until(lambda: {"core.pruning.prune_tasks"} <= set(PeriodicRun.objects.values_list("name", flat=True)))
    rows = DBTaskResult.objects.filter(task_path="core.tasks.run_job").exclude(
        args_kwargs__args__0="tests.core.jobs.note"
    )
    names = Counter(row.args_kwargs["args"][0] for row in rows)
    assert names["core.pruning.prune_tasks"] == 1
    assert set(names.values()) == {1}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_the_idle_worker_stops_at_once_and_cleanly(number):
    later(jobs.note, "a")
    process = start_worker()
    wait_until(lambda: jobs.effects() == ["a"])
    process.send_signal(number)
    assert process.wait(timeout=60) == 0


def test_told_to_stop_the_worker_ends_what_it_does_and_takes_nothing_more():
    later(jobs.note_outside, "a", 2.0)
    later(jobs.note_outside, "b", 1.0)
    process = start_worker()
    wait_until(lambda: jobs.effects() == ["a"])
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=60) == 0
    assert DBTaskResult.objects.filter(status="READY").exists()
    assert done() >= 1
    assert jobs.effects() == ["a"]


def test_told_twice_to_stop_the_worker_lets_its_task_go():
    later(jobs.note_outside, "a", 300)
    process = start_worker()
    wait_until(lambda: jobs.effects() == ["a"])
    try:
        for _time in range(8):  # two signals close together count as one
            process.send_signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=4)
                break
        assert process.returncode in (1, -signal.SIGTERM)  # the last one may find Python on its way out
    finally:
        process.kill()
    assert DBTaskResult.objects.get(task_path="core.tasks.run_job", args_kwargs__args__1__0="a").status == "READY"


def test_task_held_elsewhere_is_done_here_after_its_lease():
    later(jobs.note, "a")
    row = DBTaskResult.objects.get()
    row.claim("elsewhere:1:1:x")
    DBTaskResult.objects.update(started_at=timezone.now() - timedelta(seconds=10))
    with workers(WORKER_LEASE_SECONDS="2"):
        wait_until(lambda: jobs.effects() == ["a"])
