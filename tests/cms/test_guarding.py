"""Wagtail's own pages of the desk answer wrong input in words, or not at all; none breaks."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.models import Page

from polls.models import Poll
from tests.factories.members import a_moderator, a_product_owner, an_administrator

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def desk(client):
    client.force_login(a_product_owner())


@pytest.mark.parametrize("sent", [{}, {"external-link-chooser-url": ""}, {"external-link-chooser-url": "nulle part"}])
def test_a_link_without_an_address_shows_its_form_again(client, sent):
    answer = client.post("/desk/choose-external-link/", sent)
    assert (answer.status_code, answer.json()["step"]) == (200, "external_link")


def test_a_link_with_its_address_is_taken(client):
    answer = client.post("/desk/choose-external-link/", {"external-link-chooser-url": "https://lab.example/a"})
    assert answer.json()["result"]["url"] == "https://lab.example/a"


@pytest.mark.parametrize(
    "place",
    [
        "images/chooser/chosen/zzzz/", "documents/chooser/chosen/zzzz/", "documents/chooser/chosen-multiple/?id=<b>",
        "images/chooser/chosen-multiple/?id=²", "poll_chooser/chosen/é/", f"images/chooser/chosen/{'9' * 5000}/",
        "api/main/documents/find/?id=<b>", "choose-page/chosen-multiple/?id={}", "images/chooser/chosen-multiple/?id=",
        "failwhale/",
    ],
)  # fmt: skip
def test_what_is_no_key_names_nothing(client, place):
    assert client.get(f"/desk/{place}").status_code == 404


@pytest.mark.parametrize("chooser", ["poll_chooser", "images/chooser", "documents/chooser"])
@pytest.mark.parametrize("sent", [{}, {"title": "Votre carte"}, {"image-chooser-upload-title": "²", "x": "9" * 5000}])
def test_choosing_makes_nothing_without_a_form_and_breaks_on_nothing(client, chooser, sent):
    polls = Poll.objects.count()
    answer = client.post(f"/desk/{chooser}/create/", sent)
    assert answer.status_code == 404 if chooser == "poll_chooser" else answer.status_code in (200, 302, 403)
    assert Poll.objects.count() == polls


@pytest.mark.parametrize("place", ["pages/{page}/lock/", "pages/{page}/unlock/", "workflows/remove/{page}/"])
@pytest.mark.parametrize("back", ["-1", "on", "", "²", "http://["])
def test_a_way_back_that_is_no_address_leads_to_the_pages(client, place, back):
    client.force_login(an_administrator())
    page = Page.objects.filter(depth=2).first()
    answer = client.post(f"/desk/{place.format(page=page.pk)}", {"next": back})
    assert answer.status_code in (302, 403)
    if answer.status_code == 302:
        assert answer["Location"].startswith("/desk/")


@pytest.mark.parametrize("place", ["images", "documents"])
def test_several_files_under_another_name_are_refused(client, place):
    client.force_login(an_administrator())
    answer = client.post(f"/desk/{place}/multiple/add/", {"image": SimpleUploadedFile("a.png", b"x")})
    assert answer.status_code in (400, 403)


@pytest.mark.parametrize("who", [a_moderator, a_product_owner])
def test_the_root_of_all_pages_does_not_move(client, who):
    client.force_login(who())
    root = Page.objects.get(depth=1).pk
    assert client.post(f"/desk/pages/{root}/move/{root}/confirm/").status_code == 404
    assert client.post(f"/desk/pages/{root}/set_position/").status_code == 404


@pytest.mark.parametrize("move", ["lock", "unlock"])
def test_the_root_of_all_pages_is_not_locked(client, move):
    client.force_login(an_administrator())
    assert client.post(f"/desk/pages/{Page.objects.get(depth=1).pk}/{move}/", {"next": "-1"}).status_code == 404
