"""A member's own pages: profile, consents, taking one's data away, leaving. Each refusal at its field, through the page."""

import io
import zipfile

import pytest
from allauth.account.models import EmailAddress

from core.models import Event
from members.models import Consent, Member
from tests.factories.members import PASSWORD, a_member, a_moderator

pytestmark = pytest.mark.django_db
PROFILE, DATA = "/compte/profil/", "/compte/mes-donnees/"
ANSWERS = {"nickname": "Soazig", "bio": "", "kind": "prospect", "segment": "private", "age_band": "", "region": "",
           "language": "fr"}  # fmt: skip


@pytest.fixture
def member():
    return a_member(nickname="Soazig", email="soazig@exemple.fr", password=PASSWORD)


@pytest.fixture
def inside(client, member):
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    client.post("/compte/connexion/", {"login": member.email, "password": PASSWORD})
    return client


def confirm(client):
    client.post("/compte/confirmer/", {"password": PASSWORD})


@pytest.mark.parametrize("url", [PROFILE, DATA, DATA + "telecharger/", DATA + "effacer/"])
def test_a_visitor_is_asked_to_come_in_first(client, url):
    assert client.get(url).url.startswith("/compte/connexion/?next=")


def test_the_profile_is_kept(inside, member):
    answer = inside.post(PROFILE, ANSWERS | {"bio": "À Brest.", "region": "Bretagne", "shows_details": "on"})
    assert answer.status_code == 302
    member.refresh_from_db()
    assert (member.bio, member.region, member.shows_details, member.shows_ideas) == (
        "À Brest.",
        "Bretagne",
        True,
        False,
    )


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"nickname": "Conseiller"}, "nickname"),
        ({"bio": "Ma carte 4111 1111 1111 1111"}, "bio"),
        ({"region": "Atlantide"}, "region"),
    ],
)
def test_a_refusal_stands_at_its_field_and_the_rest_stays(inside, member, change, field):
    answer = inside.post(PROFILE, ANSWERS | {"age_band": "60+"} | change)
    assert answer.status_code == 400 and list(answer.context["form"].errors) == [field]
    assert 'value="60+" selected' in answer.content.decode()
    member.refresh_from_db()
    assert member.age_band == ""


def test_a_masked_bio_is_one_tap_away(inside, member):
    answer = inside.post(PROFILE, ANSWERS | {"bio": "Ma carte 4111 1111 1111 1111 est bleue"})
    masked = answer.context["refusal"].extra["masked"]["bio"]
    assert 'name="masked_bio"' in answer.content.decode() and "4111" not in answer.content.decode()
    assert inside.post(PROFILE, ANSWERS | {"bio": "4111 1111 1111 1111", "masked_bio": masked}).status_code == 302
    member.refresh_from_db()
    assert member.bio == masked


@pytest.mark.parametrize("field", ["nickname", "bio", "kind", "segment", "region", "age_band", "language"])
def test_no_field_of_the_profile_says_a_card_number_again(inside, field):
    for others in ({}, {"language": "xx", "bio": "Ma carte 4111 1111 1111 1111"}):
        answer = inside.post(PROFILE, ANSWERS | others | {field: "4111 1111 1111 1111"})
        assert answer.status_code == 400 and "1111" not in answer.content.decode()


def test_withdrawing_is_as_easy_as_giving(inside, member):
    inside.post(DATA + "accords/", {"purpose": "newsletter", "given": "on"})
    inside.post(DATA + "accords/", {"purpose": "newsletter"})
    assert list(member.consents.values_list("purpose", "given", "channel")) == [
        ("newsletter", False, "settings"), ("newsletter", True, "settings"),
    ]  # fmt: skip
    page = inside.get(DATA).content.decode()
    assert "Accord donné" in page and "Accord retiré" in page


@pytest.mark.parametrize("lines", [1, 3])
def test_the_page_of_my_data_costs_the_same_for_a_longer_log(client, member, lines, django_assert_num_queries):
    for number in range(lines):
        Consent.objects.create(member=member, purpose="newsletter", given=number % 2 == 0)
    client.force_login(member)
    client.get(DATA)
    with django_assert_num_queries(queries_of_the_page(client)):
        client.get(DATA)


def queries_of_the_page(client) -> int:
    """Session, member, and what the frame around each page asks; then the last word, the log, the devices."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as frame:
        client.get("/compte/deconnexion/")
    return len(frame) + 3


def test_taking_data_away_and_leaving_ask_who_it_is(inside):
    for url in (DATA + "telecharger/", DATA + "effacer/"):
        assert inside.get(url).url.startswith("/compte/confirmer/")


def test_my_data_come_as_a_zip_that_no_cache_keeps(inside):
    confirm(inside)
    answer = inside.post(DATA + "telecharger/")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="mes-donnees-')
    assert "no-store" in answer.headers["Cache-Control"]
    assert zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))).namelist() == ["data.json"]
    assert Event.objects.filter(name="DataExported").exists()


def test_leaving_needs_the_box_ticked(inside, member):
    confirm(inside)
    answer = inside.post(DATA + "effacer/", {})
    assert answer.status_code == 400 and "Cochez la case" in answer.content.decode()
    assert Member.objects.living().filter(pk=member.pk).exists()


def test_leaving_erases_and_says_goodbye(inside, member):
    confirm(inside)
    answer = inside.post(DATA + "effacer/", {"understood": "on"})
    assert answer.url == "/compte/au-revoir/" and "Merci" in inside.get(answer.url).content.decode()
    assert Member.objects.get(pk=member.pk).erased_at and "_auth_user_id" not in inside.session


def test_a_forged_forwarding_header_does_not_dodge_the_throttle(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/m/ip"}
    for number in range(6):
        answer = client.post(
            "/compte/connexion/", {"login": f"a{number}@exemple.fr", "password": "faux"},
            headers={"X-Forwarded-For": f"10.0.0.{number}"},
        )  # fmt: skip
    assert "Trop d’essais" in answer.content.decode() or answer.status_code == 429


def test_the_site_speaks_the_members_language_once_they_are_in(client):
    member = a_member(language="en", password=PASSWORD)
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    answer = client.post("/compte/connexion/", {"login": member.email, "password": PASSWORD})
    assert answer.url == "/en/my-lab/"
    assert client.post(PROFILE, ANSWERS).url == PROFILE
    assert client.post(PROFILE, ANSWERS | {"language": "en"}).url == "/en/account/profile/"


def test_no_page_of_the_accounts_api_loads_anything_from_elsewhere(client):
    assert client.get("/_allauth/openapi.html").url == "/api/v1/docs/"
    assert client.get("/_allauth/openapi.json").status_code == 200


def test_the_document_of_the_accounts_api_names_what_a_sign_up_needs(client):
    signup = client.get("/_allauth/openapi.json").json()["components"]["schemas"]["BaseSignup"]
    assert {"email", "nickname", "kind", "is_adult", "accepts_charter"} <= set(signup["required"])


def test_the_desk_does_not_ask_staff_for_names_that_members_do_not_have(client):
    client.force_login(a_moderator())
    page = client.get("/desk/account/").content.decode()
    assert "first_name" not in page and "Prénom" not in page
