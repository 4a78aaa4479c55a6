"""Races: on SQLite writers wait for each other, on PostgreSQL they meet at the poll's row."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from polls.domain.closing import close
from polls.domain.tallying import recount
from polls.domain.voting import cast_ballot
from polls.domain.writing import Frozen, write_poll
from polls.models import Ballot, Participation, Poll, Tally
from polls.permissions import Closed
from tests.factories.members import a_member, a_product_owner
from tests.factories.polls import an_open_poll, options_of

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def at_once(jobs):
    """Run the jobs in threads that start together; what each returned or raised."""
    barrier = Barrier(len(jobs))

    def run(job):
        barrier.wait()
        try:
            return job()
        except Exception as error:  # noqa: BLE001 - the test looks at each
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def test_same_member_eight_times_at_once_has_one_ballot():
    poll, member = an_open_poll(), a_member()
    options = options_of(poll)
    answers = at_once([lambda n=n: cast_ballot(poll.public_id, [options[n % 3]], by=member) for n in range(8)])
    assert len({answer.code for answer in answers}) == 1, answers
    assert Participation.objects.count() == Ballot.objects.count() == 1
    assert Tally.objects.get(dimension="all", option=None).count == 1
    assert recount(poll) == 0


def test_ballots_across_a_close_are_counted_or_refused_and_none_is_late():
    owner = a_product_owner()
    poll = an_open_poll(by=owner)
    options, rounds = options_of(poll), 6 if connection.vendor == "sqlite" else 20
    voters = [a_member() for _ in range(8 * rounds)]

    def clerk(number):
        done = []
        for voter in voters[number::8]:
            try:
                done.append(cast_ballot(poll.public_id, [options[voter.pk % 3]], by=voter))
            except Closed as late:
                done.append(late)
        return done

    def closer():
        while Participation.objects.count() < len(voters) // 3:
            pass
        return close(Poll.objects.get(pk=poll.pk), by=owner)

    *answers, closed = at_once([*(lambda n=n: clerk(n) for n in range(8)), closer])
    answers = [answer for done in answers for answer in done]
    taken = [answer for answer in answers if not isinstance(answer, Closed)]
    assert 0 < len(taken) < len(voters)
    assert Participation.objects.count() == Ballot.objects.count() == len(taken)
    assert not Participation.objects.filter(at__gt=closed.closes_at).exists()
    assert Tally.objects.get(dimension="all", option=None).count == len(taken)
    assert recount(poll) == 0


def test_first_ballot_and_a_change_of_the_options_do_not_pass_each_other():
    owner = a_product_owner()
    for _ in range(4):
        poll, member = an_open_poll(by=owner), a_member()
        first = options_of(poll)[0]
        at_once(
            [
                lambda poll=poll, first=first, member=member: cast_ballot(poll.public_id, [first], by=member),
                lambda poll=poll: write_poll(
                    poll, by=owner, title="Autre", options=[{"text": "A"}, {"text": "B"}], closes_at=poll.closes_at
                ),
            ]
        )
        for ballot in Ballot.objects.filter(poll=poll):
            known = set(options_of(poll))
            assert all(option in known for options in ballot.choices.values() for option in options)
        assert recount(poll) == 0
        if Ballot.objects.filter(poll=poll).exists():
            with pytest.raises(Frozen):
                write_poll(poll, by=owner, title="Autre", options=[])
