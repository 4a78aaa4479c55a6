"""A comment under a poll can become a complaint, as any idea or comment: same clocks, same secrecy, same erasure."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from complaints.domain.opening import open_complaint
from complaints.domain.retention import purge_old_complaints
from complaints.domain.turning_back import turn_back
from complaints.models import Complaint
from core.errors import DomainError, Invalid, NotAllowed
from ideas.domain.commenting import delete_comment
from ideas.domain.commenting import forget_deleted_texts as forget_deleted_comments
from ideas.models import CommentVersion
from members.domain.erasing import erase
from members.domain.exporting import gather
from polls.domain.remarking import delete_remark, forget_deleted_remarks
from polls.models import Remark, RemarkVersion
from tests.factories.complaints import REASON, a_complaint
from tests.factories.ideas import a_comment, an_idea
from tests.factories.members import a_member, a_moderator, a_product_owner, an_auditor, an_expert
from tests.factories.polls import a_consultation, a_remark
from tests.factories.trust import a_case
from tests.notifications.working import told, work
from trust.models import Statement

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")
BODY = "On devait me rappeler la semaine dernière, et j’attends toujours."
HIDDEN = "Votre message décrit un différend personnel : nous le traitons en privé."
WHY = "Votre message parle de la campagne : nous le gardons dans la discussion."


def test_clocks_start_when_the_comment_was_posted_in_french_working_days():
    remark = a_remark(body=BODY)
    posted = datetime(2026, 12, 23, 18, tzinfo=PARIS)
    Remark.objects.filter(pk=remark.pk).update(created_at=posted)
    remark.refresh_from_db()
    with time_machine.travel(datetime(2027, 1, 4, 9, tzinfo=PARIS), tick=False):
        complaint = a_complaint(remark)
    assert complaint.received_at == posted
    assert (complaint.acknowledge_by.isoformat(), complaint.answer_by.isoformat()) == ("2027-01-06", "2027-02-23")
    assert (complaint.complainant, complaint.remark, complaint.idea, complaint.comment) == (
        remark.author, remark, None, None
    )  # fmt: skip
    assert (complaint.source, complaint.place) == (remark, remark.poll)


def test_its_author_alone_is_told_in_private():
    remark = a_remark(by=a_member(language="fr"))
    complaint = a_complaint(remark)
    mail.outbox.clear()
    work()
    assert len(told(remark.author, "complaint_opened")) == 1
    letter = next(letter for letter in mail.outbox if letter.to == [remark.author.email])
    assert complaint.reference in letter.body and REASON not in letter.body


def test_poll_page_never_says_that_it_is_a_complaint(client):
    remark = a_remark(body=BODY)
    complaint = a_complaint(remark)
    for reader in (None, a_member(), remark.author):
        client.logout() if reader is None else client.force_login(reader)
        page = client.get(remark.poll.get_absolute_url()).content.decode()
        assert "j’attends toujours" in page
        assert complaint.reference not in page and REASON not in page
        assert reverse("complaints_desk:open") not in page


def test_same_comment_is_one_complaint_by_the_verb_and_by_the_database():
    remark = a_remark()
    first = a_complaint(remark)
    with pytest.raises(DomainError) as again:
        a_complaint(remark)
    assert again.value.code == "already_complaint"
    fields = {
        name: getattr(first, name)
        for name in ("remark", "complainant", "reason", "received_at", "acknowledge_by", "answer_by")
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Complaint.objects.create(reference="R26-AAAA-BBBB", **fields)
    a_complaint(a_remark(remark.poll))  # another comment of the same poll is another matter


def test_database_holds_a_complaint_to_one_source():
    complaint = a_complaint(a_remark())
    for wrong in ({"idea": an_idea()}, {"remark": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Complaint.objects.filter(pk=complaint.pk).update(**wrong)


def test_what_the_bank_says_is_no_customer_s_complaint():
    poll, idea = a_consultation(), an_idea()
    said = a_remark(poll, by=a_moderator())
    answered = a_comment(idea, author=a_product_owner(), is_official=True)
    for official in (said, answered):
        with pytest.raises(Invalid) as refusal:
            a_complaint(official)
        assert refusal.value.code == "said_by_the_bank"


@pytest.mark.parametrize("role", [a_member, an_expert, an_auditor])
def test_only_moderators_and_product_owners_open_one(role):
    with pytest.raises(NotAllowed):
        open_complaint(a_remark(), reason=REASON, by=role())


def test_it_is_taken_out_of_sight_with_its_statement_and_shown_again_when_turned_back():
    remark = a_remark()
    complaint = a_complaint(remark, hide=True, statement=HIDDEN)
    remark.refresh_from_db()
    assert (complaint.is_hidden, remark.visibility) == (True, "hidden")
    assert Statement.objects.filter(kind="remark", subject_id=remark.pk).exists()
    turned = turn_back(complaint, reason=WHY, by=complaint.owner, show=True)
    remark.refresh_from_db()
    assert (turned.is_hidden, remark.visibility) == (False, "public")
    assert a_complaint(remark).reference != complaint.reference


def test_desk_opens_one_from_the_comment_and_leads_back_to_its_poll(client):
    remark = a_remark(body=BODY)
    client.force_login(a_product_owner())
    url = reverse("complaints_desk:open", query={"remark": remark.public_id})
    assert url in client.get(remark.poll.get_absolute_url()).content.decode()
    page = client.get(url).content.decode()
    assert "j’attends toujours" in page and remark.poll.title in page
    assert client.post(url, {"reason": REASON}).status_code == 302
    complaint = Complaint.objects.get()
    assert complaint.remark == remark
    file = client.get(reverse("complaints_desk:show", args=[complaint.public_id])).content.decode()
    assert "j’attends toujours" in file and remark.poll.title in file
    assert remark.poll.title in client.get(reverse("complaints_desk:index")).content.decode()


@pytest.mark.parametrize("query", ["", "?remark=zzzzzzzzzzzz", "?remark=%00", "?comment=&remark="])
def test_desk_says_that_there_is_no_such_text(client, query):
    client.force_login(a_product_owner())
    assert client.get(reverse("complaints_desk:open") + query).status_code == 404


def test_comment_of_an_idea_has_the_same_link_for_those_who_handle_alone(client):
    comment, link = a_comment(), reverse("complaints_desk:open")
    client.force_login(a_moderator())
    assert f"{link}?comment={comment.public_id}" in client.get(comment.idea.get_absolute_url()).content.decode()
    for reader in (a_member(), comment.author, an_auditor()):
        client.force_login(reader)
        assert link not in client.get(comment.idea.get_absolute_url()).content.decode()


def test_moderation_case_leads_there(client):
    remark = a_remark()
    case = a_case(remark)
    client.force_login(a_moderator())
    page = client.get(reverse("trust_desk:index"), {"case": case.public_id}).content.decode()
    assert reverse("complaints_desk:open", query={"remark": remark.public_id}) in page
    client.force_login(an_auditor())
    page = client.get(reverse("trust_desk:index"), {"case": case.public_id}).content.decode()
    assert reverse("complaints_desk:open") not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_desk_list_costs_the_same_queries_whatever_the_rows(client, rows, django_assert_num_queries):
    poll = a_consultation()
    for _row in range(rows):
        a_complaint(a_remark(poll))
    client.force_login(a_product_owner())
    client.get(reverse("complaints_desk:index"))
    with django_assert_num_queries(11):
        client.get(reverse("complaints_desk:index"))


def test_person_reads_it_on_their_page_and_nobody_else_does(client):
    remark = a_remark()
    complaint = a_complaint(remark)
    client.force_login(remark.author)
    for address in (reverse("complaints:mine"), complaint.get_absolute_url()):
        assert remark.poll.title in client.get(address).content.decode()
    client.force_login(a_member())
    assert client.get(complaint.get_absolute_url()).status_code == 404


def test_api_opens_one_and_says_where_it_comes_from(client):
    remark = a_remark()
    client.force_login(a_moderator())
    said = {"remark": remark.public_id, "reason": REASON}
    answer = client.post(reverse("api_desk_complaints"), said, "application/json")
    assert answer.status_code == 201
    told_ = {name: answer.json()[name] for name in ("idea", "comment", "poll", "remark")}
    assert told_ == {"idea": None, "comment": None, "poll": remark.poll.public_id, "remark": remark.public_id}
    again = client.post(reverse("api_desk_complaints"), said, "application/json")
    assert (again.status_code, again.json()["code"]) == (409, "already_complaint")
    client.force_login(remark.author)
    mine = client.get(reverse("api_my_complaints")).json()["results"]
    assert [(row["idea"], row["poll"]) for row in mine] == [(None, remark.poll.public_id)]


def test_api_asks_which_text_it_is_about(client):
    client.force_login(a_moderator())
    answer = client.post(reverse("api_desk_complaints"), {"reason": REASON}, "application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "unknown_idea")
    assert "Dites" in str(answer.json())
    said = {"reason": REASON, "remark": "zzzzzzzzzzzz"}
    assert client.post(reverse("api_desk_complaints"), said, "application/json").status_code == 404


def test_export_says_which_comment_it_comes_from():
    member = a_member()
    remark = a_remark(by=member)
    a_complaint(remark)
    [row] = gather(member, by=member)["complaints.Complaint"]
    assert (row["idea"], row["poll"], row["remark"]) == (None, remark.poll.public_id, remark.public_id)


def test_open_complaint_stays_without_the_account(client):
    member = a_member(nickname="Maëlle Riou")
    complaint = a_complaint(a_remark(by=member, body=BODY))
    erase(member, by=member)
    client.force_login(a_moderator())
    page = client.get(reverse("complaints_desk:show", args=[complaint.public_id])).content.decode()
    assert "a fermé son compte" in page and "Maëlle" not in page and "j’attends toujours" in page


@pytest.mark.parametrize("kind", ["remark", "comment"])
def test_what_its_author_deletes_is_kept_for_the_complaint_and_goes_with_its_file(client, kind):
    """A complaint is answered on what was said; once its file is gone nobody needs the text."""
    delete, forget, versions = {
        "remark": (delete_remark, forget_deleted_remarks, RemarkVersion),
        "comment": (delete_comment, forget_deleted_comments, CommentVersion),
    }[kind]
    source = a_remark(body=BODY) if kind == "remark" else a_comment(body=BODY)
    complaint = a_complaint(source)
    delete(source, by=source.author)
    long_after = timezone.now() + timedelta(days=settings.LAB["DELETED_TEXT_DAYS"] + 1)
    with time_machine.travel(long_after):
        forget()
        client.force_login(a_moderator())
        page = client.get(reverse("complaints_desk:show", args=[complaint.public_id])).content.decode()
        assert "j’attends toujours" in page
        turn_back(complaint, reason=WHY, by=complaint.owner)
    with time_machine.travel(long_after + timedelta(days=365 * 6)):
        assert purge_old_complaints() == 1
        forget()
        assert not versions.objects.exists()
