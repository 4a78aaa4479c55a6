"""A complaint opened by mistake becomes again the idea or comment it came from; nothing of it is lost."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.urls import reverse

from complaints.domain.alerting import alert_near, alert_overdue
from complaints.domain.answering import acknowledge, answer_complaint, close_complaint
from complaints.domain.turning_back import turn_back
from complaints.models import Complaint
from complaints.reading import hands_of
from core.errors import ImpossibleMove, Invalid, NotAllowed
from core.models import Event
from core.shield import PrivateData
from ideas.models import Idea
from tests.factories.complaints import ANSWER, LETTER, MEDIATOR, a_complaint
from tests.factories.ideas import a_comment, an_idea
from tests.factories.members import a_member, a_moderator, a_product_owner, an_auditor, an_expert
from tests.notifications.working import told, work
from trust.models import Statement

pytestmark = pytest.mark.django_db
WHY = "Votre message propose une amélioration : nous le gardons dans la discussion."
HIDDEN = "Votre message décrit un différend personnel : nous le traitons en privé."
PARIS = ZoneInfo("Europe/Paris")


def test_it_stays_in_the_file_in_the_history_and_in_the_record_of_events():
    complaint, by = a_complaint(), a_moderator()
    turned = turn_back(complaint, reason=WHY, by=by)
    assert (turned.state, turned.turned_back_reason) == ("turned_back", WHY)
    assert list(turned.steps.values_list("state", "by")) == [("opened", complaint.owner_id), ("turned_back", by.pk)]
    event = Event.objects.get(name="ComplaintTurnedBack")
    assert (event.payload, event.actor) == ({"complaint_id": complaint.pk}, by.public_id)
    assert Complaint.objects.count() == 1


def test_idea_is_an_idea_like_any_other_and_may_become_a_complaint_again():
    for source in (an_idea(), a_comment()):
        first = a_complaint(source)
        turn_back(first, reason=WHY, by=a_moderator())
        again = a_complaint(source)
        assert again.reference != first.reference and again.received_at == source.created_at


@pytest.mark.parametrize("is_acknowledged", [False, True])
def test_it_is_possible_until_something_was_answered(is_acknowledged):
    complaint, by = a_complaint(), a_moderator()
    if is_acknowledged:
        acknowledge(complaint, text=LETTER, by=by)
    assert turn_back(complaint, reason=WHY, by=by).state == "turned_back"
    with pytest.raises(ImpossibleMove):
        answer_complaint(complaint, outcome="accepted", text=ANSWER, by=by)


def test_what_was_answered_or_turned_back_is_not_turned_back():
    complaint, by = a_complaint(), a_moderator()
    answer_complaint(complaint, outcome="refused", text=ANSWER, mediator=MEDIATOR, by=by)
    with pytest.raises(ImpossibleMove):
        turn_back(complaint, reason=WHY, by=by)
    close_complaint(complaint, by=by)
    with pytest.raises(ImpossibleMove):
        turn_back(complaint, reason=WHY, by=by)
    other = turn_back(a_complaint(), reason=WHY, by=by)
    with pytest.raises(ImpossibleMove):
        turn_back(other, reason=WHY, by=by)


def test_both_clocks_stop():
    posted = datetime(2026, 12, 18, 12, tzinfo=PARIS)
    with time_machine.travel(datetime(2026, 12, 19, 9, tzinfo=PARIS), tick=False):
        complaint = turn_back(a_complaint(an_idea(created_at=posted)), reason=WHY, by=a_moderator())
    with time_machine.travel(datetime(2027, 3, 1, 9, tzinfo=PARIS), tick=False):
        assert alert_near() == alert_overdue() == 0
        assert not Complaint.objects.overdue(datetime(2027, 3, 1).date()).exists()
        assert [hand.level for hand in hands_of(complaint)] == ["", ""]
        assert {hand.words for hand in hands_of(complaint)} == {"arrêtée"}


def test_person_is_told_once_with_the_way_to_complain_and_no_reason_by_mail():
    complaint, by = a_complaint(), a_moderator()
    work()
    turn_back(complaint, reason=WHY, by=by)
    work()
    work()
    assert [note.kind for note in told(complaint.complainant)] == ["complaint_opened", "complaint_turned_back"]
    letter = mail.outbox[-1]
    assert letter.to == [complaint.complainant.email]
    assert WHY not in letter.body and "/messagerie-securisee/" in letter.body


def test_what_is_turned_back_before_its_author_heard_of_it_is_told_as_that_alone():
    complaint = a_complaint()
    turn_back(complaint, reason=WHY, by=a_moderator())
    work()
    assert [note.kind for note in told(complaint.complainant)] == ["complaint_turned_back"]


def test_person_reads_why_on_their_own_page(client):
    complaint = turn_back(a_complaint(), reason=WHY, by=a_moderator())
    client.force_login(complaint.complainant)
    page = client.get(complaint.get_absolute_url()).content.decode()
    assert "nous le gardons dans la discussion" in page and "par erreur" in page
    said = client.get(reverse("api_my_complaint", args=[complaint.public_id])).json()
    assert (said["state"], said["turned_back_reason"]) == ("turned_back", WHY)
    assert client.get(reverse("my_lab")).status_code == 200


def test_hidden_text_is_shown_again_only_if_one_asks_and_its_author_reads_so():
    hider, other = a_moderator(), a_product_owner()
    kept, shown = (a_complaint(an_idea(), hide=True, statement=HIDDEN, by=hider) for _each in range(2))
    assert turn_back(kept, reason=WHY, by=other).is_hidden
    assert not turn_back(shown, reason=WHY, show=True, by=other).is_hidden
    assert dict(Idea.objects.values_list("pk", "visibility")) == {kept.idea_id: "hidden", shown.idea_id: "public"}
    comment = a_complaint(a_comment(), hide=True, statement=HIDDEN, by=hider)
    turn_back(comment, reason=WHY, show=True, by=other)
    comment.comment.refresh_from_db()
    assert comment.comment.visibility == "public"
    assert Statement.objects.filter(member=comment.complainant).exists()


@pytest.mark.parametrize("role", [a_member, an_expert, an_auditor])
def test_others_turn_nothing_back(role):
    with pytest.raises(NotAllowed):
        turn_back(a_complaint(), reason=WHY, by=role())


def test_reason_is_a_sentence_without_a_card_number():
    complaint = a_complaint()
    with pytest.raises(Invalid):
        turn_back(complaint, reason="Erreur", by=a_moderator())
    with pytest.raises(PrivateData):
        turn_back(complaint, reason=WHY + " Carte 4539 1488 0343 6467.", by=a_moderator())
    assert Complaint.objects.get().state == "opened"


def test_desk_turns_one_back_and_keeps_what_was_typed(client):
    complaint = a_complaint()
    client.force_login(a_moderator())
    address = reverse("complaints_desk:show", args=[complaint.public_id])
    page = client.get(address).content.decode()
    assert "Ouverte par erreur" in page and "Montrer à nouveau" not in page
    act = reverse("complaints_desk:act", args=[complaint.public_id, "turn-back"])
    refused = client.post(act, {"reason": "Trop court"})
    assert refused.status_code == 400 and "Trop court" in refused.content.decode()
    assert client.post(act, {"reason": WHY}).status_code == 302
    page = client.get(address).content.decode()
    assert "nous le gardons" in page and "<textarea" not in page.split("<aside")[0]
    assert client.post(act, {"reason": WHY}).status_code == 409
    listed = client.get(reverse("complaints_desk:index")).content.decode()
    assert complaint.reference not in listed
    assert complaint.reference in client.get(reverse("complaints_desk:index"), {"view": "all"}).content.decode()


def test_api_turns_one_back_for_who_handles_them(client):
    complaint = a_complaint()
    path = reverse("api_desk_complaint_turn_back", args=[complaint.public_id])
    for role, status in ((a_member, 404), (an_expert, 404), (an_auditor, 403)):
        client.force_login(role())
        assert client.post(path, {"reason": WHY}, "application/json").status_code == status
    client.force_login(a_moderator())
    assert client.post(path, {"reason": "non"}, "application/json").json()["code"] == "too_short"
    answer = client.post(path, {"reason": WHY}, "application/json")
    assert (answer.status_code, answer.json()["state"]) == (200, "turned_back")
    assert client.post(path, {"reason": WHY}, "application/json").json()["code"] == "impossible_move"
