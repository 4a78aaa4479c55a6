from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core.events import later, publish
from core.models import Event, PeriodicRun
from core.pruning import prune_tasks
from core.schedule import claim
from core.tasks import ATTEMPTS, attempt_of
from core.worker import Worker, new_worker_id, take_back_lost
from tests.core import jobs

pytestmark = pytest.mark.django_db


def work():
    call_command("worker", batch=True)


def make_due():
    DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())


def outbox(**options) -> str:
    out = StringIO()
    call_command("outbox", stdout=out, **options)
    return out.getvalue()


def test_published_event_runs_its_handlers():
    publish(jobs.BellRung(7))
    assert jobs.effects() == []
    work()
    assert jobs.effects() == [7]


def test_rollback_leaves_neither_event_nor_task():
    with pytest.raises(ValueError), transaction.atomic():
        publish(jobs.BellRung(7))
        later(jobs.note, "a")
        raise ValueError
    assert not Event.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_only_registered_jobs_can_be_queued():
    with pytest.raises(ValueError):
        later(len, [])


def test_job_waits_for_its_hour():
    later(jobs.note, "later", after=timezone.now() + timedelta(hours=1))
    later(jobs.note, "now")
    work()
    assert jobs.effects() == ["now"]


def test_failed_job_leaves_nothing_and_is_tried_again_later_each_time():
    later(jobs.note_then_break, "a")
    waits = []
    for _attempt in range(ATTEMPTS - 1):
        make_due()
        work()
        row = DBTaskResult.objects.get()
        assert row.status == "READY"
        waits.append(row.run_after - timezone.now())
    assert waits == sorted(waits)
    assert waits[0] > timedelta(seconds=3)
    assert jobs.effects() == []


def fail_for_good(key="a"):
    later(jobs.note_then_break, key)
    for _attempt in range(ATTEMPTS):
        make_due()
        work()


def test_what_failed_for_good_is_shown_and_can_be_retried():
    fail_for_good()
    assert "0 waiting" in outbox()
    assert "1 failed" in outbox()
    assert "tests.core.jobs.note_then_break builtins.ValueError" in outbox()
    assert "1 queued again" in outbox(retry=True)
    row = DBTaskResult.objects.get()
    assert (row.status, attempt_of(row)) == ("READY", 1)


def test_what_waits_for_another_attempt_is_shown():
    later(jobs.note_then_break, "a")
    work()
    assert "1 waiting, 1 of them to be tried again" in outbox()
    assert "note_then_break (2)" in outbox()


def test_kept_failure_holds_nothing_a_member_typed():
    fail_for_good("4970 1000 0000 0000")
    row = DBTaskResult.objects.get()
    assert "note_then_break" in row.traceback
    assert "4970" not in row.traceback


def claimed_by(worker_id, ago=timedelta()):
    later(jobs.note, "a")
    row = DBTaskResult.objects.get()
    row.claim(worker_id)
    DBTaskResult.objects.update(started_at=timezone.now() - ago)
    return row


def test_task_of_a_dead_process_of_this_host_is_taken_back_at_once():
    host, _pid, *_rest = new_worker_id().split(":")
    claimed_by(f"{host}:4194999:1:x")
    assert take_back_lost() == 1
    work()
    assert jobs.effects() == ["a"]


def test_task_whose_pid_now_belongs_to_another_process_is_taken_back():
    host, pid, _born, name = new_worker_id().split(":")
    claimed_by(f"{host}:{pid}:1:{name}")
    assert take_back_lost() == 1


def test_task_of_a_living_process_is_left_to_it():
    claimed_by(new_worker_id())
    assert take_back_lost() == 0


def test_task_held_on_another_host_is_taken_back_when_its_lease_ends(settings):
    claimed_by("elsewhere:1:1:x", timedelta(seconds=settings.WORKER_LEASE_SECONDS - 5))
    assert take_back_lost() == 0
    DBTaskResult.objects.update(started_at=timezone.now() - timedelta(seconds=settings.WORKER_LEASE_SECONDS + 5))
    assert take_back_lost() == 1


def test_long_task_keeps_its_lease(settings):
    worker = Worker()
    worker.current = claimed_by(worker.id, timedelta(seconds=settings.WORKER_LEASE_SECONDS - 1))
    worker.current.refresh_from_db()
    worker.renew()
    assert DBTaskResult.objects.get().started_at > timezone.now() - timedelta(seconds=5)


def test_worker_that_lost_its_task_writes_nothing():
    slow = Worker()
    row = claimed_by(slow.id)
    DBTaskResult.objects.update(worker_ids=["elsewhere:1:1:x"])
    slow.work(row)
    assert jobs.effects() == []
    assert DBTaskResult.objects.get().status == "RUNNING"


def test_task_that_kills_every_worker_is_given_up():
    row = claimed_by("x")
    DBTaskResult.objects.update(worker_ids=["elsewhere:1:1:x"] * 20, started_at=timezone.now() - timedelta(days=1))
    assert take_back_lost() == 0
    row.refresh_from_db()
    assert row.exception_class_path == "core.worker.WorkerDied"
    assert "1 failed" in outbox()


def test_periodic_job_is_claimed_once_per_interval():
    now = timezone.now()
    assert claim("job", since=now, at=now)
    assert not claim("job", since=now - timedelta(minutes=5), at=now)
    assert claim("job", since=now + timedelta(minutes=5), at=now + timedelta(minutes=5))
    assert PeriodicRun.objects.count() == 1


def test_old_finished_tasks_go_and_young_ones_stay():
    for age in (1, 3, 100):
        later(jobs.note, age)
        later(jobs.note_then_break, age)
    for row in DBTaskResult.objects.all():
        failed = row.args_kwargs["args"][0].endswith("break")
        age = timedelta(days=row.args_kwargs["args"][1][0])
        row.status, row.finished_at = "FAILED" if failed else "SUCCESSFUL", timezone.now() - age
        row.save()
    later(jobs.note, "waits")
    prune_tasks()
    kept = [(row.status, row.args_kwargs["args"][1][0]) for row in DBTaskResult.objects.order_by("enqueued_at")]
    assert kept == [("SUCCESSFUL", 1), ("FAILED", 1), ("FAILED", 3), ("READY", "waits")]
