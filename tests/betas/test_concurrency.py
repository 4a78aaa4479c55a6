"""Races for seats: on SQLite writers wait for each other, on PostgreSQL they meet at the programme's row."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from betas.domain.applying import apply
from betas.domain.enrolling import accept, withdraw
from betas.models import Enrolment
from core.errors import DomainError
from tests.factories.betas import a_programme, a_tester, an_enrolment
from tests.factories.members import a_member, a_product_owner

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def at_once(jobs):
    """Run the jobs in threads that start together; what each returned or raised."""
    barrier = Barrier(len(jobs))

    def run(job):
        barrier.wait()
        try:
            return job()
        except DomainError as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def test_twenty_apply_at_once_for_five_seats_and_five_get_one():
    programme = a_programme(seats=5, accepts_at_once=True)
    members = [a_member() for _ in range(20)]
    at_once([lambda member=member: apply(programme, by=member) for member in members])
    states = list(Enrolment.objects.values_list("state", flat=True))
    assert (states.count("accepted"), states.count("waitlisted")) == (5, 15)


def test_twenty_are_accepted_at_once_for_five_seats_and_five_get_one():
    programme, owner = a_programme(seats=5), a_product_owner()
    candidates = [an_enrolment(programme) for _ in range(20)]
    answers = at_once([lambda row=row: accept(row, by=owner) for row in candidates])
    assert Enrolment.objects.filter(state="accepted").count() == 5
    assert [answer.code for answer in answers if isinstance(answer, DomainError)] == ["beta_full"] * 15


def test_seats_given_back_at_once_go_to_as_many_and_no_more():
    programme = a_programme(seats=5)
    testers = [a_tester(programme) for _ in range(5)]
    for _ in range(10):
        an_enrolment(programme, state="waitlisted")
    newcomers = [a_member() for _ in range(5)]
    at_once(
        [lambda row=row: withdraw(row, by=row.member) for row in testers]
        + [lambda member=member: apply(programme, by=member) for member in newcomers]
    )
    assert Enrolment.objects.holding_seats().count() == 5
    assert Enrolment.objects.filter(state="waitlisted").count() == 10


def test_same_member_applying_eight_times_at_once_has_one_enrolment():
    programme, member = a_programme(), a_member()
    at_once([lambda: apply(programme, by=member) for _ in range(8)])
    assert Enrolment.objects.count() == 1
