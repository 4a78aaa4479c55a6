"""Open polls: names beside answers, for those who see the results, as was said before the vote; confidential ones have none."""

import pytest

from members.domain.erasing import erase
from polls.domain.closing import close
from tests.factories.members import a_member, a_product_owner
from tests.factories.polls import an_open_poll, options_of, votes
from tests.polls.test_counting import costs

pytestmark = pytest.mark.django_db


def page_of(client, poll):
    return client.get(f"/sondages/{poll.public_id}/noms/")


def api_of(client, poll, query=""):
    return client.get(f"/api/v1/polls/{poll.public_id}/names/{query}")


def test_names_stand_beside_answers_on_page_and_api(client):
    poll = an_open_poll(confidential=False, results_policy="always")
    (voter,) = votes(poll, 1, customers=1, nickname="Maëlle du Port")
    votes(poll, 0, customers=5)
    page = page_of(client, poll)
    assert page.status_code == 200
    assert "Maëlle du Port" in page.content.decode() and "Un an de frais offerts" in page.content.decode()
    rows = api_of(client, poll).json()["results"]
    assert len(rows) == 6
    question = poll.questions.get().public_id
    assert {"id": voter.public_id, "nickname": "Maëlle du Port", "badges": []} == rows[-1]["member"]
    assert rows[-1]["answers"] == {question: {"options": options_of(poll)[1:2]}}
    assert f"/sondages/{poll.public_id}/noms/" in client.get(poll.get_absolute_url()).content.decode()


def test_confidential_poll_has_no_names_whoever_asks(client):
    owner = a_product_owner()
    poll = an_open_poll(by=owner, results_policy="always")
    votes(poll, 0, customers=6)
    close(poll, by=owner)
    for who in (None, a_member(), owner):
        if who:
            client.force_login(who)
        assert (page_of(client, poll).status_code, api_of(client, poll).status_code) == (404, 404)


def test_names_follow_the_results_policy(client):
    poll = an_open_poll(confidential=False, results_policy="after_close")
    votes(poll, 0, customers=6)
    client.force_login(a_member())
    assert page_of(client, poll).status_code == 403
    assert (api_of(client, poll).status_code, api_of(client, poll).json()["code"]) == (403, "results_hidden")


def test_names_of_erased_members_vanish(client):
    poll = an_open_poll(confidential=False, results_policy="always")
    (voter,) = votes(poll, 1, customers=1, nickname="Partie bientôt")
    votes(poll, 0, customers=5)
    erase(voter, by=voter)
    assert "Partie bientôt" not in page_of(client, poll).content.decode()
    assert len(api_of(client, poll).json()["results"]) == 5


def test_it_is_said_before_the_vote_on_page_and_api(client):
    client.force_login(a_member())
    poll = an_open_poll(confidential=False)
    assert "Votre nom figurera" in client.get(poll.get_absolute_url()).content.decode()
    shown = client.get(f"/api/v1/polls/{poll.public_id}/").json()
    assert (shown["confidential"], "nominatif" in shown["secrecy"]) == (False, True)


def test_names_come_by_pages_at_a_fixed_cost(client):
    poll = an_open_poll(confidential=False, results_policy="always")
    votes(poll, 0, customers=7)
    first = api_of(client, poll, "?page_size=3").json()
    second = client.get(first["next"]).json()
    assert (len(first["results"]), len(second["results"])) == (3, 3)
    for size in (1, 7):
        with costs(4):
            api_of(client, poll, f"?page_size={size}")
