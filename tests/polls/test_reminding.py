"""One reminder per poll, to those who have not answered and wish to hear of polls."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.errors import NotAllowed
from core.models import Event
from notifications.domain.preferring import choose
from notifications.domain.presenting import present
from notifications.models import Preference
from notifications.states import Rhythm, Topic
from polls.domain.closing import close, reopen
from polls.domain.reminding import AlreadyReminded, NobodyToRemind, remind, silent_in, who_would_hear
from polls.domain.voting import cast_ballot
from polls.models import Poll
from polls.permissions import Closed, NotOpen
from tests.factories.circles import a_circle
from tests.factories.members import a_member, a_product_owner, an_auditor
from tests.factories.polls import a_closed_poll, a_draft, an_open_poll, options_of, votes
from tests.notifications.working import told, work

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return a_product_owner()


def test_those_who_have_not_answered_hear_once(owner):
    silent = a_member()
    poll = an_open_poll(by=owner)
    [voter] = votes(poll, 0, customers=1)
    remind(poll, by=owner)
    work()
    assert len(told(silent, "poll_reminder")) == 1
    assert not told(voter, "poll_reminder")
    with pytest.raises(AlreadyReminded):
        remind(poll, by=owner)
    assert Event.objects.filter(name="PollReminded").count() == 1


def test_preview_counts_those_who_will_hear_and_no_others(owner):
    wanting, inbox_only, unwilling, late, banned = [a_member() for _ in range(5)]
    choose(Topic.POLLS, inbox=True, mail=Rhythm.NEVER, by=inbox_only)
    choose(Topic.POLLS, inbox=False, mail=Rhythm.NEVER, by=unwilling)
    banned.banned_until = timezone.now() + timedelta(days=3)
    banned.save(update_fields=["banned_until"])
    poll = an_open_poll(by=owner)
    cast_ballot(poll.public_id, options_of(poll)[:1], by=late)
    an_auditor()
    a_member(is_active=False)
    assert set(who_would_hear(poll)) == {wanting, inbox_only}
    assert set(silent_in(poll)) == {wanting, inbox_only, unwilling}
    remind(poll, by=owner)
    work()
    assert [len(told(one, "poll_reminder")) for one in (wanting, inbox_only, unwilling, late, banned, owner)] == [
        1, 1, 0, 0, 0, 0,
    ]  # fmt: skip


def test_only_the_audience_is_reminded(owner):
    customer, prospect = a_member(kind="customer"), a_member(kind="prospect")
    poll = an_open_poll(by=owner, kinds=["customer"])
    assert set(who_would_hear(poll)) == {customer}
    circle = a_circle(members=[prospect])
    assert set(who_would_hear(an_open_poll(by=owner, circle=circle))) == {prospect}


def test_whoever_answers_before_the_work_is_done_hears_nothing(owner):
    quick = a_member()
    poll = an_open_poll(by=owner)
    a_member()
    remind(poll, by=owner)
    cast_ballot(poll.public_id, options_of(poll)[:1], by=quick)
    work()
    assert not told(quick, "poll_reminder")


def test_reminder_is_not_sent_once_the_poll_is_closed(owner):
    silent = a_member()
    poll = remind(an_open_poll(by=owner), by=owner)
    close(poll, by=owner)
    work()
    assert not told(silent, "poll_reminder")


def test_reminder_says_until_when_and_nothing_of_the_result(owner):
    silent = a_member()
    poll = an_open_poll(by=owner, results_policy="always")
    votes(poll, 1, customers=12)
    remind(poll, by=owner)
    work()
    [row] = told(silent, "poll_reminder")
    [note] = present([row], silent)
    assert note.said.lead == "Un sondage attend votre réponse"
    assert note.said.title == poll.title
    words = f"{note.said.lead} {note.said.body}"
    assert "frais offerts" not in words
    assert "12" not in words


def test_mail_of_a_reminder_stops_with_one_link_and_is_not_sent_to_who_has_answered_since(owner, client, mailoutbox):
    eager, slow = a_member(), a_member()
    for member in (eager, slow):
        choose(Topic.POLLS, inbox=True, mail=Rhythm.NOW, by=member)
    poll = an_open_poll(by=owner)
    remind(poll, by=owner)
    work()
    letters = [letter for letter in mailoutbox if "attend votre réponse" in letter.subject]
    assert {letter.to[0] for letter in letters} == {eager.email, slow.email}
    stop = letters[0].extra_headers["List-Unsubscribe"].strip("<>")
    assert client.post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 204
    assert Preference.objects.get(member__email=letters[0].to[0], topic=Topic.POLLS).mail == Rhythm.NEVER
    [row] = told(slow, "poll_reminder")
    cast_ballot(poll.public_id, options_of(poll)[:1], by=slow)
    [note] = present([row], to_mail=True)
    assert note.is_gone


@pytest.mark.parametrize(("make", "refusal"), [(a_draft, NotOpen), (a_closed_poll, Closed)])
def test_only_an_open_poll_reminds(owner, make, refusal):
    with pytest.raises(refusal):
        remind(make(by=owner), by=owner)


def test_nobody_left_is_said_and_costs_the_reminder_nothing(owner):
    member = a_member()
    poll = an_open_poll(by=owner)
    cast_ballot(poll.public_id, options_of(poll)[:1], by=member)
    with pytest.raises(NobodyToRemind):
        remind(poll, by=owner)
    assert Poll.objects.get().reminded_at is None


def test_poll_that_opens_again_has_had_its_reminder(owner):
    a_member()
    poll = close(remind(an_open_poll(by=owner), by=owner), by=owner)
    poll = reopen(poll, closes_at=timezone.now() + timedelta(days=1), by=owner)
    with pytest.raises(AlreadyReminded):
        remind(poll, by=owner)


@pytest.mark.parametrize("who", [a_member, an_auditor])
def test_others_remind_nobody(who):
    with pytest.raises(NotAllowed):
        remind(an_open_poll(), by=who())


@pytest.mark.parametrize("many", [1, 3])
def test_preview_is_one_query_however_many_are_silent(owner, many):
    poll = an_open_poll(by=owner)
    for _ in range(many):
        a_member()
    with CaptureQueriesContext(connection) as captured:
        assert who_would_hear(poll).count() == many + 1
    assert len(captured) == 1


def test_reminder_goes_out_in_chunks(owner, monkeypatch):
    from notifications.domain import telling

    monkeypatch.setattr(telling, "CHUNK", 2)
    members = [a_member() for _ in range(5)]
    remind(an_open_poll(by=owner), by=owner)
    work()
    assert [len(told(member, "poll_reminder")) for member in members] == [1] * 5


def test_those_who_answered_hear_that_it_is_open_again_and_that_their_ballot_stands(owner):
    silent = a_member()
    poll = an_open_poll(by=owner)
    [voter] = votes(poll, 0, customers=1)
    work()
    close(poll, by=owner)
    work()
    until = timezone.now() + timedelta(days=2)
    reopen(poll, closes_at=until, by=owner)
    work()
    rows = told(voter)[1:]
    assert [row.kind for row in rows] == ["poll_closed", "poll_reopened"]
    assert not told(silent, "poll_reopened")
    before, again = present(rows, voter)
    assert before.said.lead == "Le sondage auquel vous avez répondu était clos"
    assert "Votre bulletin reste valable" in again.said.body
    with time_machine.travel(until + timedelta(minutes=1)):
        assert present(rows[1:], voter)[0].said.body == "Il est clos."
    close(poll, by=owner)
    work()
    assert [row.kind for row in told(voter)] == ["poll_opened", "poll_closed", "poll_reopened"]


def test_close_that_is_taken_back_before_it_was_told_is_told_to_nobody(owner):
    poll = an_open_poll(by=owner)
    [voter] = votes(poll, 0, customers=1)
    work()
    close(poll, by=owner)
    reopen(poll, closes_at=timezone.now() + timedelta(days=2), by=owner)
    work()
    assert [row.kind for row in told(voter)] == ["poll_opened", "poll_reopened"]
