from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from betas.domain.applying import apply, chance_of, register_interest, withdraw_interest
from betas.domain.enrolling import withdraw
from betas.models import Enrolment, InterestRegistration
from core.errors import DomainError, NotFound, NotSignedIn
from core.models import Event
from core.shield import PrivateData
from tests.factories.betas import a_programme, an_enrolment
from tests.factories.members import a_member, a_product_owner

pytestmark = pytest.mark.django_db


def code_of(verb, *args, **kwargs):
    with pytest.raises(DomainError) as refusal:
        verb(*args, **kwargs)
    return refusal.value.code


def test_member_applies_once_however_often_they_ask():
    programme, member = a_programme(), a_member()
    first = apply(programme, by=member, motivation="Je perds ma carte deux fois par an.")
    assert first.state == "applied"
    assert apply(programme, by=member).pk == first.pk
    assert Enrolment.objects.get().motivation == "Je perds ma carte deux fois par an."
    assert Event.objects.filter(name="EnrolmentApplied").count() == 1


def test_first_come_first_served_gives_the_seat_at_once():
    assert apply(a_programme(accepts_at_once=True), by=a_member()).state == "accepted"


def test_full_beta_keeps_a_waiting_list():
    programme = a_programme(seats=1)
    an_enrolment(programme, state="active")
    assert apply(programme, by=a_member()).state == "waitlisted"


def test_full_beta_without_a_waiting_list_refuses():
    programme, member = a_programme(seats=1, has_waiting_list=False), a_member()
    an_enrolment(programme, state="active")
    assert code_of(apply, programme, by=member) == "beta_full"
    assert chance_of(programme, member, None).code == "beta_full"
    assert Enrolment.objects.count() == 1


@pytest.mark.parametrize(
    ("rules", "person", "rule"),
    [
        ({"eligible_kinds": ["customer"]}, {"kind": "prospect"}, "kind"),
        ({"eligible_kinds": ["prospect"]}, {"kind": "customer"}, "prospect"),
        ({"eligible_segments": ["professional"]}, {"segment": "student"}, "segment"),
        ({"eligible_ages": ["60+"]}, {"age_band": "18-25"}, "age"),
        ({}, {"is_staff": True}, "staff"),
    ],
)
def test_who_is_not_eligible_is_told_why(rules, person, rule):
    with pytest.raises(DomainError) as refusal:
        apply(a_programme(**rules), by=a_member(**person))
    assert (refusal.value.code, refusal.value.status, refusal.value.extra["rule"]) == ("not_eligible", 403, rule)


@pytest.mark.parametrize("state", ["interest", "evaluating", "closed", "archived"])
def test_applications_are_taken_while_it_recruits(state):
    assert code_of(apply, a_programme(state=state), by=a_member()) == "beta_not_open"


def test_applications_stop_after_the_last_day_by_the_servers_clock():
    yesterday = timezone.localdate() - timedelta(days=1)
    assert code_of(apply, a_programme(applications_until=yesterday), by=a_member()) == "beta_not_open"


def test_running_test_takes_people_until_the_last_day_to_apply():
    programme = a_programme(state="running", applications_until=timezone.localdate())
    assert apply(programme, by=a_member()).state == "applied"


def test_draft_is_not_there_for_members():
    with pytest.raises(NotFound):
        apply(a_programme(state="draft"), by=a_member())


def test_visitor_is_asked_to_sign_in():
    with pytest.raises(NotSignedIn):
        apply(a_programme(), by=AnonymousUser())


def test_card_number_in_a_motivation_is_refused():
    with pytest.raises(PrivateData) as refusal:
        apply(a_programme(), by=a_member(), motivation="Ma carte est la 4970 1000 0000 0154 et je la perds")
    assert refusal.value.field == "motivation"
    assert not Enrolment.objects.exists()


@pytest.mark.parametrize("state", ["declined", "removed"])
def test_who_was_not_kept_does_not_apply_again(state):
    enrolment = an_enrolment(state=state)
    assert code_of(apply, enrolment.programme, by=enrolment.member) == "enrolment_closed"


def test_who_left_may_come_back():
    programme, member = a_programme(), a_member()
    withdraw(apply(programme, by=member), by=member)
    assert apply(programme, by=member).state == "applied"
    assert Enrolment.objects.count() == 1


def test_interest_is_registered_once_and_taken_back():
    programme, member = a_programme(state="interest"), a_member()
    register_interest(programme, by=member)
    register_interest(programme, by=member)
    assert InterestRegistration.objects.count() == 1
    withdraw_interest(programme, by=member)
    assert not InterestRegistration.objects.exists()
    assert code_of(register_interest, a_programme(), by=a_product_owner()) == "beta_not_announced"
