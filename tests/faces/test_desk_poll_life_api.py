"""A poll's life through the API, for staff: the reminder, who is counted, weights, turnout, names of open polls."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from polls.models import Poll
from tests.factories.members import a_member, a_moderator, a_product_owner, an_auditor
from tests.factories.polls import a_closed_poll, an_open_poll, options_of, votes

pytestmark = pytest.mark.django_db
WHY = "Ces comptes viennent de notre invitation en agence du 12 novembre."
WEIGHTS = "age,product,share\n18-25,account,40\n60+,savings,60\n"


@pytest.fixture
def owner(client):
    owner = a_product_owner(date_joined=timezone.now() - timedelta(days=90))
    client.force_login(owner)
    return owner


def ask(client, method, poll, path, **body):
    address = f"/api/v1/desk/polls/{poll.public_id}/{path}/"
    return client.generic(method, address, json.dumps(body), content_type="application/json")


def refused(answer):
    return answer.status_code, answer.json()["code"]


def test_reminder_is_previewed_and_sent_once(client, owner):
    a_member()
    poll = an_open_poll(by=owner)
    assert ask(client, "GET", poll, "reminder").json() == {"sent_at": None, "audience": 1}
    assert ask(client, "POST", poll, "reminder").json()["sent_at"]
    assert ask(client, "GET", poll, "reminder").json()["audience"] == 0
    assert refused(ask(client, "POST", poll, "reminder")) == (409, "already_reminded")
    assert refused(ask(client, "POST", a_closed_poll(by=owner), "reminder")) == (409, "poll_closed")


def test_ballots_counted_apart_are_counted_in_with_a_reason(client, owner, settings):
    settings.LAB = settings.LAB | {"BALLOT_ACCOUNT_HOURS": 24}
    poll = an_open_poll(by=owner)
    votes(poll, 1, customers=6)
    assert ask(client, "GET", poll, "apart").json()["new"] == 6
    done = ask(client, "PUT", poll, "apart", kinds=["new"], reason=WHY)
    assert (done.json()["counted_in"], done.json()["reason"]) == (["new"], WHY)
    assert refused(ask(client, "PUT", poll, "apart", kinds=["staff"], reason=WHY)) == (400, "staff_apart")
    assert refused(ask(client, "PUT", poll, "apart", kinds=[], reason="4111 1111 1111 1111 est la carte")) == (
        400,
        "private_data",
    )


def test_weights_are_put_read_refused_line_by_line_and_taken_away(client, owner):
    poll = an_open_poll(by=owner)
    assert ask(client, "GET", poll, "weights").json() == []
    assert [row["share"] for row in ask(client, "PUT", poll, "weights", csv=WEIGHTS).json()] == [0.4, 0.6]
    wrong = ask(client, "PUT", poll, "weights", csv="age,product,share\n17-25,,50\n60+,,50")
    assert refused(wrong) == (400, "bad_weights")
    assert wrong.json()["lines"][0]["line"] == 2
    assert len(ask(client, "GET", poll, "weights").json()) == 2
    assert ask(client, "DELETE", poll, "weights").json() == []


def test_turnout_is_told_without_small_groups(client, owner):
    poll = an_open_poll(by=owner)
    votes(poll, 0, customers=7, prospects=2)
    told = ask(client, "GET", poll, "turnout").json()
    assert [span["whole"] for span in told["course"]] == [9]
    assert [kind["people"] for kind in told["kinds"]] == [None, None]


def test_names_stand_beside_answers_in_open_polls_alone(client, owner):
    poll = an_open_poll(by=owner, confidential=False)
    [voter] = votes(poll, 1, customers=1)
    [row] = ask(client, "GET", poll, "names").json()["results"]
    assert (row["member"], row["answers"], row["counted"]) == (voter.nickname, ["Un an de frais offerts"], True)
    assert ask(client, "GET", an_open_poll(by=owner), "names").status_code == 404
    sealed = an_open_poll(by=owner, confidential=False, sealed=True)
    assert refused(ask(client, "GET", sealed, "names")) == (403, "results_hidden")


def test_decision_names_the_option_retained(client, owner):
    poll = a_closed_poll(by=owner)
    text = "Nous offrons un an de frais à tous les nouveaux clients."
    assert refused(ask(client, "POST", poll, "decision", text=text, retained="zzz")) == (400, "unknown_option")
    assert ask(client, "POST", poll, "decision", text=text, retained=options_of(poll)[1]).status_code == 200
    assert Poll.objects.get().retained.text == "Un an de frais offerts"


def test_auditor_reads_and_changes_nothing_and_others_do_not_come_in(client):
    poll = an_open_poll(confidential=False)
    reads = ("reminder", "apart", "weights", "turnout", "names")
    writes = (("POST", "reminder", {}), ("PUT", "apart", {"kinds": ["new"], "reason": WHY}), ("PUT", "weights", {"csv": WEIGHTS}),
              ("DELETE", "weights", {}))  # fmt: skip
    client.force_login(an_auditor())
    assert {ask(client, "GET", poll, path).status_code for path in reads} == {200}
    assert {ask(client, method, poll, path, **body).status_code for method, path, body in writes} == {403}
    for who in (a_member(), a_moderator()):
        client.force_login(who)
        assert {ask(client, "GET", poll, path).status_code for path in reads} == {403}
    client.logout()
    assert {ask(client, "GET", poll, path).status_code for path in reads} == {401}
