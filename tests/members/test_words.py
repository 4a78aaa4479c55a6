"""No English word on a French account page: what allauth says is ours or translated, and every page of it renders."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import reverse
from django.utils.translation import override

from tests.factories.members import PASSWORD, a_member

pytestmark = pytest.mark.django_db
ENTRANCE = ["account_login", "account_signup", "account_request_login_code", "account_reset_password", "account_inactive",
            "account_password_reset_completed", "socialaccount_login_cancelled", "socialaccount_login_error",
            "member_goodbye"]  # fmt: skip
INSIDE = ["account_email", "account_change_password", "account_logout", "account_reauthenticate", "mfa_index",
          "mfa_activate_totp", "mfa_list_webauthn", "mfa_add_webauthn", "usersessions_list", "socialaccount_connections",
          "member_profile", "member_data", "member_export", "member_erase"]  # fmt: skip
ENGLISH = re.compile(
    r"\b(the|name|your|you|with|sign|log|password|account|email address|enter|add|remove|key|keys|code sent|confirm|cancel|"
    r"current|please|and|not|used|security|device|this|back|continue|save|yes|no)\b", re.I
)  # fmt: skip


def words_of(answer) -> str:
    html = answer.content.decode()
    html = re.search(r"<main.*?</main>", html, re.S).group(0)
    html = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", html, flags=re.S)
    spoken = re.findall(r'(?:aria-label|placeholder|title|alt)="([^"]*)"', html)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html) + " ".join(spoken))


@pytest.fixture
def inside(client):
    member = a_member(password=PASSWORD, email="soazig@exemple.fr", nickname="Soazig")
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    client.post(reverse("account_login"), {"login": member.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


@pytest.mark.parametrize("name", ENTRANCE)
def test_a_visitor_reads_french_only(client, name):
    answer = client.get(reverse(name))
    assert answer.status_code in (200, 401) and not ENGLISH.findall(words_of(answer))


@pytest.mark.parametrize("name", INSIDE)
def test_a_member_reads_french_only(inside, name):
    answer = inside.get(reverse(name))
    assert answer.status_code == 200, answer
    assert not ENGLISH.findall(words_of(answer))


@pytest.mark.parametrize("name", [*ENTRANCE, "member_profile", "member_data", "mfa_index"])
def test_the_same_pages_speak_english_under_en(inside, name):
    if name in ENTRANCE:
        inside.logout()
    with override("en"):
        url = reverse(name)
    answer = inside.get(url)
    assert url.startswith("/en/account/") and answer.status_code in (200, 401)
    assert not re.findall(r"\b(vous|votre|mot de passe|compte|les)\b", words_of(answer))


def test_a_change_of_password_is_told_by_mail_in_french(inside):
    new = "un phare mange trois livrets"
    inside.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    told = mail.outbox[-1]
    assert told.to == ["soazig@exemple.fr"] and "Quelque chose a changé" in told.body
    assert not ENGLISH.findall(told.subject + told.body)
