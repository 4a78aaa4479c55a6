"""Themes are written in the desk by product owners, on the fields that staff may write."""

import pytest
from django.urls import reverse

from ideas.models import Category
from tests.factories.ideas import a_category
from tests.factories.members import a_member, a_product_owner, an_auditor, an_expert

pytestmark = pytest.mark.django_db
SAID = {
    "name_fr": "Cartes et paiements",
    "name_en": "Cards and payments",
    "description_fr": "",
    "description_en": "",
    "icon": "card",
    "position": "3",
    "owner": "",
    "is_active": "on",
}


def test_product_owner_writes_a_theme_and_its_address_is_made(client):
    client.force_login(a_product_owner())
    assert client.post(reverse("themes:add"), SAID).status_code == 302
    theme = Category.objects.get(name_en="Cards and payments")
    assert (theme.slug, theme.position) == ("cartes-et-paiements", 3)


def test_address_of_a_theme_stays_when_its_name_changes(client):
    theme = a_category(slug="cartes")
    client.force_login(a_product_owner())
    client.post(reverse("themes:edit", args=[theme.pk]), SAID | {"slug": "autre"})
    theme.refresh_from_db()
    assert (theme.slug, theme.name_fr) == ("cartes", "Cartes et paiements")


def test_theme_belongs_to_a_colleague_never_to_a_member(client):
    client.force_login(a_product_owner())
    page = client.post(reverse("themes:add"), SAID | {"owner": a_member().pk})
    assert page.status_code == 200
    assert not Category.objects.filter(name_en="Cards and payments").exists()


def test_number_of_a_card_is_refused_in_a_theme(client):
    client.force_login(a_product_owner())
    page = client.post(reverse("themes:add"), SAID | {"description_fr": "4539 1488 0343 6467"})
    assert "numéro de carte" in page.content.decode()
    assert not Category.objects.filter(name_en="Cards and payments").exists()


@pytest.mark.parametrize("role", [an_auditor, an_expert])
def test_others_read_themes_and_write_none(client, role):
    theme = a_category()
    client.force_login(role())
    assert client.get(reverse("themes:index")).status_code == 200
    client.post(reverse("themes:edit", args=[theme.pk]), SAID)
    client.post(reverse("themes:add"), SAID)
    assert not Category.objects.filter(name_en="Cards and payments").exists()


def test_nobody_deletes_a_theme(client):
    theme = a_category()
    client.force_login(a_product_owner())
    client.post(reverse("themes:delete", args=[theme.pk]))
    assert Category.objects.filter(pk=theme.pk).exists()
