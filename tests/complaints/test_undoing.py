"""A complaint opened by a slip is taken back within ten seconds: nobody heard of it, no file is left, no clock runs."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from complaints.domain.alerting import alert_near, alert_overdue
from complaints.domain.opening import assign_complaint, open_complaint
from complaints.domain.undoing import undo_complaint
from complaints.models import Alert, Complaint, Step
from core.errors import DomainError
from core.models import Event
from ideas.domain.moderating import hide_idea, restore_idea
from ideas.domain.triaging import version_of
from ideas.models import Comment, Idea
from polls.models import Remark
from tests.factories.complaints import REASON, a_complaint
from tests.factories.ideas import a_comment, an_idea
from tests.factories.members import a_moderator, a_product_owner
from tests.factories.polls import a_remark
from tests.notifications.working import told, work
from trust.models import Statement

pytestmark = pytest.mark.django_db
WHY = "Ce texte nomme une conseillère : nous le traitons en privé."


def code_of(complaint, by):
    with pytest.raises(DomainError) as refusal:
        undo_complaint(complaint, by=by)
    return refusal.value.code


def test_no_orphan_is_left_and_nobody_hears():
    idea, owner = an_idea(created_at=timezone.now() - timedelta(days=90)), a_product_owner()
    complaint = a_complaint(idea, by=owner)
    undo_complaint(complaint, by=owner)
    alert_overdue(), alert_near()
    work()
    assert not any(model.objects.exists() for model in (Complaint, Step, Alert))
    assert told(idea.author) == told(owner) == []
    names = Event.objects.filter(name__startswith="Complaint").order_by("at").values_list("name", "actor")
    assert list(names) == [("ComplaintOpened", owner.public_id), ("ComplaintUndone", owner.public_id)]
    assert a_complaint(idea).pk  # it may become one later


def test_complaint_that_stands_is_told_after_the_seconds_and_its_clocks_wait_for_them():
    idea = an_idea(created_at=timezone.now() - timedelta(days=90))
    a_complaint(idea)
    assert alert_overdue() == 0 and told(idea.author) == []
    work()
    assert [row.kind for row in told(idea.author)] == ["complaint_opened"]
    Complaint.objects.update(opened_at=timezone.now() - timedelta(seconds=12))
    assert alert_overdue() == 2


@pytest.mark.parametrize(("make", "model"), [(an_idea, Idea), (a_comment, Comment), (a_remark, Remark)])
def test_text_hidden_with_it_is_seen_again_and_its_statement_goes(make, model):
    source, handler = make(), a_moderator()
    complaint = open_complaint(
        source, reason=REASON, by=handler, hide=True, statement=WHY, ground="law", rule="Code civil, art. 9"
    )
    assert (Statement.objects.get().ground, Statement.objects.get().rule) == ("law", "Code civil, art. 9")
    assert model.objects.get(pk=source.pk).visibility == "hidden"
    undo_complaint(complaint, by=handler)
    work()
    assert model.objects.get(pk=source.pk).visibility == "public"
    assert not Statement.objects.standing().exists()
    assert not [row for row in told(source.author) if row.kind in ("statement", "complaint_opened")]


def test_text_that_was_hidden_before_stays_hidden():
    idea, handler = an_idea(), a_moderator()
    hide_idea(idea, reason=WHY, by=handler)
    complaint = a_complaint(idea, by=handler, hide=True, statement=WHY)
    undo_complaint(complaint, by=handler)
    assert Idea.objects.get().visibility == "hidden" and Statement.objects.standing().count() == 1


def test_what_a_colleague_took_in_hand_or_showed_again_is_refused():
    handler, colleague = a_moderator(), a_product_owner()
    given = a_complaint(by=handler)
    assign_complaint(given, colleague, by=colleague)
    hidden = a_complaint(by=handler, hide=True, statement=WHY)
    restore_idea(hidden.idea, reason=WHY, by=colleague)
    assert [code_of(one, handler) for one in (given, hidden)] == ["changed_since"] * 2
    assert Complaint.objects.count() == 2


def test_late_twice_or_by_another_is_refused():
    handler, complaint = a_moderator(), a_complaint()
    assert code_of(complaint, handler) == "not_allowed"
    mine = a_complaint(by=handler)
    undo_complaint(mine, by=handler)
    assert code_of(mine, handler) == "too_late_to_undo"
    late = a_complaint(by=handler)
    Complaint.objects.update(opened_at=timezone.now() - timedelta(seconds=11))
    late.refresh_from_db()
    assert code_of(late, handler) == "too_late_to_undo"


def test_triage_offers_the_undo_of_its_move(client):
    idea = an_idea()
    client.force_login(a_product_owner())
    act = reverse("ideas_desk:act", args=[idea.public_id, "complaint"])
    client.post(act, {"reason": REASON, "seen": version_of(idea)})
    [one] = client.get(reverse("ideas_desk:index")).context["undos"]
    assert (one.kind, one.told) == ("complaint", 1)
    back = client.post(reverse("ideas_desk:undo"), {"kind": one.kind, "key": one.key}, follow=True)
    assert "Geste annulé." in back.content.decode() and not Complaint.objects.exists()
    assert 'data-move="p"' in client.get(reverse("ideas_desk:index"), {"idea": idea.public_id}).content.decode()


def test_page_of_a_complaint_of_a_poll_has_the_undo_while_it_lasts(client):
    remark = a_remark()
    client.force_login(a_moderator())
    made = client.post(f"{reverse('complaints_desk:open')}?remark={remark.public_id}", {"reason": REASON}, follow=True)
    assert "data-toast" in made.content.decode()
    complaint = Complaint.objects.get()
    undo = reverse("complaints_desk:act", args=[complaint.public_id, "undo"])
    assert undo in made.content.decode()
    Complaint.objects.update(opened_at=timezone.now() - timedelta(seconds=11))
    late = client.post(undo, follow=True).content.decode()
    assert "Trop tard" in late and "data-toast" not in late
    Complaint.objects.update(opened_at=timezone.now())
    assert client.post(undo).url == reverse("complaints_desk:index")
    assert not Complaint.objects.exists()


def test_api_takes_it_back_at_its_own_address_and_at_the_desks(client):
    client.force_login(a_product_owner())
    idea, path = an_idea(), "/api/v1/desk/complaints/"
    said = {"idea": idea.public_id, "reason": REASON, "hide": True, "statement": WHY, "ground": "law", "rule": "Art. 9"}
    made = client.post(path, said, content_type="application/json").json()
    assert 0 < made["undo_seconds"] <= 10
    assert client.post(f"{path}{made['id']}/undo/").status_code == 204
    assert client.post(f"{path}{made['id']}/undo/").status_code == 404
    made = client.post(path, said, content_type="application/json").json()
    asked = {"kind": "complaint", "key": made["id"]}
    undone = client.post("/api/v1/desk/undo/", asked, content_type="application/json")
    assert undone.json()["idea"]["visibility"] == "public" and not Complaint.objects.exists()
    made = client.post(path, said, content_type="application/json").json()
    Complaint.objects.update(opened_at=timezone.now() - timedelta(seconds=11))
    late = client.post(f"{path}{made['id']}/undo/")
    assert (late.status_code, late.json()["code"]) == (409, "too_late_to_undo")
    assert client.get(f"{path}{made['id']}/").json()["undo_seconds"] == 0
