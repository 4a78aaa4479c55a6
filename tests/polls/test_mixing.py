"""What the database itself notes of a row leads from no participation to a ballot, once the poll is closed; and hardly before."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from core.worker import Worker
from polls.domain.answering import Answer
from polls.domain.closing import close, reopen
from polls.domain.mixing import mix, mix_open_polls
from polls.domain.tallying import recount
from polls.domain.voting import cast_ballot
from polls.models import Ballot, Participation, Poll, voter_key
from tests.factories.members import a_member, a_product_owner
from tests.factories.polls import an_open_poll, options_of, votes

pytestmark = pytest.mark.django_db
ON_POSTGRESQL = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="xmin is PostgreSQL’s")


def asked(sql: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def by_place(poll) -> list[str]:
    """The ballots' keys as the rows lie."""
    place = "rowid" if connection.vendor == "sqlite" else "ctid"
    return [key for (key,) in asked(f"SELECT voter_key FROM polls_ballot WHERE poll_id = {poll.pk} ORDER BY {place}")]


def in_order_of_coming(poll) -> list[str]:
    return [voter_key(poll, row.member) for row in Participation.objects.filter(poll=poll).order_by("id")]


def joined_by_transaction() -> set[int]:
    """Members whose ballot the transaction that wrote it gives away."""
    found = asked(
        "SELECT p.member_id FROM polls_participation p JOIN polls_ballot b ON b.xmin = p.xmin AND b.poll_id = p.poll_id"
    )
    return {member for (member,) in found}


def joined_with_events() -> list[tuple]:
    return asked("SELECT e.actor FROM core_event e JOIN polls_ballot b ON b.xmin = e.xmin WHERE e.name = 'BallotCast'")


@ON_POSTGRESQL
def test_after_the_close_no_transaction_joins_a_ballot_with_its_participation_or_its_event():
    poll = an_open_poll()
    voters = votes(poll, 0, customers=7)
    cast_ballot(poll.public_id, options_of(poll)[1:2], by=voters[0])
    assert joined_by_transaction(), "the attack works before"
    close(poll, by=a_product_owner())
    Worker(batch=True).run()
    assert joined_by_transaction() == set()
    assert joined_with_events() == []
    assert len(asked("SELECT DISTINCT xmin::text FROM polls_ballot")) == 1


def test_after_the_close_ballots_lie_in_the_order_of_keys_that_say_nothing():
    if connection.vendor == "postgresql":  # room that deleted rows of other tests left would be filled here and there
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE polls_ballot CASCADE")
    poll = an_open_poll()
    votes(poll, 0, customers=12)
    assert by_place(poll) == in_order_of_coming(poll), "the attack works before"
    close(poll, by=a_product_owner())
    Worker(batch=True).run()
    assert by_place(poll) == sorted(in_order_of_coming(poll))


def test_mixing_changes_nothing_of_any_ballot_and_touches_no_other_poll():
    poll, other = an_open_poll(), an_open_poll()
    votes(poll, 0, customers=4)
    votes(poll, 1, prospects=3)
    votes(other, 2, customers=6)
    before, lie = list(Ballot.objects.order_by("pk").values()), by_place(other)
    assert mix(poll.pk) == 7
    assert list(Ballot.objects.order_by("pk").values()) == before
    assert by_place(other) == lie
    assert recount(poll) == 0
    voter = a_member()
    first = cast_ballot(poll.public_id, options_of(poll)[:1], by=voter)
    mix(poll.pk)
    assert cast_ballot(poll.public_id, options_of(poll)[1:2], by=voter).code == first.code


def test_open_poll_keeps_its_names_beside_its_answers():
    poll = an_open_poll(confidential=False)
    votes(poll, 0, customers=6)
    assert mix(poll.pk) == 0
    assert Participation.objects.filter(poll=poll, ballot__isnull=False).count() == 6


def test_while_a_poll_is_open_it_is_mixed_with_five_more_and_with_a_tenth_more():
    poll, mixed = an_open_poll(), []
    for _ in range(12):
        votes(poll, 0, customers=1)
        mix_open_polls()
        mixed.append(Poll.objects.get(pk=poll.pk).mixed_ballots)
    assert mixed == [0] * 4 + [5] * 5 + [10] * 3
    Poll.objects.filter(pk=poll.pk).update(mixed_ballots=9)
    mix_open_polls()
    assert Poll.objects.get(pk=poll.pk).mixed_ballots == 9, "three came"
    Poll.objects.filter(pk=poll.pk).update(mixed_ballots=100)
    mix_open_polls()
    assert Poll.objects.get(pk=poll.pk).mixed_ballots == 100


def test_ballots_after_a_second_opening_are_mixed_at_the_second_close():
    owner, poll = a_product_owner(), an_open_poll()
    votes(poll, 0, customers=6)
    close(poll, by=owner)
    Worker(batch=True).run()
    reopen(poll, closes_at=timezone.now() + timedelta(days=1), by=owner)
    votes(poll, 1, customers=1)
    close(Poll.objects.get(pk=poll.pk), by=owner)
    Worker(batch=True).run()
    assert by_place(poll) == sorted(in_order_of_coming(poll))


def changed(poll, voters, option=1) -> None:
    for voter in voters:
        cast_ballot(poll.public_id, options_of(poll)[option : option + 1], by=voter)


def mixed(poll) -> int:
    mix_open_polls()
    return Poll.objects.get(pk=poll.pk).mixed_ballots


def test_ballots_that_were_changed_are_mixed_again_while_the_poll_is_open():
    poll = an_open_poll()
    voters = votes(poll, 0, customers=12)
    assert mixed(poll) == 12
    changed(poll, voters[:4])
    changed(poll, voters[:1])  # the same again is no change
    assert mixed(poll) == 8, "four changed"
    changed(poll, [a_product_owner()])  # counted apart: it is in the box
    assert mixed(poll) == 13


def test_words_that_are_changed_alone_are_mixed_again_too():
    poll = an_open_poll(comments=True)
    question, chosen, voters = poll.questions.get().public_id, options_of(poll)[:1], votes(poll, 0, customers=5)
    assert mixed(poll) == 5
    for voter in voters:
        cast_ballot(poll.public_id, answers={question: Answer(options=chosen, comment="Merci")}, by=voter)
    assert Poll.objects.get(pk=poll.pk).mixed_ballots == 0
    assert mixed(poll) == 5


@ON_POSTGRESQL
def test_while_a_poll_is_open_no_changed_ballot_stays_alone_in_its_transaction():
    """Whose number, or the next, its event has."""
    poll = an_open_poll()
    voters = votes(poll, 0, customers=12)
    marks = lambda: len(asked("SELECT DISTINCT xmin::text FROM polls_ballot"))  # noqa: E731
    assert (mixed(poll), marks()) == (12, 1)
    changed(poll, voters[:5])
    assert marks() == 6, "the attack works before"
    mix_open_polls()
    assert marks() == 1


def test_of_a_large_poll_a_hundred_are_enough(monkeypatch):
    poll = an_open_poll()
    votes(poll, 0, customers=20)
    monkeypatch.setattr("polls.domain.mixing.SHARE", 1)
    monkeypatch.setattr("polls.domain.mixing.MOST", 7)
    for stood, then in ((14, 14), (12, 20)):
        Poll.objects.filter(pk=poll.pk).update(mixed_ballots=stood)
        assert mixed(poll) == then
