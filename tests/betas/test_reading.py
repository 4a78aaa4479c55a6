"""Lists cost the same number of queries for one row and for three."""

from contextlib import contextmanager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.betas import a_finding, a_mission, a_programme, a_screenshot, a_tester, an_enrolment
from tests.factories.ideas import an_idea
from tests.factories.members import a_member, a_product_owner

pytestmark = pytest.mark.django_db
OF_THE_FRAME = ("django_session", "notifications_", "cms_", "wagtail", "lab_cache")
SITE_LIST, BOOK, API_FINDINGS, API_MISSIONS = 3, 8, 4, 5


@pytest.fixture(autouse=True)
def throttles_elsewhere(settings):
    """The API's throttles count in the cache, which in tests is the database: keep their queries out of the count."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


@contextmanager
def exactly(number):
    """So many queries, those of the page's frame (session, bell, texts of the site) apart: they are not the list's."""
    with CaptureQueriesContext(connection) as captured:
        yield
    ours = [query["sql"] for query in captured if not any(name in query["sql"] for name in OF_THE_FRAME)]
    assert len(ours) == number, "\n".join(ours)


def closed_with_work():
    programme = a_programme(state="closed", what_changed="Le bouton répond après un refus.", ideas=[an_idea()])
    a_finding(a_tester(programme, state="completed"), state="fixed")
    return programme


@pytest.mark.parametrize("rows", [1, 3])
def test_list_of_betas_costs_the_same_on_the_site(client, rows):
    member = a_member()
    for _ in range(rows):
        a_tester(a_programme(state="running"), member=member)
        a_programme(state="interest")
        closed_with_work()
    client.force_login(member)
    client.get(reverse("betas:list"))
    with exactly(SITE_LIST):
        assert client.get(reverse("betas:list")).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_list_of_betas_costs_one_query_in_the_api(client, rows):
    for _ in range(rows):
        a_tester(a_programme(state="running"))
    with exactly(1):
        assert len(client.get("/api/v1/betas/").json()["results"]) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_testers_book_costs_the_same_with_more_missions_and_findings(client, rows):
    tester = a_tester()
    for _ in range(rows):
        a_finding(tester, mission=a_mission(tester.programme), state="fixed", reply="Corrigé.", reply_signature="Hugo")
    client.force_login(tester.member)
    client.get(tester.programme.get_absolute_url())
    with exactly(BOOK):
        assert client.get(tester.programme.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_findings_in_the_api_cost_the_same(client, rows):
    from betas.domain.finding import report

    tester = a_tester()
    for _ in range(rows):
        report(
            tester.programme, title="Bouton gris", body="Il ne répond plus du tout.", by=tester.member,
            mission=a_mission(tester.programme), screenshots=[a_screenshot(), a_screenshot()],
        )  # fmt: skip
    client.force_login(tester.member)
    with exactly(API_FINDINGS):
        results = client.get(f"/api/v1/betas/{tester.programme.public_id}/findings/").json()["results"]
    assert len(results) == rows and len(results[0]["screenshots"]) == 2


@pytest.mark.parametrize("rows", [1, 3])
def test_missions_in_the_api_cost_the_same(client, rows):
    tester = a_tester()
    for _ in range(rows):
        a_mission(tester.programme)
    client.force_login(tester.member)
    with exactly(API_MISSIONS):
        assert len(client.get(f"/api/v1/betas/{tester.programme.public_id}/missions/").json()["results"]) == rows


def test_list_shows_what_past_tests_changed_by_cursor(client):
    programmes = [closed_with_work() for _ in range(10)]
    first = client.get(reverse("betas:list"))
    assert len(first.context["past"].items) == 8
    second = client.get(reverse("betas:list"), {"cursor": first.context["past"].next})
    titles = {one.title for page in (first, second) for one in page.context["past"].items}
    assert titles == {programme.title for programme in programmes}


def test_draft_is_seen_by_who_works_on_it_alone(client):
    programme = a_programme(state="draft")
    assert client.get(programme.get_absolute_url()).status_code == 404
    assert client.get("/api/v1/betas/").json()["results"] == []
    client.force_login(a_product_owner())
    assert client.get(programme.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("applied", "Votre candidature est arrivée"),
        ("waitlisted", "Vous êtes sur la liste d’attente"),
        ("accepted", "Une place vous est réservée"),
        ("declined", "Pas cette fois"),
        ("agreed", "Votre carnet de test"),
        ("active", "Votre carnet de test"),
    ],
)
def test_each_candidate_reads_where_they_stand(client, state, words):
    make = a_tester if state in ("agreed", "active") else an_enrolment
    enrolment = make(a_programme(), state=state)
    client.force_login(enrolment.member)
    assert words in client.get(enrolment.programme.get_absolute_url()).content.decode()


def test_visitor_and_the_ineligible_read_what_to_do(client):
    programme = a_programme(eligible_kinds=["customer"])
    assert "Connectez-vous pour postuler" in client.get(programme.get_absolute_url()).content.decode()
    client.force_login(a_member(kind="prospect"))
    assert "réservé aux clients de la banque" in client.get(programme.get_absolute_url()).content.decode()
