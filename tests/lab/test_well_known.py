"""What security people ask of any site: whom to tell, what robots may read, what a page may ask of the browser."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.checks import run_checks
from django.utils import timezone

from tests.factories.members import an_administrator

pytestmark = pytest.mark.django_db
SECURITY = "/.well-known/security.txt"


@pytest.fixture
def contact(settings):
    settings.SECURITY_CONTACT = "securite@banque.example"
    settings.SECURITY_POLICY_URL = "https://banque.example/securite"
    settings.SITE_URL = "https://lab.banque.example"


def fields(client):
    answer = client.get(SECURITY)
    assert answer.status_code == 200 and answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    return dict(line.split(": ", 1) for line in answer.content.decode().splitlines())


def test_security_txt_says_whom_to_tell(client, contact):
    found = fields(client)
    expires = datetime.fromisoformat(found.pop("Expires"))
    assert found == {
        "Contact": "mailto:securite@banque.example", "Preferred-Languages": "fr, en",
        "Canonical": "https://lab.banque.example/.well-known/security.txt", "Policy": "https://banque.example/securite",
    }  # fmt: skip
    assert timedelta(days=30) < expires - timezone.now() < timedelta(days=365)


def test_security_txt_never_expires_by_itself(client, contact, monkeypatch):
    later = datetime(2029, 7, 1, 12, tzinfo=UTC)
    monkeypatch.setattr("lab.well_known.timezone.now", lambda: later)
    assert later < datetime.fromisoformat(fields(client)["Expires"]) < later + timedelta(days=365)


def test_contact_may_be_a_page(client, contact, settings):
    settings.SECURITY_CONTACT = "https://banque.example/signaler"
    assert fields(client)["Contact"] == "https://banque.example/signaler"


def test_without_a_contact_there_is_no_file_and_the_check_of_a_deployment_says_so(client, settings):
    settings.SECURITY_CONTACT = ""
    assert client.get(SECURITY).status_code == 404
    assert "lab.W001" in {found.id for found in run_checks(include_deployment_checks=True)}
    settings.SECURITY_CONTACT = "securite@banque.example"
    assert "lab.W001" not in {found.id for found in run_checks(include_deployment_checks=True)}


def test_robots_read_the_public_pages_alone(client):
    answer = client.get("/robots.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    lines = answer.content.decode().splitlines()
    assert lines[0] == "User-agent: *" and {"Disallow: /desk/", "Disallow: /api/", "Disallow: /compte/"} < set(lines)
    assert "Disallow: /" not in lines and "Disallow: /idees/" not in lines


@pytest.mark.parametrize(
    "path", ["/", "/en/", "/desk/", "/api/v1/ideas/", "/nope/", "/sw.js", "/static/lab/js/lab.js", "/healthz"]
)
def test_no_answer_lets_a_page_ask_for_camera_microphone_place_or_payment(client, path):
    client.force_login(an_administrator())
    policy = client.get(path).headers["Permissions-Policy"].split(", ")
    assert {"camera=()", "microphone=()", "geolocation=()", "payment=()", "usb=()"} < set(policy)
    assert not any(one.startswith("bluetooth") for one in policy), (
        "Chromium knows no such feature, and says so on every page"
    )
    assert {"publickey-credentials-get=(self)", "publickey-credentials-create=(self)"} < set(policy)
