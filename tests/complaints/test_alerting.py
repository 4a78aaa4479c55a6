"""A clock that ran out is said every day, once, until it is met."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from complaints.domain.alerting import alert_overdue
from complaints.domain.answering import acknowledge, answer_complaint
from tests.factories.complaints import ANSWER, LETTER, a_complaint
from tests.factories.ideas import an_idea
from tests.factories.members import a_moderator, a_product_owner
from tests.notifications.working import told, work

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")
POSTED = datetime(2026, 12, 18, 12, tzinfo=PARIS)  # to acknowledge by 31 December, to answer by 18 February


def on(year, month, day, hour=9):
    return time_machine.travel(datetime(year, month, day, hour, tzinfo=PARIS), tick=False)


@pytest.fixture
def handler():
    return a_moderator()


@pytest.fixture
def complaint(handler):
    with on(2026, 12, 19):
        return a_complaint(an_idea(created_at=POSTED), by=handler)


def test_nothing_is_said_on_the_last_day(complaint):
    with on(2026, 12, 31, 23):
        assert alert_overdue() == 0


def test_late_acknowledgement_is_said_once_a_day_to_who_handles_it(complaint, handler):
    other = a_moderator()
    for day in (1, 2):
        with on(2027, 1, day):
            assert alert_overdue() == 1
            assert alert_overdue() == 0
            work()
    assert len(told(handler, "complaint_overdue")) == 2
    assert told(other, "complaint_overdue") == []


def test_whole_team_hears_of_a_late_answer_even_when_it_was_acknowledged(complaint, handler):
    other = a_product_owner()
    with on(2026, 12, 21):
        acknowledge(complaint, text=LETTER, by=handler)
    with on(2027, 2, 18):
        assert alert_overdue() == 0
    with on(2027, 2, 19):
        assert alert_overdue() == 1
        work()
    assert len(told(handler, "complaint_overdue")) == len(told(other, "complaint_overdue")) == 1


def test_both_clocks_are_said_when_nothing_was_done(complaint):
    with on(2027, 2, 19):
        assert alert_overdue() == 2


def test_nothing_more_is_said_once_it_is_met(complaint, handler):
    with on(2027, 1, 2):
        acknowledge(complaint, text=LETTER, by=handler)
        assert alert_overdue() == 0
    with on(2027, 2, 1):
        answer_complaint(complaint, outcome="accepted", text=ANSWER, by=handler)
    with on(2027, 3, 1):
        assert alert_overdue() == 0
