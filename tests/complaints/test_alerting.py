"""A clock near its end is said once; one that ran out is said every day, once, until it is met."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from complaints.domain.alerting import alert_near, alert_overdue
from complaints.domain.answering import acknowledge, answer_complaint
from complaints.domain.opening import assign_complaint
from tests.factories.complaints import ANSWER, LETTER, a_complaint
from tests.factories.ideas import an_idea
from tests.factories.members import a_moderator, a_product_owner, an_expert
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


def test_who_handles_it_is_told_once_before_each_limit(complaint, handler):
    other = a_moderator()
    with on(2026, 12, 28):
        assert alert_near() == 0
    for day in (29, 30, 31):
        with on(2026, 12, day):
            assert alert_near() == (day == 29)
            work()
    with on(2027, 2, 7):
        assert alert_near() == 0
    with on(2027, 2, 8):
        assert alert_near() == 1
        work()
    notes = told(handler, "complaint_near")
    assert [note.payload["clock"] for note in notes] == ["acknowledge", "answer"]
    assert told(other, "complaint_near") == []


def test_whole_team_is_told_where_nobody_has_it_in_charge(complaint, handler):
    other = a_product_owner()
    assign_complaint(complaint, None, by=handler)
    with on(2026, 12, 30):
        alert_near()
        work()
    assert len(told(handler, "complaint_near")) == len(told(other, "complaint_near")) == 1


def test_who_lost_the_role_is_not_the_one_who_is_told(complaint, handler):
    other = a_moderator()
    handler.groups.clear()
    with on(2026, 12, 30):
        alert_near()
        work()
    assert told(handler, "complaint_near") == [] and len(told(other, "complaint_near")) == 1


def test_days_before_the_limit_are_a_setting_and_none_says_nothing(complaint, settings):
    settings.LAB = settings.LAB | {"COMPLAINT_WARN_ACKNOWLEDGE_DAYS": 5, "COMPLAINT_WARN_ANSWER_DAYS": 0}
    with on(2026, 12, 26):
        assert alert_near() == 1
    with on(2027, 2, 18):
        assert alert_near() == 0


def test_what_was_met_meanwhile_is_told_to_nobody(complaint, handler):
    with on(2026, 12, 30):
        assert alert_near() == 1
        acknowledge(complaint, text=LETTER, by=handler)
        work()
        assert told(handler, "complaint_near") == []


def test_late_is_said_too_after_the_warning(complaint, handler):
    with on(2026, 12, 31):
        assert alert_near() == 1
    with on(2027, 1, 1):
        assert (alert_near(), alert_overdue()) == (0, 1)


def test_list_marks_what_is_near_and_the_queue_has_it_in_a_view_of_its_own(client, complaint, handler):
    with on(2026, 12, 28):
        client.force_login(handler)
        assert (
            complaint.reference not in client.get(reverse("complaints_desk:index"), {"view": "near"}).content.decode()
        )
        assert in_queue(client) == ([], 0)
    with on(2026, 12, 30):
        client.force_login(handler)
        page = client.get(reverse("complaints_desk:index"), {"view": "near"}).content.decode()
        assert complaint.reference in page and "dk-clock--soon" in page
        assert in_queue(client) == ([complaint.idea], 1)
        rows = client.get(reverse("api_desk_ideas"), {"view": "complaints"}).json()["results"]
        assert [row["id"] for row in rows] == [complaint.idea.public_id]
    with on(2027, 3, 30):
        client.force_login(handler)
        assert in_queue(client) == ([complaint.idea], 1)


def test_others_of_the_desk_find_neither_the_tab_nor_an_idea_in_it(client, complaint):
    with on(2026, 12, 30):
        client.force_login(an_expert())
        page = client.get(reverse("ideas_desk:index"))
        assert "complaints" not in [tab.name for tab in page.context["tabs"]]
        assert client.get(reverse("api_desk_ideas"), {"view": "complaints"}).json()["results"] == []


def in_queue(client):
    page = client.get(reverse("ideas_desk:index"), {"view": "complaints"}).context
    return list(page["rows"]), {tab.name: tab.count for tab in page["tabs"]}["complaints"]
