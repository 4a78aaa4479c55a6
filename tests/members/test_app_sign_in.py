"""The mobile app: allauth's headless client, then X-Session-Token on the API."""

import pytest
from django.core import mail

from members.models import Consent, Member
from tests.factories.members import PASSWORD
from tests.members.test_doors import a_verified_member, the_code

pytestmark = pytest.mark.django_db
AUTH, ME = "/_allauth/app/v1/auth/", "/api/v1/me/"
ANSWERS = {
    "email": "soazig@exemple.fr", "nickname": "Soazig", "kind": "prospect", "is_adult": True, "accepts_charter": True,
}  # fmt: skip


def post(client, path, body, **headers):
    return client.post(AUTH + path, body, content_type="application/json", headers=headers)


def token_of(client, member):
    answer = post(client, "login", {"email": member.email, "password": PASSWORD})
    assert answer.status_code == 200, answer.content
    return answer.json()["meta"]["session_token"]


def test_a_token_opens_the_api_and_dies_at_sign_out(client):
    member = a_verified_member(nickname="Soazig")
    token = {"X-Session-Token": token_of(client, member)}
    assert client.get(ME, headers=token).json()["nickname"] == "Soazig"
    assert client.delete(AUTH + "session", headers=token).status_code == 401
    answer = client.get(ME, headers=token)
    assert answer.status_code == 401 and answer.json()["code"] == "not_signed_in"


def test_the_app_reads_the_public_id_and_never_the_key(client):
    member = a_verified_member(nickname="Soazig")
    told = post(client, "login", {"email": member.email, "password": PASSWORD}).json()["data"]["user"]
    assert told["id"] == member.public_id and told["display"] == "Soazig"
    shape = client.get("/_allauth/openapi.json").json()["components"]["schemas"]["User"]["properties"]["id"]
    assert shape["type"] == "string"


def test_without_a_token_the_api_asks_for_one(client):
    answer = client.get(ME)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "X-Session-Token"


def test_the_app_signs_up_under_the_same_rules(client):
    answer = post(client, "signup", ANSWERS | {"consent_newsletter": True})
    assert answer.status_code == 401  # the e-mail is still to be confirmed
    token = answer.json()["meta"]["session_token"]
    answer = post(client, "email/verify", {"key": the_code()}, **{"X-Session-Token": token})
    assert answer.status_code == 200
    token = answer.json()["meta"].get("session_token", token)
    assert client.get(ME, headers={"X-Session-Token": token}).json()["email"] == "soazig@exemple.fr"
    assert set(Consent.objects.values_list("purpose", "channel")) == {("charter", "app"), ("newsletter", "app")}


@pytest.mark.parametrize(
    ("change", "field"),
    [({"is_adult": False}, "is_adult"), ({"is_adult": None}, "is_adult"), ({"is_adult": "false"}, "is_adult"),
     ({"is_adult": "no"}, "is_adult"), ({"is_adult": 17}, "is_adult"), ({"accepts_charter": "non"}, "accepts_charter"),
     ({"email": "4111111111111111@exemple.fr"}, "email"),
     ({"accepts_charter": False}, "accepts_charter"), ({"nickname": "Conseiller"}, "nickname"), ({"kind": "robot"}, "kind"),
     ({"nickname": "4111 1111 1111 1111"}, "nickname"), ({"password": "motdepasse"}, "password")],
)  # fmt: skip
def test_the_app_reads_where_it_went_wrong(client, change, field):
    answer = post(client, "signup", ANSWERS | change)
    assert answer.status_code == 400 and not Member.objects.exists()
    assert field in {error.get("param") for error in answer.json()["errors"]}
    assert "4111" not in answer.content.decode() and not mail.outbox


def test_a_known_address_takes_as_long_as_another(client, monkeypatch):
    hashed = []
    monkeypatch.setattr("members.adapter.make_password", hashed.append)
    member = a_verified_member(nickname="Soazig")
    sent = ANSWERS | {"email": member.email, "nickname": "Autre", "password": "trois mots sans aucun rapport"}
    assert post(client, "signup", sent).status_code == 401 and len(hashed) == 1
    assert post(client, "signup", {key: value for key, value in sent.items() if key != "password"}).status_code == 401
    assert len(hashed) == 1  # none is hashed for another address either


def test_only_a_plain_yes_is_a_consent(client):
    assert post(client, "signup", ANSWERS | {"consent_newsletter": "no", "consent_profiling": 2}).status_code == 401
    assert list(Consent.objects.values_list("purpose", flat=True)) == ["charter"]


@pytest.mark.parametrize("body", ["{", "[]", "null", "[" * 100_000])
def test_what_is_not_an_object_is_refused_in_words(client, body):
    answer = client.post(AUTH + "login", body, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "not_json")


@pytest.mark.parametrize("missing", ["is_adult", "accepts_charter", "nickname", "kind", "email"])
def test_nothing_of_it_can_be_left_out(client, missing):
    answer = post(client, "signup", {key: value for key, value in ANSWERS.items() if key != missing})
    assert answer.status_code == 400 and not Member.objects.exists()


@pytest.mark.parametrize(("language", "words"), [("fr", "ne vont pas ensemble"), ("en", "do not go together")])
def test_errors_speak_the_callers_language(client, language, words):
    answer = post(client, "login", {"email": "a@exemple.fr", "password": "faux"}, **{"Accept-Language": language})
    assert answer.status_code == 400 and words in answer.content.decode()


def test_a_body_that_is_not_json_is_said_to_be_none(client):
    answer = client.post(AUTH + "login", "pas du json", content_type="application/json")
    assert answer.status_code == 400
