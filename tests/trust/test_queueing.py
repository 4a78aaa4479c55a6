"""What was reported stands in the triage queue's own view, with its count, until it is judged."""

import pytest
from django.urls import reverse

from tests.factories.ideas import a_comment, an_idea
from tests.factories.members import a_product_owner
from tests.factories.trust import WHY, a_case
from trust.domain.deciding import decide

pytestmark = pytest.mark.django_db


def desk(client):
    page = client.get(reverse("ideas_desk:index"), {"view": "reported"}).context
    return {row.title for row in page["rows"]}, {tab.name: tab.count for tab in page["tabs"]}["reported"]


def test_reported_idea_and_idea_of_a_reported_comment_are_shown_and_counted_until_judged(client):
    owner = a_product_owner()
    client.force_login(owner)
    an_idea(title="Que personne n’a signalée")
    case = a_case(an_idea(title="Signalée elle-même"))
    a_case(a_comment(an_idea(title="Dont un commentaire est signalé", state="delivered")))
    assert desk(client) == ({"Signalée elle-même", "Dont un commentaire est signalé"}, 2)
    decide(case, "keep", reason=WHY, by=owner, ground="charter")
    assert desk(client) == ({"Dont un commentaire est signalé"}, 1)


def test_api_and_named_views_know_it(client):
    client.force_login(a_product_owner())
    idea = an_idea()
    a_case(idea)
    an_idea()
    rows = client.get(reverse("api_desk_ideas"), {"view": "reported"}).json()["results"]
    assert [row["id"] for row in rows] == [idea.public_id]
    body = {"name": "À juger", "choice": {"base": "reported"}}
    made = client.post(reverse("api_desk_views"), body, content_type="application/json").json()
    assert len(client.get(reverse("api_desk_ideas"), {"view": made["id"]}).json()["results"]) == 1
