"""The desk's list of members: for administrators alone, through the verbs alone."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.models import Member
from tests.factories.members import a_member, a_moderator, a_staff_member, an_auditor

pytestmark = pytest.mark.django_db
INDEX = "/desk/users/"


@pytest.fixture
def admin():
    return a_staff_member("administrator", is_superuser=True, nickname="Gwenaël Morvan")


@pytest.fixture
def desk(client, admin):
    client.force_login(admin)
    return client


def edit_url(member):
    return reverse("wagtailusers_users:edit", args=[member.pk])


def test_administrators_read_the_members_and_their_roles_in_french(desk):
    a_moderator(nickname="Claire Le Goff")
    page = desk.get(INDEX).content.decode()
    assert "Claire Le Goff" in page and "Modérateur" in page and "Ajouter un collègue" in page


def test_the_list_costs_the_same_for_more_members(desk, django_assert_num_queries):
    """Exactly: what the shell around it costs is not ours, so one row says how much three may."""
    a_moderator()
    desk.get(INDEX)
    with CaptureQueriesContext(connection) as one:
        desk.get(INDEX)
    a_moderator(), a_moderator()
    with django_assert_num_queries(len(one)):
        desk.get(INDEX)


def test_a_search_finds_a_name(desk):
    a_member(nickname="Soazig")
    a_member(nickname="Ronan")
    page = desk.get(INDEX + "results/?q=soaz").content.decode()
    assert "Soazig" in page and "Ronan" not in page


@pytest.mark.parametrize("make", [a_moderator, an_auditor])
def test_other_staff_do_not_reach_it(client, make):
    client.force_login(make())
    for url in (INDEX, reverse("wagtailusers_users:add"), edit_url(a_member()), "/desk/groups/"):
        assert client.get(url).status_code in (302, 403)


def test_an_administrator_adds_a_colleague_who_comes_in_by_code(desk):
    answer = desk.post(
        reverse("wagtailusers_users:add"),
        {"email": "Hugo@Phare.example", "nickname": "Hugo Prigent", "job_title": "Expert cartes", "roles": ["expert"]},
    )
    assert answer.status_code == 302, answer.context["form"].errors
    hugo = Member.objects.get(email="hugo@phare.example")
    assert hugo.role_names == {"expert"} and hugo.is_staff and not hugo.has_usable_password()
    assert hugo.emailaddress_set.get().verified


def test_a_refusal_stays_at_its_field_with_what_was_typed(desk):
    a_member(email="hugo@phare.example")
    answer = desk.post(reverse("wagtailusers_users:add"), {"email": "hugo@phare.example", "nickname": "Hugo Prigent"})
    assert list(answer.context["form"].errors) == ["email"] and "Hugo Prigent" in answer.content.decode()


def test_roles_are_given_and_the_badge_set(desk):
    member = a_member(nickname="Soazig")
    assert "Soazig" in desk.get(edit_url(member)).content.decode()
    answer = desk.post(edit_url(member), {"is_active": "on", "is_ambassador": "on", "roles": ["moderator", "expert"]})
    assert answer.status_code == 302, answer.context["form"].errors
    member = Member.objects.get(pk=member.pk)
    assert member.role_names == {"moderator", "expert"} and member.is_ambassador


def test_the_form_changes_neither_name_nor_address_nor_password(desk):
    member = a_member(nickname="Soazig", email="soazig@exemple.fr")
    desk.post(
        edit_url(member),
        {"is_active": "on", "nickname": "X", "email": "x@x.fr", "password1": "x", "is_superuser": "on"},
    )
    member.refresh_from_db()
    assert (member.nickname, member.email, member.is_superuser) == ("Soazig", "soazig@exemple.fr", False)


def test_the_last_administrator_keeps_their_role(desk, admin):
    answer = desk.post(edit_url(admin), {"is_active": "on", "roles": ["expert"]})
    assert list(answer.context["form"].errors) == ["roles"]
    answer = desk.post(edit_url(admin), {"roles": ["administrator"]})
    assert list(answer.context["form"].errors) == ["is_active"]


def test_deleting_from_the_desk_erases_and_keeps_the_row(desk):
    member = a_member()
    url = reverse("wagtailusers_users:delete", args=[member.pk])
    assert "bulletins" in desk.get(url).content.decode()
    desk.post(url)
    assert Member.objects.get(pk=member.pk).erased_at


def test_no_bulk_action_writes_past_the_verbs(desk):
    member = a_member()
    for action in ("delete", "set_active_state", "assign_role"):
        desk.post(f"/desk/bulk/members/member/{action}/?id={member.pk}", {"mark_as_active": "False"})
    member.refresh_from_db()
    assert member.is_active and not member.erased_at
