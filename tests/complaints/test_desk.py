"""The desk and the API of complaints: the same verbs; auditors read."""

from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from complaints.domain.turning_back import turn_back
from complaints.models import Complaint
from core.models import Event
from ideas.domain.triaging import version_of
from tests.factories.complaints import ANSWER, LETTER, MEDIATOR, REASON, a_complaint
from tests.factories.ideas import a_comment, an_idea
from tests.factories.members import a_member, a_moderator, a_product_owner, an_auditor, an_expert

pytestmark = pytest.mark.django_db
SHELL = 9


@pytest.fixture
def desk(client):
    client.force_login(a_product_owner())
    return client


def test_list_shows_both_clocks(desk):
    late, soon = a_complaint(days_ago=90), a_complaint(days_ago=1)
    page = desk.get(reverse("complaints_desk:index")).content.decode()
    assert page.index(late.reference) < page.index(soon.reference)
    assert "de retard" in page
    page = desk.get(reverse("complaints_desk:index"), {"view": "overdue"}).content.decode()
    assert late.reference in page
    assert soon.reference not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_queries_whatever_the_rows(desk, rows, django_assert_num_queries):
    for _row in range(rows):
        a_complaint(a_comment())
    desk.get(reverse("complaints_desk:index"))
    with django_assert_num_queries(SHELL + 2):
        desk.get(reverse("complaints_desk:index"))


def test_complaint_is_opened_from_a_comment(desk):
    comment = a_comment()
    url = reverse("complaints_desk:open") + f"?comment={comment.public_id}"
    assert comment.body in desk.get(url).content.decode()
    assert desk.post(url, {"reason": REASON}).status_code == 302
    assert Complaint.objects.get().comment == comment


def thread(client, idea):
    page = client.get(reverse("ideas_desk:index"), {"idea": idea.public_id}).content.decode()
    return unescape(page).replace("\N{NO-BREAK SPACE}", " ")


def test_idea_that_became_a_complaint_says_so_at_the_desk_and_is_offered_no_second(desk):
    idea = an_idea()
    assert 'data-move="p"' in thread(desk, idea)
    act = reverse("ideas_desk:act", args=[idea.public_id, "complaint"])
    desk.post(act, {"reason": REASON, "seen": version_of(idea)})
    complaint = Complaint.objects.get()
    page = thread(desk, idea)
    link = f'<a href="{reverse("complaints_desk:show", args=[complaint.public_id])}">'
    assert f"{link}Traitée comme une réclamation : {complaint.reference}</a>" in page and REASON in page
    assert 'data-move="p"' not in page
    assert desk.post(act, {"reason": REASON, "seen": version_of(idea)}).status_code == 409
    turn_back(complaint, reason="Ce n’était pas une plainte.", by=a_moderator())
    page = thread(desk, idea)
    assert "N’est plus une réclamation :" in page and "Ce n’était pas une plainte." in page
    assert 'data-move="p"' in page


def test_complaint_of_a_comment_stands_in_the_thread_and_leaves_the_idea_its_own(desk):
    comment = a_comment()
    complaint = a_complaint(comment)
    page = thread(desk, comment.idea)
    assert f"Un commentaire est traité comme une réclamation : {complaint.reference}" in page
    assert 'data-move="p"' in page


def test_who_does_not_read_complaints_sees_nothing_of_them_in_the_thread(client):
    idea = an_idea()
    complaint = a_complaint(idea)
    for reader, sees in ((an_auditor(), True), (an_expert(), False)):
        client.force_login(reader)
        assert (complaint.reference in thread(client, idea)) == sees
    for reader in (None, a_member(), idea.author):
        client.logout() if reader is None else client.force_login(reader)
        page = client.get(idea.get_absolute_url()).content.decode()
        assert complaint.reference not in page and REASON not in page


def test_refusal_keeps_what_was_typed_and_asks_for_the_mediator(desk):
    complaint = a_complaint()
    url = reverse("complaints_desk:act", args=[complaint.public_id, "answer"])
    page = desk.post(url, {"outcome": "refused", "text": ANSWER, "mediator": ""})
    assert page.status_code == 400
    assert ANSWER in page.content.decode()
    assert "médiateur" in page.content.decode()
    desk.post(url, {"outcome": "refused", "text": ANSWER, "mediator": MEDIATOR})
    assert Complaint.objects.get().outcome == "refused"


def test_card_number_in_a_letter_never_comes_back(desk):
    complaint = a_complaint()
    url = reverse("complaints_desk:act", args=[complaint.public_id, "acknowledge"])
    page = desk.post(url, {"text": LETTER + " 4539 1488 0343 6467"}).content.decode()
    assert "4539 1488" not in page
    assert Complaint.objects.get().acknowledgement == ""


def test_whole_course_in_the_desk(desk):
    complaint = a_complaint()
    for name, said in (
        ("acknowledge", {"text": LETTER}),
        ("answer", {"outcome": "accepted", "text": ANSWER}),
        ("close", {}),
    ):
        assert desk.post(reverse("complaints_desk:act", args=[complaint.public_id, name]), said).status_code == 302
    assert Complaint.objects.get().state == "closed"
    assert desk.get(reverse("complaints_desk:show", args=[complaint.public_id])).status_code == 200


def test_auditor_reads_and_changes_nothing(client):
    complaint = a_complaint()
    client.force_login(an_auditor())
    page = client.get(reverse("complaints_desk:show", args=[complaint.public_id])).content.decode()
    assert complaint.reason in page
    assert "<textarea" not in page
    before = Event.objects.count()
    client.post(reverse("complaints_desk:act", args=[complaint.public_id, "acknowledge"]), {"text": LETTER})
    client.post(reverse("complaints_desk:open") + f"?idea={an_idea().public_id}", {"reason": REASON})
    assert Event.objects.count() == before


@pytest.mark.parametrize("role", [an_expert, a_member])
def test_others_do_not_know_of_complaints(client, role):
    complaint = a_complaint()
    client.force_login(role())
    assert client.get(reverse("complaints_desk:show", args=[complaint.public_id])).status_code != 200
    assert client.get(reverse("api_desk_complaints")).status_code == 403
    assert client.get(reverse("api_desk_complaint", args=[complaint.public_id])).status_code == 404


def test_staff_handle_one_through_the_api(client):
    idea = an_idea()
    client.force_login(a_moderator())
    answer = client.post(reverse("api_desk_complaints"), {"idea": idea.public_id, "reason": REASON}, "application/json")
    assert answer.status_code == 201
    key = answer.json()["id"]
    assert client.get(reverse("api_desk_complaints")).json()["results"][0]["id"] == key
    client.post(reverse("api_desk_complaint_acknowledge", args=[key]), {"text": LETTER}, "application/json")
    refused = client.post(
        reverse("api_desk_complaint_answer", args=[key]),
        {"outcome": "refused", "text": ANSWER, "mediator": ""}, "application/json",
    )  # fmt: skip
    assert (refused.status_code, refused.json()["code"]) == (400, "no_mediator")
    said = {"outcome": "accepted", "text": ANSWER}
    assert client.post(reverse("api_desk_complaint_answer", args=[key]), said, "application/json").status_code == 200
    assert client.post(reverse("api_desk_complaint_close", args=[key])).json()["state"] == "closed"


def test_refusal_through_the_api_names_the_banks_own_mediator(client, settings):
    settings.LAB = settings.LAB | {"MEDIATOR": MEDIATOR}
    complaint = a_complaint()
    client.force_login(a_moderator())
    said = {"outcome": "refused", "text": ANSWER}
    answer = client.post(reverse("api_desk_complaint_answer", args=[complaint.public_id]), said, "application/json")
    assert answer.json()["mediator"] == MEDIATOR


def test_opening_what_is_not_there_is_said_clearly(client):
    client.force_login(a_moderator())
    for said in ({"reason": REASON}, {"reason": REASON, "idea": "zzzzzzzzzzzz"}):
        assert client.post(reverse("api_desk_complaints"), said, "application/json").status_code in (400, 404)


@pytest.mark.parametrize("rows", [1, 3])
def test_my_complaints_cost_the_same_queries_whatever_the_rows(client, rows):
    member = a_member()
    for _row in range(rows):
        a_complaint(an_idea(author=member))
    client.force_login(member)
    client.get(reverse("api_my_complaints"))  # the first request notes the session
    with CaptureQueriesContext(connection) as asked:
        assert len(client.get(reverse("api_my_complaints")).json()["results"]) == rows
    ours = [query for query in asked if "lab_cache" not in query["sql"] and "SAVEPOINT" not in query["sql"]]
    assert len(ours) == 3  # session, member, complaints; the throttle's cache is a table where there is no Redis
