"""What one GET says beside the questions: why not, until when, what comes out of it, and which poll is next."""

from datetime import timedelta

import pytest
from django.utils import timezone

from polls.domain.closing import close
from polls.domain.counting_in import count_in
from polls.domain.deciding import decide
from polls.domain.reacting import react
from polls.domain.tallying import recount
from polls.domain.voting import cast_ballot
from polls.domain.weighting import set_weights
from polls.models import Ballot, Poll
from tests.factories.circles import a_circle
from tests.factories.members import a_member, a_product_owner, an_auditor
from tests.factories.polls import (
    a_closed_poll,
    a_consultation,
    a_decided_poll,
    a_draft,
    a_remark,
    an_open_poll,
    options_of,
    visuals_of,
    votes,
)
from tests.polls.test_counting import costs
from tests.polls.test_reacting import own_queries

pytestmark = pytest.mark.django_db
DECISION = "Nous lançons **les frais offerts** au printemps."
REASON = "Une école a fait connaître le sondage."


@pytest.fixture
def member(client):
    member = a_member()
    client.force_login(member)
    return member


def read(client, poll, **headers) -> dict:
    return client.get(f"/api/v1/polls/{poll.public_id}/", headers=headers).json()


def test_decision_names_the_option_retained_and_who_signed(client):
    owner = a_product_owner(job_title="Offres")
    poll = a_closed_poll(by=owner)
    kept = options_of(poll)[1]
    decide(poll, DECISION, retained=kept, by=owner)
    decision = read(client, poll)["decision"]
    assert decision["retained"] == {"id": kept, "text": "Un an de frais offerts"}
    assert (decision["text"], decision["signed_as"]) == (DECISION, "Offres")
    assert "<strong>les frais offerts</strong>" in decision["html"]
    listed = client.get("/api/v1/polls/").json()["results"][0]["decision"]
    assert listed == decision
    assert read(client, a_decided_poll())["decision"]["retained"] is None


def test_who_counts_in_after_all_is_said_with_its_reason_to_those_who_see_the_result(client, member):
    owner = a_product_owner()
    poll = an_open_poll(by=owner, results_policy="after_vote")
    votes(poll, 0, customers=6)
    Ballot.objects.update(apart="new")
    recount(poll)
    assert read(client, poll)["counted_in"] is None
    count_in(Poll.objects.get(), ["new"], reason=REASON, by=owner)
    assert read(client, poll)["counted_in"] is None, "the result is not theirs to see yet"
    cast_ballot(poll.public_id, options_of(poll)[:1], by=member)
    told = read(client, poll)["counted_in"]
    assert (told["kinds"], told["reason"]) == (["new"], REASON)
    assert told["detail"].startswith("La banque compte")
    assert told["detail"] in client.get(poll.get_absolute_url()).content.decode()
    count_in(Poll.objects.get(), [], reason="L’école n’y est pour rien.", by=owner)
    assert read(client, poll)["counted_in"]["kinds"] == []


@pytest.mark.parametrize(
    ("policy", "appears"), [("after_vote", "after_vote"), ("after_close", "after_close"), ("staff_only", "never")]
)
def test_hidden_result_says_when_it_appears(client, member, policy, appears):
    poll = an_open_poll(results_policy=policy)
    hidden = read(client, poll)["results_hidden"]
    assert hidden["appears"] == appears and hidden["detail"].endswith(".")
    assert bool(hidden["appears_at"]) == (appears == "after_close")
    assert hidden["detail"] != read(client, poll, **{"Accept-Language": "en"})["results_hidden"]["detail"]


def test_visible_result_hides_nothing(client):
    assert read(client, an_open_poll(results_policy="always"))["results_hidden"] is None


def test_ballot_says_until_when_it_can_be_changed(client, member):
    loose, sealed = an_open_poll(), an_open_poll(sealed=True)
    for poll in (loose, sealed):
        cast_ballot(poll.public_id, options_of(poll)[:1], by=member)
    assert read(client, loose)["my_ballot"]["can_change_until"] == read(client, loose)["closes_at"]
    assert read(client, sealed)["my_ballot"]["can_change_until"] is None
    assert read(client, sealed)["cannot_vote"]["code"] == "ballot_sealed"


@pytest.mark.parametrize(
    ("who", "fields", "code"),
    [
        (None, {}, "not_signed_in"),
        (an_auditor, {}, "reads_only"),
        (lambda: a_member(banned_until=timezone.now() + timedelta(days=3)), {}, "banned"),
        (lambda: a_member(kind="prospect"), {"kinds": ["customer"]}, "not_in_audience"),
        (lambda: a_member(), {"min_account_days": 30}, "account_too_young"),
    ],
)  # fmt: skip
def test_who_may_not_answer_reads_why(client, who, fields, code):
    a_member(kind="customer", date_joined=timezone.now() - timedelta(days=90))
    poll = an_open_poll(**fields)
    if who:
        client.force_login(who())
    shown = read(client, poll)
    assert (shown["can_vote"], shown["unanswered"], shown["cannot_vote"]["code"]) == (False, False, code)
    assert shown["cannot_vote"]["detail"] in client.get(poll.get_absolute_url()).content.decode().replace("&#x27;", "'")


def test_suspended_member_finds_no_ballot_to_fill_and_reads_the_options(client):
    poll = an_open_poll()
    client.force_login(a_member(banned_until=timezone.now() + timedelta(days=3)))
    page = client.get(poll.get_absolute_url()).content.decode()
    assert "/bulletin/" not in page
    assert "Un an de frais offerts" in page


def test_poll_of_a_circle_names_it(client, member):
    circle = a_circle(members=[member])
    poll = an_open_poll(circle=circle)
    assert read(client, poll)["audience"]["circle"] == {"id": circle.public_id, "name": circle.name}
    assert read(client, an_open_poll())["audience"]["circle"] is None


def test_next_poll_is_the_one_that_waits_and_closes_first(client, member):
    now = timezone.now()
    late, soon = (an_open_poll(title=f"{days} ?", closes_at=now + timedelta(days=days)) for days in (9, 2))
    other = a_member(kind="customer" if member.kind == "prospect" else "prospect")
    an_open_poll(title="Pas pour moi ?", kinds=[other.kind])
    a_draft()
    assert read(client, late)["next"] == {"id": soon.public_id, "title": "2 ?"}
    assert read(client, soon)["next"] == {"id": late.public_id, "title": "9 ?"}
    cast_ballot(late.public_id, options_of(late)[:1], by=member)
    assert read(client, soon)["next"] is None
    client.logout()
    assert read(client, soon)["next"] is None


def test_consultation_says_who_may_react_and_how_many_comments_there_are(client, member):
    poll = a_consultation(sealed=True)
    assert read(client, poll)["comments"] == 0
    a_remark(poll)
    cast_ballot(poll.public_id, options_of(poll)[::2], by=member)
    shown = read(client, poll)
    assert (shown["cannot_react"], shown["cannot_vote"]["code"], shown["comments"]) == (None, "ballot_sealed", 1)
    client.logout()
    assert read(client, poll)["cannot_react"]["code"] == "not_signed_in"


def test_longest_words_are_said_where_words_are_taken(client):
    poll = an_open_poll(options=["A", "B", {"text": "Autre", "is_other": True}], comments=True)
    question = read(client, poll)["questions"][0]
    assert (question["longest_other"], question["longest_comment"]) == (160, 1000)
    question = read(client, an_open_poll())["questions"][0]
    assert (question["longest_other"], question["longest_comment"]) == (None, None)


@pytest.mark.parametrize("visuals", [1, 3])
def test_consultation_costs_five_with_ones_ballot_and_reactions(client, member, visuals):
    poll = a_consultation(visuals=visuals)
    cast_ballot(poll.public_id, options_of(poll)[::2], by=member)
    react(poll.public_id, visuals_of(poll)[0], "convinces", by=member)
    for _ in range(visuals):
        a_remark(poll)
        an_open_poll()
    read(client, poll)
    with costs(5):
        assert read(client, poll)["next"]


@pytest.mark.parametrize("many", [1, 3])
def test_weighted_consultation_after_its_close_costs_five_by_the_api_and_six_with_its_comments(client, member, many):
    """The dearest poll there is: one's ballot, visuals and reactions, comments, and a result that is weighed."""
    owner = a_product_owner()
    poll = a_consultation(by=owner, visuals=many)
    strata = [("18-25", "account"), ("26-39", "savings"), ("60+", "")][: many + 1]
    lines = [f"{age},{product},{1 / len(strata):.8f}" for age, product in strata]
    set_weights(poll, "\n".join(["age,product,share", *lines]), by=owner)
    yes = options_of(poll)[::2]
    for voter in (member, *(a_member(age_band=age, product=product) for age, product in strata for _ in range(6))):
        cast_ballot(poll.public_id, yes, by=voter)
        react(poll.public_id, visuals_of(poll)[0], "convinces", by=voter)
    for _ in range(many):
        a_remark(poll)
    poll = close(Poll.objects.get(), by=owner)
    for _ in range(many):
        an_open_poll()
    shown = read(client, poll)
    assert shown["next"] and shown["my_ballot"]["answers"]
    assert len(shown["visuals"]) == many and shown["visuals"][0]["reactions"][0]["count"] == 6 * len(strata) + 1
    assert all(found["weighted"]["usable"] for found in shown["results"]["questions"])
    with costs(5):
        read(client, poll)
    with costs(4):
        assert client.get(f"/api/v1/polls/{poll.public_id}/results/").json()["questions"][0]["weighted"]
    page = client.get(poll.get_absolute_url()).content.decode()
    assert "redressé selon le public réel" in page.lower()
    assert len(own_queries(client, poll)) == 6
