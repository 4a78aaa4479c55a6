import pytest
from django.contrib.auth.models import AnonymousUser

from polls.domain.closing import close
from polls.domain.results import summarise
from polls.domain.voting import cast_ballot
from polls.models import Poll
from polls.permissions import can_see_results
from tests.factories.members import a_member, a_moderator, a_product_owner, an_auditor
from tests.factories.polls import a_draft, an_open_poll, options_of, votes

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()


def read(poll):
    """The result after the close; what an open poll shows stands in test_publishing.py."""
    if poll.is_open:
        close(poll, by=a_product_owner())
    return summarise(Poll.objects.with_questions().get(pk=poll.pk))


def test_shares_turnout_and_order():
    poll = an_open_poll()
    votes(poll, 1, customers=6, prospects=6)
    votes(poll, 0, customers=5, prospects=8)
    poll = close(poll, by=a_product_owner())
    summary = read(poll)
    question = summary.questions[0]
    assert (summary.ballots, summary.audience) == (25, 26)
    assert [share.votes for share in question.shares] == [13, 12, 0]
    assert question.shares[0].share == 13 / 25
    assert question.winner is None, "13 to 12 of 25 is no lead"
    assert question.level == [], "and no tie"
    assert round(summary.turnout, 3) == round(25 / 26, 3)


def test_a_tie_is_told_as_one(client):
    poll = an_open_poll(results_policy="always")
    votes(poll, 1, customers=12)
    votes(poll, 0, customers=12)
    votes(poll, 2, customers=6)
    poll = close(poll, by=a_product_owner())
    found = read(poll).questions[0]
    assert [option.text for option in found.level] == ["80 € en espèces", "Un an de frais offerts"]
    assert found.winner is None
    page = client.get(poll.get_absolute_url()).content.decode()
    assert "À égalité, avec autant de bulletins" in page and "leurs marges se recouvrent" not in page


def test_clear_lead_is_a_winner():
    poll = an_open_poll()
    votes(poll, 2, customers=20)
    votes(poll, 0, customers=2)
    assert read(poll).questions[0].winner.public_id == options_of(poll)[2]


def test_customers_and_prospects_come_first_and_add_up():
    poll = an_open_poll(options=["Espèces", "Voyage"])
    votes(poll, 0, customers=9, prospects=6)
    votes(poll, 1, customers=7, prospects=11)
    first = read(poll).questions[0].breakdowns[0]
    assert first.by == "kind"
    assert [group.ballots for group in first.groups] == [16, 17]
    assert not first.anything_hidden


def test_no_cell_under_five_is_shown():
    poll = an_open_poll(options=["Espèces", "Voyage"])
    votes(poll, 0, customers=9, prospects=3)
    votes(poll, 1, customers=7, prospects=11)
    kind = read(poll).questions[0].by_kind
    assert kind is None, "with two options and two groups, one small cell takes the three others along"


def test_option_that_nobody_chose_does_not_hide_the_groups():
    poll = an_open_poll(options=["Espèces", "Voyage", "Livret"])
    votes(poll, 0, customers=9, prospects=6)
    votes(poll, 1, customers=7, prospects=11)
    kind = read(poll).questions[0].by_kind
    assert not kind.anything_hidden
    assert [figure.votes for figure in kind.rows[2][1]] == [0, 0]


def test_option_that_nobody_chose_does_not_tell_the_size_of_a_hidden_group():
    """Its share is 0 in each group, but the margin of 0 tells of how many."""
    poll = an_open_poll(options=["Espèces", "Voyage", "Livret"])
    votes(poll, 0, customers=9, segment="private")
    votes(poll, 1, customers=7, segment="private")
    votes(poll, 0, customers=3, segment="professional")
    votes(poll, 1, customers=4, segment="student")
    found = read(poll).questions[0]
    segment = next(one for one in found.breakdowns if one.by == "segment")
    assert [group.ballots for group in segment.groups][1:] == [None, None]
    assert not any(figure.shown for figure in segment.rows[2][1][1:])


def test_table_that_shows_only_what_nobody_chose_is_not_shown():
    poll = an_open_poll(options=["Espèces", "Voyage", "Livret"])
    votes(poll, 0, customers=9, prospects=3)
    votes(poll, 1, customers=7, prospects=11)
    assert read(poll).questions[0].by_kind is None


def test_fewer_than_five_ballots_show_nothing_but_their_number():
    poll = an_open_poll()
    votes(poll, 0, customers=4)
    summary = read(poll)
    assert (summary.ballots, summary.enough, summary.questions[0].shares) == (4, False, [])


@pytest.mark.parametrize(
    ("policy", "stranger", "voter", "after"),
    [
        ("always", True, True, True),
        ("after_vote", False, True, True),
        ("after_close", False, False, True),
        ("staff_only", False, False, False),
    ],
)
def test_policy_says_who_sees_the_result_when(policy, stranger, voter, after):
    owner, member = a_product_owner(), a_member()
    poll = an_open_poll(by=owner, results_policy=policy)
    cast_ballot(poll.public_id, options_of(poll)[:1], by=member)
    for user in (NOBODY, a_member(), a_moderator()):
        assert bool(can_see_results(user, poll)) is stranger
    assert bool(can_see_results(member, poll)) is voter
    for user in (owner, an_auditor()):
        assert can_see_results(user, poll)
    poll = close(poll, by=owner)
    for user in (NOBODY, member, a_member()):
        assert bool(can_see_results(user, poll)) is after


def test_sealed_poll_shows_nothing_to_anyone_before_its_close():
    owner = a_product_owner()
    poll = an_open_poll(by=owner, sealed=True, results_policy="always")
    assert not can_see_results(owner, poll)
    assert can_see_results(NOBODY, close(poll, by=owner))


def test_draft_has_no_result():
    owner = a_product_owner()
    assert not can_see_results(owner, a_draft(by=owner))


def test_answer_read_for_one_person_does_not_open_the_result_to_another():
    poll, member = an_open_poll(results_policy="after_vote"), a_member()
    cast_ballot(poll.public_id, options_of(poll)[:1], by=member)
    read_for_member = Poll.objects.with_my_answer(member).get()
    assert can_see_results(member, read_for_member)
    assert not can_see_results(a_member(), read_for_member)
    assert not can_see_results(NOBODY, read_for_member)


def test_results_cost_one_query(django_assert_num_queries):
    poll = an_open_poll()
    votes(poll, 0, customers=6)
    poll = Poll.objects.with_questions().get()
    with django_assert_num_queries(1):
        summarise(poll)
