from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from core.errors import ImpossibleMove, NotAllowed
from core.models import Event
from polls.domain.closing import close, close_due, keep_the_hours, reopen
from polls.domain.deciding import decide
from polls.domain.voting import cast_ballot
from polls.models import Poll
from polls.permissions import can_see_results
from tests.factories.members import a_member, a_product_owner
from tests.factories.polls import a_closed_poll, an_open_poll, options_of

pytestmark = pytest.mark.django_db


def test_poll_closes_once_when_its_time_has_come():
    poll = an_open_poll()
    assert close_due() == 0
    with time_machine.travel(poll.closes_at + timedelta(seconds=1)):
        keep_the_hours()
        keep_the_hours()
    assert Event.objects.filter(name="PollClosed").count() == 1
    assert Poll.objects.get().state == "closed"


def test_clock_closes_before_the_job_has_written_it_down():
    poll = an_open_poll()
    with time_machine.travel(poll.closes_at, tick=False):
        assert poll.is_over
        assert not Poll.objects.open().exists()
        assert Poll.objects.over().exists()
    assert Poll.objects.get().state == "open"


def test_closing_by_hand_sets_the_close_to_now():
    owner = a_product_owner()
    poll = an_open_poll(by=owner)
    assert close(poll, by=owner).closes_at < poll.closes_at
    with pytest.raises(ImpossibleMove):
        close(poll, by=owner)


def test_members_close_nothing():
    with pytest.raises(NotAllowed):
        close(an_open_poll(), by=a_member())


def test_turnout_is_of_the_audience_on_the_day_of_the_close():
    a_member()
    owner = a_product_owner()
    poll = an_open_poll(by=owner)
    a_member()
    assert close(poll, by=owner).audience_size == 2
    a_member()
    assert Poll.objects.get().audience_size == 2
    assert a_closed_poll(by=owner).audience_size == 3


def test_closed_poll_takes_ballots_again_until_a_new_close():
    owner = a_product_owner()
    poll = close(an_open_poll(by=owner, results_policy="after_close"), by=owner)
    assert can_see_results(a_member(), poll)
    poll = reopen(poll, closes_at=timezone.now() + timedelta(days=1), by=owner)
    assert not can_see_results(a_member(), poll)
    cast_ballot(poll.public_id, options_of(poll)[:1], by=a_member())
    decided = decide(close(poll, by=owner), "Nous lançons les frais offerts au printemps.", by=owner)
    with pytest.raises(ImpossibleMove):
        reopen(decided, closes_at=timezone.now() + timedelta(days=1), by=owner)
