from datetime import timedelta

import pytest
from django.utils import timezone

from betas.domain.enrolling import (
    accept,
    decline,
    put_on_waiting_list,
    release_silent,
    remove,
    sign_charter,
    withdraw,
)
from betas.models import Enrolment
from core.errors import DomainError, ImpossibleMove, NotAllowed, NotFound
from core.models import Event
from tests.factories.betas import a_programme, a_tester, an_enrolment
from tests.factories.members import a_member, a_product_owner, an_auditor

pytestmark = pytest.mark.django_db


def state_of(enrolment):
    return Enrolment.objects.get(pk=enrolment.pk).state


def test_accepted_candidate_signs_the_charter_of_the_day():
    programme = a_programme(charter_version=2)
    enrolment = accept(an_enrolment(programme), by=a_product_owner())
    with pytest.raises(DomainError) as refusal:
        sign_charter(enrolment, version=1, by=enrolment.member)
    assert refusal.value.code == "charter_changed"
    signed = sign_charter(enrolment, version=2, by=enrolment.member)
    assert (signed.state, signed.agreed_version) == ("agreed", 2)
    assert sign_charter(enrolment, version=2, by=enrolment.member).agreed_at == signed.agreed_at


def test_no_more_are_accepted_than_there_are_seats():
    programme, owner = a_programme(seats=1), a_product_owner()
    late = an_enrolment(programme)
    accept(an_enrolment(programme), by=owner)
    with pytest.raises(DomainError) as refusal:
        accept(late, by=owner)
    assert refusal.value.code == "beta_full"
    assert put_on_waiting_list(late, by=owner).state == "waitlisted"


def test_freed_seat_goes_to_the_first_on_the_waiting_list_who_is_told():
    programme = a_programme(seats=1)
    leaves = a_tester(programme)
    first, second = an_enrolment(programme, state="waitlisted"), an_enrolment(programme, state="waitlisted")
    withdraw(leaves, by=leaves.member)
    assert [state_of(row) for row in (leaves, first, second)] == ["withdrawn", "accepted", "waitlisted"]
    assert Event.objects.get(name="SeatFreed").payload["offered_to"] == first.pk
    assert Event.objects.get(name="EnrolmentDecided").payload["to_state"] == "accepted"


def test_leaving_twice_is_leaving_once():
    leaves = a_tester()
    withdraw(leaves, by=leaves.member)
    withdraw(leaves, by=leaves.member)
    assert Event.objects.filter(name="EnrolmentLeft").count() == 1


def test_nobody_leaves_or_signs_for_another():
    enrolment = an_enrolment(state="accepted")
    for verb in (lambda: withdraw(enrolment, by=a_member()), lambda: sign_charter(enrolment, version=1, by=a_member())):
        with pytest.raises(NotFound):
            verb()


@pytest.mark.parametrize("who", [a_member, an_auditor])
def test_only_product_owners_choose(who):
    with pytest.raises(NotAllowed):
        accept(an_enrolment(), by=who())


def test_removed_tester_hears_why_and_the_seat_is_free():
    tester, owner = a_tester(a_programme(seats=1)), a_product_owner()
    with pytest.raises(DomainError):
        remove(tester, by=owner, note="")
    assert remove(tester, by=owner, note="La charte n’a pas été respectée.").state == "removed"
    assert Event.objects.filter(name="SeatFreed").exists()


def test_declined_candidate_cannot_be_accepted_afterwards():
    owner = a_product_owner()
    enrolment = decline(an_enrolment(), by=owner)
    with pytest.raises(ImpossibleMove):
        accept(enrolment, by=owner)


def test_silent_tester_gives_the_seat_to_the_next_and_may_come_back_while_one_is_free(settings):
    long_ago = timezone.now() - timedelta(days=settings.LAB["BETA_SILENT_DAYS"] + 1)
    programme = a_programme(state="running", state_since=long_ago, seats=1)
    silent = a_tester(programme, state="active", seen_at=long_ago)
    waiting = an_enrolment(programme, state="waitlisted")
    release_silent()
    release_silent()
    assert [state_of(row) for row in (silent, waiting)] == ["inactive", "accepted"]


def test_tester_who_gave_a_sign_of_life_keeps_the_seat(settings):
    long_ago = timezone.now() - timedelta(days=settings.LAB["BETA_SILENT_DAYS"] + 1)
    tester = a_tester(a_programme(state="running", state_since=long_ago), state="active", seen_at=timezone.now())
    release_silent()
    assert state_of(tester) == "active"
