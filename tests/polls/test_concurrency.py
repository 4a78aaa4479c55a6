"""Races: on SQLite writers wait for each other, on PostgreSQL they meet at the poll's row."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core import mail
from django.db import connection, connections
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core.models import Event
from core.worker import Worker
from polls.domain.closing import close
from polls.domain.reacting import react, recount_reactions
from polls.domain.reminding import AlreadyReminded, remind
from polls.domain.tallying import recount
from polls.domain.voting import cast_ballot
from polls.domain.writing import Frozen, write_poll
from polls.models import Ballot, Participation, Poll, Tally, VisualCount, VisualReaction
from polls.permissions import Closed
from tests.factories.members import a_member, a_product_owner
from tests.factories.polls import a_consultation, a_question, an_open_poll, options_of, visuals_of
from tests.notifications.working import told, work

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
    assert Tally.objects.get(dimension="all", option=None, question=None, key="").count == 1
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
    assert Tally.objects.get(dimension="all", option=None, question=None, key="").count == len(taken)
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
                    poll, by=owner, title="Autre", questions=[a_question(["A", "B"])], closes_at=poll.closes_at
                ),
            ]
        )
        for ballot in Ballot.objects.filter(poll=poll):
            known = set(options_of(poll))
            assert all(option in known for options in ballot.choices.values() for option in options)
        assert recount(poll) == 0
        if Ballot.objects.filter(poll=poll).exists():
            with pytest.raises(Frozen):
                write_poll(poll, by=owner, title="Autre", questions=[])


def test_same_member_reacting_eight_times_at_once_counts_once():
    poll, member = a_consultation(visuals=1), a_member()
    visual, kinds = visuals_of(poll)[0], ("convinces", "cold", "worries")
    answers = at_once([lambda n=n: react(poll.public_id, visual, kinds[n % 3], by=member) for n in range(8)])
    assert not [one for one in answers if isinstance(one, Exception)], answers
    assert VisualReaction.objects.count() == 1
    assert sum(VisualCount.objects.get().counts.values()) == 1
    assert recount_reactions(poll) == 0


def test_eight_members_reacting_at_once_count_eight():
    poll = a_consultation(visuals=1)
    visual, people = visuals_of(poll)[0], [a_member() for _ in range(8)]
    answers = at_once([lambda one=one: react(poll.public_id, visual, "cold", by=one) for one in people])
    assert not [one for one in answers if isinstance(one, Exception)], answers
    assert VisualCount.objects.get().counts == {"convinces": 0, "cold": 8, "worries": 0}
    assert recount_reactions(poll) == 0


def test_eight_reminders_at_once_are_one_and_each_member_hears_once():
    owners, silent = [a_product_owner() for _ in range(4)], [a_member() for _ in range(5)]
    poll = an_open_poll(by=owners[0])
    voter = a_member()
    cast_ballot(poll.public_id, options_of(poll)[:1], by=voter)
    work()
    mail.outbox.clear()
    answers = at_once([lambda owner=owner: remind(Poll.objects.get(pk=poll.pk), by=owner) for owner in owners * 2])
    sent = [answer for answer in answers if isinstance(answer, Poll)]
    assert len(sent) == 1, answers
    assert [type(answer) for answer in answers if answer not in sent] == [AlreadyReminded] * 7
    assert Event.objects.filter(name="PollReminded").count() == 1
    assert Poll.objects.get(pk=poll.pk).reminded_at == sent[0].reminded_at
    at_once([work_once] * 3)
    work()
    for member in silent:
        assert len(told(member, "poll_reminder")) == 1
    assert not told(voter, "poll_reminder")
    letters = Counter(address for letter in mail.outbox for address in letter.to)
    assert set(letters.values()) <= {1}, letters


def work_once():
    """A worker beside others: each takes what waits, and what one has taken the others leave."""
    DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())
    Worker(batch=True).run()
