"""Whatever stands in a field of the polls' API, or in its address, the answer is a refusal with its code and never a fault."""

import json
from copy import deepcopy
from datetime import timedelta

import pytest
from django.utils import timezone

from polls.domain.tallying import recount
from polls.models import Ballot, Participation, Poll, Remark, Tally
from tests.factories.members import a_member, a_product_owner
from tests.factories.polls import a_consultation, a_draft, a_question, an_open_poll, options_of, visuals_of
from tests.polls.test_api import METHODS, an_answer

pytestmark = pytest.mark.django_db
JUNK = (
    None, True, 0, -1, 3.5, 10**30, 1e308, "", " ", "x" * 5000, "\x00", "\ud800", "é💶", "zzzzzzzzzzzz", "9999-12-31T12:00Z",
    "0001-01-02T00:00Z", [], [[]], [None], ["\x00"], [1, {"a": []}], {}, {"\ud800": 1}, {"\x00": []}, {"a": {"b": {"c": [1]}}},
)  # fmt: skip


def places(body, path=()):
    """Each place of a body in which something stands, from the whole on."""
    yield path
    inside = body.items() if isinstance(body, dict) else enumerate(body) if isinstance(body, list) else ()
    for key, value in inside:
        yield from places(value, (*path, key))


def with_junk(body, path, junk):
    if not path:
        return junk
    body = deepcopy(body)
    place = body
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = junk
    return body


def send(client, method, path, body, content_type="application/json"):
    sent = body if isinstance(body, str | bytes) and content_type != "application/json" else json.dumps(body)
    return client.generic(method, f"/api/v1/{path}", sent, content_type=content_type)


def assert_told(answer, sent):
    assert answer.status_code < 500, sent
    if answer.status_code >= 400:
        told = answer.json()
        assert answer.headers["Content-Type"] == "application/problem+json", sent
        assert told["code"] and told["code"] != "refused" and told["detail"].strip(), (sent, told)
        json.dumps(told)


def fuzzed(client, method, path, body):
    for place in places(body):
        for junk in JUNK:
            sent = with_junk(body, place, junk)
            assert_told(send(client, method, path, sent), (method, path, place, junk))


@pytest.fixture
def member(client):
    member = a_member()
    client.force_login(member)
    return member


@pytest.fixture
def owner(client):
    owner = a_product_owner()
    client.force_login(owner)
    a_member()
    return owner


@pytest.mark.parametrize("method", METHODS)
def test_junk_in_a_ballot_is_refused_and_the_count_stays_right(client, member, method):
    other = {"text": "Autre", "is_other": True}
    poll = an_open_poll(method=method, comments=True, options=["A", "B", "C", other])
    question = poll.questions.get().public_id
    answer = an_answer(method, *options_of(poll)[:3]) | {"comment": "Merci."}
    fuzzed(client, "PUT", f"polls/{poll.public_id}/ballot/", {"answers": {question: answer}})
    assert Ballot.objects.count() == Participation.objects.count() <= 1
    assert recount(poll) == 0
    if method in ("single", "multiple"):
        fuzzed(client, "PUT", f"polls/{poll.public_id}/ballot/", {"options": options_of(poll)[:1]})
        assert recount(poll) == 0
    assert not Tally.objects.filter(count__lt=0).exists()


def test_junk_in_a_talk_is_refused(client, member):
    poll = a_consultation()
    fuzzed(client, "PUT", f"polls/{poll.public_id}/visuals/{visuals_of(poll)[0]}/reaction/", {"kind": "cold"})
    fuzzed(client, "POST", f"polls/{poll.public_id}/comments/", {"body": "Très clair."})
    fuzzed(client, "POST", f"polls/{poll.public_id}/receipt/", {"code": "AAAA-AAAA-AA"})
    remark = Remark.objects.first()
    fuzzed(client, "PATCH", f"polls/{poll.public_id}/comments/{remark.public_id}/", {"body": "Plus clair."})


def test_junk_in_a_poll_that_is_written_is_refused(client, owner):
    day = (timezone.now() + timedelta(days=5)).isoformat()
    body = {
        "title": "Votre carte", "intro": "Pourquoi", "kinds": ["prospect"], "segments": ["student"], "circle": None,
        "min_account_days": 30, "results_policy": "always", "confidential": True, "sealed": False, "consultation": False,
        "opens_at": day, "closes_at": (timezone.now() + timedelta(days=9)).isoformat(),
        "questions": [
            {"id": "", "text": "Une ?", "method": "multiple", "max_choices": 2, "required": True, "shuffled": False,
             "ties": False, "blanks": False, "comments": True, "only_if": [], "image_alt": "", "drop_image": False,
             "options": [{"id": "", "key": "a", "text": "Oui", "description": "Tout de suite", "drawing": "cash",
                          "is_other": False, "drop_image": False}, {"text": "Non"}]},
            {"text": "Notez", "method": "score", "only_if": ["a"], "options": [{"text": "Le prix"}]},
        ],
    }  # fmt: skip
    poll = a_draft(by=owner)
    fuzzed(client, "PUT", f"desk/polls/{poll.public_id}/", body)
    fuzzed(client, "POST", "desk/polls/", {"title": "Votre carte", "questions": []})
    for read in Poll.objects.all():  # what was taken can be read, checked and opened, or says why not
        for path in ("", "check/", "turnout/"):
            assert client.get(f"/api/v1/desk/polls/{read.public_id}/{path}").status_code == 200
        for move in ("schedule", "open"):
            assert_told(send(client, "POST", f"desk/polls/{read.public_id}/{move}/", {}), (move, read))
        assert_told(client.get(f"/api/v1/polls/{read.public_id}/"), read)


def test_junk_in_a_poll_s_moves_is_refused(client, owner):
    day = (timezone.now() + timedelta(days=9)).isoformat()
    for path, method, body in (
        ("extend/", "POST", {"closes_at": day}), ("reopen/", "POST", {"closes_at": day}),
        ("decision/", "POST", {"text": "Nous lançons les frais offerts au printemps.", "retained": "zzzzzzzzzzzz"}),
        ("apart/", "PUT", {"kinds": ["new"], "reason": "Notre invitation en agence."}),
        ("weights/", "PUT", {"csv": "âge;produit;part\n18-25;;80\n60+;;20\n"}), ("open/", "POST", {}),
        ("close/", "POST", {}), ("duplicate/", "POST", {}), ("template/", "POST", {}), ("reminder/", "POST", {}),
    ):  # fmt: skip
        for make in (a_draft, an_open_poll):
            fuzzed(client, method, f"desk/polls/{make(by=owner).public_id}/{path}", body)


@pytest.mark.parametrize(
    "strange", ["a%00b", "%ED%A0%80", "é", "%F0%9F%92%B6", "x" * 300, "%2e%2e", "1 OR 1=1", "-1", "null"]
)
def test_strange_addresses_are_not_found(client, owner, strange):
    poll = an_open_poll(by=owner)
    ids = f"polls/{poll.public_id}"
    for method, path in (
        ("GET", f"polls/{strange}/"), ("PUT", f"polls/{strange}/ballot/"), ("GET", f"polls/{strange}/results/"),
        ("GET", f"polls/{strange}/tally/"), ("POST", f"polls/{strange}/receipt/"), ("GET", f"polls/{strange}/names/"),
        ("GET", f"polls/{strange}/comments/"), ("GET", f"{ids}/comments/{strange}/"),
        ("GET", f"{ids}/comments/?comment={strange}&cursor={strange}"), ("GET", f"polls/?cursor={strange}&page_size={strange}"),
        ("PUT", f"{ids}/visuals/{strange}/reaction/"), ("DELETE", f"polls/{strange}/visuals/{strange}/reaction/"),
        ("GET", f"{ids}/charts/{strange}/result.csv"), ("GET", f"{ids}/charts/{strange}/{strange}.svg"),
        ("GET", f"polls/{strange}/results.csv"), ("GET", f"desk/polls/{strange}/"), ("GET", f"desk/polls/?state={strange}"),
        ("POST", f"desk/polls/{strange}/open/"), ("POST", f"desk/poll-templates/{strange}/draft/"),
        ("DELETE", f"desk/{ids}/questions/{strange}/image/"), ("DELETE", f"desk/{ids}/options/{strange}/image/"),
    ):  # fmt: skip
        body = {"options": ["x"], "kind": "cold", "code": "x", "text": "x"}
        answer = send(client, method, path, body)
        if answer.headers["Content-Type"].startswith("text/html"):
            assert answer.status_code in (302, 404), path  # no address of the API's at all
            continue
        assert_told(answer, (method, path))


@pytest.mark.parametrize(
    ("body", "content_type", "code"),
    [
        (b"{", "application/json", "not_json"), (b"\xff\xfe", "application/json", "not_json"),
        (b'{"options": [' + b"9" * 5000 + b"]}", "application/json", "not_json"),
        (b'{"options": NaN}', "application/json", "not_json"), (b"[" * 100_000, "application/json", "not_json"),
        (b"options=x", "application/x-www-form-urlencoded", "unsupported_media_type"),
        (b"x", "text/plain", "unsupported_media_type"),
        (b"--x", "multipart/form-data", "not_json"),
    ],
)  # fmt: skip
def test_body_that_is_no_json_is_refused(client, member, body, content_type, code):
    path = f"/api/v1/polls/{an_open_poll().public_id}/ballot/"
    answer = client.generic("PUT", path, body, content_type=content_type)
    assert (answer.status_code in (400, 415), answer.json()["code"]) == (True, code)


@pytest.mark.parametrize(
    "page",
    ["/sondages/a%00b/", "/sondages/a%00b/x/", "/sondages/a%00b/recu/", "/sondages/?cursor=a%00b", "/sondages/{poll}/?remark=%00",
     "/en/polls/a%00b/results.csv", "/idees/a%00b/", "/desk/polls/a%00b/", "/{poll}%00/"],
)  # fmt: skip
def test_address_with_a_nul_leads_to_no_page_and_to_no_fault(client, owner, page):
    answer = client.get(page.format(poll=a_consultation(by=owner).public_id))
    assert answer.status_code in ((301, 302, 404) if "%00" in page.partition("?")[0] else (200, 302, 400))


def test_answers_cross_no_border(client, member):
    """Options of another question or poll, a question of another poll, an option said twice."""
    poll = an_open_poll(
        questions=[a_question(["A", "B"], text="Une ?"), a_question(["C", "D"], text="Deux ?", method="multiple")]
    )
    other = an_open_poll()
    one, two = (question.public_id for question in poll.questions.order_by("position"))
    a, _b, c, d = options_of(poll)
    strange = options_of(other)[0]
    for answers, code, place in (
        ({one: {"options": [c]}, two: {"options": [d]}}, "unknown_option", one),
        ({one: {"options": [a]}, two: {"options": [strange]}}, "unknown_option", two),
        ({one: {"options": [a]}, two: {"options": [c]}, other.questions.get().public_id: {"options": [strange]}},
         "unknown_question", other.questions.get().public_id),
        ({two: {"options": [c]}}, "no_option", one),
        ({one: {"options": [a]}, two: {"ranks": [[c], [d]]}}, "wrong_kind", two),
    ):  # fmt: skip
        said = set()
        for language in ("fr", "en"):
            answer = client.put(
                f"/api/v1/polls/{poll.public_id}/ballot/", {"answers": answers}, content_type="application/json",
                headers={"Accept-Language": language},
            )  # fmt: skip
            assert (answer.status_code, answer.json()["code"], answer.json()["question"]) == (400, code, place)
            said.add(answer.json()["detail"])
        assert len(said) == 2
    assert not Ballot.objects.exists()
    twice = {"answers": {one: {"options": [a, a]}, two: {"options": [d, c, d]}}}
    assert send(client, "PUT", f"polls/{poll.public_id}/ballot/", twice).status_code == 200
    assert Ballot.objects.get().choices == {one: [a], two: [c, d]}
