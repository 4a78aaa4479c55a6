"""Any idea or comment can become a complaint; its clock starts at the posting; its author is told in private."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse

from complaints.domain.opening import assign_complaint, open_complaint
from complaints.models import Complaint
from core.errors import DomainError, Invalid, NotAllowed
from core.shield import PrivateData
from ideas.domain.triaging import version_of
from ideas.models import Idea
from tests.factories.complaints import REASON, a_complaint
from tests.factories.ideas import a_comment, an_idea
from tests.factories.members import a_member, a_moderator, a_product_owner, an_auditor, an_expert
from tests.notifications.working import told, work

pytestmark = pytest.mark.django_db
POSTED = datetime(2026, 12, 23, 18, tzinfo=ZoneInfo("Europe/Paris"))
SEEN = datetime(2027, 1, 4, 9, tzinfo=ZoneInfo("Europe/Paris"))


def test_clock_starts_when_it_was_posted_not_when_it_was_seen():
    with time_machine.travel(SEEN, tick=False):
        complaint = a_complaint(an_idea(created_at=POSTED))
    assert complaint.received_at == POSTED
    assert complaint.opened_at == SEEN
    assert (complaint.acknowledge_by.isoformat(), complaint.answer_by.isoformat()) == ("2027-01-06", "2027-02-23")


def test_comment_can_become_one_for_its_own_author():
    comment = a_comment(created_at=POSTED)
    complaint = a_complaint(comment)
    assert (complaint.complainant, complaint.idea, complaint.comment) == (comment.author, comment.idea, comment)


def test_author_is_told_in_private_with_the_reference_and_the_way_to_write():
    idea = an_idea(author=a_member(language="fr"))
    complaint = a_complaint(idea)
    work()
    note = told(idea.author, "complaint_opened")
    assert len(note) == 1
    letter = mail.outbox[-1]
    assert letter.to == [idea.author.email]
    assert complaint.reference in letter.body
    assert "/messagerie-securisee/" in letter.body
    assert complaint.reason not in letter.body


def test_nobody_can_ask_not_to_be_told(client):
    idea = an_idea()
    a_complaint(idea)
    client.force_login(idea.author)
    assert "complaint" not in client.get(reverse("notifications:preferences")).content.decode()


def test_idea_stays_public_unless_one_asks_otherwise():
    idea, hidden = an_idea(), an_idea()
    assert a_complaint(idea).is_hidden is False
    a_complaint(hidden, hide=True, statement="Votre message décrit un différend personnel : nous le traitons en privé.")
    idea.refresh_from_db()
    hidden.refresh_from_db()
    assert (idea.visibility, hidden.visibility) == ("public", "hidden")


def test_comment_can_be_taken_out_of_sight_too():
    comment = a_comment(an_idea(comment_count=1))
    a_complaint(
        comment, hide=True, statement="Votre message décrit un différend personnel : nous le traitons en privé."
    )
    comment.refresh_from_db()
    assert comment.visibility == "hidden"


def test_hiding_asks_for_the_reason_that_the_author_reads():
    idea = an_idea()
    with pytest.raises(Invalid) as refusal:
        a_complaint(idea, hide=True)
    assert refusal.value.field == "statement"
    assert not Complaint.objects.exists()


def test_public_page_never_says_that_it_is_a_complaint(client):
    idea = an_idea()
    complaint = a_complaint(idea)
    page = client.get(idea.get_absolute_url()).content.decode()
    assert complaint.reference not in page
    assert REASON not in page


def test_same_text_is_one_complaint_only():
    idea = an_idea()
    a_complaint(idea)
    with pytest.raises(DomainError) as again:
        a_complaint(idea)
    assert again.value.code == "already_complaint"
    a_complaint(a_comment(idea))  # a comment on it is another matter


def test_database_keeps_one_complaint_a_text():
    first = a_complaint()
    fields = {
        name: getattr(first, name)
        for name in ("idea", "complainant", "reason", "received_at", "acknowledge_by", "answer_by")
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Complaint.objects.create(reference="R26-AAAA-BBBB", **fields)


@pytest.mark.parametrize("role", [a_member, an_expert, an_auditor])
def test_only_moderators_and_product_owners_open_one(role):
    with pytest.raises(NotAllowed):
        open_complaint(an_idea(), reason=REASON, by=role())


def test_reason_holds_no_account_number():
    with pytest.raises(PrivateData):
        open_complaint(an_idea(), reason="Compte FR76 3000 6000 0112 3456 7890 189 débité à tort.", by=a_moderator())


def test_internal_note_is_no_complaint():
    with pytest.raises(Invalid):
        a_complaint(a_comment(is_internal=True, author=a_moderator()))


def test_references_cannot_be_counted_up():
    references = {a_complaint().reference for _each in range(20)}
    assert len(references) == 20
    assert all(len(reference) == 13 for reference in references)


def test_it_is_given_to_who_may_handle_it_and_they_are_told():
    complaint, colleague = a_complaint(), a_product_owner()
    assign_complaint(complaint, colleague, by=complaint.owner)
    work()
    assert len(told(colleague, "complaint_assigned")) == 1
    with pytest.raises(Invalid):
        assign_complaint(complaint, an_expert(), by=colleague)


def test_triage_has_a_move_that_opens_one(client):
    idea = an_idea()
    client.force_login(a_moderator())
    page = client.get(reverse("ideas_desk:index"), {"idea": idea.public_id, "move": "complaint"}).content.decode()
    assert "Ouvrir une réclamation" in page
    act = reverse("ideas_desk:act", args=[idea.public_id, "complaint"])
    client.post(act, {"reason": REASON, "seen": version_of(idea)})
    assert Complaint.objects.get().idea == Idea.objects.get(pk=idea.pk)
