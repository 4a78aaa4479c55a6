"""A finished run put back: by new steps with a reason, for what nobody has changed since, once."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core.errors import DomainError, ImpossibleMove, NotAllowed, NotFound
from core.worker import Worker
from ideas.domain import bulk
from ideas.domain.moving import move_idea
from ideas.domain.putting_back import can_put_back, put_back
from ideas.models import BulkRun, Idea, IdeaMove, IdeaTag, Routing
from ideas.states import MOVES
from members.models import Member
from notifications.models import Notification
from tests.factories.desk import a_tag
from tests.factories.ideas import a_category, an_idea
from tests.factories.members import a_product_owner, an_expert

pytestmark = pytest.mark.django_db
WHY = "Nous avons choisi ces idées par erreur."
FIRST = {"reason": "Cela existe déjà dans l’application."}


def work():
    Worker(batch=True).run()


def made(move, ideas, by, said, *, ago=60):
    """A run whose ten seconds are over."""
    rows = Idea.objects.filter(pk__in=[idea.pk for idea in ideas]).order_by("pk")
    run = bulk.start_bulk(move, rows, said, by=by)
    work()
    BulkRun.objects.filter(pk=run.pk).update(created_at=timezone.now() - timedelta(seconds=ago))
    run.refresh_from_db()
    return run


def states():
    return list(Idea.objects.order_by("pk").values_list("state", flat=True))


def test_declined_ideas_get_their_states_back_by_a_step_that_people_hear_of(owner):
    ideas = [an_idea(), an_idea(state="under_review")]
    run = made("decline", ideas, owner, FIRST)
    assert can_put_back(run)
    back = put_back(run, reason=WHY, by=owner)
    work()
    back.refresh_from_db()
    assert (back.done, back.state) == (2, "done")
    assert states() == ["new", "under_review"]
    steps = IdeaMove.objects.filter(idea=ideas[0]).order_by("pk")
    assert [(step.to_state, step.reason) for step in steps] == [("declined", FIRST["reason"]), ("new", WHY)]
    assert not Notification.objects.exists()
    DBTaskResult.objects.filter(run_after__gt=timezone.now()).update(run_after=timezone.now())
    work()
    told = Notification.objects.filter(member=ideas[0].author, kind="idea_moved")
    assert {(one.payload["from"], one.payload["to"]) for one in told} == {("new", "declined"), ("declined", "new")}
    assert set(run.lines.values_list("result", flat=True)) == {"undone"}
    assert not can_put_back(run)


def test_it_is_put_back_once_and_by_its_maker_alone(owner):
    run = made("decline", [an_idea()], owner, FIRST)
    with pytest.raises(NotFound):
        put_back(run, reason=WHY, by=a_product_owner())
    with pytest.raises(DomainError):
        put_back(run, reason="non", by=owner)
    first, second = (put_back(run, reason=WHY, by=owner, silent=True) for _time in range(2))
    work()
    with pytest.raises(DomainError):
        put_back(run, reason=WHY, by=owner)
    assert [BulkRun.objects.get(pk=one.pk).done for one in (first, second)] == [1, 0]
    assert second.lines.get().words
    assert IdeaMove.objects.count() == 2


def test_what_a_colleague_has_changed_since_stays(owner):
    kept, free = an_idea(), an_idea()
    run = made("review", [kept, free], owner, FIRST)
    move_idea(kept, "candidate", reason=WHY, by=a_product_owner())
    back = put_back(run, reason=WHY, by=owner, silent=True)
    work()
    assert states() == ["candidate", "new"]
    assert dict(back.lines.values_list("idea_id", "result")) == {kept.pk: "refused", free.pk: "done"}
    assert "collègue" in back.lines.get(idea=kept).words


@pytest.mark.parametrize("move", ["assign", "file", "tag", "route", "hide", "remove", "urgent", "merge", "board"])
def test_each_move_that_can_be_put_back_leaves_the_idea_as_it_was(owner, move):
    cards, tag, stays = a_category(slug="cartes"), a_tag(), an_idea()
    day = timezone.localdate() + timedelta(days=3)
    said = {
        "assign": {"assignee": owner.public_id}, "file": {"category": cards.slug, "silent": "on"}, "tag": {"tags": [tag.slug]},
        "route": {"expert": an_expert().public_id, "question": "Est-ce possible ici ?", "due_on": str(day)},
        "merge": {"into": stays.public_id, "reason": WHY, "silent": "on"},
    }.get(move, FIRST)  # fmt: skip
    idea = an_idea()
    before = Idea.objects.filter(pk=idea.pk).values(
        "state", "visibility", "assignee", "category", "urgent_since", "merged_into"
    )
    was = before.get()
    run = made(move, [idea], owner, said)
    assert run.done == 1
    put_back(run, reason=WHY, by=owner, silent=True)
    work()
    assert before.get() == was
    assert not IdeaTag.objects.exists()
    assert not Routing.objects.open().exists()
    assert run.lines.get().result == "undone"


@pytest.mark.parametrize("move", ["review", "board", "decline"])
@pytest.mark.parametrize("state", ["new", "under_review", "candidate"])
def test_idea_goes_back_to_new_or_under_review_where_no_move_of_one_idea_leads(owner, move, state):
    leads = {"review": "under_review", "board": "candidate", "decline": "declined"}[move]
    idea = an_idea(state=state)
    if leads not in MOVES[state]:
        return
    run = made(move, [idea], owner, FIRST)
    assert states() == [leads]
    put_back(run, reason=WHY, by=owner)
    work()
    assert states() == [state]
    step = idea.moves.last()
    assert (step.from_state, step.to_state, step.reason, step.by_role) == (leads, state, WHY, "product_owner")
    with pytest.raises(ImpossibleMove):  # no other way leads to "new"
        move_idea(idea, "new", reason=WHY, by=owner)


def test_who_may_no_longer_make_the_move_puts_nothing_back(owner):
    run = made("decline", [an_idea()], owner, FIRST)
    owner.groups.set([Group.objects.get(name="moderator")])
    with pytest.raises(NotAllowed):
        put_back(run, reason=WHY, by=Member.objects.get(pk=owner.pk))
    assert states() == ["declined"]


def test_note_and_answer_stay_said(owner):
    for move in ("note", "answer"):
        run = made(move, [an_idea()], owner, {"body": "Voici ce que nous en pensons ensemble."})
        assert run.done == 1
        assert not can_put_back(run)


def test_page_offers_the_way_back_after_the_ten_seconds_and_keeps_what_was_typed(client, owner):
    run = made("decline", [an_idea(), an_idea()], owner, FIRST, ago=0)
    address = reverse("ideas_desk:run", args=[run.public_id])
    assert "back=1" not in client.get(address).content.decode()
    BulkRun.objects.update(created_at=timezone.now() - timedelta(minutes=5))
    assert "back=1" in client.get(address).content.decode()
    page = client.get(address, {"back": "1"}).content.decode()
    assert "Remettre 2 idées" in page
    act = reverse("ideas_desk:put_back_run", args=[run.public_id])
    refused = client.post(act, {"reason": "Trop"})
    assert refused.status_code == 400
    assert ">Trop</textarea>" in refused.content.decode()
    assert client.post(act, {"reason": WHY, "silent": "on"}).status_code == 302
    work()
    assert states() == ["new", "new"]
    listed = client.get(reverse("ideas_desk:bulk")).content.decode()
    assert listed.count("dk-runbar") == 2
    assert "Remettre comme avant" in listed


def test_api_puts_a_run_back(client, owner):
    run = made("decline", [an_idea()], owner, FIRST)
    address = reverse("api_desk_bulk_put_back", args=[run.public_id])
    assert client.post(address, {}, content_type="application/json").status_code == 400
    started = client.post(address, {"reason": WHY, "silent": True}, content_type="application/json")
    assert (started.status_code, started.json()["move"]) == (202, "put-back")
    work()
    assert states() == ["new"]
    assert (
        client.post(address, {"reason": WHY}, content_type="application/json").json()["code"] == "nothing_to_put_back"
    )
