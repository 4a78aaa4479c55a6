"""Files under /media/: pictures of pages and nothing else, never a script, never what members sent."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from tests.factories.members import a_member, a_product_owner

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
