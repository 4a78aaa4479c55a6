"""The talk under an idea as it is read: its order, its pages, what they cost."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from ideas.models import Comment, Mention
from tests.factories.ideas import a_comment, a_reaction, an_idea
from tests.factories.members import a_member, a_product_owner

pytestmark = pytest.mark.django_db


def api(idea, *more) -> str:
    return "/".join([f"/api/v1/ideas/{idea.public_id}/comments", *more]) + "/"


def texts(response) -> list[str]:
    return [row["body"] for row in response.json()["results"]]


def test_the_best_comments_stand_first_those_of_the_bank_before_and_the_order_is_stable(client):
    idea = an_idea()
    plain = [a_comment(idea, body=f"Sans réaction {n}") for n in range(3)]
    best = a_comment(idea, body="Le plus utile", created_at=timezone.now() - timedelta(days=9))
    a_reaction(best)
    a_reaction(best, "thanks")
    a_reaction(plain[0])
    bank = a_comment(idea, body="La banque", author=a_product_owner(), is_official=True)
    expected = ["La banque", "Le plus utile", "Sans réaction 0", "Sans réaction 2", "Sans réaction 1"]
    assert texts(client.get(api(idea))) == texts(client.get(api(idea))) == expected
    newest = ["La banque", "Sans réaction 2", "Sans réaction 1", "Sans réaction 0", "Le plus utile"]
    assert texts(client.get(api(idea), {"order": "newest"})) == newest
    page = client.get(idea.get_absolute_url(), {"order": "newest"}).context["threads"]
    assert page[0]["id"] == bank.public_id and page[-1]["id"] == best.public_id


@pytest.mark.parametrize("order", ["best", "newest"])
def test_pages_go_on_by_cursor_without_losing_or_doubling_a_comment(client, order):
    idea, author = an_idea(), a_member()
    rows = Comment.objects.bulk_create(
        Comment(idea=idea, author=author, body=f"Avis {n}", reaction_count=n % 4, is_official=n % 9 == 0)
        for n in range(45)
    )
    url, seen = f"{api(idea)}?order={order}", []
    while url:
        answer = client.get(url.removeprefix("http://testserver")).json()
        seen += [row["id"] for row in answer["results"]]
        url = answer["next"]
    assert len(seen) == 45 and set(seen) == {row.public_id for row in rows}
    page, seen = client.get(idea.get_absolute_url(), {"order": order}), []
    while page:
        seen += [row["id"] for row in page.context["threads"]]
        more = page.context["more_comments_url"]
        page = client.get(more, headers={"HX-Request": "true"}) if more else None
    assert len(seen) == 45 and set(seen) == {row.public_id for row in rows}


def test_the_thread_that_is_spoken_of_stands_first_wherever_it_is(client):
    idea = an_idea()
    old = a_comment(idea, created_at=timezone.now() - timedelta(days=9))
    reply = a_comment(idea, parent=old)
    for _n in range(25):
        a_comment(idea)
    assert old.public_id not in [row["id"] for row in client.get(idea.get_absolute_url()).context["threads"]]
    for wanted in (old, reply):
        page = client.get(idea.get_absolute_url(), {"comment": wanted.public_id})
        assert page.context["threads"][0]["id"] == old.public_id
    client.force_login(idea.author)
    assert f"Vous répondez à {reply.author}" in client.get(
        idea.get_absolute_url(), {"reply": reply.public_id}
    ).content.decode().replace("\xa0", " ")


def test_what_i_have_just_said_is_the_first_thing_on_the_page(client):
    idea, member = an_idea(), a_member()
    for _n in range(25):
        a_reaction(a_comment(idea))
    client.force_login(member)
    answer = client.post(reverse("ideas:comment", args=[idea.public_id]), {"body": "Voilà mon avis."}, follow=True)
    assert "Voilà mon avis." in answer.context["threads"][0]["body"]


@pytest.mark.parametrize("query", ["order=hasard", "comment=%00", "comment=zzz", "cursor="])
def test_odd_wishes_are_no_error(client, query):
    idea = a_comment().idea
    assert client.get(f"{idea.get_absolute_url()}?{query}").status_code == 200


@pytest.mark.parametrize("how_many", [1, 3, 200])
def test_comments_cost_three_queries(client, django_assert_num_queries, how_many):
    idea = an_idea(author=a_member(nickname="Maëlle"))
    author = a_member()
    tops = Comment.objects.bulk_create(Comment(idea=idea, author=author, body="Oui @Maëlle") for _n in range(how_many))
    Comment.objects.bulk_create(Comment(idea=idea, author=author, parent=top, body="Aussi") for top in tops)
    Mention.objects.bulk_create(Mention(comment=top, member=idea.author, written="Maëlle") for top in tops)
    url = reverse("ideas:comments", args=[idea.public_id])
    with django_assert_num_queries(3):  # idea, threads, replies
        client.get(url, headers={"HX-Request": "true"})
    client.force_login(a_member())
    with django_assert_num_queries(6):  # session, user, roles, and the same three
        client.get(url, {"order": "newest"}, headers={"HX-Request": "true"})
    with CaptureQueriesContext(connection) as queries:
        assert client.get(api(idea)).status_code == 200
    assert len([query for query in queries if 'FROM "ideas_' in query["sql"]]) == 3  # the rest counts requests


def test_unknown_order_is_a_clear_400_by_api(client):
    refused = client.get(f"/api/v1/ideas/{an_idea().public_id}/comments/?order=zzz")
    assert (refused.status_code, refused.json()["code"]) == (400, "unknown_order")
