"""A receipt finds one’s ballot in the published tally, and tells nothing to who has none."""

import json

import pytest

from polls.domain.closing import close
from polls.domain.voting import cast_ballot
from polls.models import Ballot
from tests.factories.members import a_product_owner
from tests.factories.polls import an_open_poll, options_of, votes
from tests.polls.test_publishing_tally import a_poll_of_every_method, ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return a_product_owner()


def test_receipt_finds_the_choices_filed_under_it_however_it_is_typed(client, owner):
    poll = a_poll_of_every_method(owner, ballots=6)
    ballot = Ballot.objects.first()
    for code in (ballot.receipt, ballot.receipt.lower().replace("-", " "), ballot.receipt.replace("-", "")):
        found = ask(client, poll, code).json()
        assert found["counted"] is True
        question = poll.questions.first().public_id
        assert found["answers"][question] == {"options": ballot.choices[question]}
        page = client.post(f"/sondages/{poll.public_id}/recu/", {"code": code})
        assert (page.status_code, "Déposé sous ce code" in page.content.decode()) == (200, True)
        assert "no-store" in page.headers["Cache-Control"]


@pytest.mark.parametrize("code", ["", "  "])
def test_an_empty_code_is_asked_for_at_its_field(client, owner, code):
    poll = a_poll_of_every_method(owner, ballots=6)
    answer = client.post(f"/sondages/{poll.public_id}/recu/", {"code": code})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Saisissez le code de votre reçu." in page and 'aria-invalid="true"' in page
    assert 'id="found"' not in page
    assert ask(client, poll, code).status_code == 400


def test_every_code_that_is_not_in_the_file_gets_the_same_answer(client, owner, django_assert_num_queries):
    poll = an_open_poll(by=owner)
    votes(poll, 0, customers=6)
    cast_ballot(poll.public_id, options_of(poll)[1:2], by=a_product_owner())  # counted apart, and few
    close(poll, by=owner)
    other = a_poll_of_every_method(owner, ballots=5)
    few, elsewhere = Ballot.objects.get(apart="staff").receipt, other.ballots.first().receipt
    answers, pages = set(), set()
    for code in ("AAAA-AAAA-AA", "x", "💶" * 10, "7" * 40, few, elsewhere):
        answer = ask(client, poll, code)
        assert answer.status_code == 404
        answers.add(answer.content)
        page = client.post(f"/sondages/{poll.public_id}/recu/", {"code": code}).content.decode()
        pages.add(page[page.index('id="found"') : page.index("</aside>")])
    assert len(answers) == len(pages) == 1
    assert json.loads(answers.pop())["code"] == "unknown_receipt"


def test_receipts_are_looked_up_no_faster_than_they_are_typed(client, owner, settings):
    settings.LAB = settings.LAB | {"RECEIPTS_PER_MINUTE": 3}
    poll = a_poll_of_every_method(owner, ballots=5)
    answers = [ask(client, poll, "AAAA-AAAA-AA") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [404, 404, 404, 429]
    assert (answers[3].json()["code"], answers[3].headers["Retry-After"]) == ("too_many", "60")
    page = client.post(f"/sondages/{poll.public_id}/recu/", {"code": "AAAA-AAAA-AA"})
    assert page.status_code == 429 and "AAAA-AAAA-AA" in page.content.decode()


def test_no_receipt_is_found_before_the_tally_is_published(client, owner):
    poll = an_open_poll(by=owner, results_policy="always")
    votes(poll, 0, customers=6)
    receipt = Ballot.objects.first().receipt
    assert (ask(client, poll, receipt).status_code, ask(client, poll, receipt).json()["code"]) == (409, "tally_not_yet")
    assert client.post(f"/sondages/{poll.public_id}/recu/", {"code": receipt}).status_code == 409
