"""Files under /media/: pictures of pages and nothing else, never a script, never what members sent."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from members.domain.circling import leave_circle
from members.models import Circle
from tests.factories.circles import a_circle
from tests.factories.members import a_member, a_product_owner
from tests.factories.polls import a_consultation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    for name in (
        "images/a.webp",
        "images/a.svg",
        "images/a.html",
        "original_images/a.png",
        "ideas/2026/11/a.webp",
        "a.webp",
    ):
        default_storage.save(name, ContentFile(b"octets"))


def test_picture_of_a_page_is_served_with_its_type_and_kept(client):
    answer = client.get("/media/images/a.webp")
    assert (answer.status_code, answer["Content-Type"], answer["X-Content-Type-Options"]) == (
        200,
        "image/webp",
        "nosniff",
    )
    assert "max-age" in answer["Cache-Control"] and "sandbox" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path",
    ["images/a.svg", "images/a.html", "images/none.webp", "ideas/2026/11/a.webp", "a.webp", "images/../a.webp",
     "images/..%2Fa.webp", "images/%2e%2e/a.webp"],
)  # fmt: skip
def test_other_files_are_not(client, path):
    assert client.get(f"/media/{path}").status_code == 404


def test_originals_are_for_staff(client):
    client.force_login(a_member())
    assert client.get("/media/original_images/a.png").status_code == 404
    client.force_login(a_product_owner())
    assert client.get("/media/original_images/a.png").status_code == 200


def test_a_polls_picture_is_for_who_may_read_the_poll(client):
    """A campaign that is still being written, and what a circle is shown, is seen by address no more than by page."""
    owner, insider = a_product_owner(), a_member()
    places = {
        "open": a_consultation(by=owner), "draft": a_consultation(by=owner, is_open=False),
        "circle": a_consultation(by=owner, circle=a_circle(members=[insider])),
    }  # fmt: skip
    places = {kind: poll.questions.first().image.url for kind, poll in places.items()}

    def seen(user=None):
        client.logout() if user is None else client.force_login(user)
        return {kind for kind, place in places.items() if client.get(place).status_code == 200}

    assert seen() == seen(a_member()) == {"open"}
    assert seen(insider) == {"open", "circle"}
    assert client.get(places["circle"])["Cache-Control"] == "private, no-store"
    assert "public" in client.get(places["open"])["Cache-Control"]
    assert seen(owner) == set(places)
    leave_circle(Circle.objects.get(), by=insider)
    assert seen(insider) == {"open"}


@pytest.mark.parametrize("path", ["polls/none.webp", "polls/a%00.webp", "polls//a.webp", "./polls/a.webp"])
def test_what_no_poll_shows_is_nobodys(client, path):
    client.force_login(a_product_owner())
    default_storage.save("polls/a.webp", ContentFile(b"octets"))
    assert client.get(f"/media/{path}").status_code == 404
