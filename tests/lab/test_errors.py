"""Pages for what is missing, forbidden, stale, broken or offline; problem details on the API."""

import re

import pytest
from django.test import Client, RequestFactory

from lab import errors
from tests.factories.members import a_member

pytestmark = pytest.mark.django_db


def test_missing_page_says_so_in_the_language_of_its_address(client):
    assert "n’est plus sur la carte" in client.get("/nulle-part/").content.decode()
    english = client.get("/en/nowhere/")
    assert english.status_code == 404
    assert "no longer on the map" in english.content.decode()


def test_missing_api_address_gets_problem_details(client):
    response = client.get("/api/v1/nowhere/")
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["code"] == "not_found"


def test_breakdown_page_reads_no_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        response = errors.server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "brouillon est dans ce navigateur" in response.content.decode()


def test_stale_form_gives_back_what_was_typed():
    client = Client(enforce_csrf_checks=True)
    text = "Je voudrais mettre ma carte en pause."
    response = client.post(
        "/", {"body": text, "password": "un long mot de passe"}, headers={"Referer": "http://testserver/idees/"}
    )
    page = response.content.decode()
    assert response.status_code == 403
    assert text in page
    assert "un long mot de passe" not in page


def test_stale_form_from_elsewhere_shows_none_of_its_words():
    client = Client(enforce_csrf_checks=True)
    response = client.post("/", {"body": "des mots venus d’ailleurs"}, headers={"Referer": "http://elsewhere.example/"})
    assert "des mots venus" not in response.content.decode()


def test_stale_form_says_no_card_number_again():
    client = Client(enforce_csrf_checks=True)
    text = "Ma carte est la 4970 1000 0000 0154, je crois."
    response = client.post("/", {"body": text}, headers={"Referer": "http://testserver/idees/"})
    page = response.content.decode()
    assert "Ma carte est la ••••, je crois." in page and "0154" not in page


def test_stale_htmx_form_comes_as_a_toast():
    response = Client(enforce_csrf_checks=True).post("/", headers={"HX-Request": "true"})
    assert response.status_code == 403
    assert response["HX-Retarget"] == "#toasts"
    assert "<html" not in response.content.decode()


@pytest.mark.parametrize("path", ["/hors-connexion/", "/en/offline/"])
def test_offline_page_opens(client, path):
    assert client.get(path).status_code == 200


def test_site_installs_as_an_app(client):
    manifest = client.get("/manifest.webmanifest")
    assert manifest["Content-Type"] == "application/manifest+json"
    assert {icon["sizes"] for icon in manifest.json()["icons"]} >= {"192x192", "512x512"}
    worker = client.get("/sw.js")
    assert worker["Content-Type"].startswith("text/javascript")
    assert worker["Service-Worker-Allowed"] == "/"


@pytest.mark.parametrize(
    "path",
    ["/", "/en/ideas/", "/idees/", "/sondages/", "/mon-lab/", "/compte/profil/", "/compte/mes-donnees/", "/nope/"],
)
def test_what_a_member_is_shown_is_marked_private_so_that_no_phone_keeps_it(client, path):
    client.force_login(a_member())
    assert re.search("private|no-store", client.get(path).headers["Cache-Control"])


def test_worker_keeps_nothing_private_and_the_browser_forgets_at_the_sign_out(client):
    assert "/no-store|private/" in client.get("/sw.js").content.decode()
    client.force_login(a_member())
    assert "Clear-Site-Data" not in client.get("/").headers
    assert client.post("/compte/deconnexion/").headers["Clear-Site-Data"] == '"cache"'
    assert "Clear-Site-Data" not in client.get("/").headers
