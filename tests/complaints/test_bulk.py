"""Complaints made of many ideas at once: one file for each, by the verb that opens it alone."""

import pytest
from django.urls import reverse
from django.utils import timezone

from complaints.domain.opening import open_complaint
from complaints.models import Complaint
from core.errors import DomainError, NotAllowed
from core.worker import Worker
from ideas.domain.putting_back import put_back
from ideas.domain.triaging import version_of
from ideas.history import feed_of
from ideas.models import BulkRun, Idea
from notifications.models import Notification
from tests.bulk import made, results
from tests.factories.complaints import REASON
from tests.factories.ideas import an_idea
from tests.factories.members import a_product_owner, an_expert
from tests.notifications.working import work

pytestmark = pytest.mark.django_db
SAID = {"reason": REASON}
HIDING = SAID | {"hide": "on", "statement": "Votre message parle de votre compte : nous le traitons en privé."}


def test_each_idea_becomes_a_complaint_of_its_author_with_its_own_clock_and_history(moderator):
    ideas = [an_idea(created_at=timezone.now() - timezone.timedelta(days=days)) for days in (1, 9)]
    known = an_idea()
    open_complaint(known, reason=REASON, by=a_product_owner())
    assert results(made("complaint", [*ideas, known], moderator, SAID)) == ["done", "done", "refused"]
    rows = Complaint.objects.filter(idea__in=ideas).order_by("idea_id")
    assert [row.complainant_id for row in rows] == [idea.author_id for idea in ideas]
    assert [row.received_at for row in rows] == [idea.created_at for idea in ideas]
    assert len({row.reference for row in rows}) == 2 and {row.reason for row in rows} == {REASON}
    assert [[line.text for line in feed_of(idea, moderator) if line.kind == "complaint"] for idea in ideas] == [
        [REASON]
    ] * 2
    work()  # once the seconds of undo are over
    assert Notification.objects.filter(member__in=[idea.author_id for idea in ideas]).count() == 2


def test_texts_are_hidden_too_with_the_statement_that_each_author_reads(moderator):
    ideas = [an_idea(), an_idea()]
    assert results(made("complaint", ideas, moderator, HIDING)) == ["done", "done"]
    assert set(Idea.objects.values_list("visibility", flat=True)) == {"hidden"}
    assert [idea.moderations.get().reason for idea in ideas] == [HIDING["statement"]] * 2


@pytest.mark.parametrize("said", [{"reason": "court"}, SAID | {"hide": "on", "statement": "non"}, {}])
def test_what_is_missing_is_said_before_the_first_is_opened(moderator, said):
    with pytest.raises(DomainError) as refusal:
        made("complaint", [an_idea()], moderator, said)
    assert refusal.value.field == ("statement" if "hide" in said else "reason")
    assert not BulkRun.objects.exists() and not Complaint.objects.exists()


def test_who_handles_no_complaints_starts_no_run_and_is_offered_none(client):
    expert, idea = an_expert(), an_idea()
    with pytest.raises(NotAllowed):
        made("complaint", [idea], expert, SAID)
    client.force_login(expert)
    page = client.get(reverse("ideas_desk:bulk"), {"pick": f"{idea.public_id}~{version_of(idea)}"})
    assert "complaint" not in [move.name for move, _url in page.context["moves"]]


def test_page_offers_it_over_several_ideas_and_says_which_is_one_already(client, moderator):
    ideas = [an_idea(), an_idea()]
    open_complaint(ideas[1], reason=REASON, by=moderator)
    picks = [f"{idea.public_id}~{version_of(idea)}" for idea in ideas]
    page = client.get(reverse("ideas_desk:bulk"), {"pick": picks, "move": "complaint"})
    assert (page.context["able"], page.context["others"]) == (1, 1)
    assert "ses délais courent depuis le jour" in page.content.decode()
    assert client.post(page.context["action"], {"move": "complaint", **SAID}).status_code == 302
    Worker(batch=True).run()
    run = BulkRun.objects.get()
    assert "1 sur 2 faites, 1 refusée" in client.get(reverse("ideas_desk:run", args=[run.public_id])).content.decode()


@pytest.mark.parametrize("rows", [1, 4])
def test_choosing_costs_the_same_whatever_is_a_complaint(client, moderator, rows, django_assert_num_queries):
    picks = [f"{an_idea().public_id}~new.public.0" for _row in range(rows)]
    address = reverse("ideas_desk:bulk")
    client.get(address, {"pick": picks})
    with django_assert_num_queries(9 + 2):
        client.get(address, {"pick": picks})


def test_api_opens_them_over_many_ideas(client, moderator):
    ideas = [{"id": an_idea().public_id}, {"id": an_idea().public_id}]
    said = {"move": "complaint", "ideas": ideas, "values": SAID | {"hide": False}}
    run = client.post(reverse("api_desk_bulk"), said, "application/json").json()["id"]
    Worker(batch=True).run()
    assert client.get(reverse("api_desk_bulk_run", args=[run])).json()["done"] == 2
    assert Complaint.objects.count() == 2 and not Complaint.objects.filter(is_hidden=True).exists()


def test_a_run_made_by_mistake_is_put_back_each_person_told_and_what_it_hid_shown_again(moderator):
    hidden, answered_for = an_idea(), an_idea()
    run = made("complaint", [hidden, answered_for], moderator, HIDING)
    BulkRun.objects.update(created_at=run.created_at - timezone.timedelta(minutes=5))
    run.refresh_from_db()
    with pytest.raises(DomainError) as refusal:
        put_back(run, reason="Une erreur.", by=moderator)
    assert refusal.value.code == "too_short" and BulkRun.objects.count() == 1
    Complaint.objects.filter(idea=answered_for).update(state="answered")
    why = "Ces idées ne se plaignent de rien : nous nous sommes trompés de choix."
    assert results(put_back(run, reason=why, by=moderator)) == ["waiting", "waiting"]
    Worker(batch=True).run()
    assert results(BulkRun.objects.get(move="put-back")) == ["done", "refused"]
    file = Complaint.objects.get(idea=hidden)
    assert (file.state, file.turned_back_reason, file.is_hidden) == ("turned_back", why, False)
    assert Idea.objects.get(pk=hidden.pk).visibility == "public"
