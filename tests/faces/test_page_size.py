"""How many rows a page of the API holds: what is asked for, or a refusal; never another number without a word."""

import pytest
from django.urls import reverse

from tests.factories.ideas import an_idea
from tests.factories.members import a_product_owner

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("asked", ["abc", "0", "-5", "101", "10000", "2.5", "²", "9" * 400, " 7"])
@pytest.mark.parametrize("name", ["api_ideas", "api_desk_ideas", "api_desk_bulk"])
def test_number_that_is_none_or_out_of_bounds_is_refused_by_name(client, name, asked):
    client.force_login(a_product_owner())
    answer = client.get(reverse(name), {"page_size": asked})
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_page_size")
    assert "de 1 à 100" in answer.json()["detail"]


@pytest.mark.parametrize(("asked", "rows"), [("1", 1), ("3", 3), ("100", 22), ("", 20), (None, 20)])
def test_page_holds_what_is_asked_for_and_twenty_unasked(client, asked, rows):
    for _row in range(22):
        an_idea()
    page = client.get(reverse("api_ideas"), {} if asked is None else {"page_size": asked})
    assert len(page.json()["results"]) == rows
