"""Names of passkeys are members' own texts: the shield reads them too."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from core.shield import PrivateData

from .test_doors import PASSWORD, a_verified_member

pytestmark = pytest.mark.django_db
CARD = "4539 1488 0343 6467"


def a_key(member, name="Téléphone"):
    return Authenticator.objects.create(
        user=member, type=Authenticator.Type.WEBAUTHN, data={"name": name, "credential": {}}
    )


def test_no_card_number_is_kept_as_the_name_of_a_key():
    with pytest.raises(PrivateData):
        a_key(a_verified_member(), name=f"Carte {CARD}")
    assert not Authenticator.objects.exists()


def test_a_key_is_not_renamed_to_a_card_number_and_the_page_does_not_say_it_again(client):
    member = a_verified_member()
    key = a_key(member)
    client.force_login(member)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    path = reverse("mfa_edit_webauthn", args=[key.pk])
    answer = client.post(path, {"name": CARD}, follow=True)
    assert answer.status_code in (200, 400)
    assert CARD not in answer.content.decode() and "carte" in answer.content.decode()
    key.refresh_from_db()
    assert key.data["name"] == "Téléphone"
    client.post(path, {"name": "Clé bleue"})
    key.refresh_from_db()
    assert key.data["name"] == "Clé bleue"


def test_the_app_is_refused_the_same_name(client):
    member = a_verified_member()
    answer = client.post(
        "/_allauth/app/v1/auth/login", {"email": member.email, "password": PASSWORD}, content_type="application/json"
    )
    token = answer.json()["meta"]["session_token"]
    headers = {"X-Session-Token": token}
    key = a_key(member)
    again = "/_allauth/app/v1/auth/reauthenticate"
    client.post(again, {"password": PASSWORD}, content_type="application/json", headers=headers)
    path = "/_allauth/app/v1/account/authenticators/webauthn"
    answer = client.put(path, {"id": key.pk, "name": CARD}, content_type="application/json", headers=headers)
    assert answer.status_code == 400 and answer.json()["code"] == "private_data"
    assert CARD not in answer.content.decode()
    key.refresh_from_db()
    assert key.data["name"] == "Téléphone"


def test_who_uses_a_key_is_not_asked_about_its_name():
    key = a_key(a_verified_member())
    key.data["name"] = CARD  # from before the shield
    Authenticator.objects.filter(pk=key.pk).update(data=key.data)
    key.refresh_from_db()
    key.record_usage()
