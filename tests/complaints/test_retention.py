"""How long a complaint's file is kept, what an erasure leaves of it, and what its person takes away."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from complaints.domain.alerting import alert_overdue
from complaints.domain.answering import acknowledge, answer_complaint, close_complaint
from complaints.domain.opening import assign_complaint
from complaints.domain.retention import kept_until, purge_old_complaints
from complaints.domain.turning_back import turn_back
from complaints.models import Alert, Complaint, Step
from core.models import Event
from ideas.models import Idea
from members.domain.erasing import erase
from members.domain.exporting import gather
from tests.factories.complaints import ANSWER, LETTER, MEDIATOR, REASON, a_complaint
from tests.factories.ideas import an_idea
from tests.factories.members import a_member, a_moderator
from tests.notifications.working import told, work

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")
WHY = "Votre message propose une amélioration : nous le gardons dans la discussion."


def on(year, month, day, hour=9):
    return time_machine.travel(datetime(year, month, day, hour, tzinfo=PARIS), tick=False)


def ended(how, *, year=2026, month=3, day=10):
    by = a_moderator()
    with on(year, month, day):
        complaint = a_complaint(an_idea(), by=by)
        if how == "turned_back":
            turn_back(complaint, reason=WHY, by=by)
        else:
            answer_complaint(complaint, outcome="refused", text=ANSWER, mediator=MEDIATOR, by=by)
        if how == "closed":
            close_complaint(complaint, by=by)
    return Complaint.objects.get(pk=complaint.pk)


@pytest.mark.parametrize("how", ["answered", "closed", "turned_back"])
def test_file_goes_five_years_after_its_end_and_not_a_day_before(how):
    complaint = ended(how)
    assert kept_until(complaint).isoformat() == "2031-03-10"
    with on(2031, 3, 9, 23):
        assert purge_old_complaints() == 0
    with on(2031, 3, 10, 1):
        assert purge_old_complaints() == 1
        assert purge_old_complaints() == 0
    assert not Complaint.objects.exists() and not Step.objects.exists()
    assert Idea.objects.filter(pk=complaint.idea_id).exists()
    assert Event.objects.get(name="ComplaintPurged").payload == {"complaint_id": complaint.pk, "state": how}


def test_time_runs_from_the_last_word():
    by = a_moderator()
    complaint = ended("answered")
    with on(2027, 1, 5):
        close_complaint(complaint, by=by)
    with on(2031, 6, 1):
        assert purge_old_complaints() == 0
    with on(2032, 1, 5):
        assert purge_old_complaints() == 1


def test_leap_day_ends_on_the_last_of_february():
    complaint = ended("closed", year=2028, month=2, day=29)
    assert kept_until(complaint).isoformat() == "2033-02-28"
    with on(2033, 2, 27):
        assert purge_old_complaints() == 0
    with on(2033, 2, 28):
        assert purge_old_complaints() == 1


def test_open_complaint_is_never_purged():
    with on(2026, 3, 10):
        complaint = a_complaint()
        other = acknowledge(a_complaint(), text=LETTER, by=a_moderator())
    with on(2046, 3, 10):
        assert kept_until(complaint) is kept_until(other) is None
        assert purge_old_complaints() == 0


def test_duration_is_a_setting_and_none_keeps_all(settings):
    settings.LAB = settings.LAB | {"COMPLAINT_KEEP_YEARS": 10}
    assert kept_until(ended("closed")).year == 2036
    settings.LAB = settings.LAB | {"COMPLAINT_KEEP_YEARS": 0}
    with on(2099, 1, 1):
        assert purge_old_complaints() == 0


def test_alerts_and_notices_of_a_purged_file_say_nothing_more(client):
    complaint = ended("answered")
    Alert.objects.create(complaint=complaint, clock="answer", day="2026-03-10")
    work()
    with on(2031, 3, 10):
        purge_old_complaints()
        assert not Alert.objects.exists()
        client.force_login(complaint.complainant)
        assert client.get(complaint.get_absolute_url()).status_code == 404
        assert complaint.reference not in client.get(reverse("notifications:inbox")).content.decode()


def test_person_and_staff_read_how_long_it_is_kept(client):
    complaint = ended("closed")
    for who, address in (
        (complaint.complainant, complaint.get_absolute_url()),
        (a_moderator(), reverse("complaints_desk:show", args=[complaint.public_id])),
    ):
        client.force_login(who)
        assert "10 mars 2031" in client.get(address).content.decode().replace("\xa0", " ")
    client.force_login(complaint.complainant)
    said = client.get(reverse("api_my_complaint", args=[complaint.public_id])).json()
    assert said["kept_until"] == "2031-03-10"


def test_open_complaint_stays_without_the_account_and_its_clocks_go_on(client):
    """Legal hold: who leaves the Lab has complained all the same; the bank answers by its own channel and shows that it did."""
    member, by = a_member(nickname="Maëlle Riou"), a_moderator()
    with on(2026, 12, 18):
        complaint = a_complaint(an_idea(author=member), by=by)
        acknowledge(complaint, text="Bonjour Maëlle, nous avons bien reçu votre message.", by=by)
        erase(member, by=member)
    complaint.refresh_from_db()
    assert (complaint.state, complaint.acknowledgement) == (
        "acknowledged",
        "Bonjour, nous avons bien reçu votre message.",
    )
    with on(2027, 2, 20):
        assert alert_overdue() == 1
        client.force_login(by)
        page = client.get(reverse("complaints_desk:show", args=[complaint.public_id])).content.decode()
        assert "a fermé son compte" in page and "Maëlle" not in page
        answer_complaint(complaint, outcome="accepted", text=ANSWER, by=by)
        work()
    assert told(member, "complaint_answered") == []


def test_ended_complaint_stays_without_the_account_until_its_time_is_over():
    member, by = a_member(nickname="Maëlle Riou"), a_moderator()
    with on(2026, 3, 10):
        complaint = a_complaint(an_idea(author=member), by=by)
        answer_complaint(complaint, outcome="accepted", text="Bonjour Maëlle, nous remboursons Maëlle Riou.", by=by)
        erase(member, by=member)
    complaint.refresh_from_db()
    assert complaint.answer == "Bonjour, nous remboursons ancien membre."
    assert complaint.complainant.erased_at and str(complaint.complainant) == "Ancien membre"
    with on(2031, 3, 10):
        assert purge_old_complaints() == 1


def test_letter_to_begin_with_greets_nobody_who_has_left(client):
    member = a_member(nickname="Maëlle Riou")
    complaint = a_complaint(an_idea(author=member))
    erase(member, by=member)
    client.force_login(a_moderator())
    page = client.get(reverse("complaints_desk:show", args=[complaint.public_id])).content.decode()
    assert "Bonjour,\n\nVotre message" in page


def test_handler_who_leaves_is_named_nowhere_and_the_team_has_it():
    handler, other = a_moderator(nickname="Yann Kerbrat"), a_moderator()
    complaint = a_complaint(by=other)
    assign_complaint(complaint, handler, by=other)
    erase(handler, by=handler)
    complaint.refresh_from_db()
    assert complaint.owner is None
    assert not Step.objects.filter(note__contains="Yann").exists()


def test_export_holds_ones_own_complaints_and_nobody_elses():
    by, member = a_moderator(), a_member()
    mine = a_complaint(an_idea(author=member), by=by)
    acknowledge(mine, text=LETTER, by=by)
    answer_complaint(mine, outcome="refused", text=ANSWER, mediator=MEDIATOR, by=by)
    other = a_complaint()
    [row] = gather(member, by=member)["complaints.Complaint"]
    assert (row["reference"], row["acknowledgement"], row["answer"], row["mediator"]) == (
        mine.reference, LETTER, ANSWER, MEDIATOR
    )  # fmt: skip
    assert [step["state"] for step in row["steps"]] == ["opened", "acknowledged", "answered"]
    assert row["kept_until"] and other.reference not in str(row) and REASON not in str(row)
