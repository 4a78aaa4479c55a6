"""What others see of a member."""

import pytest

from members.domain.erasing import erase
from tests.factories.ideas import an_idea
from tests.factories.members import a_member, a_moderator

pytestmark = pytest.mark.django_db


def page_of(client, member):
    return client.get(f"/membres/{member.public_id}/")


def test_it_shows_the_name_the_words_and_the_ideas(client):
    member = a_member(nickname="Soazig", bio="À Brest.", is_ambassador=True)
    idea = an_idea(author=member)
    page = page_of(client, member).content.decode()
    assert "Soazig" in page and "À Brest." in page and "Ambassad" in page and idea.title in page


def test_it_never_shows_more_than_they_chose(client):
    member = a_member(email="soazig@exemple.fr", region="Bretagne", age_band="60+", shows_ideas=False)
    idea = an_idea(author=member)
    page = page_of(client, member).content.decode()
    for private in ("soazig@exemple.fr", "Bretagne", "60 ans", idea.title):
        assert private not in page
    member.shows_details = member.shows_ideas = True
    member.save()
    page = page_of(client, member).content.decode()
    assert "Bretagne" in page and idea.title in page and "60 ans" not in page


def test_hidden_ideas_are_not_on_it(client):
    member = a_member()
    idea = an_idea(author=member, visibility="hidden")
    client.force_login(a_moderator())
    assert idea.title not in page_of(client, member).content.decode()


def test_an_erased_or_closed_member_has_no_page(client):
    erased, closed = a_member(), a_member(is_active=False)
    erase(erased, by=erased)
    assert page_of(client, erased).status_code == page_of(client, closed).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_it_costs_the_same_for_more_ideas(client, rows, django_assert_num_queries):
    member = a_member()
    for _number in range(rows):
        an_idea(author=member)
    page_of(client, member)
    with django_assert_num_queries(5):
        page_of(client, member)


def test_in_english_it_has_an_english_address(client):
    assert client.get(f"/en/members/{a_member().public_id}/").status_code == 200
