"""The board's refusals and reads through page, API and desk."""

import hashlib

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from board.models import Evidence, Placement, Quarter, Score
from ideas.models import Idea
from tests.factories.board import WHY, a_quarter, an_item, freeze, published, scores
from tests.factories.ideas import an_idea
from tests.factories.members import (
    a_board_chair,
    a_board_member,
    a_member,
    a_moderator,
    a_product_owner,
    an_auditor,
)

pytestmark = pytest.mark.django_db
CARD_NUMBER = "4970 1000 0000 0055"


@pytest.fixture
def desk(client):
    """`desk(member)`: a client signed in as this member."""

    def sign_in(member):
        client.force_login(member)
        return client

    return sign_in


def a_full_quarter(rows: int = 1, code: str = "2026-Q3") -> Quarter:
    """Published, with `rows` subjects in each column, each with an idea and two scorers."""
    quarter, chair, member = a_quarter(code), a_board_chair(), a_board_member()
    states = {"this_quarter": "planned", "next": "candidate", "later": "candidate", "not_retained": "declined"}
    for column, state in states.items():
        for _ in range(rows):
            item = an_item(quarter, ideas=[an_idea(state=state)], column=column, reason=WHY)
            scores(quarter, item, chair, impact=5)
            scores(quarter, item, member, impact=1)
    an_idea(state="delivered")
    return published(quarter, by=chair)


def move(client, quarter, item, **data):
    return client.post(reverse("board_desk:move"), {"quarter": quarter.code, "item": item.public_id, **data})


def move_by_script(client, quarter, item, **data):
    data = {"quarter": quarter.code, "item": item.public_id, **data}
    return client.post(reverse("board_desk:move"), data, headers={"X-Requested-With": "XMLHttpRequest"})


# Who comes in


@pytest.mark.parametrize("who", [a_board_member, a_board_chair, a_product_owner, an_auditor])
def test_board_and_its_readers_see_the_wall(desk, who):
    quarter = a_quarter()
    item = an_item(quarter)
    page = desk(who()).get("/desk/board/")
    assert page.status_code == 200
    assert item.title in page.content.decode()


@pytest.mark.parametrize("who", [a_moderator, a_member])
def test_others_do_not_see_the_wall(desk, who):
    a_quarter()
    assert desk(who()).get("/desk/board/").status_code in (302, 403)


@pytest.mark.parametrize("who", [a_product_owner, an_auditor])
def test_reader_cannot_move_a_card(desk, who):
    quarter = a_quarter()
    item = an_item(quarter)
    answer = move_by_script(desk(who()), quarter, item, to="next")
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
    assert Placement.objects.get().column == "candidate"


@pytest.mark.parametrize("step", ["start", "reveal", "freeze"])
def test_member_of_the_board_cannot_lead_the_quarter(desk, step):
    quarter = a_quarter(state={"start": "preparing", "reveal": "scoring", "freeze": "deciding"}[step])
    desk(a_board_member()).post(reverse(f"board_desk:{step}", args=[quarter.code]))
    assert Quarter.objects.get().state == quarter.state


# The wall


def test_card_is_dragged_and_the_columns_come_back(desk):
    quarter = a_quarter()
    item = an_item(quarter)
    answer = move_by_script(desk(a_board_member()), quarter, item, to="this_quarter", position=0)
    assert answer.status_code == 200
    assert Placement.objects.get().column == "this_quarter"
    assert "data-wall" in answer.content.decode()


def test_card_is_moved_by_a_form_without_a_script(desk):
    quarter = a_quarter()
    item = an_item(quarter)
    answer = move(desk(a_board_member()), quarter, item, to="not_retained", reason=WHY, effort="8", position="")
    assert answer.status_code == 302
    placement = Placement.objects.get()
    assert (placement.column, placement.reason, placement.effort) == ("not_retained", WHY, 8)


def test_missing_reason_is_asked_at_its_field_and_the_choice_is_kept(desk):
    quarter = a_quarter()
    item = an_item(quarter)
    answer = move(desk(a_board_member()), quarter, item, to="not_retained", reason="")
    page = answer.content.decode()
    assert answer.status_code == 400
    assert 'aria-invalid="true"' in page and 'value="not_retained" selected' in page


def test_card_number_in_a_reason_is_refused_and_offered_masked(desk):
    quarter = a_quarter()
    item = an_item(quarter)
    answer = move(desk(a_board_member()), quarter, item, to="later", reason=f"Vu avec la carte {CARD_NUMBER} hier.")
    page = answer.content.decode()
    assert answer.status_code == 400
    assert CARD_NUMBER not in page and "••••" in page
    assert Placement.objects.get().reason == ""


def test_frozen_card_answers_409(desk):
    quarter = a_quarter()
    item = an_item(quarter)
    freeze(quarter)
    answer = move_by_script(desk(a_board_member()), quarter, item, to="next")
    assert (answer.status_code, answer.json()["code"]) == (409, "quarter_frozen")
    assert "draggable" not in desk(a_board_member()).get("/desk/board/").content.decode()


def test_private_scoring_shows_no_score_no_rank_and_no_line_to_the_chair_either(desk):
    quarter = a_quarter(state="scoring")
    item = an_item(quarter, column="this_quarter")
    chair = a_board_chair()
    scores(quarter, item, chair, impact=5)
    page = desk(chair).get(f"/desk/board/?item={item.public_id}").content.decode()
    assert "dk-capline" not in page and "dk-factor" not in page and 'class="dk-svg"' not in page


def test_panel_explains_the_score_and_shows_the_spread(desk):
    quarter = a_quarter()
    item = an_item(quarter, ideas=[an_idea()])
    scores(quarter, item, a_board_member(), impact=1)
    scores(quarter, item, a_board_chair(), impact=5)
    page = desk(a_board_member()).get(f"/desk/board/?item={item.public_id}").content.decode()
    assert page.count("dk-factor") == 7
    assert "notes de 1 à 5" in page


def test_simulation_says_what_crosses_the_line(desk):
    quarter = a_quarter(weights={"impact": 90, "regulatory": 10}, capacity=5)
    loved, due = an_item(quarter, effort=5), an_item(quarter, effort=5)
    scores(quarter, loved, a_board_chair(), impact=5, regulatory=0)
    scores(quarter, due, a_board_chair(), impact=1, regulatory=5)
    client = desk(a_board_chair())
    url = "/desk/board/?panel=simulation&weight_impact=10&weight_regulatory=90"
    page = client.get(url).content.decode()
    assert "Entre" in page and "Sort" in page
    client.post(reverse("board_desk:frame", args=[quarter.code]), {"weight_impact": 10, "weight_regulatory": 90})
    assert dict(quarter.factors.values_list("key", "weight")) == {"impact": 10, "regulatory": 90}


def test_unknown_quarter_or_card_is_not_found(desk):
    a_quarter()
    client = desk(a_board_member())
    assert client.get("/desk/board/?quarter=1999-Q9").status_code == 404
    assert client.get("/desk/board/?item=zzzzzzzzzzzz").status_code == 404


# Scoring


def test_member_scores_and_goes_on_to_the_next_subject(desk):
    quarter, member = a_quarter(state="scoring"), a_board_member()
    first, second = an_item(quarter), an_item(quarter)
    client = desk(member)
    assert client.get("/desk/board/scoring/").url == reverse("board_desk:score", args=[first.public_id])
    notes = {"impact": 4, "reach": 3, "strategic": 2, "regulatory": 0, "confidence": 5}
    answer = client.post(reverse("board_desk:score", args=[first.public_id]), notes)
    assert answer.url == reverse("board_desk:score", args=[second.public_id])
    assert Score.objects.filter(member=member, item=first).count() == 5
    assert client.get("/desk/board/scoring/").url == answer.url


def test_note_out_of_bounds_is_refused_with_a_sentence(desk):
    quarter = a_quarter(state="scoring")
    item = an_item(quarter)
    answer = desk(a_board_member()).post(reverse("board_desk:score", args=[item.public_id]), {"impact": 9})
    assert answer.status_code == 400
    assert "Une note va de 0 à 5." in answer.content.decode()


def test_product_owner_does_not_score(desk):
    quarter = a_quarter(state="scoring")
    item = an_item(quarter)
    answer = desk(a_product_owner()).get(reverse("board_desk:score", args=[item.public_id]))
    assert answer.status_code == 403


# Subjects


def test_product_owner_makes_an_idea_a_subject_from_the_triage(desk):
    a_quarter(state="preparing")
    idea = an_idea()
    answer = desk(a_product_owner()).post(reverse("board_desk:item_from_idea"), {"idea": idea.public_id, "reason": WHY})
    assert answer.status_code == 302
    assert Idea.objects.get(pk=idea.pk).state == "candidate"
    page = desk(a_product_owner()).get(answer.url).content.decode()
    assert idea.title in page


def test_member_of_the_board_cannot_make_a_subject(desk):
    answer = desk(a_board_member()).post(
        reverse("board_desk:item_from_idea"),
        {"idea": an_idea().public_id},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")


def test_evidence_is_added_by_its_address_or_as_a_note(desk):
    item, idea, client = an_item(), an_idea(), desk(a_product_owner())
    url = reverse("board_desk:add_evidence", args=[item.public_id])
    client.post(url, {"what": f"http://testserver{idea.get_absolute_url()}", "weight": "2,5"})
    client.post(url, {"what": "Demandé chaque lundi au guichet de Quimper."})
    assert list(item.evidence.values_list("idea", "weight")) == [(idea.pk, 2.5), (None, 0)]
    refused = client.post(url, {"what": f"Carte {CARD_NUMBER}"})
    assert refused.status_code == 400 and Evidence.objects.count() == 2
    client.post(reverse("board_desk:drop_evidence", args=[item.public_id, 0]))
    assert Evidence.objects.get().idea is None


def test_new_subject_with_a_title_too_short_keeps_what_was_typed(desk):
    client = desk(a_product_owner())
    answer = client.post(reverse("board_desk:item_new"), {"title": "RIB", "summary": "Le partager", "effort": 3})
    assert answer.status_code == 400
    assert "Le partager" in answer.content.decode()


# The quarter's course


def test_quarter_goes_from_its_opening_to_its_publication_with_four_eyes(desk):
    chair, second, owner = a_board_chair(), a_board_member(), a_product_owner()
    client = desk(chair)
    opened = client.post(
        reverse("board_desk:open"),
        {"code": "2026-Q4", "capacity": 10, "quorum": 2, "weight_impact": 60, "weight_demand": 40},
    )
    assert opened.status_code == 302
    idea = an_idea()
    desk(owner).post(reverse("board_desk:item_from_idea"), {"idea": idea.public_id, "reason": WHY})
    quarter = Quarter.objects.get()
    item = Placement.objects.get().item
    desk(chair).post(reverse("board_desk:start", args=[quarter.code]))
    for member in (chair, second):
        desk(member).post(reverse("board_desk:score", args=[item.public_id]), {"impact": 4})
    desk(chair).post(reverse("board_desk:reveal", args=[quarter.code]))
    move(desk(second), quarter, item, to="this_quarter", reason=WHY)
    desk(chair).post(reverse("board_desk:freeze", args=[quarter.code]), {"foreword": "Nous commençons par vous."})
    assert Quarter.objects.get().state == "frozen"
    publish = reverse("board_desk:publish", args=[quarter.code])
    four_eyes = desk(chair).post(publish, {"read": 1}, headers={"X-Requested-With": "XMLHttpRequest"})
    assert (four_eyes.status_code, four_eyes.json()["code"]) == (403, "four_eyes")
    assert desk(second).get("/desk/board/?panel=publication").status_code == 200
    desk(second).post(publish)  # not ticked: nothing happens
    assert Quarter.objects.get().state == "frozen"
    desk(second).post(publish, {"read": 1})
    assert Quarter.objects.get().state == "published"
    assert Idea.objects.get(pk=idea.pk).state == "planned"
    minutes = client.get(reverse("board:minutes", args=[quarter.code])).content.decode()
    assert "Nous commençons par vous." in minutes and WHY in minutes
    assert idea.title in client.get(reverse("board:roadmap")).content.decode()


def test_opening_with_a_bad_code_keeps_what_was_typed(desk):
    answer = desk(a_board_chair()).post(reverse("board_desk:open"), {"code": "T4", "capacity": 33, "weight_impact": 7})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert 'value="33"' in page and 'value="T4"' in page and "2026-Q4" in page


def test_verification_tells_that_a_note_was_changed(desk):
    quarter = a_full_quarter()
    client = desk(an_auditor())
    url = reverse("board_desk:verify", args=[quarter.code])
    assert "rien n’a bougé" in client.post(url, follow=True).content.decode()
    Score.objects.filter(factor="impact").update(value=0)
    assert "ne correspond plus" in client.post(url, follow=True).content.decode()


# The public


def test_file_of_the_notes_has_the_hash_of_the_minutes(client):
    quarter = a_full_quarter()
    file = client.get(reverse("board:notes", args=[quarter.code]))
    assert hashlib.sha256(file.content).hexdigest() == quarter.hash
    assert quarter.hash[:4] in client.get(reverse("board:minutes", args=[quarter.code])).content.decode()


def test_quarter_that_is_not_published_is_nobodys_to_read(client):
    freeze(a_quarter())
    assert client.get("/comites/2026-Q4/").status_code == 404
    assert client.get("/comites/2026-Q4/notes.json").status_code == 404
    answer = client.get("/api/v1/quarters/2026-Q4/")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert client.get("/api/v1/quarters/").json()["results"] == []


def test_hidden_idea_stands_on_no_public_page(client):
    quarter = a_full_quarter()
    idea = quarter.placements.get(column="this_quarter").item.evidence.get().idea
    Idea.objects.filter(pk=idea.pk).update(visibility="hidden")
    for url in ("/feuille-de-route/", f"/comites/{quarter.code}/", "/api/v1/roadmap/"):
        assert idea.public_id not in client.get(url).content.decode()


def test_pages_stand_with_nothing_to_show(client):
    for url in ("/feuille-de-route/", "/comites/", "/en/roadmap/", "/en/boards/"):
        assert client.get(url).status_code == 200


def test_roadmap_and_minutes_through_the_api(client):
    quarter = a_full_quarter()
    roadmap = client.get("/api/v1/roadmap/").json()
    assert [lane["key"] for lane in roadmap["lanes"]] == ["this_quarter", "next", "later"]
    plan = roadmap["lanes"][0]["items"][0]
    assert (plan["state"], plan["reason"], len(plan["ideas"])) == ("planned", WHY, 1)
    assert roadmap["delivered_count"] == 1
    listed = client.get("/api/v1/quarters/").json()["results"]
    assert [(row["id"], row["subjects"], row["retained"]) for row in listed] == [(quarter.code, 4, 1)]
    minutes = client.get(f"/api/v1/quarters/{quarter.code}/").json()
    spread = next(part for part in minutes["decisions"][0]["factors"] if part["key"] == "impact")
    assert (spread["value"], spread["lowest"], spread["highest"], spread["notes"]) == (3.0, 1, 5, 2)
    assert minutes["hash"] == quarter.hash


def test_no_public_page_says_who_gave_which_note(client):
    quarter = a_full_quarter()
    for url in (f"/api/v1/quarters/{quarter.code}/", f"/comites/{quarter.code}/notes.json"):
        content = client.get(url).content.decode()
        assert not any(score.member.public_id in content for score in Score.objects.select_related("member"))


# What it costs: exactly the same at 1 and at 3 rows. The frame (session, bell, Wagtail's menu) is measured by its own tests.


def board_queries(client, url) -> int:
    """How many queries of the page read the board, its ideas or their votes."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    ours = ('"board_', " board_", '"ideas_idea', "vote_vote")
    return sum(any(table in query["sql"] for table in ours) for query in captured)


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("url", "queries"),
    [("/feuille-de-route/", 6), ("/comites/2026-Q3/", 5), ("/comites/", 1), ("/api/v1/roadmap/", 6),
     ("/api/v1/quarters/", 1), ("/api/v1/quarters/2026-Q3/", 3)],
)  # fmt: skip
def test_public_reads_cost_the_same_for_any_number_of_rows(client, url, queries, rows):
    a_full_quarter(rows)
    assert board_queries(client, url) == queries


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("url", "queries"),
    [("/desk/board/", 6), ("/desk/board/?panel=scoring", 7), ("/desk/board/?panel=simulation", 7),
     ("/desk/board/scoring/{item}/", 9), ("/desk/board/?item={item}", 8)],
)  # fmt: skip
def test_desk_reads_cost_the_same_for_any_number_of_cards(desk, url, queries, rows):
    quarter, member = a_quarter(), a_board_member()
    for column in ("candidate", "this_quarter"):
        for _ in range(rows):
            item = an_item(quarter, ideas=[an_idea(state="candidate")], column=column, owner=a_product_owner())
            scores(quarter, item, member)
    assert board_queries(desk(member), url.format(item=item.public_id)) == queries
