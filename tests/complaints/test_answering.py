"""Acknowledge, answer, close; a refusal names the mediator, and the texts are the person's alone."""

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse

from complaints.domain.answering import acknowledge, answer_complaint, close_complaint
from complaints.models import Complaint
from core.errors import ImpossibleMove, Invalid, NotAllowed
from core.shield import PrivateData
from tests.factories.complaints import ANSWER, LETTER, MEDIATOR, a_complaint
from tests.factories.members import a_member, a_moderator, a_product_owner, an_auditor, an_expert
from tests.notifications.working import told, work

pytestmark = pytest.mark.django_db


def test_it_goes_from_opened_to_closed():
    complaint, by = a_complaint(), a_moderator()
    acknowledge(complaint, text=LETTER, by=by)
    answer_complaint(complaint, outcome="accepted", text=ANSWER, by=by)
    closed = close_complaint(complaint, by=by)
    assert closed.state == "closed"
    assert list(closed.steps.values_list("state", flat=True)) == ["opened", "acknowledged", "answered", "closed"]


def test_answer_in_time_stands_for_the_acknowledgement():
    complaint = a_complaint()
    assert answer_complaint(complaint, outcome="accepted", text=ANSWER, by=a_moderator()).state == "answered"


def test_steps_are_not_skipped_or_taken_twice():
    complaint, by = a_complaint(), a_moderator()
    with pytest.raises(ImpossibleMove):
        close_complaint(complaint, by=by)
    acknowledge(complaint, text=LETTER, by=by)
    with pytest.raises(ImpossibleMove):
        acknowledge(complaint, text=LETTER, by=by)


@pytest.mark.parametrize("mediator", ["", "   ", "Le médiateur", "Madame Le Gall, médiatrice de la banque"])
def test_refusal_without_the_mediators_coordinates_is_impossible(mediator):
    complaint = a_complaint()
    with pytest.raises(Invalid) as refusal:
        answer_complaint(complaint, outcome="refused", text=ANSWER, mediator=mediator, by=a_moderator())
    assert refusal.value.code == "no_mediator"
    assert Complaint.objects.get().state == "opened"


@pytest.mark.parametrize(
    "mediator", [MEDIATOR, "Le médiateur, mediation@banque.example", "Le médiateur, BP 1, 29200 Brest"]
)
def test_refusal_names_the_mediator(mediator):
    complaint = answer_complaint(a_complaint(), outcome="refused", text=ANSWER, mediator=mediator, by=a_moderator())
    assert (complaint.outcome, complaint.mediator) == ("refused", mediator)


def test_database_refuses_a_refusal_without_a_mediator():
    complaint = a_complaint()
    with pytest.raises(IntegrityError), transaction.atomic():
        Complaint.objects.filter(pk=complaint.pk).update(outcome="refused")


@pytest.mark.parametrize("role", [a_member, an_expert, an_auditor])
def test_others_answer_nothing(role):
    complaint, by = a_complaint(), role()
    for verb in (lambda: acknowledge(complaint, text=LETTER, by=by), lambda: close_complaint(complaint, by=by)):
        with pytest.raises(NotAllowed):
            verb()
    with pytest.raises(NotAllowed):
        answer_complaint(complaint, outcome="accepted", text=ANSWER, by=by)


def test_letters_hold_no_customer_data():
    complaint, by = a_complaint(), a_moderator()
    with pytest.raises(PrivateData):
        acknowledge(complaint, text=LETTER + " Carte 4539 1488 0343 6467.", by=by)
    with pytest.raises(PrivateData):
        answer_complaint(complaint, outcome="accepted", text=ANSWER + " FR76 3000 6000 0112 3456 7890 189", by=by)
    assert Complaint.objects.get().state == "opened"


def test_person_is_told_of_each_step_and_no_text_leaves_by_mail():
    complaint, by = a_complaint(), a_moderator()
    acknowledge(complaint, text=LETTER, by=by)
    answer_complaint(complaint, outcome="refused", text=ANSWER, mediator=MEDIATOR, by=by)
    work()
    kinds = [note.kind for note in told(complaint.complainant)]
    assert kinds == ["complaint_opened", "complaint_acknowledged", "complaint_answered"]
    assert not any(LETTER in letter.body or ANSWER in letter.body for letter in mail.outbox)


def test_person_reads_their_own_complaint_and_nobody_elses(client):
    complaint = answer_complaint(a_complaint(), outcome="refused", text=ANSWER, mediator=MEDIATOR, by=a_moderator())
    client.force_login(complaint.complainant)
    page = client.get(complaint.get_absolute_url()).content.decode()
    assert "avec ses raisons" in page
    assert "mediateur.example" in page
    assert complaint.reference in client.get(reverse("my_lab")).content.decode()
    assert complaint.reference in client.get(reverse("complaints:mine")).content.decode()
    client.force_login(a_member())
    assert client.get(complaint.get_absolute_url()).status_code == 404
    client.force_login(a_product_owner())  # staff read it in the desk
    assert client.get(complaint.get_absolute_url()).status_code == 404


def test_why_it_was_made_a_complaint_is_not_shown_to_the_person(client):
    complaint = a_complaint()
    client.force_login(complaint.complainant)
    assert complaint.reason not in client.get(complaint.get_absolute_url()).content.decode()
    assert "reason" not in client.get(reverse("api_my_complaint", args=[complaint.public_id])).json()
