"""The drills in small: ballots by many clients across a close, and what a poll of each method costs."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from members.models import Member
from polls import benching, drills, drills_at_a_rate
from polls.models import Ballot, Poll


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_ballots_across_a_close_are_neither_lost_nor_doubled_nor_late():
    small = connection.vendor == "sqlite"  # where one writer waits for the other
    outcome = drills.across_a_close(ballots=60 if small else 240, clients=4 if small else 16)
    assert {name: found for name, found in outcome.wrong.items() if found} == {}
    assert outcome.taken + outcome.late == outcome.ballots
    assert 0 < outcome.taken < outcome.ballots
    drills.clear()
    assert not Poll.objects.exists() and not Ballot.objects.exists()
    assert not Member.objects.filter(email__endswith="@drill.invalid").exists()


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_drill_of_one_method_says_how_many_came_and_takes_its_people_away():
    out = StringIO()
    call_command("drills", only="polls", method="single", ballots=40, clients=4, stdout=out)
    assert "40 ballots across a close" in out.getvalue() and "broken: 0" in out.getvalue()
    assert not Poll.objects.exists() and not Member.objects.filter(email__endswith="@drill.invalid").exists()


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_ballots_come_at_the_rate_that_was_asked_for_and_none_is_taken_after_the_hour():
    outcome = drills_at_a_rate.across_the_hour(rate=10, seconds=4, clients=4, processes=1)
    assert {name: found for name, found in outcome.wrong.items() if found} == {}
    assert (outcome.ballots, outcome.taken + outcome.late) == (40, 40)
    assert outcome.taken > 0 and outcome.late > 0 and outcome.reached >= 9
    drills.clear()
    assert not Poll.objects.exists() and not Member.objects.filter(email__endswith="@drill.invalid").exists()


@pytest.mark.django_db
def test_poll_ballot_and_results_cost_what_is_allowed_in_every_method():
    lines = list(benching.measured(ballots=300))
    assert {
        line.name: line.queries for line in lines if line.is_over and line.queries > (line.most_queries or 99)
    } == {}
    assert len(lines) == 20
    assert not Poll.objects.exists()


@pytest.mark.django_db
def test_bench_prints_a_line_for_each_read_of_a_poll():
    out = StringIO()
    call_command("bench", only="polls", ballots=20, stdout=out)
    assert "ranking: results" in out.getvalue()
