"""Who has neither a password nor a second factor is asked by a fresh code before what touches the account."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import reverse

from members.models import Member
from tests.factories.members import PASSWORD, a_member

from .test_doors import a_verified_member, the_code

pytestmark = pytest.mark.django_db
CONFIRM = "/compte/confirmer/code/"


@pytest.fixture
def visitor(client):
    """A member whom a mailed code has let in an hour ago; nothing else is known of them."""
    member = a_member()
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    client.force_login(member)
    client.member = member
    return client


def confirm(client, at):
    assert client.post(at, {"action": "send"}).status_code == 302
    return client.post(at, {"code": the_code()})


@pytest.mark.parametrize("name", ["member_export", "member_erase", "account_set_password", "mfa_activate_totp"])
def test_without_a_password_a_code_is_asked_before_what_touches_the_account(visitor, name):
    path = reverse(name)
    asked = visitor.get(path)
    assert asked.status_code == 302 and asked.url == f"{CONFIRM}?next={path.replace('/', '%2F')}"
    assert "nous envoyons un code" in visitor.get(asked.url).content.decode()
    assert mail.outbox == []  # looking at the page sends nothing
    done = confirm(visitor, asked.url)
    assert done.status_code == 302 and done.url == path
    assert mail.outbox[-1].to == [visitor.member.email]
    assert visitor.get(path).status_code == 200


def test_erasure_without_a_fresh_code_erases_nothing(visitor):
    asked = visitor.post(reverse("member_erase"), {"sure": "on"})
    assert asked.status_code == 302 and asked.url.startswith(CONFIRM)
    assert Member.objects.get(pk=visitor.member.pk).is_active


def test_a_wrong_code_is_refused_three_times_then_another_is_needed(visitor):
    visitor.post(CONFIRM, {"action": "send"})
    code = the_code()
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(3):
        page = visitor.post(CONFIRM, {"code": wrong})
        assert page.status_code in (200, 400) and page.context["form"].errors
    assert visitor.post(CONFIRM, {"code": code}).status_code in (200, 400)
    assert visitor.get(reverse("member_export")).url.startswith(CONFIRM)


def test_a_code_serves_once_and_in_its_own_session(visitor, client):
    visitor.post(CONFIRM, {"action": "send"})
    code = the_code()
    assert visitor.post(CONFIRM, {"code": code}).status_code == 302
    other = type(visitor)()
    other.force_login(visitor.member)
    assert other.post(CONFIRM, {"code": code}).status_code in (200, 400)
    assert other.get(reverse("member_export")).url.startswith(CONFIRM)


def test_no_code_sent_means_no_empty_code_is_good(visitor):
    for code in ("", "0", "000000"):
        assert visitor.post(CONFIRM, {"code": code}).status_code in (200, 400)
    assert visitor.get(reverse("member_export")).url.startswith(CONFIRM)


def test_who_has_a_password_is_asked_for_it(client):
    member = a_verified_member()
    client.force_login(member)
    asked = client.get(reverse("member_export"))
    assert asked.url.startswith(reverse("account_reauthenticate"))
    assert client.get(CONFIRM).url.startswith(reverse("account_reauthenticate"))
    assert client.post(asked.url, {"password": PASSWORD}).status_code == 302
    assert client.get(reverse("member_export")).status_code == 200


def test_the_code_is_asked_in_the_readers_language_too(visitor):
    page = visitor.get("/en/account/confirm/code/").content.decode()
    assert "we send a code to your e-mail address" in page
