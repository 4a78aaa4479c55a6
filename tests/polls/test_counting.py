"""What reading and answering cost: the same number of queries at one row and at three."""

from contextlib import contextmanager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from polls.domain.voting import cast_ballot
from tests.factories.members import a_member, a_product_owner
from tests.factories.polls import a_closed_poll, an_open_poll, options_of, votes

pytestmark = pytest.mark.django_db
APART = (
    "SAVEPOINT",
    "RELEASE",
    "django_session",
    "lab_cache",
    '"members_member"."id" = ',
    "usersessions",
    "notifications_notification",  # the bell, on every page
    "BEGIN",
    "COMMIT",
)


@contextmanager
def costs(expected: int):
    """Exactly so many reads and writes, without the session, its user, the throttle's cache and savepoints."""
    with CaptureQueriesContext(connection) as captured:
        yield
    counted = [query["sql"] for query in captured if not any(word in query["sql"] for word in APART)]
    assert len(counted) == expected, "\n".join(counted)


@pytest.fixture
def member(client):
    member = a_member()
    client.force_login(member)
    return member


@pytest.mark.parametrize("many", [1, 3])
def test_list_costs_the_same_for_one_poll_and_three(client, member, many):
    owner = a_product_owner()
    for _ in range(many):
        votes(an_open_poll(by=owner), 0, customers=2)
        a_closed_poll(by=owner)
    client.get("/sondages/")
    with costs(6):
        client.get("/sondages/")
    with costs(3):
        client.get("/api/v1/polls/")


def test_poll_with_its_result_costs_five(client, member):
    poll = an_open_poll()
    votes(poll, 0, customers=6)
    cast_ballot(poll.public_id, options_of(poll)[:1], by=member)
    client.get("/sondages/")
    with costs(5):
        assert client.get(poll.get_absolute_url()).status_code == 200
    with costs(5):
        client.get(f"/api/v1/polls/{poll.public_id}/")


def test_results_cost_four(client, member):
    poll = an_open_poll(results_policy="always")
    votes(poll, 0, customers=6)
    with costs(4):
        assert client.get(f"/api/v1/polls/{poll.public_id}/results/").status_code == 200


def test_ballot_costs_six(client, member):
    poll = an_open_poll()
    chosen = {"options": options_of(poll)[:1]}
    with costs(6):
        done = client.put(f"/api/v1/polls/{poll.public_id}/ballot/", chosen, content_type="application/json")
    assert done.status_code == 200


def test_changed_ballot_costs_six(client, member):
    poll = an_open_poll()
    cast_ballot(poll.public_id, options_of(poll)[:1], by=member)
    chosen = {"options": options_of(poll)[1:2]}
    with costs(6):
        client.put(f"/api/v1/polls/{poll.public_id}/ballot/", chosen, content_type="application/json")
