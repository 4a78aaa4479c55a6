"""One move over many ideas: what it does to each, what it refuses, how it stops, is taken back and survives."""

import os
import re
import signal
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from core.errors import DomainError, NotAllowed
from core.shield import PrivateData
from core.worker import Worker
from ideas.backoffice import moves
from ideas.domain import bulk
from ideas.domain.bulk_moves import bulk_moves
from ideas.domain.commenting import comment_on, delete_comment
from ideas.domain.following import audience_of, audience_of_many, follow, people_told, unfollow
from ideas.domain.moderating import hide_idea
from ideas.domain.moving import move_idea
from ideas.domain.putting_back import can_put_back, put_back
from ideas.domain.triaging import version_of
from ideas.domain.urgency import raise_urgency
from ideas.domain.viewing import save_view
from ideas.models import BulkLine, BulkRun, Comment, Idea, IdeaMove
from ideas.states import State
from notifications.models import Notification
from tests.core.processes import wait_until, workers
from tests.factories.ideas import an_idea
from tests.factories.members import a_member, a_moderator, a_product_owner, an_auditor, an_expert
from tests.notifications.working import work as work_all

pytestmark = pytest.mark.django_db
WHY = "Nous étudions votre idée avec l’équipe concernée."
SAID = {"reason": WHY, "silent": "on"}


def work():
    Worker(batch=True).run()


def start(ideas, by, move="review", said=SAID, **more):
    rows = Idea.objects.filter(pk__in=[idea.pk for idea in ideas])
    return bulk.start_bulk(move, rows, said, by=by, **more)


def results(run):
    return dict(run.lines.values_list("idea_id", "result"))


def test_each_idea_is_moved_by_its_own_verb_and_keeps_it_in_its_history(owner):
    ideas = [an_idea() for _row in range(45)]
    run = start(ideas, owner)
    assert run.state == "waiting"
    work()
    run.refresh_from_db()
    assert (run.state, run.done, run.total, run.percent) == ("done", 45, 45, 100)
    assert IdeaMove.objects.filter(by=owner, reason=WHY, is_silent=True).count() == 45


def test_refusals_and_changes_are_said_row_by_row_and_stop_nothing(owner):
    good, already, changed = an_idea(), an_idea(state=State.UNDER_REVIEW), an_idea()
    seen = {one.public_id: version_of(one) for one in (good, already, changed)}
    move_idea(changed, State.CANDIDATE, reason=WHY, by=a_product_owner())
    run = start([good, already, changed], owner, seen=seen)
    work()
    assert results(run) == {good.pk: "done", already.pk: "refused", changed.pk: "changed"}
    run.refresh_from_db()
    assert (run.done, run.refused, run.changed) == (1, 1, 1)
    assert all(BulkLine.objects.exclude(result="done").values_list("words", flat=True))
    changed.refresh_from_db()
    assert changed.state == State.CANDIDATE


@pytest.mark.parametrize("who", [an_expert, a_moderator, an_auditor])
def test_who_makes_no_such_move_starts_no_run_of_it(owner, who):
    with pytest.raises(NotAllowed):
        start([an_idea()], who())
    assert not BulkRun.objects.exists()


RIGHTS = {
    "review": "can_triage", "board": "can_make_items", "decline": "can_triage", "answer": "can_answer", "merge": "can_triage",
    "unmerge": "can_triage", "accept": "can_triage", "dismiss": "can_triage", "route": "can_route", "assign": "can_triage",
    "file": "can_triage", "tag": "can_tag", "note": "can_note", "hide": "can_moderate", "remove": "can_moderate",
    "restore": "can_moderate", "for-others": "can_vote_for_others", "complaint": "can_handle",
    "urgent": "can_answer", "calm": "can_answer", "put-back": "can_note",
}  # fmt: skip


def test_each_bulk_move_says_whose_it_is_before_any_idea_is_looked_at():
    assert {name: move.allows.__name__ for name, move in bulk_moves().items()} == RIGHTS


@pytest.mark.parametrize("who", [a_moderator, an_expert])
def test_page_and_api_refuse_a_run_that_is_not_ones_own_with_403(client, who):
    idea = an_idea()
    client.force_login(who())
    pick = {"pick": f"{idea.public_id}~{version_of(idea)}"}
    page = client.post(reverse("ideas_desk:bulk", query=pick), {"move": "review", **SAID})
    assert page.status_code == 403
    assert str(NotAllowed.message) in unescape(page.content.decode())
    said = {"move": "review", "ideas": [{"id": idea.public_id, "seen": version_of(idea)}], "values": SAID}
    answer = client.post(reverse("api_desk_bulk"), said, "application/json")
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
    assert not BulkRun.objects.exists()


def test_right_that_was_lost_meanwhile_is_asked_for_again_at_each_idea(owner):
    idea = an_idea()
    run = start([idea], owner)
    owner.groups.clear()
    work()
    assert results(run) == {idea.pk: "refused"}


def test_wrong_values_are_refused_before_anything_begins(owner):
    idea = an_idea()
    for said in ({"reason": "non"}, {}):
        with pytest.raises(DomainError):
            start([idea], owner, said=said)
    with pytest.raises(PrivateData):
        start([idea], owner, said={"reason": "Votre carte 4539 1488 0343 6467 est refaite."})
    with pytest.raises(DomainError):
        start([idea], owner, move="advise", said={"body": "Utile, et simple à faire."})
    with pytest.raises(DomainError):
        start([], owner)
    assert not BulkRun.objects.exists()


def test_run_is_stopped_between_two_chunks(owner):
    ideas = [an_idea() for _row in range(25)]
    run = start(ideas, owner)
    Worker(batch=True).run_one()
    while BulkRun.objects.get().state == "waiting":
        Worker(batch=True).run_one()
    bulk.stop_bulk(run, by=owner)
    work()
    run.refresh_from_db()
    assert (run.state, run.done) == ("stopped", 20)
    assert run.lines.filter(result="stopped").count() == 5
    with pytest.raises(DomainError):
        bulk.stop_bulk(run, by=owner)


def test_whole_is_taken_back_within_ten_seconds_and_nobody_hears(owner):
    ideas = [an_idea() for _row in range(3)]
    run = start(ideas, owner, said={"reason": WHY})
    work()
    assert bulk.undo_bulk(run, by=owner) == 3
    assert set(Idea.objects.values_list("state", flat=True)) == {"new"}
    assert set(run.lines.values_list("result", flat=True)) == {"undone"}
    work()
    assert not Notification.objects.exists()


def test_undo_too_late_or_of_a_colleague_is_refused(owner):
    run = start([an_idea()], owner)
    work()
    with pytest.raises(DomainError):
        bulk.undo_bulk(run, by=a_product_owner())
    BulkRun.objects.update(created_at=timezone.now() - timedelta(seconds=20))
    run.refresh_from_db()
    with pytest.raises(DomainError):
        bulk.undo_bulk(run, by=owner)


def test_what_cannot_be_taken_back_stays_and_says_so(owner, monkeypatch):
    monkeypatch.setattr("ideas.domain.bulk.undo_step", lambda kind, key, by: None)
    run = start([an_idea()], owner)
    work()
    assert bulk.undo_bulk(run, by=owner) == 0
    assert run.lines.get().words


@pytest.mark.parametrize("move", ["hide", "remove", "urgent"])
def test_hiding_removing_and_urgency_of_many_are_taken_back_whole_by_page_and_api(client, owner, move):
    run = start([an_idea() for _row in range(3)], owner, move=move)
    work()
    assert bulk.can_undo(run) and not can_put_back(run)
    client.force_login(owner)
    answer = client.post(f"/api/v1/desk/bulk/{run.public_id}/undo/", content_type="application/json")
    assert (answer.status_code, answer.json()["can_undo"]) == (200, False)
    assert set(run.lines.values_list("result", flat=True)) == {"undone"}
    assert set(Idea.objects.values_list("visibility", "urgent_since")) == {("public", None)}
    again = start([an_idea()], owner, move=move)
    work()
    assert client.post(reverse("ideas_desk:undo_run", args=[again.public_id])).status_code == 302
    assert set(Idea.objects.values_list("visibility", "urgent_since")) == {("public", None)}
    work_all()
    assert not Notification.objects.exists()


@pytest.mark.parametrize("move", ["restore", "calm"])
def test_showing_again_and_calming_of_many_are_taken_back_whole(owner, move):
    ideas = [an_idea() for _row in range(2)]
    for idea in ideas:
        hide_idea(idea, reason=WHY, by=a_moderator())
        raise_urgency(idea, reason=WHY, by=owner)
    run = start(ideas, owner, move=move)
    work()
    assert bulk.undo_bulk(run, by=owner) == 2
    assert set(Idea.objects.values_list("visibility", flat=True)) == {"hidden"}
    assert not Idea.objects.filter(urgent_since=None).exists()


def test_putting_back_is_itself_the_way_back_and_has_no_undo(client, owner):
    run = start([an_idea()], owner)
    work()
    BulkRun.objects.update(created_at=timezone.now() - timedelta(seconds=20))
    run.refresh_from_db()
    back = put_back(run, reason=WHY, by=owner)
    work()
    with pytest.raises(DomainError) as refusal:
        bulk.undo_bulk(back, by=owner)
    assert (refusal.value.code, refusal.value.status) == ("no_undo", 409)
    client.force_login(owner)
    assert client.post(f"/api/v1/desk/bulk/{back.public_id}/undo/").json()["code"] == "no_undo"
    assert [move.name for move in moves.ALL if move.bulk and not move.undoable] == []


def test_same_key_starts_one_run(owner):
    idea = an_idea()
    first = start([idea], owner, key="lundi-1")
    assert start([idea], owner, key="lundi-1") == first
    with pytest.raises(DomainError):
        start([idea], owner, key="lundi-1", move="decline")
    assert BulkRun.objects.count() == 1


def test_people_are_counted_once_over_all_ideas_as_each_idea_counts_them(owner):
    fan, silent = a_member(), a_member()
    ideas = [an_idea() for _row in range(3)]
    for idea in ideas[:2]:
        idea.votes.up(fan.pk)
        idea.votes.up(silent.pk)
    unfollow(ideas[0], by=silent)
    found = audience_of_many(ideas, by=owner)
    everybody = [set(audience_of(idea).values_list("pk", flat=True)) for idea in ideas]
    assert found.people == len(set.union(*everybody))
    assert found.notices == sum(map(len, everybody)) == 6


def test_desk_prepares_starts_and_shows_a_run(client, owner):
    ideas = [an_idea(title=f"Idée choisie {number}") for number in range(3)]
    already = an_idea(state=State.UNDER_REVIEW)
    page = client.get(reverse("ideas_desk:index"))
    picks = re.findall(r'name="pick" value="([^"]+)"', page.content.decode())
    assert len(picks) == 4
    prepared = client.get(reverse("ideas_desk:bulk"), {"pick": picks, "move": "review"})
    assert (prepared.context["able"], prepared.context["others"]) == (3, 1)
    assert prepared.context["audience"].people == 3
    address = prepared.context["action"]
    refused = client.post(address, {"move": "review", "reason": "non"})
    assert refused.status_code == 400
    assert ">\nnon</textarea>" in refused.content.decode()
    assert client.post(address, {"move": "review", "reason": WHY}).status_code == 302
    assert "0 sur 4 faites" in client.get(reverse("ideas_desk:index")).content.decode()
    work()
    run = BulkRun.objects.get()
    html = client.get(reverse("ideas_desk:run", args=[run.public_id])).content.decode()
    assert "3 sur 4 faites, 1 refusée" in html
    assert "Idée choisie 1" in html
    client.post(reverse("ideas_desk:undo_run", args=[run.public_id]))
    assert Idea.objects.filter(state="new").count() == 3
    assert Idea.objects.get(pk=already.pk).state == "under_review"
    assert ideas


def test_all_of_a_view_is_refused_if_it_holds_other_ideas_by_then(client, owner):
    an_idea()
    address = client.get(reverse("ideas_desk:bulk"), {"all": "1", "view": "new", "move": "review"}).context["action"]
    an_idea()
    page = client.post(address, {"move": "review", "reason": WHY, "expected": "1"})
    assert page.status_code == 409
    assert WHY in page.content.decode()
    assert client.post(address, {"move": "review", "reason": WHY, "expected": "2"}).status_code == 302
    assert BulkRun.objects.get().total == 2


@pytest.mark.parametrize("rows", [1, 3])
def test_run_s_page_costs_the_same_whatever_its_rows(client, owner, rows, django_assert_num_queries):
    run = start([an_idea() for _row in range(rows)], owner)
    work()
    address = reverse("ideas_desk:run", args=[run.public_id])
    client.get(address)
    with django_assert_num_queries(9 + 2):
        client.get(address)


def test_internal_note_is_kept_on_each_idea(owner):
    run = start([an_idea(), an_idea()], owner, move="note", said={"body": "Vu avec l’équipe Données."})
    work()
    assert Comment.objects.filter(is_internal=True).count() == 2
    assert run.lines.filter(result="done").count() == 2


def test_api_lists_the_queue_and_moves_it_in_bulk(client, owner):
    first, second = an_idea(vote_score=9), an_idea()
    rows = client.get(reverse("api_desk_ideas"), {"sort": "votes"}).json()["results"]
    assert [row["id"] for row in rows] == [first.public_id, second.public_id]
    assert client.get(reverse("api_desk_ideas"), {"sort": "beauty"}).json()["code"] == "unknown_sort"
    body = {"move": "review", "ideas": [{"id": row["id"], "seen": row["seen"]} for row in rows], "values": SAID}
    send = {"content_type": "application/json", "headers": {"Idempotency-Key": "a-1"}}
    started = client.post(reverse("api_desk_bulk"), body, **send)
    assert started.status_code == 202
    assert client.post(reverse("api_desk_bulk"), body, **send).json()["id"] == started.json()["id"]
    work()
    run = started.json()["id"]
    assert client.get(reverse("api_desk_bulk_run", args=[run])).json()["done"] == 2
    lines = client.get(reverse("api_desk_bulk_lines", args=[run])).json()["results"]
    assert [line["result"] for line in lines] == ["done", "done"]
    assert client.post(reverse("api_desk_bulk_undo", args=[run])).json()["state"] == "undone"
    assert client.post(reverse("api_desk_bulk_stop", args=[run])).status_code == 409


def test_api_keeps_named_views(client, owner):
    an_idea(assignee=owner)
    made = client.post(
        reverse("api_desk_views"), {"name": "Chez moi", "choice": {"base": "mine"}}, content_type="application/json"
    ).json()
    address = reverse("api_desk_view", args=[made["id"]])
    changed = client.patch(address, {"name": "Mes idées", "is_shared": True}, content_type="application/json").json()
    assert (changed["name"], changed["is_shared"], changed["choice"]["base"]) == ("Mes idées", True, "mine")
    assert len(client.get(reverse("api_desk_ideas"), {"view": made["id"]}).json()["results"]) == 1
    bad = client.post(
        reverse("api_desk_views"), {"name": "X", "choice": {"sort": "beauty"}}, content_type="application/json"
    )
    assert bad.json()["code"] == "unknown_sort"
    assert client.delete(address).status_code == 204


def test_api_of_the_desk_is_for_who_opens_it(client):
    client.force_login(a_member())
    for name in ("api_desk_ideas", "api_desk_views"):
        assert client.get(reverse(name)).status_code == 403


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_worker_killed_amid_a_run_makes_each_move_once():
    owner, ideas = a_product_owner(), [an_idea() for _row in range(120)]
    run = start(ideas, owner)
    for target in (20, 60):
        with workers() as [process]:
            wait_until(lambda target=target: BulkRun.objects.get(pk=run.pk).done >= target)
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
    with workers():
        wait_until(lambda: BulkRun.objects.get(pk=run.pk).state == "done")
    run.refresh_from_db()
    assert (run.done, IdeaMove.objects.count()) == (120, 120)


def test_nobody_is_counted_who_will_not_be_told(owner):
    """Neither who deleted their comment, nor anyone of an idea that is not public."""
    shown, held, gone = an_idea(), an_idea(visibility="held"), a_member()
    comment = comment_on(shown, body="Oui, cela me servirait aussi.", by=gone)
    delete_comment(comment, by=gone)
    assert people_told(shown, by=owner) == audience_of_many([shown, held], by=owner).people == 1
    assert (people_told(held, by=owner), people_told(shown, by=owner, silent=True)) == (0, 0)


def test_who_makes_the_move_is_not_counted_among_those_who_hear_of_it(client, owner):
    idea, held = an_idea(), an_idea(visibility="held")
    follow(idea, by=owner)
    assert people_told(idea, by=owner) == audience_of_many([idea], by=owner).people == 1
    assert people_told(idea, by=a_product_owner()) == 2
    client.force_login(owner)
    for one, people in ((idea, 1), (held, 0)):
        page = client.get(reverse("ideas_desk:index"), {"idea": one.public_id, "move": "review"})
        assert page.context["audience"] == people


@pytest.mark.parametrize(
    "query",
    [
        {"category": "zz"},
        {"state": "zz"},
        {"view": "partie"},
        {"categorie": "cartes"},
        {"search": "carte"},
        {"voters": "zz"},
    ],
)
def test_page_of_a_bulk_move_is_never_wider_than_its_address_meant(client, owner, query):
    an_idea(title="Une idée de la file"), an_idea()
    address = reverse("ideas_desk:bulk", query={"all": "1"} | query)
    page = client.get(address, {"move": "note"} | query | {"all": "1"})
    assert (page.status_code, "Une idée de la file" in page.content.decode()) == (400, False)
    assert "rien n’a été fait" in page.content.decode()
    part = client.get(address, headers={"HX-Request": "true", "HX-Target": "decide"})
    assert (part.status_code, "rien n’a été fait" in part.content.decode()) == (200, True)
    assert client.post(address, {"move": "note", "body": "Vu.", "expected": "2"}).status_code == 400
    assert not BulkRun.objects.exists()
    assert client.get(reverse("ideas_desk:index", query=query)).status_code == 200


def test_view_that_has_gone_meanwhile_does_not_leave_the_whole_queue(client, owner):
    an_idea(assignee=owner), an_idea()
    view = save_view("À moi seule", {"base": "mine"}, by=owner)
    address = reverse("ideas_desk:bulk", query={"all": "1", "view": view.public_id})
    assert client.get(address).context["total"] == 1
    view.delete()
    assert (client.get(address).status_code, client.post(address, {"move": "note", "expected": "1"}).status_code) == (
        400,
        400,
    )
