"""Circles on the site, in the API and on the desk: what each page costs, and what wrong input gives back."""

import pytest
from django.core.cache import cache
from django.test.utils import CaptureQueriesContext

from members.models import Circle, CircleMember
from members.states import Joining
from tests.factories.circles import a_circle
from tests.factories.ideas import an_idea
from tests.factories.members import a_member, a_product_owner, an_auditor

pytestmark = pytest.mark.django_db


def cost(client, path):
    from django.db import connection

    client.get(path)  # what is kept for all readers is read once
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(path).status_code == 200
    return len([query for query in queries if "SAVEPOINT" not in query["sql"]])


@pytest.mark.parametrize("path", ["/cercles/", "/api/v1/circles/"])
def test_my_circles_cost_the_same_for_one_and_three(client, path):
    member = a_member()
    client.force_login(member)
    a_circle(members=[member])
    one = cost(client, path)
    for number in range(2):
        a_circle(members=[member, a_member()], name_fr=f"Cercle {number}")
    assert cost(client, path) == one


def test_circle_costs_the_same_for_one_idea_and_three(client):
    member = a_member()
    client.force_login(member)
    circle = a_circle(members=[member])
    an_idea(circle=circle)
    one = cost(client, circle.get_absolute_url())
    an_idea(circle=circle)
    an_idea(circle=circle)
    assert cost(client, circle.get_absolute_url()) == one


def test_desks_list_costs_the_same_for_one_and_three(client):
    client.force_login(a_product_owner())
    a_circle(members=[a_member()])
    one = cost(client, "/desk/circles/")
    a_circle(members=[a_member(), a_member()])
    a_circle()
    assert cost(client, "/desk/circles/") == one


def test_member_says_yes_then_leaves_without_javascript(client):
    member, circle = a_member(), a_circle()
    CircleMember.objects.create(circle=circle, member=member)
    client.force_login(member)
    assert circle.name_fr in client.get("/cercles/").content.decode()
    place = f"{circle.get_absolute_url()}participation/"
    assert client.post(place, {"to": "in"})["Location"] == circle.get_absolute_url()
    assert CircleMember.objects.get().joining == Joining.IN
    client.post(place, {"to": "out"})
    assert CircleMember.objects.get().joining == Joining.LEFT
    assert client.get(circle.get_absolute_url()).status_code == 404


def test_app_says_yes_and_leaves_twice_alike(client):
    member, circle = a_member(), a_circle()
    CircleMember.objects.create(circle=circle, member=member)
    client.force_login(member)
    assert client.get("/api/v1/circles/").json()["results"][0]["standing"] == "invited"
    place = f"/api/v1/circles/{circle.public_id}/membership/"
    for _again in range(2):
        assert client.put(place).json() == {"standing": "in"}
    for _again in range(2):
        assert client.delete(place).status_code == 204


def test_app_of_a_stranger_finds_no_circle(client):
    client.force_login(a_member())
    for method in (client.put, client.delete):
        assert method(f"/api/v1/circles/{a_circle().public_id}/membership/").status_code == 404


def test_product_owner_makes_a_circle_and_invites(client):
    owner, member = a_product_owner(), a_member()
    client.force_login(owner)
    answer = client.post(
        "/desk/circles/new/", {"name_fr": "Les pros", "name_en": "Professionals", "entry": "invitation"}
    )
    circle = Circle.objects.get()
    assert answer["Location"] == f"/desk/circles/{circle.public_id}/people/"
    page = client.post(f"/desk/circles/{circle.public_id}/invite/", {"emails": f"{member.email}, inconnu@example.org"})
    text = page.content.decode()
    assert "inconnu@example.org" in text
    assert member.email not in text
    assert CircleMember.objects.get().member == member
    client.post(f"/desk/circles/{circle.public_id}/remove/", {"member": member.public_id})
    assert CircleMember.objects.get().joining == Joining.REMOVED
    client.post(f"/desk/circles/{circle.public_id}/close/")
    assert Circle.objects.get().is_closed


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name_fr": "", "name_en": "Pros", "entry": "invitation"}, "name_fr"),
        ({"name_fr": "Les pros de Brest", "name_en": "Pros", "entry": "rule"}, "règle vide"),
        ({"name_fr": "Les pros de Brest", "name_en": "Pros", "entry": "rule", "segment": "emperor"}, "emperor"),
        ({"name_fr": "FR76 3000 6000 0112 3456 7890 189", "name_en": "Pros", "entry": "invitation"}, "name_fr"),
    ],
)
def test_wrong_input_comes_back_with_what_was_typed(client, typed, said):
    client.force_login(a_product_owner())
    answer = client.post("/desk/circles/new/", typed)
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert typed["name_en"] in answer.content.decode()
    assert not Circle.objects.exists()


def test_auditor_reads_circles_and_changes_none(client):
    client.force_login(an_auditor())
    circle = a_circle(members=[a_member()])
    assert client.get(f"/desk/circles/{circle.public_id}/people/").status_code == 200
    client.post(f"/desk/circles/{circle.public_id}/close/")
    client.post(f"/desk/circles/{circle.public_id}/", {"name_fr": "Autre nom", "name_en": "Other"})
    assert Circle.objects.get().name_fr == circle.name_fr
    assert not Circle.objects.get().is_closed


@pytest.fixture(autouse=True)
def fresh():
    cache.clear()
