"""That an idea comes first, or is back in line, is taken back within ten seconds; who answers for it has not heard yet."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.errors import DomainError
from core.models import Event
from ideas.domain.triaging import version_of
from ideas.domain.undoing import undo
from ideas.domain.urgency import lift_urgency, raise_urgency
from ideas.history import feed_of
from ideas.models import Idea, Urgency
from tests.factories.ideas import a_category, an_idea
from tests.factories.members import a_moderator, a_product_owner
from tests.notifications.working import told, work

pytestmark = pytest.mark.django_db
WHY = "Une cliente décrit un vol en cours."


@pytest.fixture
def owner():
    return a_product_owner()


@pytest.fixture
def idea(owner):
    return an_idea(category=a_category(owner=owner))


def code_of(kind, urgency, by):
    with pytest.raises(DomainError) as refusal:
        undo(kind, urgency.public_id, by=by)
    return refusal.value.code


def test_urgent_idea_taken_back_is_in_line_again_and_its_owner_never_hears(idea, owner):
    colleague = a_moderator()
    urgency = raise_urgency(idea, reason=WHY, by=colleague)
    undo("urgent", urgency.public_id, by=colleague)
    work()
    assert Idea.objects.get().urgent_since is None and not Urgency.objects.exists()
    assert told(owner) == []
    assert not [entry for entry in feed_of(idea, colleague) if entry.kind == "urgency"]
    assert Event.objects.filter(name="UrgencyUndone", payload__was="raised").count() == 1


def test_urgent_idea_that_stands_is_told_after_the_seconds(idea, owner):
    raise_urgency(idea, reason=WHY, by=a_moderator())
    assert told(owner) == []
    work()
    assert [row.kind for row in told(owner)] == ["idea_urgent"]


def test_calmed_idea_comes_first_again_since_when_it_did_and_who_was_not_told_is(idea, owner):
    colleague = a_moderator()
    raised = raise_urgency(idea, reason=WHY, by=colleague)
    lift_urgency(idea, reason="La carte est bloquée.", by=owner)
    work()
    assert told(owner) == []  # it was calm when they would have heard
    undo("calm", raised.public_id, by=owner)
    work()
    assert Idea.objects.get().urgent_since == raised.at
    assert (Urgency.objects.get().lifted_at, Urgency.objects.get().lift_reason) == (None, "")
    assert [row.kind for row in told(owner)] == ["idea_urgent"]


def test_late_changed_since_and_of_another_are_refused(idea, owner):
    colleague = a_moderator()
    urgency = raise_urgency(idea, reason=WHY, by=owner)
    assert code_of("urgent", urgency, colleague) == "not_allowed"
    lift_urgency(idea, reason=WHY, by=colleague)
    assert code_of("urgent", urgency, owner) == "changed_since"
    again = raise_urgency(idea, reason=WHY, by=owner)
    assert code_of("calm", urgency, colleague) == "changed_since"
    Urgency.objects.update(at=timezone.now() - timedelta(seconds=11))
    assert code_of("urgent", again, owner) == "too_late_to_undo"
    Urgency.objects.filter(pk=urgency.pk).update(lifted_at=timezone.now() - timedelta(seconds=11))
    assert code_of("calm", urgency, colleague) == "too_late_to_undo"


def test_page_offers_the_undo_of_both(client, idea, owner):
    client.force_login(owner)
    for name, words, urgent in (("urgent", "passe en tête.", False), ("calm", "est de retour dans la file", True)):
        row = Idea.objects.get(pk=idea.pk)
        client.post(reverse("ideas_desk:act", args=[idea.public_id, name]), {"reason": WHY, "seen": version_of(row)})
        newest = client.get(reverse("ideas_desk:index")).context["undos"][0]
        assert newest.kind == name, words
        client.post(reverse("ideas_desk:undo"), {"kind": newest.kind, "key": newest.key})
        assert bool(Idea.objects.get(pk=idea.pk).urgent_since) == urgent
        raise_urgency(idea, reason=WHY, by=owner) if not urgent else None


def test_api_says_what_takes_it_back(client, idea, owner):
    client.force_login(owner)
    url = f"/api/v1/desk/ideas/{idea.public_id}/urgency/"
    for method, urgent in (("PUT", False), ("DELETE", True)):
        if urgent:
            raise_urgency(idea, reason=WHY, by=owner)
        named = client.generic(method, url, json.dumps({"reason": WHY}), content_type="application/json").json()["undo"]
        asked = {"kind": named["kind"], "key": named["key"]}
        assert client.post("/api/v1/desk/undo/", asked, content_type="application/json").status_code == 200
        assert bool(Idea.objects.get(pk=idea.pk).urgent_since) == urgent
