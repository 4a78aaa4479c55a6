"""Circles through the API, for staff: made, changed, filled, emptied, closed; auditors read."""

import json

import pytest

from members.models import Circle, CircleMember
from tests.counting import queries_of
from tests.factories.circles import a_circle
from tests.factories.members import a_member, a_moderator, a_product_owner, an_auditor

pytestmark = pytest.mark.django_db
NAMES = {"name_fr": "Les artisans du littoral", "name_en": "Craftspeople of the coast"}


@pytest.fixture
def desk(client):
    client.force_login(a_product_owner())

    def ask(method, path="", **body):
        return client.generic(method, f"/api/v1/desk/circles/{path}", json.dumps(body), content_type="application/json")

    return ask


def refused(answer):
    return answer.status_code, answer.json()["code"]


def test_circle_by_invitation_is_made_changed_filled_emptied_and_closed(desk):
    made = desk("POST", entry="invitation", **NAMES)
    assert made.status_code == 201, made.content
    path, member = f"{made.json()['id']}/", a_member()
    assert desk("PATCH", path, name_en="People of the shore").json()["name_en"] == "People of the shore"
    assert Circle.objects.get().name_fr == NAMES["name_fr"]
    asked = desk("POST", f"{path}people/", emails=[member.email, "personne@example.org"]).json()
    assert asked == {"invited": 1, "unknown": ["personne@example.org"]}
    [row] = desk("GET", f"{path}people/").json()["results"]
    assert (row["member"]["id"], row["joining"]) == (member.public_id, "invited")
    assert desk("DELETE", f"{path}people/{member.public_id}/").status_code == 204
    assert desk("GET", f"{path}people/").json()["results"] == []
    assert desk("POST", f"{path}close/").json()["closed_at"]
    assert refused(desk("POST", f"{path}people/", emails=[member.email])) == (409, "circle_closed")


def test_circle_by_rule_takes_who_fits_at_once(desk):
    fits = a_member(segment="professional")
    made = desk("POST", entry="rule", rule={"segment": ["professional"]}, **NAMES).json()
    assert (made["size"], made["bank_set_only"]) == (0, True)  # what one says of oneself opens no door
    made = desk("POST", entry="rule", rule={"segment": ["professional"]}, bank_set_only=False, **NAMES).json()
    assert (made["size"], made["rule"]) == (1, {"segment": ["professional"]})
    assert CircleMember.objects.get().member == fits
    changed = desk("PATCH", f"{made['id']}/", rule={"segment": ["student"]})
    assert changed.status_code == 200, changed.content
    assert changed.json()["size"] == 0


def test_wrong_input_is_refused_with_its_code(desk):
    assert refused(desk("POST", entry="moon", **NAMES)) == (400, "invalid")
    assert refused(desk("POST", entry="rule", **NAMES)) == (400, "empty_rule")
    assert refused(desk("POST", entry="invitation", **(NAMES | {"name_fr": "a"}))) == (400, "too_short")
    circle = a_circle()
    assert refused(desk("POST", f"{circle.public_id}/people/", emails="x")) == (400, "invalid")
    assert refused(desk("PATCH", f"{circle.public_id}/", rule={"region": ["Atlantide"]})) == (400, "invalid")
    assert desk("DELETE", f"{circle.public_id}/people/zzzzzzzzzzzz/").status_code == 404


def test_auditor_reads_and_changes_nothing_and_a_moderator_stays_out(desk, client):
    circle, member = a_circle(), a_member()
    client.force_login(an_auditor())
    assert desk("GET").status_code == desk("GET", f"{circle.public_id}/").status_code == 200
    for method, path, body in (
        ("POST", "", {"entry": "invitation", **NAMES}), ("PATCH", f"{circle.public_id}/", NAMES),
        ("POST", f"{circle.public_id}/people/", {"emails": [member.email]}), ("POST", f"{circle.public_id}/close/", {}),
        ("DELETE", f"{circle.public_id}/people/{member.public_id}/", {}),
    ):  # fmt: skip
        assert refused(desk(method, path, **body)) == (403, "not_allowed")
    client.force_login(a_moderator())
    assert refused(desk("GET")) == (403, "not_allowed")


@pytest.mark.parametrize("how_many", [1, 5])
def test_lists_cost_the_same_whatever_the_rows(desk, how_many):
    circles = [a_circle(members=[a_member() for _ in range(how_many)]) for _ in range(how_many)]
    assert len(desk("GET").json()["results"]) == how_many
    assert queries_of(lambda: desk("GET")) == 3
    path = f"{circles[0].public_id}/people/"
    assert len(desk("GET", path).json()["results"]) == how_many
    assert queries_of(lambda: desk("GET", path)) == 4
