import io
import json
import zipfile

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from core import privacy
from core.errors import NotAllowed
from core.models import Event
from ideas.models import IdeaImage
from members.domain.consenting import record_consent
from members.domain.exporting import make_archive
from tests.factories.ideas import an_idea
from tests.factories.members import a_member, a_staff_member

pytestmark = pytest.mark.django_db


def a_picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (4, 3), "navy").save(out, "WEBP")
    return out.getvalue()


def opened(member):
    with make_archive(member, by=member) as file:
        return zipfile.ZipFile(io.BytesIO(file.read()))


def test_everything_held_is_in_one_readable_file():
    member = a_member(email="soazig@exemple.fr", bio="À Brest")
    record_consent(member, "newsletter", given=True, by=member)
    held = json.loads(opened(member).read("data.json"))["data"]
    assert held["members.Member"][0]["email"] == "soazig@exemple.fr" and held["members.Member"][0]["bio"] == "À Brest"
    assert held["members.Consent"][0]["purpose"] == "newsletter"
    assert set(held) == set(privacy.holdings)


def test_no_secret_and_nobody_elses_data_is_in_it():
    a_member(email="autre@exemple.fr", nickname="Autre")
    member = a_member(password="un phare mange trois livrets")
    text = opened(member).read("data.json").decode()
    assert "autre@exemple.fr" not in text and "password" not in text


def test_the_files_that_rows_name_come_along(monkeypatch):
    name = default_storage.save("essai/photo.webp", ContentFile(b"pixels"))
    holding = privacy.Holding("demo.Thing", lambda member: [{"title": "x", "media": [name]}], lambda member: None)
    monkeypatch.setitem(privacy.holdings, "demo.Thing", holding)
    assert opened(a_member()).read(f"media/{name}") == b"pixels"


def test_only_the_person_takes_their_data_away():
    with pytest.raises(NotAllowed):
        make_archive(a_member(), by=a_staff_member("administrator"))


def test_an_export_is_an_event_without_its_content():
    member = a_member()
    opened(member)
    assert Event.objects.get(name="DataExported").payload == {"member_id": member.pk}


def test_the_pictures_of_ones_ideas_come_along(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    member = a_member()
    image = IdeaImage.objects.create(idea=an_idea(author=member), file=ContentFile(a_picture(), name="vue.webp"))
    archive = opened(member)
    held = json.loads(archive.read("data.json"))["data"]["ideas.Idea"][0]
    assert held["pictures"] == [f"media/{image.file.name}"]
    assert archive.read(held["pictures"][0]) == a_picture()
