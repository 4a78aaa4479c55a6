"""Polls through the API, for staff: from a draft to the decision; auditors read, members do not learn of it."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from core.models import Event
from notifications.models import Notification
from polls.domain.closing import close
from polls.domain.deciding import letters_of
from polls.domain.voting import cast_ballot
from polls.models import Poll
from tests.factories.circles import a_circle
from tests.factories.members import a_member, a_moderator, a_product_owner, an_auditor
from tests.factories.polls import a_draft, a_question, an_open_poll, options_of

pytestmark = pytest.mark.django_db
DECISION = "Nous offrons 80 € à l’ouverture, dès le printemps prochain."


@pytest.fixture
def owner(client):
    owner = a_product_owner()
    client.force_login(owner)
    return owner


def ask(client, method, path="", **body):
    return client.generic(method, f"/api/v1/desk/polls/{path}", json.dumps(body), content_type="application/json")


def refused(answer):
    return answer.status_code, answer.json()["code"]


def days(number):
    return (timezone.now() + timedelta(days=number)).isoformat()


def a_body(**changes):
    questions = [
        {"text": "Une carte ?", "options": [{"text": "Oui"}, {"text": "Non", "key": "no", "drawing": "cash"}]},
        {"text": "Notez", "method": "score", "only_if": ["no"], "required": False, "options": [{"text": "Le prix"}]},
    ]
    return {"title": "Votre carte", "questions": questions, "closes_at": days(5)} | changes


def test_poll_is_written_opened_put_later_closed_opened_again_and_decided(client, owner):
    a_member()
    made = ask(client, "POST", **a_body(kinds=["prospect", "customer"], results_policy="always"))
    assert made.status_code == 201, made.content
    path = f"{made.json()['id']}/"
    assert (made.json()["state"], made.json()["faults"], made.json()["ballots"]) == ("draft", [], 0)
    opened = ask(client, "POST", f"{path}open/")
    assert (opened.status_code, opened.json()["state"]) == (200, "open")
    assert refused(ask(client, "POST", f"{path}open/")) == (409, "impossible_move")
    assert refused(ask(client, "POST", f"{path}extend/", closes_at=days(-1))) == (400, "bad_dates")
    assert ask(client, "POST", f"{path}extend/", closes_at=days(9)).status_code == 200
    assert ask(client, "POST", f"{path}close/").json()["state"] == "closed"
    assert refused(ask(client, "POST", f"{path}extend/", closes_at=days(9))) == (409, "poll_frozen")
    assert ask(client, "POST", f"{path}reopen/", closes_at=days(3)).json()["state"] == "open"
    assert refused(ask(client, "POST", f"{path}decision/", text=DECISION)) == (409, "impossible_move")
    ask(client, "POST", f"{path}close/")
    assert refused(ask(client, "POST", f"{path}decision/", text="Oui.")) == (400, "too_short")
    strange = ask(client, "POST", f"{path}decision/", text=DECISION, retained="zzzzzzzzzzzz")
    assert refused(strange) == (400, "unknown_option")
    retained = opened.json()["questions"][0]["options"][1]["id"]
    decided = ask(client, "POST", f"{path}decision/", text=DECISION, retained=retained).json()
    assert (decided["state"], decided["decision"]) == ("decided", DECISION)
    assert refused(ask(client, "POST", f"{path}reopen/", closes_at=days(3))) == (409, "impossible_move")
    assert Poll.objects.get().decided_by == owner
    assert Poll.objects.get().retained.public_id == retained


def test_decision_is_read_in_both_languages_before_it_is_published_and_changes_nothing(client, owner):
    poll = an_open_poll(by=owner)
    path = f"{poll.public_id}/decision/preview/"
    for language in ("fr", "fr", "en"):
        cast_ballot(poll.public_id, options_of(poll)[:1], by=a_member(language=language))
    assert refused(ask(client, "POST", path, text=DECISION)) == (409, "impossible_move")
    close(poll, by=owner)
    written = (Event.objects.count(), Notification.objects.count())
    shown = ask(client, "POST", path, text=f" {DECISION} ", retained=options_of(poll)[0])
    assert shown.status_code == 200, shown.content
    french, english = shown.json()["letters"]
    assert (shown.json()["told"], french["readers"], english["readers"]) == (3, 2, 1)
    assert (french["language"], french["lead"]) == ("fr", "La banque a décidé, et dit pourquoi")
    assert (english["language"], english["lead"]) == ("en", "The bank has decided, and says why")
    for read, letter in zip((french, english), letters_of(Poll.objects.get(), DECISION, by=owner), strict=True):
        assert read == vars(letter) | {"readers": read["readers"]}
        assert read["body"] == DECISION and DECISION in read["text"] and poll.title in read["subject"]
    assert refused(ask(client, "POST", path, text="Oui.")) == (400, "too_short")
    assert refused(ask(client, "POST", path, text=f"{DECISION} IBAN FR76 3000 6000 0112 3456 7890 189")) == (
        400,
        "private_data",
    )
    assert refused(ask(client, "POST", path, text=DECISION, retained="zzz")) == (400, "unknown_option")
    for reader in (an_auditor(), a_moderator()):
        client.force_login(reader)
        assert ask(client, "POST", path, text=DECISION).status_code == 403
    assert (Event.objects.count(), Notification.objects.count()) == written
    assert Poll.objects.get().state == "closed" and not Poll.objects.get().decision
    client.force_login(owner)
    assert ask(client, "POST", f"{poll.public_id}/decision/", text=DECISION).status_code == 200
    assert refused(ask(client, "POST", path, text=DECISION)) == (409, "impossible_move")


def test_poll_read_can_be_written_back_as_it_is(client, owner):
    poll = a_draft(by=owner, circle=a_circle(), min_account_days=30, questions=[
        a_question(["A", "B", {"text": "Autre", "is_other": True}], text="Laquelle ?", method="multiple", max_choices=2),
        a_question(["C", "D"], text="Classez", method="ranking", ties=True, comments=True),
    ])  # fmt: skip
    path, ids = f"{poll.public_id}/", options_of(poll)
    read = ask(client, "GET", path).json()
    written = ask(client, "PUT", path, **read)
    assert written.status_code == 200, written.content
    assert written.json() == read
    assert options_of(poll) == ids


def test_poll_is_scheduled_and_taken_back(client, owner):
    a_member()
    path = f"{ask(client, 'POST', **a_body(opens_at=days(1))).json()['id']}/"
    assert ask(client, "POST", f"{path}schedule/").json()["state"] == "scheduled"
    assert ask(client, "POST", f"{path}unschedule/").json()["state"] == "draft"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": "x" * 161}, "invalid"),
        ({"title": ""}, "invalid"),
        ({"questions": [{"text": "?", "options": [{"text": "x" * 121}, {"text": "b"}]}]}, "invalid"),
        ({"questions": [{"method": "guess", "options": []}]}, "invalid"),
        ({"questions": [{"only_if": ["nowhere"], "options": [{"text": "a"}, {"text": "b"}]}]}, "bad_condition"),
        ({"questions": [{"options": [{"text": str(n)} for n in range(13)]}]}, "too_many_options"),
        ({"circle": "zzzzzzzzzzzz"}, "unknown_circle"),
        ({"intro": "IBAN FR76 3000 6000 0112 3456 7890 189"}, "private_data"),
        ({"opens_at": "2030-01-02T00:00Z", "closes_at": "2030-01-01T00:00Z"}, "bad_dates"),
        ({"min_account_days": 99999}, "invalid"),
        ({"closes_at": "9999-12-31T12:00Z"}, "bad_dates"),
        ({"opens_at": "0001-01-02T00:00Z", "min_account_days": 3650}, "bad_dates"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_its_code_and_makes_nothing(client, owner, changes, code):
    assert refused(ask(client, "POST", **a_body(**changes))) == (400, code)
    assert not Poll.objects.exists()


def test_draft_says_what_keeps_it_from_opening(client, owner):
    path = f"{ask(client, 'POST', **a_body(closes_at=None)).json()['id']}/"
    faults = {fault["code"] for fault in ask(client, "GET", path).json()["faults"]}
    assert faults == {"bad_dates", "no_audience"}
    assert refused(ask(client, "POST", f"{path}open/")) == (400, "bad_dates")


def test_poll_freezes_at_the_first_ballot(client, owner):
    poll = an_open_poll(by=owner)
    cast_ballot(poll.public_id, options_of(poll)[:1], by=a_member())
    path = f"{poll.public_id}/"
    assert refused(ask(client, "PUT", path, **ask(client, "GET", path).json())) == (409, "poll_frozen")


def test_auditor_reads_and_changes_nothing(client):
    poll = a_draft()
    client.force_login(an_auditor())
    assert ask(client, "GET", f"{poll.public_id}/").status_code == 200
    assert [row["id"] for row in ask(client, "GET").json()["results"]] == [poll.public_id]
    bodies = {"extend": {"closes_at": days(9)}, "reopen": {"closes_at": days(9)}, "decision": {"text": DECISION}}
    for move in ("open", "schedule", "unschedule", "close", *bodies):
        assert ask(client, "POST", f"{poll.public_id}/{move}/", **bodies.get(move, {})).status_code == 403
    assert ask(client, "POST", **a_body()).status_code == 403
    assert ask(client, "PUT", f"{poll.public_id}/", **a_body()).status_code == 403
    assert Poll.objects.get().state == "draft"


@pytest.mark.parametrize("opens_at", [None, 1])
def test_what_was_never_closed_is_not_opened_again(client, owner, opens_at):
    a_member()
    path = f"{ask(client, 'POST', **a_body(opens_at=opens_at and days(1))).json()['id']}/"
    if opens_at:
        ask(client, "POST", f"{path}schedule/")
    state = Poll.objects.get().state
    assert refused(ask(client, "POST", f"{path}reopen/", closes_at=days(3))) == (409, "impossible_move")
    ask(client, "POST", f"{path}unschedule/")
    ask(client, "POST", f"{path}open/")
    assert refused(ask(client, "POST", f"{path}reopen/", closes_at=days(3))) == (409, "impossible_move")
    assert refused(ask(client, "POST", f"{path}extend/", closes_at="9999-01-01T00:00Z")) == (400, "bad_dates")
    ask(client, "POST", f"{path}close/")
    assert refused(ask(client, "POST", f"{path}reopen/", closes_at="9999-01-01T00:00Z")) == (400, "bad_dates")
    assert state == ("scheduled" if opens_at else "draft")


def test_moderator_has_no_business_here(client):
    client.force_login(a_moderator())
    assert ask(client, "GET").status_code == 403


def test_list_is_narrowed_by_state_and_tells_no_choice(client, owner):
    poll = an_open_poll(by=owner)
    a_draft(by=owner)
    cast_ballot(poll.public_id, options_of(poll)[:1], by=a_member())
    assert [row["id"] for row in client.get("/api/v1/desk/polls/?state=open").json()["results"]] == [poll.public_id]
    assert refused(client.get("/api/v1/desk/polls/?state=lost")) == (400, "unknown_state")
    assert "votes" not in ask(client, "GET", f"{poll.public_id}/").content.decode()
