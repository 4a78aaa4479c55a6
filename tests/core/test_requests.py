"""What any request may bring: cursors made up, bodies that are no JSON, values that are on no list; and who may keep the answer."""

import base64
import json

import pytest
from django.test import Client

from tests.factories.ideas import an_idea
from tests.factories.members import a_member

pytestmark = pytest.mark.django_db
IDEAS, ME = "/api/v1/ideas/", "/api/v1/me/"


def a_cursor(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


@pytest.mark.parametrize("order", ["trending", "votes", "newest", "discussed"])
@pytest.mark.parametrize("text", [
    '[0, 1e9999, 1]', '[0, NaN, 1]', '[0, "a", 1]', '[0, "1\\u0000", 1]', '[0, {"t": "2026"}, 1]', '[0, {"t": "2026-01-01"}, 1]',
    '[0, [1], 1]', '[0, 1, ' + "9" * 40 + ']', '[0, 1]', '{}', 'x', "[" * 100_000,
])  # fmt: skip
def test_a_cursor_made_up_is_refused(client, text, order):
    an_idea()
    for place in (IDEAS, "/idees/"):
        if len(text) < 1000 or place == IDEAS:
            answer = client.get(place, {"order": order, "cursor": a_cursor(text)})
            assert answer.status_code == 400, (place, text[:40])
    assert client.get(IDEAS, {"order": order, "cursor": a_cursor(text)}).json()["code"] == "bad_cursor"


@pytest.mark.parametrize("body", ["{", "[" * 100_000, '{"title": NaN}'])
def test_a_body_that_is_no_json_is_refused_in_words(client, body):
    client.force_login(a_member())
    answer = client.post(IDEAS, body, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "not_json")


@pytest.mark.parametrize("change", [{"language": "4970101234567893"}, {"segments": {"region": "4970 1012 3456 7893"}}])
def test_a_refusal_quotes_no_card_number(client, change):
    client.force_login(a_member())
    answer = client.patch(ME, change, content_type="application/json")
    said = json.dumps(answer.json(), ensure_ascii=False)
    assert answer.status_code == 400 and "••••" in said and "7893" not in said


def test_an_unknown_state_of_a_beta_quotes_no_card_number(client):
    answer = client.get("/api/v1/betas/", {"state": "4970101234567893"})
    assert answer.status_code == 400 and "7893" not in answer.content.decode()


@pytest.mark.parametrize(
    ("path", "keep"), [("/", "no-cache"), ("/idees/", "no-cache"), (ME, "no-store"), (IDEAS, "no-store")]
)
def test_what_a_signed_in_person_reads_stays_theirs(client, path, keep):
    client.force_login(a_member())
    assert client.get(path)["Cache-Control"] == f"private, {keep}"
    assert "private" not in Client().get(path).get("Cache-Control", "")


def test_an_api_call_from_the_site_without_its_token_is_told_so_in_french():
    client = Client(enforce_csrf_checks=True)
    client.force_login(a_member())
    answer = client.put(f"{IDEAS}{an_idea().public_id}/vote/").json()
    assert (answer["status"], answer["code"]) == (403, "csrf_failed") and "CSRF" not in answer["detail"]


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_an_api_address_that_does_not_exist_says_so_whatever_is_sent_there(method):
    client = Client(enforce_csrf_checks=True)
    for _visitor in (True, False):
        answer = getattr(client, method)("/api/v1/idee/", {}, content_type="application/json")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
        client.force_login(a_member())


def test_a_visitor_is_asked_to_sign_in_in_our_words(client):
    assert client.get(ME).json()["detail"].startswith("Connectez-vous")
