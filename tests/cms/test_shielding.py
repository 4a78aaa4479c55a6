"""No number of a card in what the bank's editors write, nor in the names of their files."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from cms import demo
from cms.models import Bank, NewsPage, TextPage
from core import roles
from lab.demo import Demo
from tests.factories.betas import a_screenshot
from tests.factories.members import a_staff_member

pytestmark = pytest.mark.django_db
CARD = "4970\u00a01000 0000 0154"


@pytest.fixture
def pages():
    demo.load(Demo(say=lambda *_: None))


@pytest.mark.parametrize("field", ["title", "lede", "byline", "seo_title", "search_description"])
def test_a_page_refuses_a_card_number_at_its_field(pages, field):
    page = NewsPage.objects.first()
    setattr(page, field, f"La carte {CARD}")
    with pytest.raises(ValidationError) as refused:
        page.save()
    assert list(refused.value.message_dict) == [field] and "0154" not in str(refused.value)


def test_the_text_of_a_page_is_read_too(pages):
    page = TextPage.objects.exclude(body=[]).first()
    page.body = [("text", f"<p>Ma carte <b>{CARD}</b></p>")]
    with pytest.raises(ValidationError) as refused:
        page.full_clean()
    assert list(refused.value.message_dict) == ["body"]


def test_every_page_of_the_demo_passes(pages):
    for page in [*TextPage.objects.all(), *NewsPage.objects.all(), Bank.load()]:
        page.clean()


@pytest.mark.parametrize(("title", "name"), [(CARD, "photo.png"), ("Photo", "4970100000000154.png")])
def test_images_and_documents_are_not_named_after_a_card(client, title, name):
    client.force_login(a_staff_member(roles.ADMINISTRATOR, is_superuser=True))
    picture = a_screenshot(name)
    sent = client.post("/desk/images/add/", {"title": title, "file": picture, "collection": 1})
    assert sent.status_code == 200 and "0154" not in sent.context["form"].errors.as_text()
    paper = SimpleUploadedFile(name.replace("png", "pdf"), b"%PDF-1.4", content_type="application/pdf")
    client.post("/desk/documents/add/", {"title": title, "file": paper, "collection": 1})
    assert not get_image_model().objects.exists() and not get_document_model().objects.exists()


def test_another_image_is_taken(client):
    client.force_login(a_staff_member(roles.ADMINISTRATOR, is_superuser=True))
    sent = client.post("/desk/images/add/", {"title": "Photo", "file": a_screenshot("photo.png"), "collection": 1})
    assert sent.status_code == 302 and get_image_model().objects.count() == 1
