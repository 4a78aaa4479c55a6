"""My votes: what one supports, to be taken back from there, and for nobody else; voting works from every list."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ideas.domain.merging import merge_idea
from ideas.domain.voting import cast_vote
from ideas.models import Idea
from tests.factories.ideas import an_idea
from tests.factories.members import a_member, a_product_owner

pytestmark = pytest.mark.django_db
URL, API = "/mon-lab/mes-soutiens/", "/api/v1/me/votes/"


def text_of(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def member(client):
    member = a_member()
    client.force_login(member)
    return member


def test_my_votes_stand_in_the_order_of_voting_the_last_first(client, member):
    first, second, other = an_idea(), an_idea(), an_idea()
    cast_vote(second, by=member)
    cast_vote(first, by=member)
    page = text_of(client.get(URL))
    assert page.index(first.title) < page.index(second.title) and other.title not in page
    assert [row["id"] for row in client.get(API).json()["results"]] == [first.public_id, second.public_id]
    assert all(row["my_vote"] for row in client.get(API).json()["results"])


def test_support_is_taken_back_from_there_without_javascript(client, member):
    idea = an_idea()
    cast_vote(idea, by=member)
    url = reverse("ideas:vote", args=[idea.public_id]) + "?to=out"
    assert f'action="{url}"' in text_of(client.get(URL))
    answer = client.post(url, headers={"Referer": f"http://testserver{URL}"})
    assert answer.url.startswith(f"http://testserver{URL}")
    assert "Vous ne soutenez encore aucune idée" in text_of(client.get(URL))
    assert Idea.objects.get(pk=idea.pk).vote_score == 0


def test_merged_idea_shows_once_as_the_one_that_stays(client, member):
    stays, goes = an_idea(), an_idea()
    for idea in (stays, goes):
        cast_vote(idea, by=member)
    merge_idea(goes, stays, reason="C’est la même demande que celle-ci.", by=a_product_owner())
    assert [row["id"] for row in client.get(API).json()["results"]] == [stays.public_id]
    assert goes.title not in text_of(client.get(URL))


def test_hidden_idea_is_not_listed_and_a_closed_one_cannot_be_left(client, member):
    hidden, closed = an_idea(), an_idea()
    for idea in (hidden, closed):
        cast_vote(idea, by=member)
    Idea.objects.filter(pk=hidden.pk).update(visibility="hidden")
    Idea.objects.filter(pk=closed.pk).update(state="declined")
    page = text_of(client.get(URL))
    assert hidden.title not in page and closed.title in page and "vote clos" in page.lower()


def test_votes_go_on_by_cursor(client, member):
    titles = set()
    for n in range(23):
        idea = an_idea(title=f"Une idée que je soutiens, numéro {n:02}")
        cast_vote(idea, by=member)
        titles.add(idea.title)
    first = client.get(URL)
    rest = client.get(first.context["more_url"], headers={"HX-Request": "true"})
    seen = [card.idea.title for answer in (first, rest) for card in answer.context["cards"]]
    assert len(seen) == 23 and set(seen) == titles and "<html" not in text_of(rest)
    page = client.get(API).json()
    assert len(page["results"]) == 20 and len(client.get(page["next"]).json()["results"]) == 3


def test_nobody_elses_votes_are_there(client, member):
    idea = an_idea()
    cast_vote(idea, by=a_member())
    assert client.get(API).json()["results"] == []
    client.logout()
    assert client.get(URL).status_code == 302 and client.get(API).status_code == 401


@pytest.mark.parametrize("how_many", [1, 3])
def test_my_votes_cost_one_query_and_one_for_what_was_left_in_circles(client, member, how_many):
    for _n in range(how_many):
        cast_vote(an_idea(), by=member)
    client.get(URL)
    with CaptureQueriesContext(connection) as seen:
        client.get(URL)
    assert len([query for query in seen if "ideas_idea" in query["sql"]]) == 2


@pytest.mark.parametrize(
    "path", ["/", "/idees/", "/idees/?category={theme}", "/recherche/?q={word}", "/membres/{author}/", URL]
)
def test_one_votes_from_each_list_and_comes_back_to_it(client, member, path):
    idea = an_idea(title="Une tirelire partagée entre voisins")
    if path == URL:
        cast_vote(idea, by=member)
    path = path.format(theme=idea.category.slug, word="tirelire", author=idea.author.public_id)
    page = text_of(client.get(path))
    url = reverse("ideas:vote", args=[idea.public_id])
    assert f'action="{url}?to=' in page and f'hx-post="{url}?to=' in page, path
    answer = client.post(f"{url}?to=in", headers={"Referer": f"http://testserver{path}"})
    assert answer.url == f"http://testserver{path}#idea-{idea.public_id}"
    assert Idea.objects.get(pk=idea.pk).vote_score == 1


def test_supporting_another_one_from_the_notebook_leads_to_it_not_to_an_empty_notebook(client, member):
    idea = an_idea()
    url = reverse("ideas:vote", args=[idea.public_id]) + "?to=in"
    answer = client.post(url, headers={"Referer": "http://testserver/idees/proposer/"})
    assert answer.url.startswith(idea.get_absolute_url())


ELSEWHERE = ("https://ailleurs.example/idees/", "http://testserver/nulle-part/", "", "http://[", "javascript:x")


@pytest.mark.parametrize("referer", ELSEWHERE)
def test_one_is_never_sent_elsewhere(client, member, referer):
    idea = an_idea()
    answer = client.post(reverse("ideas:vote", args=[idea.public_id]) + "?to=in", headers={"Referer": referer})
    assert answer.url.startswith(idea.get_absolute_url())
