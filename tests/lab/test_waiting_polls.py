"""Polls that wait for the member: counted and listed at home, in my lab and by the API; never one they may not answer."""

from datetime import timedelta
from functools import partial

import pytest
from django.urls import reverse
from django.utils import timezone

from polls.domain.closing import close
from polls.domain.voting import cast_ballot
from polls.models import Poll
from tests.counting import queries_of
from tests.factories.circles import a_circle
from tests.factories.members import a_member, a_product_owner, an_auditor
from tests.factories.polls import a_consultation, a_draft, a_question, an_open_poll, options_of

pytestmark = pytest.mark.django_db


def waiting(client) -> dict:
    return client.get(reverse("api_polls_unanswered")).json()


def listed(client) -> set:
    return {poll["title"] for poll in client.get(reverse("api_polls") + "?unanswered=1").json()["results"]}


@pytest.fixture
def owner():
    return a_product_owner()


def test_a_member_reads_how_many_polls_wait_and_which(client, owner):
    member = a_member(kind="customer")
    mine = [an_open_poll(by=owner, title=f"Sondage pour moi {n}") for n in range(6)]
    a_member(kind="prospect")
    an_open_poll(by=owner, title="Pour les prospects", kinds=["prospect"])
    close(an_open_poll(by=owner, title="Déjà clos"), by=owner)
    a_draft(by=owner, title="Encore un brouillon")
    circle = an_open_poll(by=owner, title="Pour un cercle")
    Poll.objects.filter(pk=circle.pk).update(circle=a_circle())
    old = an_open_poll(by=owner, title="Pour les anciens")
    Poll.objects.filter(pk=old.pk).update(joined_before=member.date_joined - timedelta(days=3))
    client.force_login(member)
    assert waiting(client)["count"] == 6 and listed(client) == {poll.title for poll in mine}
    home = client.get("/").content.decode()
    assert "5 autres sondages vous attendent" in home
    assert "Pour les prospects" not in home and "Pour un cercle" not in home and "Pour les anciens" not in home
    lab = client.get(reverse("my_lab")).content.decode()
    assert "6 sondages attendent votre réponse" in lab and lab.count("Sondage pour moi") >= 5
    for poll in mine:
        cast_ballot(poll.public_id, options_of(poll)[:1], by=member)
    assert waiting(client) == {"count": 0, "closes_at": None, "first": None}
    assert "sondages vous attendent" not in client.get("/").content.decode()


def test_nothing_waits_for_who_may_not_answer(client, owner):
    an_open_poll(by=owner)
    an_open_poll(by=owner)
    for reader in (an_auditor(), a_member(banned_until=timezone.now() + timedelta(days=9))):
        client.force_login(reader)
        assert waiting(client)["count"] == 0 and listed(client) == set()
        assert "vous attend" not in client.get("/").content.decode()
    client.logout()
    assert client.get(reverse("api_polls_unanswered")).status_code == 401


def test_home_and_my_lab_cost_the_same_for_one_poll_and_for_many(client, owner):
    member, seen = a_member(), []
    client.force_login(member)
    for polls in (2, 5):
        for _ in range(polls):
            an_open_poll(by=owner)
        client.get("/")
        pages = ["/", reverse("my_lab"), reverse("polls:list") + "?unanswered=1", reverse("api_polls_unanswered")]
        seen.append([queries_of(partial(client.get, page)) for page in pages])
    assert seen[0] == seen[1]
    assert seen[0] == [14, 14, 5, 2]


def test_the_poll_of_the_moment_is_answered_at_home_whatever_its_method(client, owner):
    member = a_member()
    client.force_login(member)
    for method, field in (("single", "options"), ("multiple", "options"), ("ranking", "rank-"), ("score", "score-"),
                          ("points", "points-")):  # fmt: skip
        poll = an_open_poll(by=owner, method=method, title=f"Méthode {method}")
        home = client.get("/").content.decode()
        assert f"Méthode {method}" in home and f'name="{field}' in home
        assert ("<details" in home.partition(f"Méthode {method}")[2].partition("</section>")[0]) == (
            method in ("ranking", "score", "points")
        )
        close(poll, by=owner)


def test_several_questions_are_answered_at_home_and_a_wrong_ballot_comes_back_open(client, owner):
    poll = an_open_poll(by=owner, questions=[a_question(text="La première ?"), a_question(text="La seconde ?")])
    client.force_login(a_member())
    assert "La seconde ?" in client.get("/").content.decode()
    answer = client.post(
        reverse("polls:ballot", args=[poll.public_id]), {"next": "/", "options": options_of(poll)[0]},
        headers={"HX-Request": "true"},
    )  # fmt: skip
    text = answer.content.decode()
    assert answer.status_code == 400 and 'disclose--ballot" open' in text and "checked" in text
    answer = client.post(
        reverse("polls:ballot", args=[poll.public_id]),
        {"next": "/", "options": [options_of(poll)[0], options_of(poll)[3]]},
    )
    assert answer.status_code == 302 and answer["Location"] == "/"


def test_a_consultation_leads_from_home_to_its_visuals(client, owner):
    poll = a_consultation(by=owner)
    client.force_login(a_member())
    home = client.get("/").content.decode()
    assert f'class="btn btn--block" href="{poll.get_absolute_url()}"' in home
