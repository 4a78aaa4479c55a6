"""Several moves made within ten seconds are each taken back by themselves; one that others build on waits for them."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from core.errors import DomainError
from ideas.backoffice import undoing
from ideas.domain.moving import answer_officially, move_idea
from ideas.domain.triaging import version_of
from ideas.domain.undoing import undo
from ideas.models import Idea, OfficialAnswer
from tests.factories.desk import a_tag
from tests.factories.ideas import an_idea
from tests.factories.members import a_product_owner

pytestmark = pytest.mark.django_db
WHY = "Nous étudions votre idée avec l’équipe Cartes."


@pytest.fixture
def owner(client):
    member = a_product_owner()
    client.force_login(member)
    return member


def act(client, idea, name, **said):
    said["seen"] = version_of(Idea.objects.get(pk=idea.pk))
    return client.post(reverse("ideas_desk:act", args=[idea.public_id, name]), said)


def desk(client):
    return client.get(reverse("ideas_desk:index"))


def take_back(client, one):
    return client.post(reverse("ideas_desk:undo"), {"kind": one.kind, "key": one.key}, follow=True)


def test_each_move_keeps_its_own_button_the_newest_first_and_undoing_one_keeps_the_others(client, owner):
    first, second = an_idea(), an_idea()
    act(client, first, "review", reason=WHY)
    act(client, second, "hide", reason=WHY)
    act(client, first, "tag", tags=[a_tag().slug])
    page = desk(client)
    assert [one.kind for one in page.context["undos"]] == ["deed", "sight", "move"]
    html = page.content.decode()
    assert html.count("data-toast") == len(re.findall(r"<form[^>]+data-undo>", html)) == 3
    assert html.count('aria-keyshortcuts="u z"') == 1
    take_back(client, page.context["undos"][2])
    assert Idea.objects.get(pk=first.pk).state == "new"
    assert [one.kind for one in desk(client).context["undos"]] == ["deed", "sight"]
    take_back(client, desk(client).context["undos"][1])
    assert Idea.objects.get(pk=second.pk).visibility == "public"
    assert [one.kind for one in desk(client).context["undos"]] == ["deed"]


def test_move_that_a_later_one_builds_on_says_so_and_is_taken_back_after_it(client, owner):
    idea = an_idea()
    act(client, idea, "review", reason=WHY)
    act(client, idea, "decline", reason=WHY)
    later, first = desk(client).context["undos"]
    said = unescape(take_back(client, first).content.decode())
    assert "Si c’était vous, annulez d’abord ce que vous avez fait ensuite." in said
    assert Idea.objects.get().state == "declined"
    assert len(desk(client).context["undos"]) == 2
    take_back(client, later)
    take_back(client, first)
    assert Idea.objects.get().state == "new" and desk(client).context["undos"] == []


def test_toast_leaves_with_its_own_seconds(client, owner, monkeypatch):
    act(client, an_idea(), "review", reason=WHY)
    session = client.session
    session[undoing.KEY] = [session[undoing.KEY][0] | {"until": timezone.now().timestamp() - 1}]
    session.save()
    act(client, an_idea(), "decline", reason=WHY)
    assert len(desk(client).context["undos"]) == 1


def test_late_undo_leaves_the_list(client, owner):
    act(client, an_idea(), "review", reason=WHY)
    [one] = desk(client).context["undos"]
    Idea.objects.get().moves.update(at=timezone.now() - timedelta(seconds=30))
    assert "Trop tard" in take_back(client, one).content.decode()
    assert desk(client).context["undos"] == []


def test_answer_that_another_one_replaced_is_taken_back_after_it(owner):
    idea = an_idea()
    Idea.objects.update(promise_due_at=timezone.now() + timedelta(days=3))
    first = answer_officially(idea, body=WHY, by=owner)
    second = answer_officially(idea, body=WHY + " Bientôt.", by=owner)
    with pytest.raises(DomainError) as refusal:
        undo("answer", first.public_id, by=owner)
    assert (refusal.value.code, refusal.value.status) == ("changed_since", 409)
    assert Idea.objects.get().promise_due_at is None
    undo("answer", second.public_id, by=owner)
    undo("answer", first.public_id, by=owner)
    assert Idea.objects.get().promise_due_at and not OfficialAnswer.objects.filter(undone_at=None).exists()


def test_move_that_a_colleague_built_on_is_refused_as_changed_since(owner):
    idea = an_idea()
    move = move_idea(idea, "under_review", reason=WHY, by=owner)
    move_idea(idea, "declined", reason=WHY, by=a_product_owner())
    with pytest.raises(DomainError) as refusal:
        undo("move", move.public_id, by=owner)
    assert (refusal.value.code, refusal.value.status) == ("changed_since", 409)
