"""How often one person may post: counted from the rows, on every face, with what was typed kept."""

import pytest

from ideas.domain.pacing import TooMany
from ideas.domain.posting import post_idea
from ideas.models import Idea
from tests.factories.ideas import a_category
from tests.factories.members import a_member, a_product_owner

pytestmark = pytest.mark.django_db
BODY = "Un texte assez long pour être une idée de plus."


@pytest.fixture
def pace(settings):
    settings.LAB = settings.LAB | {"IDEAS_PER_HOUR": 2}


def post(by, number=0, category=None):
    return post_idea(title=f"Une idée de plus, la {number}", body=BODY, category=category or a_category(), by=by)


def test_third_idea_within_the_hour_waits_and_staff_do_not(pace):
    member, owner, category = a_member(), a_product_owner(), a_category()
    for number in range(2):
        post(member, number, category)
    with pytest.raises(TooMany) as refused:
        post(member, 3, category)
    assert (refused.value.status, refused.value.extra["retry_after"]) == (429, 600)
    for number in range(4):
        post(owner, number, category)
    assert Idea.objects.filter(author=member).count() == 2


def test_page_and_api_say_so_and_the_page_keeps_the_words(client, pace):
    member, category = a_member(), a_category()
    client.force_login(member)
    for number in range(2):
        post(member, number, category)
    sent = {"title": "Une troisième dans l’heure", "body": BODY, "category": category.slug, "compared": "1"}
    page = client.post("/idees/proposer/", sent)
    assert page.status_code == 429
    assert "Une troisième dans l’heure" in page.content.decode()
    assert "beaucoup d’idées" in page.content.decode()
    api = client.post("/api/v1/ideas/", sent, content_type="application/json")
    assert (api.status_code, api.json()["code"], api.headers["Retry-After"]) == (429, "too_many", "600")
