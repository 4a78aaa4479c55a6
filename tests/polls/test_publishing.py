"""What of the tallies is published when: tables differ by a whole step of ballots, or by nothing."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from core.worker import Worker
from polls.domain.answering import Answer
from polls.domain.closing import close, close_due, reopen
from polls.domain.publishing_tally import NotCounted, open_tally
from polls.domain.results import published, summarise
from polls.domain.tallying import recount
from polls.domain.voting import cast_ballot
from polls.models import Poll, Tally
from polls.states import BEING_COUNTED, Dimension
from tests.factories.members import a_member, a_product_owner
from tests.factories.polls import a_question, an_open_poll, options_of, votes
from tests.polls.test_counting import costs

pytestmark = pytest.mark.django_db


def read(poll):
    return summarise(Poll.objects.with_questions().get(pk=poll.pk))


def ballots_shown(poll):
    return published(Poll.objects.get(pk=poll.pk)).ballots


def reopened(poll):
    return reopen(poll, closes_at=timezone.now() + timedelta(days=2), by=a_product_owner())


def test_open_poll_is_shown_five_ballots_late_and_by_five():
    poll, seen = an_open_poll(), []
    for number in range(22):
        votes(poll, number % 2, customers=1)
        seen.append(ballots_shown(poll))
    assert seen == [0] * 9 + [5] * 5 + [10] * 5 + [15] * 3


def test_a_ballot_costs_the_same_when_the_published_totals_move_on():
    poll = an_open_poll()
    votes(poll, 0, customers=8)
    for _ in range(3):
        member, chosen = a_member(), options_of(poll)[:1]
        with costs(6):
            cast_ballot(poll.public_id, chosen, by=member)


def test_the_close_adds_a_step_at_least_to_what_was_read_before():
    poll = an_open_poll()
    for _ in range(13):
        votes(poll, 0, customers=1)
        shown = ballots_shown(poll)
        assert shown == 0 or Tally.objects.get(poll=poll, question=None, dimension="all", key="").count - shown >= 5
    assert ballots_shown(close(poll, by=a_product_owner())) == 13


def test_open_poll_shows_no_group_and_the_closed_one_does():
    poll = an_open_poll(options=["Espèces", "Voyage"])
    votes(poll, 0, customers=9, prospects=6)
    votes(poll, 1, customers=7, prospects=11)
    assert read(poll).questions[0].breakdowns == []
    assert read(close(poll, by=a_product_owner())).questions[0].breakdowns[0].by == "kind"


def test_a_changed_ballot_moves_nothing_that_is_shown():
    poll = an_open_poll()
    voters = votes(poll, 0, customers=10)
    before = [share.votes for share in read(poll).questions[0].shares]
    cast_ballot(poll.public_id, options_of(poll)[1:2], by=voters[0])
    assert [share.votes for share in read(poll).questions[0].shares] == before


def test_poll_reopened_for_fewer_than_five_keeps_its_first_table():
    poll = an_open_poll()
    votes(poll, 0, customers=7)
    poll = reopened(close(poll, by=a_product_owner()))
    assert ballots_shown(poll) == 7, "what was published stays so while it is open again"
    votes(poll, 1, customers=2)
    poll = close(poll, by=a_product_owner())
    summary = read(poll)
    assert (summary.ballots, summary.held_back) == (7, 2)
    assert [share.votes for share in summary.questions[0].shares] == [7, 0, 0]


def test_poll_reopened_for_a_change_alone_keeps_its_first_table():
    poll = an_open_poll()
    voters = votes(poll, 0, customers=7)
    poll = reopened(close(poll, by=a_product_owner()))
    cast_ballot(poll.public_id, options_of(poll)[1:2], by=voters[0])
    summary = read(close(poll, by=a_product_owner()))
    assert [share.votes for share in summary.questions[0].shares] == [7, 0, 0]


@pytest.mark.parametrize("more", [0, 2])
def test_the_rounds_of_a_ranking_stay_those_of_the_table_that_is_shown(more):
    """They are worked out from the ballots themselves: of one that was changed after the first close they would tell."""
    poll = an_open_poll(method="ranking")
    a, b, c = options_of(poll)
    voters = [a_member() for _ in range(7 + more)]
    for voter in voters[:7]:
        rank(poll, voter, [a, b, c])
    poll = close(poll, by=a_product_owner())
    Worker(batch=True).run()
    first = rounds(poll)
    poll = reopened(poll)
    rank(poll, voters[0], [c, b, a])
    for voter in voters[7:]:
        rank(poll, voter, [c, a, b])
    poll = close(Poll.objects.get(pk=poll.pk), by=a_product_owner())
    assert rounds(poll) == first
    Worker(batch=True).run()
    assert rounds(poll) == first
    Poll.objects.update(runoffs={})
    assert not rounds(poll), "what is not kept is not worked out from ballots that are held back"


def rank(poll, voter, order):
    answer = Answer(ranks=[[one] for one in order])
    cast_ballot(poll.public_id, answers={poll.questions.get().public_id: answer}, by=voter)


def rounds(poll):
    found = read(poll).questions[0].ranking.rounds
    return [{option.text: n for option, n in one.votes} for one in found]


def test_poll_reopened_twice_still_differs_by_five_from_what_was_read():
    poll = an_open_poll()
    votes(poll, 0, customers=7)
    for more in (2, 2, 1):
        poll = reopened(close(poll, by=a_product_owner()))
        votes(poll, 1, customers=more)
        assert ballots_shown(poll) == 7
    assert ballots_shown(close(poll, by=a_product_owner())) == 12


def test_poll_reopened_for_five_shows_all_and_holds_groups_that_moved_by_fewer():
    poll = an_open_poll(options=["Espèces", "Voyage"])
    votes(poll, 0, customers=9, prospects=6)
    votes(poll, 1, customers=7, prospects=11)
    poll = reopened(close(poll, by=a_product_owner()))
    votes(poll, 0, customers=5, prospects=1)
    summary = read(close(poll, by=a_product_owner()))
    assert (summary.ballots, summary.held_back) == (39, 0)
    assert "kind" not in [found.by for found in summary.questions[0].breakdowns], "one prospect more would tell"


def test_ballots_loaded_in_bulk_leave_the_last_ones_out():
    poll = an_open_poll()
    votes(poll, 0, customers=23)
    Tally.objects.filter(poll=poll).update(shown=0, waiting=0)
    recount(poll)
    assert ballots_shown(poll) == 18
    recount(poll)
    assert ballots_shown(poll) == 18, "counting again publishes nothing"


def test_a_recount_finds_no_drift_after_the_totals_moved_on():
    poll = an_open_poll(
        questions=[
            a_question(text="Vos préférées ?", method="ranking"),
            a_question(text="Vos notes ?", method="score"),
        ],
        title="Deux questions",
    )
    for _ in range(6):
        votes_all(poll)
    assert recount(poll) == 0
    assert set(Tally.objects.filter(poll=poll).exclude(dimension=Dimension.ALL).values_list("waiting", flat=True)) == {
        0
    }


def votes_all(poll):
    from polls.domain.answering import Answer

    first, second = poll.questions.order_by("position")
    ids = lambda question: [option.public_id for option in question.options.order_by("position")]  # noqa: E731
    answers = {
        first.public_id: Answer(ranks=[[one] for one in ids(first)]),
        second.public_id: Answer(numbers=dict.fromkeys(ids(second), 4)),
    }
    cast_ballot(poll.public_id, answers=answers, by=a_member())


@pytest.mark.parametrize("policy", ["always", "after_close"])
def test_a_ballot_that_comes_in_just_after_the_hour_stands_alone_between_no_two_tables(policy, client):
    """Its clock was read in time, under the poll's lock, and its transaction ends after the first readers of the close."""
    poll = an_open_poll(results_policy=policy)
    votes(poll, 0, customers=10)
    late, seen = a_member(), [ballots_shown(poll)]
    with time_machine.travel(poll.closes_at + timedelta(milliseconds=2), tick=False):
        seen.append(ballots_shown(poll))
        summary = read(poll)
        assert (summary.final, summary.is_being_counted, summary.questions[0].breakdowns) == (False, True, [])
        assert "on compte ses derniers bulletins" in client.get(poll.get_absolute_url()).content.decode()
        with pytest.raises(NotCounted) as refusal:
            open_tally(Poll.objects.with_questions().get(pk=poll.pk), by=late)
        assert refusal.value.message == BEING_COUNTED
    with time_machine.travel(poll.closes_at - timedelta(milliseconds=1), tick=False):
        cast_ballot(poll.public_id, options_of(poll)[1:2], by=late)
    with time_machine.travel(poll.closes_at + timedelta(milliseconds=9), tick=False):
        seen.append(ballots_shown(poll))
        close_due()
        seen.append(ballots_shown(poll))
        assert read(poll).final
        assert open_tally(Poll.objects.with_questions().get(pk=poll.pk), by=late).found.ballots == 11
    assert seen == [5, 5, 5, 11]


def test_a_poll_opened_again_before_its_close_was_written_down_has_shown_the_table_of_that_close():
    poll = an_open_poll(method="ranking")
    a, b, c = options_of(poll)
    for voter in [a_member() for _ in range(7)]:
        rank(poll, voter, [a, b, c])
    with time_machine.travel(poll.closes_at + timedelta(seconds=1), tick=False):
        poll = reopened(poll)
        assert (poll.is_counted, ballots_shown(poll)) == (False, 7)
        rank(poll, a_member(), [c, b, a])
        summary = read(close(poll, by=a_product_owner()))
    assert (summary.ballots, summary.held_back) == (7, 1)
    assert summary.questions[0].ranking.rounds
