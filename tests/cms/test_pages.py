import pytest
from django.core.exceptions import ValidationError

from cms import demo
from cms.contrast import contrast
from cms.models import Bank, NewsPage, PageRole, TextPage
from lab.demo import Demo

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages():
    demo.load(Demo(say=lambda *_: None))


def test_every_page_the_frame_names_is_there_in_both_languages(pages):
    found = set(TextPage.objects.values_list("locale__language_code", "role"))
    assert found == {(code, role) for code in ("fr", "en") for role in PageRole.values}


def test_a_page_speaks_the_language_of_its_address(client, pages):
    french = client.get("/donnees-personnelles/")
    english = client.get("/en/personal-data/")
    assert french.status_code == english.status_code == 200
    assert 'lang="fr"' in french.content.decode() and "Vos droits" in french.content.decode()
    assert 'lang="en"' in english.content.decode() and "Your rights" in english.content.decode()


@pytest.mark.parametrize(("path", "other"), [("/actualites/", "/en/news/"), ("/en/the-lab/", "/le-lab/")])
def test_a_page_leads_to_its_translation(client, pages, path, other):
    assert f'href="{other}"' in client.get(path).content.decode()


def test_news_lists_the_newest_first_at_a_fixed_cost(client, pages, django_assert_max_num_queries):
    client.get("/actualites/")
    with django_assert_max_num_queries(10):
        answer = client.get("/actualites/").content.decode()
    assert answer.index("chèque par photo") < answer.index("testeurs malvoyants")
    assert NewsPage.objects.count() == 8


def test_a_news_page_names_who_signs_it(client, pages):
    assert "Pierre Kervella" in client.get("/actualites/depot-cheque-photo/").content.decode()


def test_the_footer_links_to_the_pages_editors_wrote(client, pages):
    frame = client.get("/actualites/").content.decode()
    assert 'href="/mentions-legales/"' in frame
    TextPage.objects.get(slug="mentions-legales").unpublish()
    assert 'href="/mentions-legales/"' not in client.get("/actualites/").content.decode()


def test_the_name_of_the_lab_is_the_banks_choice(client, pages):
    bank = Bank.load()
    bank.lab_name = "Le Lab des Alpes"
    bank.save()
    assert "des Alpes" in client.get("/charte/").content.decode()


@pytest.mark.parametrize(("colour", "readable"), [("#2d37a8", True), ("#ffc43a", False)])
def test_a_brand_colour_that_cannot_be_read_is_refused(colour, readable):
    bank = Bank(brand_light=colour)
    if readable:
        bank.full_clean()
    else:
        with pytest.raises(ValidationError) as refusal:
            bank.full_clean()
        assert "brand_light" in refusal.value.message_dict


def test_contrast_follows_the_published_formula():
    assert contrast("#000000", "#ffffff") == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48  # WebAIM's example of a near miss
