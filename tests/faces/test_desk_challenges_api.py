"""Challenges through the API, for staff: from a draft to its winners; auditors read, members do not learn of it."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from ideas.models import Challenge
from tests.counting import queries_of
from tests.factories.challenges import a_challenge, a_judged_challenge, an_entrant, an_entry
from tests.factories.circles import a_circle
from tests.factories.members import a_member, a_product_owner, an_auditor, an_expert

pytestmark = pytest.mark.django_db
RULES = "Article 1. Une idée par personne. Article 2. Les soutiens comptent pour un tiers, le jury pour le reste."
WHY = "Elle tient en une phrase et sert dès le premier mois."


@pytest.fixture
def desk(client):
    client.force_login(a_product_owner())

    def ask(method, path="", **body):
        return client.generic(
            method, f"/api/v1/desk/challenges/{path}", json.dumps(body), content_type="application/json"
        )

    return ask


def refused(answer):
    return answer.status_code, answer.json()["code"]


def days(number):
    return (timezone.now() + timedelta(days=number)).isoformat()


def test_challenge_is_written_ruled_announced_and_put_later(desk):
    an_entrant()
    made = desk("POST", title_fr="Vos premiers pas")
    assert made.status_code == 201, made.content
    assert (made.json()["phase"], made.json()["rules_version"]) == ("draft", None)
    assert {fault["code"] for fault in made.json()["faults"]} >= {"no_call", "no_rules", "no_prizes", "no_dates"}
    path = f"{made.json()['id']}/"
    assert refused(desk("POST", f"{path}announce/")) == (400, "no_call")
    changed = desk(
        "PATCH", path, lede_fr="Qu’est-ce qui vous aurait aidé ?", call_fr="Racontez-nous ce qui vous aurait aidé, simplement.",
        prizes_fr="300 €", opens_at=days(5), posting_ends_at=days(20), voting_ends_at=days(30), results_at=days(40),
    )  # fmt: skip
    assert changed.status_code == 200, changed.content
    assert changed.json()["title_fr"] == "Vos premiers pas"
    assert desk("POST", f"{path}rules/", body_fr=RULES).json()["number"] == 1
    announced = desk("POST", f"{path}announce/")
    assert (announced.status_code, announced.json()["phase"]) == (200, "announced"), announced.content
    assert refused(desk("POST", f"{path}announce/")) == (409, "impossible_move")
    assert refused(desk("PATCH", path, opens_at=days(6))) == (409, "dates_set")
    assert refused(desk("PATCH", f"{path}dates/", opens_at=days(1))) == (400, "not_later")
    later = desk("PATCH", f"{path}dates/", results_at=days(60)).json()
    assert later["results_at"] > days(50)


def test_rules_have_versions(desk):
    challenge = a_challenge("posting")
    path = f"{challenge.public_id}/rules/"
    assert refused(desk("POST", path, body_fr="court")) == (400, "too_short")
    assert refused(desk("POST", path, body_fr=RULES + " Article 3.")) == (
        400,
        "too_short",
    )  # what changes is to be said
    made = desk("POST", path, body_fr=RULES + " Article 3.", changes_fr="Un troisième article dit tout.")
    assert made.status_code == 201, made.content
    assert [row["number"] for row in desk("GET", path).json()["results"]] == [2, 1]


def test_challenge_of_a_circle_names_it(desk):
    circle = a_circle()
    made = desk("POST", title_fr="Entre nous seuls", circle=circle.public_id).json()
    assert made["circle"] == circle.public_id
    assert desk("PATCH", f"{made['id']}/", circle=None).json()["circle"] is None
    assert refused(desk("PATCH", f"{made['id']}/", circle="zzzzzzzzzzzz")) == (400, "unknown_circle")


def test_jury_is_seated_and_a_seat_is_freed(desk):
    challenge, juror = a_challenge(), a_member()
    path = f"{challenge.public_id}/jury/"
    assert refused(desk("POST", path, member="personne@example.org")) == (400, "unknown_member")
    for said in (juror.email, an_expert().public_id):
        assert desk("POST", path, member=said, title="Mère de deux élèves").status_code == 204
    assert refused(desk("POST", path, member=juror.public_id)) == (409, "already_juror")
    rows = desk("GET", path).json()["results"]
    assert [bool(row["accepted_at"]) for row in rows] == [False, True]
    assert desk("DELETE", f"{path}{juror.public_id}/").status_code == 204
    assert desk("DELETE", f"{path}{juror.public_id}/").status_code == 404


def test_winners_are_proposed_by_one_and_published_by_another(desk, client):
    challenge = a_judged_challenge()
    path = f"{challenge.public_id}/results/"
    shown = desk("GET", path).json()
    assert (shown["awaited"], len(shown["standing"]), shown["winners"]) == (0, 3, [])
    assert len(desk("GET", f"{challenge.public_id}/notes/").json()["results"][0]["notes"]) == 2
    assert refused(desk("POST", path)) == (409, "no_winner")
    assert refused(desk("PUT", path, winners=[])) == (400, "no_winner")
    picks = [{"idea": row["idea"]["id"], "reason": WHY} for row in shown["standing"][:2]]
    assert refused(desk("PUT", path, winners=[picks[0], picks[0]])) == (400, "same_entry")
    proposed = desk("PUT", path, winners=picks, jury_word="Merci à toutes et à tous.")
    assert proposed.status_code == 200, proposed.content
    assert [row["rank"] for row in proposed.json()["winners"]] == [1, 2]
    assert refused(desk("POST", path)) == (403, "four_eyes")
    client.force_login(a_product_owner())
    assert desk("POST", path).json()["phase"] == "results"


def test_wrong_input_is_refused_with_its_code(desk):
    assert refused(desk("POST")) == (400, "invalid")
    assert refused(desk("POST", title_fr="Vos")) == (400, "too_short")
    assert refused(desk("POST", title_fr="Vos premiers pas", vote_share=101)) == (400, "invalid")
    assert refused(desk("POST", title_fr="Vos premiers pas", opens_at=days(5), posting_ends_at=days(2))) == (
        400,
        "bad_dates",
    )
    assert refused(desk("GET", "?phase=noon")) == (400, "unknown_phase")


def test_auditor_reads_and_changes_nothing(desk, client):
    challenge = a_challenge("draft")
    client.force_login(an_auditor())
    assert desk("GET", "?phase=draft").json()["results"][0]["id"] == challenge.public_id
    for method, path, body in (
        ("POST", "", {"title_fr": "Vos premiers pas"}), ("PATCH", f"{challenge.public_id}/", {"title_fr": "Autrement"}),
        ("POST", f"{challenge.public_id}/announce/", {}), ("PATCH", f"{challenge.public_id}/dates/", {}),
        ("POST", f"{challenge.public_id}/rules/", {"body_fr": RULES}), ("POST", f"{challenge.public_id}/results/", {}),
        ("POST", f"{challenge.public_id}/jury/", {"member": a_member().email}),
        ("PUT", f"{challenge.public_id}/results/", {"winners": [{"idea": "x", "reason": WHY}]}),
    ):  # fmt: skip
        assert refused(desk(method, path, **body)) == (403, "not_allowed"), path
    assert Challenge.objects.get().rules.number == 1


@pytest.mark.parametrize("how_many", [1, 4])
def test_lists_cost_the_same_whatever_the_rows(desk, how_many):
    challenges = [a_challenge("draft") for _ in range(how_many)]
    for _ in range(how_many):
        an_entry(challenges[0])
    assert queries_of(lambda: desk("GET")) == 3  # with the member and their roles
    assert queries_of(lambda: desk("GET", f"{challenges[0].public_id}/rules/")) == 4
    judged = a_judged_challenge(entries=how_many, jurors=how_many)
    assert queries_of(lambda: desk("GET", f"{judged.public_id}/jury/")) == 4
    assert queries_of(lambda: desk("GET", f"{judged.public_id}/notes/")) == 6
    assert queries_of(lambda: desk("GET", f"{judged.public_id}/results/")) == 7
