"""The desk's queue by the API: views with their counts, filters, why an idea is urgent, runs and what a run would do."""

import base64
import json
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from core.worker import Worker
from ideas.domain import bulk
from ideas.domain.bulk_preview import preview_bulk
from ideas.domain.moving import move_idea
from ideas.domain.triaging import version_of
from ideas.domain.urgency import lift_urgency, raise_by_words, raise_urgency
from ideas.domain.viewing import save_view
from ideas.models import BulkRun, Deed, Idea, IdeaMove
from ideas.queueing import CAP, Figure, figures_of, known_views
from ideas.queueing.asked import OF_QUEUE
from tests.counting import queries_of
from tests.factories.desk import a_suggestion
from tests.factories.ideas import a_category, an_idea
from tests.factories.members import a_member, a_moderator, a_product_owner, an_auditor, an_expert

pytestmark = pytest.mark.django_db
WHY = "Nous étudions votre idée avec l’équipe concernée."
BULK_PAGE = 17  # the shell, the chosen ideas, who hears of it
PAGE = 5  # who asks, their roles, named views, the urgent ideas, the others


def views(client):
    return {view["id"]: view for view in client.get(reverse("api_desk_views")).json()}


def test_views_are_those_of_the_page_in_its_order_with_its_counts(client, owner):
    an_idea(assignee=owner)
    an_idea(visibility="held")
    an_idea(staff_votes=2, vote_score=2)
    an_idea(promise_due_at=timezone.now() + timedelta(days=1), votes_7d=6)
    save_view("Cartes d’abord", {"base": "all", "category": "cartes"}, by=owner)
    save_view("Des mots", {"base": "all", "q": "carte"}, by=owner)
    save_view("De l’équipe", {"base": "held"}, by=a_product_owner(), is_shared=True)
    page = client.get(reverse("ideas_desk:index"))
    rows = client.get(reverse("api_desk_views")).json()
    assert [row["id"] for row in rows] == [tab.name for tab in page.context["tabs"]]
    counts = {tab.name: tab.count if tab.count >= 0 else None for tab in page.context["tabs"]}
    assert {row["id"]: row["count"] for row in rows} == counts
    found = {row["name"]: row for row in rows}
    assert set(known_views()) == {row["id"] for row in rows if row["is_built_in"]}
    assert (found["À moi"]["count"], found["Soutenues en interne"]["count"], found["De l’équipe"]["count"]) == (1, 1, 1)
    assert (found["Des mots"]["count"], found["Cartes d’abord"]["choice"]["category"]) == (None, "cartes")
    assert (found["Cartes d’abord"]["is_mine"], found["De l’équipe"]["is_mine"], found["Toutes"]["is_default"]) == (
        True,
        False,
        True,
    )
    for row in rows:
        answer = client.get(reverse("api_desk_ideas"), {"view": row["id"]}).json()
        assert row["count"] in (None, len(answer["results"])), row["id"]


def test_views_that_one_may_not_open_are_not_there(client, owner):
    client.force_login(an_expert())
    assert "complaints" not in views(client)


def test_count_that_stops_at_a_thousand_says_so(client, owner, monkeypatch):
    monkeypatch.setattr("ideas.queueing.framing.figures_of", capped)
    assert (views(client)["all"]["count"], views(client)["all"]["is_capped"]) == (CAP, True)


def capped(questions, **around):
    found = figures_of(questions, **around)
    found.views["all"] = Figure(CAP)
    return found


@pytest.mark.parametrize("name", ["api_desk_views", "api_desk_filters"])
def test_figures_cost_the_same_whatever_there_is(client, owner, name):
    an_idea()
    assert queries_of(lambda: client.get(reverse(name))) == 4
    for number in range(3):
        an_idea(category=a_category(), votes_7d=7)
        save_view(f"Vue {number}", {"base": "rising"}, by=owner)
    assert queries_of(lambda: client.get(reverse(name))) == 4


def test_filters_say_how_many_ideas_each_theme_and_group_has(client, owner):
    cards = a_category(slug="cartes")
    an_idea(category=cards, author=a_member(kind="prospect"), led_by="student")
    an_idea(category=cards)
    found = client.get(reverse("api_desk_filters")).json()
    assert [(row["value"], row["count"], row["is_capped"]) for row in found["category"]] == [("cartes", 2, False)]
    assert {row["value"]: row["count"] for row in found["author"]}["prospect"] == 1
    assert {row["value"]: row["count"] for row in found["voters"]} == {
        "private": 0,
        "professional": 0,
        "student": 1,
        "prospect": 0,
    }
    assert client.get(reverse("api_desk_ideas"), {"author": "prospect"}).json()["results"][0]["led_by"] == "student"


def test_urgent_ideas_say_since_when_and_why(client, owner):
    by_words, by_hand, calm = an_idea(), an_idea(), an_idea()
    raise_by_words(by_words, "On a volé ma carte, c’est une fraude.")
    raise_urgency(by_hand, reason="Une cliente attend au guichet.", by=owner)
    raise_urgency(calm, reason="Une cliente attend au guichet.", by=owner)
    lift_urgency(calm, reason="Elle est repartie contente.", by=owner)
    rows = {row["id"]: row for row in client.get(reverse("api_desk_ideas")).json()["results"]}
    assert rows[by_words.public_id]["urgent_since"] and rows[by_hand.public_id]["urgent_since"]
    assert "fraude" in rows[by_words.public_id]["urgent_words"] and rows[by_words.public_id]["urgent_reason"] == ""
    assert rows[by_hand.public_id]["urgent_reason"] == "Une cliente attend au guichet."
    assert [rows[calm.public_id][name] for name in ("urgent_since", "urgent_words", "urgent_reason")] == [None, "", ""]


def test_urgency_asked_for_on_what_has_changed_since_is_not_made(client, owner):
    idea = an_idea()
    seen, url = version_of(idea), reverse("api_desk_urgency", args=[idea.public_id])
    move_idea(idea, "under_review", reason=WHY, by=a_product_owner())
    why = {"reason": "Une cliente décrit un vol en cours."}
    for send in (client.put, client.delete):
        answer = send(url, why | {"seen": seen}, "application/json")
        assert (answer.status_code, answer.json()["code"]) == (409, "changed_meanwhile")
    assert Idea.objects.get(pk=idea.pk).urgent_since is None
    now = {"seen": version_of(Idea.objects.get(pk=idea.pk))}
    assert client.put(url, why | now, "application/json").json()["urgent"] is True
    assert client.delete(url, why | now, "application/json").json()["urgent"] is False


def test_ones_own_runs_are_listed_newest_first_and_nobody_elses(client, owner):
    ideas = [an_idea() for _row in range(3)]
    mine = [bulk.start_bulk("note", Idea.objects.filter(pk=idea.pk), {"body": "Vu."}, by=owner) for idea in ideas]
    bulk.start_bulk("note", Idea.objects.all(), {"body": "Vu."}, by=a_moderator())
    Worker(batch=True).run()
    first = client.get(reverse("api_desk_bulk"), {"page_size": 2}).json()
    assert [row["id"] for row in first["results"]] == [mine[2].public_id, mine[1].public_id]
    assert [row["id"] for row in client.get(first["next"]).json()["results"]] == [mine[0].public_id]
    assert (first["results"][0]["move"], first["results"][0]["done"], first["results"][0]["state"]) == (
        "note",
        1,
        "done",
    )
    client.force_login(an_auditor())
    assert client.get(reverse("api_desk_bulk")).json()["results"] == []


@pytest.mark.parametrize("rows", [1, 3])
def test_list_of_runs_costs_the_same_whatever_their_number(client, owner, rows):
    for _row in range(rows):
        bulk.start_bulk("note", Idea.objects.filter(pk=an_idea().pk), {"body": "Vu."}, by=owner)
    assert queries_of(lambda: client.get(reverse("api_desk_bulk"))) == 3


def preview(client, move, ideas, **more):
    picks = [{"id": idea.public_id} | ({"seen": more["seen"][idea.pk]} if "seen" in more else {}) for idea in ideas]
    said = {"move": move, "ideas": picks} | {name: value for name, value in more.items() if name != "seen"}
    return client.post(reverse("api_desk_bulk_preview"), said, "application/json")


def test_preview_says_how_many_can_move_why_others_cannot_and_who_hears(client, owner):
    good, changed, already, hidden = an_idea(), an_idea(), an_idea(state="delivered"), an_idea(visibility="hidden")
    fan = a_member()
    for idea in (good, hidden):
        idea.votes.up(fan.pk)
    ideas = [good, changed, already, hidden]
    seen = {idea.pk: version_of(idea) for idea in ideas}
    move_idea(changed, "under_review", reason=WHY, by=a_product_owner(), silent=True)
    found = preview(client, "review", ideas, seen=seen).json()
    assert (found["total"], found["able"], found["changed"], found["refused"]) == (4, 2, 1, 1)
    [why] = found["reasons"]
    assert why["some"] == [already.public_id] and "Livrée" in why["why"]
    assert (found["people"], found["notices"]) == (2, 2)  # the author and the supporter of the public one
    silent = preview(client, "review", ideas, values={"reason": WHY, "silent": True}).json()
    assert (silent["people"], silent["notices"]) == (0, 0)
    assert preview(client, "tag", ideas).json()["people"] is None
    assert not BulkRun.objects.exists() and IdeaMove.objects.count() == 1 and not Deed.objects.exists()


def test_page_names_each_reason_with_how_many_and_three_of_them(client, owner):
    able, hidden = an_idea(), an_idea(state="delivered", visibility="hidden", title="Une idée cachée")
    done = [an_idea(state="delivered", title=f"Livrée {number}") for number in range(5)]
    gone = an_idea(state="merged", merged_into=able, title="Une idée réunie")
    ideas = [able, hidden, *done, gone]
    picks = [f"{idea.public_id}~{version_of(idea)}" for idea in ideas]
    page = client.get(reverse("ideas_desk:bulk"), {"pick": picks, "move": "decline"})
    reasons = preview(client, "decline", ideas).json()["reasons"]
    assert [(one.why, one.ideas, one.some) for one in page.context["reasons"]] == [
        (why["why"], why["ideas"], why["some"]) for why in reasons
    ]
    assert [why["ideas"] for why in reasons] == [5, 1, 1]
    html = page.content.decode()
    assert "5 idées</b>" in html
    for named in ("Livrée 0 · Livrée 1 · Livrée 2 · et 2 autres", "Une idée cachée", "Une idée réunie"):
        assert named in html
    assert all(escape(why["why"]) in html for why in reasons)


@pytest.mark.parametrize("rows", [1, 3])
def test_page_of_what_cannot_move_costs_the_same_whatever_the_ideas(client, owner, rows):
    ideas = [an_idea(), *(an_idea(state="delivered") for _row in range(rows))]
    picks = [f"{idea.public_id}~{version_of(idea)}" for idea in ideas]
    client.get(reverse("ideas_desk:bulk"), {"pick": picks, "move": "decline"})
    assert queries_of(lambda: client.get(reverse("ideas_desk:bulk"), {"pick": picks, "move": "decline"})) == BULK_PAGE


def test_preview_counts_people_as_the_page_does(client, owner):
    ideas = [an_idea(), an_idea(), an_idea(state="merged", merged_into=an_idea())]
    picks = [f"{idea.public_id}~{version_of(idea)}" for idea in ideas]
    page = client.get(reverse("ideas_desk:bulk"), {"pick": picks, "move": "decline"}).context
    found = preview(client, "decline", ideas).json()
    assert (found["able"], found["refused"]) == (page["able"], page["others"]) == (2, 1)
    assert (found["people"], found["notices"]) == (page["audience"].people, page["audience"].notices)


def test_preview_of_a_whole_view_and_of_a_merge_leaves_out_the_one_that_stays(client, owner):
    stays, *_others = [an_idea() for _row in range(3)]
    said = {"move": "merge", "choice": {"view": "new"}}
    assert client.post(reverse("api_desk_bulk_preview"), said, "application/json").json()["able"] == 3
    said["values"] = {"into": stays.public_id, "reason": WHY}
    assert client.post(reverse("api_desk_bulk_preview"), said, "application/json").json()["able"] == 2


def test_preview_refuses_what_the_start_would_refuse(client, owner):
    idea = an_idea()
    assert preview(client, "review", [idea], values={"reason": "non"}).json()["code"] == "too_short"
    assert preview(client, "dance", [idea]).json()["code"] == "unknown_move"
    assert preview(client, "review", []).json()["code"] == "no_idea"
    assert preview(client, "tag", [idea], values={"reason": "Carte 4539 1488 0343 6467"}).status_code == 400
    client.force_login(an_expert())
    assert (preview(client, "review", [idea]).status_code, preview(client, "note", [idea]).status_code) == (403, 200)


@pytest.mark.parametrize(
    ("move", "queries"), [("review", 8), ("accept", 8), ("complaint", 2), ("hide", 2), ("assign", 1), ("for-others", 1)]
)
@pytest.mark.parametrize("rows", [1, 4])
def test_preview_costs_the_same_whatever_the_ideas(owner, move, queries, rows, django_assert_num_queries):
    keys = [a_suggestion().duplicate_id for _row in range(rows)] + [an_idea(state="delivered").pk]
    by = type(owner).objects.get(pk=owner.pk)
    preview_bulk(move, Idea.objects.filter(pk__in=keys), {}, by=by)  # roles are read once
    with django_assert_num_queries(queries):
        assert preview_bulk(move, Idea.objects.filter(pk__in=keys), {}, by=by).total == rows + 1


def pages_of(client, **asked):
    """Every page of the queue, forward and then back again, as lists of ids."""
    url, there, back = f"{reverse('api_desk_ideas')}?{urlencode(asked)}", [], []
    while url:
        page = client.get(url).json()
        there.append([row["id"] for row in page["results"]])
        url, last = page["next"], page
    while last["previous"]:
        last = client.get(last["previous"]).json()
        back.append([row["id"] for row in last["results"]])
    return there, back


@pytest.mark.parametrize("sort", OF_QUEUE)
@pytest.mark.parametrize("size", [1, 2, 3, 5, 20])
def test_urgent_ideas_come_first_in_every_order_and_the_pages_hold_each_idea_once(client, owner, sort, size):
    for votes in range(5):
        an_idea(vote_score=votes, votes_7d=5 - votes, staff_votes=votes % 2)
    urgent = [an_idea(vote_score=votes) for votes in (1, 2, 0)]
    for idea in reversed(urgent):
        raise_urgency(idea, reason="Une cliente attend au guichet.", by=owner)
    there, back = pages_of(client, sort=sort, page_size=size)
    ids = [key for page in there for key in page]
    assert ids[:3] == [idea.public_id for idea in reversed(urgent)]
    assert (len(ids), len({*ids}), [len(page) for page in there[:-1]]) == (8, 8, [size] * (len(there) - 1))
    assert back[::-1] == there[:-1]
    shown = [row.public_id for row in client.get(reverse("ideas_desk:index"), {"sort": sort}).context["rows"]]
    assert shown == ids


def test_page_that_is_left_and_come_back_to_holds_the_urgent_ones_again(client, owner):
    for _row in range(30):
        an_idea()
    urgent = an_idea()
    raise_urgency(urgent, reason="Une cliente attend au guichet.", by=owner)
    first = client.get(reverse("ideas_desk:index"))
    second = client.get(first.context["next_url"])
    again = client.get(second.context["previous_url"])
    assert [row.pk for row in again.context["rows"]] == [row.pk for row in first.context["rows"]]
    assert first.context["rows"][0].pk == urgent.pk and len(first.context["rows"]) == 25
    assert len(second.context["rows"]) == 6 and urgent.pk not in {row.pk for row in second.context["rows"]}


@pytest.mark.parametrize("rows", [1, 3])
def test_page_of_the_queue_by_api_costs_the_same_whatever_it_holds(client, owner, rows):
    for _row in range(rows):
        an_idea(assignee=owner)
        raise_urgency(an_idea(), reason="Une cliente attend au guichet.", by=owner)
    client.get(reverse("api_desk_ideas"))
    assert queries_of(lambda: client.get(reverse("api_desk_ideas"))) == PAGE


@pytest.mark.parametrize(
    "raw", [[0, 2, 1, 1], [0, -1, 1, 1], [0, True, 1, 1], [0, "0", 1, 1], [0, 0, "x", 1], [0, 1, 1], [0, 0, None, 1]]
)
def test_cursor_of_a_part_that_is_not_there_is_refused(client, owner, raw):
    an_idea()
    cursor = base64.urlsafe_b64encode(json.dumps(raw).encode()).decode().rstrip("=")
    answer = client.get(reverse("api_desk_ideas"), {"cursor": cursor})
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_cursor")


def whole(client, choice, *, name="api_desk_bulk_preview"):
    said = {"move": "note", "choice": choice, "values": {"body": "Vu."}}
    return client.post(reverse(name), said, "application/json")


def test_each_view_s_own_choice_takes_the_ideas_that_the_view_counts(client, owner):
    cards = a_category(slug="cartes")
    for facts in (
        {"assignee": owner}, {"visibility": "held"}, {"staff_votes": 2, "vote_score": 2}, {"state": "under_review"},
        {"promise_due_at": timezone.now() + timedelta(days=1), "votes_7d": 6}, {"category": cards},
        {"urgent_since": timezone.now()}, {"answered_at": timezone.now()}, {"led_by": "student"},
        {"author": a_member(kind="prospect")},
    ):  # fmt: skip
        an_idea(**facts)
    save_view("Cartes", {"base": "new", "category": "cartes", "sort": "votes"}, by=owner)
    save_view("Examen", {"state": "under_review"}, by=owner)
    save_view("Étudiants", {"voters": "student"}, by=owner, is_default=True)
    save_view("Prospects", {"author": "prospect", "staff": ""}, by=owner)
    save_view("Des agents", {"staff": "1"}, by=a_moderator(), is_shared=True)
    rows = client.get(reverse("api_desk_views")).json()
    assert len(rows) == len(known_views()) + 5
    for row in rows:
        if not row["count"]:
            assert whole(client, row["choice"]).json()["code"] == "no_idea", row
            continue
        assert whole(client, row["choice"]).json()["total"] == row["count"], row
        made = whole(client, row["choice"], name="api_desk_bulk")
        assert (made.status_code, made.json()["total"]) == (202, row["count"]), row
    assert {row["count"] for row in rows} >= {0, 1}


@pytest.mark.parametrize(
    ("choice", "code", "field"),
    [({}, "empty_choice", "choice"), ({"sort": "votes"}, "empty_choice", "choice"), ({"category": " "}, "empty_choice", "choice"),
     ({"categorie": "cartes"}, "unknown_filter", "categorie"), ({"themes": "cartes"}, "unknown_filter", "themes"),
     ({"view": "all", "cursor": "x"}, "unknown_filter", "cursor"), ({"base": "urgentes"}, "unknown_base", "base"),
     ({"view": "urgentes"}, "unknown_view", "view"), ({"view": "new", "base": "all"}, "two_views", "base"),
     ({"category": "zz"}, "unknown_category", "category"), ({"state": "zz"}, "unknown_state", "state"),
     ({"base": "all", "voters": "zz"}, "unknown_voters", "voters"), ({"staff": "yes"}, "unknown_staff", "staff")],
)  # fmt: skip
@pytest.mark.parametrize("name", ["api_desk_bulk_preview", "api_desk_bulk", "api_desk_bulk_merge_preview"])
def test_choice_that_is_empty_or_not_known_moves_nothing(client, owner, name, choice, code, field):
    into = an_idea()
    said = {"move": "note", "choice": choice, "values": {"body": "Vu."}, "into": into.public_id}
    answer = client.post(reverse(name), said, "application/json")
    assert (answer.status_code, answer.json()["code"], answer.json()["errors"][0]["field"]) == (400, code, field)
    assert not BulkRun.objects.exists()


def test_all_of_the_queue_is_moved_where_it_is_asked_for(client, owner):
    an_idea(), an_idea()
    assert whole(client, {"view": "all"}).json()["total"] == whole(client, {"base": "all"}).json()["total"] == 2


@pytest.mark.parametrize(
    ("query", "code"),
    [({"category": "zz"}, "unknown_category"), ({"state": "zz"}, "unknown_state"), ({"search": "carte"}, "unknown_filter"),
     ({"categorie": "cartes"}, "unknown_filter")],
)  # fmt: skip
@pytest.mark.parametrize("name", ["api_desk_ideas", "api_desk_export"])
def test_unknown_filter_and_unknown_value_of_it_are_refused_by_name(client, owner, name, query, code):
    an_idea()
    address = reverse(name, args=["csv"] if "export" in name else [])
    answer = client.get(address, query)
    assert (answer.status_code, answer.json()["code"], answer.json()["errors"][0]["field"]) == (
        400,
        code,
        next(iter(query)),
    )


def test_pages_of_the_queue_are_asked_for_beside_its_filters(client, owner):
    an_idea(category=a_category(slug="cartes")), an_idea(category=a_category(slug="epargne"))
    query = {
        "category": "cartes",
        "view": "all",
        "sort": "oldest",
        "q": "",
        "page_size": 1,
        "cursor": "",
        "format": "json",
    }
    assert len(client.get(reverse("api_desk_ideas"), query).json()["results"]) == 1


@pytest.mark.parametrize(
    ("choice", "code", "field"),
    [({"category": "zz"}, "unknown_category", "category"), ({"categorie": "cartes"}, "unknown_filter", "categorie"),
     ({"view": "new"}, "unknown_filter", "view")],
)  # fmt: skip
def test_view_is_not_kept_with_what_is_not_known(client, owner, choice, code, field):
    said = {"name": "Cartes", "choice": choice}
    mine = save_view("Déjà là", {"base": "mine"}, by=owner)
    for send, address in (
        (client.post, reverse("api_desk_views")),
        (client.patch, reverse("api_desk_view", args=[mine.public_id])),
    ):
        answer = send(address, said, "application/json")
        assert (answer.status_code, answer.json()["code"], answer.json()["errors"][0]["field"]) == (400, code, field)
    assert [view["name"] for view in views(client).values() if not view["is_built_in"]] == ["Déjà là"]
