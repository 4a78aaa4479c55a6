from datetime import timedelta

import pytest
import time_machine

from core.errors import ImpossibleMove, Invalid, NotAllowed
from core.models import Event
from core.shield import PrivateData
from polls.domain.deciding import decide, participants_of
from tests.factories.members import a_member, a_product_owner
from tests.factories.polls import a_closed_poll, an_open_poll, votes

pytestmark = pytest.mark.django_db
TEXT = "Nous lançons les frais offerts au printemps, car vous y tenez."


def test_decision_is_signed_and_published():
    owner = a_product_owner()
    poll = decide(a_closed_poll(by=owner), TEXT, by=owner)
    assert (poll.state, poll.decision, poll.decided_by) == ("decided", TEXT, owner)
    assert Event.objects.filter(name="PollDecided", payload={"poll_id": poll.pk}).count() == 1


def test_who_took_part_is_told_and_nobody_else():
    poll = an_open_poll()
    voters = votes(poll, 0, customers=2)
    a_member()
    voters[0].is_active = False
    voters[0].save()
    assert list(participants_of(poll)) == [voters[1]]


def test_open_poll_is_not_decided():
    owner = a_product_owner()
    with pytest.raises(ImpossibleMove):
        decide(an_open_poll(by=owner), TEXT, by=owner)


def test_poll_whose_hour_has_come_can_be_decided_before_the_job_ran():
    owner = a_product_owner()
    poll = an_open_poll(by=owner)
    with time_machine.travel(poll.closes_at + timedelta(seconds=1)):
        assert decide(poll, TEXT, by=owner).state == "decided"
    assert Event.objects.filter(name="PollClosed").count() == 1


def test_decision_is_made_once():
    owner = a_product_owner()
    poll = decide(a_closed_poll(by=owner), TEXT, by=owner)
    with pytest.raises(ImpossibleMove):
        decide(poll, TEXT, by=owner)


@pytest.mark.parametrize(("text", "code"), [("Oui.", "too_short"), ("x" * 4001, "too_long")])
def test_decision_says_enough_and_not_too_much(text, code):
    owner = a_product_owner()
    with pytest.raises(Invalid) as refused:
        decide(a_closed_poll(by=owner), text, by=owner)
    assert (refused.value.code, refused.value.field) == (code, "decision")


def test_decision_holds_no_account_number():
    owner = a_product_owner()
    with pytest.raises(PrivateData):
        decide(a_closed_poll(by=owner), TEXT + " FR14 2004 1010 0505 0001 3M02 606", by=owner)


def test_members_decide_nothing():
    with pytest.raises(NotAllowed):
        decide(a_closed_poll(), TEXT, by=a_member())
