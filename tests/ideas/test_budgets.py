"""What the pages and the API of ideas cost in queries: the same at one row and at many, signed in or not.

Beside these a signed-in request reads its frame: the session, the member, their roles, and on whole pages the bell's count.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ideas import counting
from ideas.domain.merging import merge_idea
from ideas.domain.moving import answer_officially, move_idea
from ideas.models import Idea, IdeaImage
from ideas.querysets import votes_of_ideas
from tests.factories.betas import a_programme
from tests.factories.board import a_quarter, an_item, published
from tests.factories.challenges import a_challenge, an_entry
from tests.factories.ideas import a_comment, a_reaction, an_idea
from tests.factories.members import a_member, a_product_owner

pytestmark = pytest.mark.django_db
FRAME = ('FROM "django_session"', 'FROM "members_member" WHERE "members_member"."id" =', 'FROM "auth_group"',
         'FROM "notifications_notification"', "SAVEPOINT", "ideas_search_data")  # the last is SQLite's own index  # fmt: skip
FRAME_MOST = 4
MANY = 25
PAGES = {"list": 2, "search": 3, "idea": 6, "comments": 3}
API = {"list": 2, "search": 3, "idea": {"out": 5, "in": 6}, "comments": 3}
KEPT = 2  # the list's figures and its choices, which a process reads once in twenty seconds
FEW = 5  # so few found that PostgreSQL looks in the vocabulary for slips too: a query more
MOST = {"list": 5, "search": 5, "idea": 6, "comments": 5}


@pytest.fixture(autouse=True)
def plain_throttle(settings):
    """The throttle counts requests in the cache; its own reads are not what is measured."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


def counted(act) -> tuple[list[str], list[str]]:
    """The queries of the thing asked for, and those of the frame."""
    with CaptureQueriesContext(connection) as captured:
        assert act().status_code == 200
    queries = [row["sql"] for row in captured.captured_queries]
    frame = [sql for sql in queries if any(mark in sql for mark in FRAME)]
    return [sql for sql in queries if sql not in frame], [
        sql for sql in frame if "SAVEPOINT" not in sql and "search_data" not in sql
    ]


@pytest.fixture(params=[1, MANY])
def alone(request):
    """An idea with all that can hang on it but duplicates, as many of each as there are others: comments, reactions, pictures,
    beta-tests, a challenge it entered, a subject of a published board, an official answer."""
    idea, owner, quarter = an_idea(title="Mettre la carte en pause depuis l’appli"), a_product_owner(), a_quarter()
    for n in range(request.param):
        a_reaction(a_comment(idea, parent=a_comment(idea)), member=a_member())
        an_idea(title=f"Mettre la carte en pause, encore {n}")
        IdeaImage.objects.create(idea=idea, file=f"ideas/{n}.webp", alt=f"Croquis {n}", width=40, height=30, position=n)
        a_programme(ideas=[idea], state="running")
    an_item(quarter, ideas=[idea])
    published(quarter)
    an_entry(a_challenge(), idea=idea)
    move_idea(idea, "under_review", reason="Nous l’étudions avec les experts.", by=owner)
    answer_officially(idea, body="Nous l’étudions, merci.", by=owner)
    idea.others = request.param
    return idea


@pytest.fixture
def idea(alone):
    """The same, carrying as many duplicates."""
    owner = a_product_owner()
    for n in range(alone.others):
        merge_idea(an_idea(title=f"La même, dite autrement {n}"), alone, reason="C’est la même demande.", by=owner)
    alone.refresh_from_db()
    return alone


def addresses(idea) -> dict[tuple[str, str], str]:
    own = f"/api/v1/ideas/{idea.public_id}/"
    return {
        ("page", "list"): "/idees/", ("page", "search"): "/idees/?search=carte", ("page", "idea"): idea.get_absolute_url(),
        ("page", "comments"): reverse("ideas:comments", args=[idea.public_id]), ("api", "list"): "/api/v1/ideas/",
        ("api", "search"): "/api/v1/ideas/?search=carte", ("api", "idea"): own, ("api", "comments"): f"{own}comments/",
    }  # fmt: skip


@pytest.mark.parametrize("who", ["out", "in"])
@pytest.mark.parametrize("what", list(PAGES))
@pytest.mark.parametrize("face", ["page", "api"])
def test_reading_costs_the_same_at_one_row_and_at_many(client, idea, face, what, who):
    if who == "in":
        client.force_login(a_member())
    headers = {"HX-Request": "true"} if (face, what) == ("page", "comments") else {}
    url = addresses(idea)[face, what]

    def read():
        return client.get(url, headers=headers)

    read()  # what a process keeps (menus, settings, figures) is read once
    ours, frame = counted(read)
    expected = (PAGES if face == "page" else API)[what]
    expected = expected[who] if isinstance(expected, dict) else expected
    if what == "search" and connection.vendor == "postgresql" and Idea.objects.count() < FEW:
        expected += 1
    assert len(ours) == expected <= MOST[what], ours
    assert len(frame) <= (FRAME_MOST if who == "in" else 0), frame
    counting.forget()
    again, _frame = counted(read)
    assert len(again) == expected + (KEPT if (face, what) in (("page", "list"), ("page", "search")) else 0), again


@pytest.mark.parametrize("face", ["page", "api"])
def test_voting_and_taking_back_cost_four_queries(client, alone, face):
    vote_and_take_back(client, alone, face, 4, 4)


@pytest.mark.parametrize("face", ["page", "api"])
def test_voting_for_an_idea_with_duplicates_costs_the_same_however_many(client, idea, face):
    """More than the four of other ideas: who voted for several of the group counts once, so the group is counted again."""
    vote_and_take_back(client, idea, face, 4, 4)


def vote_and_take_back(client, idea, face, *costs):
    client.force_login(a_member())
    vote, api = reverse("ideas:vote", args=[idea.public_id]), f"/api/v1/ideas/{idea.public_id}/vote/"
    ways = {"page": [lambda: client.post(f"{vote}?to=in", headers={"HX-Request": "true"}),
                     lambda: client.post(f"{vote}?to=out", headers={"HX-Request": "true"})],
            "api": [lambda: client.put(api), lambda: client.delete(api)]}[face]  # fmt: skip
    client.get("/idees/?state=merged")
    for act, cost in zip(ways, costs, strict=True):
        ours, frame = counted(act)
        assert len(ours) == cost, ours
        assert len(frame) <= 3, frame


@pytest.mark.parametrize("face", ["page", "api"])
def test_visitor_s_vote_costs_no_more_and_counts_for_nothing(client, idea, face):
    vote, api = reverse("ideas:vote", args=[idea.public_id]), f"/api/v1/ideas/{idea.public_id}/vote/"
    client.get("/idees/?state=merged")
    with CaptureQueriesContext(connection) as captured:
        answer = client.post(f"{vote}?to=in") if face == "page" else client.put(api)
    assert answer.status_code == (302 if face == "page" else 401)
    asked = [row["sql"] for row in captured.captured_queries if "SAVEPOINT" not in row["sql"]]
    assert len(asked) <= 4, asked  # the page keeps the wish in the visitor's session
    assert not votes_of_ideas().filter(object_id=idea.pk).exists()
