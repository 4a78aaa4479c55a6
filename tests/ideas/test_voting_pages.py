"""Voting from pages: without a script, by htmx, and at the door for who is signed out."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils import timezone

from ideas import counting, intending
from ideas.models import Idea
from tests.factories.ideas import an_idea
from tests.factories.members import a_member
from tests.ideas.test_pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_figures():
    counting.forget()


def test_vote_without_javascript_comes_back_to_the_list(client):
    member, idea = a_member(), an_idea()
    client.force_login(member)
    url = reverse("ideas:vote", args=[idea.public_id])
    response = client.post(url + "?to=in", headers={"Referer": "http://testserver/idees/?order=votes"})
    assert response.url == f"http://testserver/idees/?order=votes#idea-{idea.public_id}"
    client.post(url + "?to=in")
    assert Idea.objects.get(pk=idea.pk).vote_score == 1
    client.post(url + "?to=out")
    assert Idea.objects.get(pk=idea.pk).vote_score == 0


def test_vote_with_htmx_changes_the_button_alone(client):
    idea = an_idea()
    client.force_login(a_member())
    url = reverse("ideas:vote", args=[idea.public_id]) + "?to=in"
    page = text_of(client.post(url, headers={"HX-Request": "true"}))
    assert 'aria-pressed="true"' in page and "?to=out" in page and "<html" not in page
    big = text_of(client.post(url, {"size": "big"}, headers={"HX-Request": "true"}))
    assert "votebig" in big and 'id="follow"' in big


def test_signed_out_vote_leads_to_the_door_then_back_to_the_idea(client):
    idea = an_idea()
    url = reverse("ideas:vote", args=[idea.public_id]) + "?to=in"
    response = client.post(url)
    assert response.status_code == 302 and idea.get_absolute_url() in response.url
    assert idea.get_absolute_url() in client.post(url, headers={"HX-Request": "true"})["HX-Redirect"]


def sign_in(client, member):
    """Through the door, as a person does: the session's wishes stay with it."""
    member.set_password("un mot de passe assez long")
    member.save()
    EmailAddress.objects.get_or_create(user=member, email=member.email, defaults={"verified": True, "primary": True})
    answer = client.post(reverse("account_login"), {"login": member.email, "password": "un mot de passe assez long"})
    assert answer.status_code == 302, text_of(answer)


def test_vote_asked_for_at_the_door_is_cast_behind_it_and_one_is_back_at_the_list(client):
    idea, member = an_idea(), a_member()
    page = text_of(client.get("/idees/"))
    action = reverse("ideas:vote", args=[idea.public_id]) + "?to=in"
    assert f'<form class="vote-form" method="post" action="{action}">' in page
    door = client.post(action, headers={"Referer": "http://testserver/idees/?order=votes"})
    assert door.status_code == 302 and "order%3Dvotes" in door.url and f"idea-{idea.public_id}" in door.url
    assert Idea.objects.get(pk=idea.pk).vote_score == 0
    sign_in(client, member)
    assert Idea.objects.get(pk=idea.pk).vote_score == 1
    page = text_of(client.get("/idees/?order=votes"))
    assert f"Vous soutenez « {idea.title} »".replace("« ", "«\u00a0").replace(" »", "\u00a0»") in page


def test_wish_for_a_vote_is_cast_once_and_not_after_a_quarter_of_an_hour(client, monkeypatch):
    idea = an_idea()
    action = reverse("ideas:vote", args=[idea.public_id]) + "?to=in"
    client.post(action)
    sign_in(client, a_member())
    client.post(reverse("account_logout"))
    sign_in(client, a_member())
    assert Idea.objects.get(pk=idea.pk).vote_score == 1
    client.post(reverse("account_logout"))
    client.post(action)
    monkeypatch.setattr(intending, "SECONDS", -1)  # as if the quarter of an hour were over
    sign_in(client, a_member())
    assert Idea.objects.get(pk=idea.pk).vote_score == 1


def test_wish_for_a_vote_comes_from_a_form_alone_and_a_refusal_is_said(client):
    idea = an_idea()
    client.get(reverse("ideas:vote", args=[idea.public_id]) + "?to=in")
    sign_in(client, a_member())
    assert Idea.objects.get(pk=idea.pk).vote_score == 0
    client.post(reverse("account_logout"))
    client.post(reverse("ideas:vote", args=[idea.public_id]) + "?to=in")
    sign_in(client, a_member(banned_until=timezone.now() + timedelta(days=3)))
    assert Idea.objects.get(pk=idea.pk).vote_score == 0
    assert "mais pas y participer" in text_of(client.get("/idees/"))
