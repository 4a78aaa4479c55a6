"""A burst of new accounts is counted apart from its first ballot on, and every figure follows."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.models import Event
from polls.domain.counting_in import count_in
from polls.domain.growing import days_of, keep_days
from polls.domain.results.publishing import published
from polls.domain.tallying import recount
from polls.domain.voting import cast_ballot
from polls.history import history_of, steps_of
from polls.models import Ballot, Participation, Poll, Tally
from tests.factories.members import a_member, a_product_owner
from tests.factories.polls import an_open_poll, options_of

pytestmark = pytest.mark.django_db
BURST = 8


@pytest.fixture(autouse=True)
def rules(settings):
    settings.LAB = settings.LAB | {"BALLOT_ACCOUNT_HOURS": 24, "BALLOT_BURST": BURST}


@pytest.fixture
def poll():
    """Twenty members of old have voted for the first option."""
    poll = an_open_poll()
    for _ in range(20):
        vote(poll, days=400)
    return poll


def vote(poll, place=0, **ago):
    member = a_member(date_joined=timezone.now() - timedelta(**ago))
    cast_ballot(poll.public_id, options_of(poll)[place : place + 1], by=member)
    return member


def counts(poll):
    rows = Tally.objects.filter(poll=poll, option=None, question=None, key="", count__gt=0)
    return {(row.dimension, row.cell): row.count for row in rows if row.dimension in ("all", "apart")}


def test_ring_is_counted_apart_from_its_first_ballot_on(poll):
    for _ in range(BURST):
        vote(poll, 1, days=3)
    assert counts(poll) == {("all", ""): 20 + BURST}
    vote(poll, 1, days=3)
    assert counts(poll) == {("all", ""): 20, ("apart", "burst"): BURST + 1}
    assert set(Ballot.objects.values_list("apart", flat=True)) == {"", "burst"}
    assert Participation.objects.filter(apart="burst").count() == BURST + 1
    assert recount(poll) == 0, "the tallies are what the ballots say"


def test_published_totals_hold_the_burst_no_more_and_go_on_by_whole_steps(poll):
    for _ in range(BURST + 1):
        vote(poll, 1, days=3)
    assert published(poll).ballots == 20
    for _ in range(9):
        vote(poll, days=400)
    assert published(poll).ballots == 20
    vote(poll, days=400)
    assert published(poll).ballots == 25
    few = an_open_poll()
    for _ in range(4):
        vote(few, days=400)
    for _ in range(BURST + 1):
        vote(few, 1, days=3)
    assert published(few).ballots == 0, "four members are no table"


def test_an_account_hours_old_shows_the_burst_too_and_stays_of_its_kind(poll):
    for _ in range(BURST):
        vote(poll, 1, days=3)
    vote(poll, 1, hours=2)
    assert counts(poll) == {("all", ""): 20, ("apart", "burst"): BURST, ("apart", "new"): 1}


def test_old_accounts_never_are_and_a_few_young_ones_stay(poll):
    for _ in range(BURST - 1):
        vote(poll, 1, days=3)
    for _ in range(3):
        vote(poll, 1, days=30)
    assert counts(poll) == {("all", ""): 20 + BURST + 2}
    assert not Event.objects.filter(name="BurstSetApart").exists()


def test_where_the_totals_would_tell_nothing_moves(poll, settings):
    settings.LAB = settings.LAB | {"BALLOT_BURST": 4}
    for _ in range(5):
        vote(poll, 1, days=3)
    assert counts(poll) == {("all", ""): 24, ("apart", "burst"): 1}, "four people's choices"
    again = an_open_poll()
    Poll.objects.filter(pk=again.pk).update(reopened_at=timezone.now())
    settings.LAB = settings.LAB | {"BALLOT_BURST": BURST}
    for _ in range(BURST + 1):
        vote(again, 1, days=3)
    assert counts(again) == {("all", ""): BURST, ("apart", "burst"): 1}, "opened again"


def test_days_that_are_kept_follow(poll):
    for _ in range(BURST):
        vote(poll, 1, days=3)
    Participation.objects.filter(poll=poll).update(at=timezone.now() - timedelta(hours=1))
    Poll.objects.filter(pk=poll.pk).update(opens_at=timezone.now() - timedelta(days=2))
    keep_days(poll.pk, timezone.now() + timedelta(days=1))
    kept = Poll.objects.get(pk=poll.pk)
    assert sum(kept.arrivals.values()) == 20 + BURST
    vote(poll, 1, days=3)
    kept.refresh_from_db()
    assert sorted(kept.arrivals.values()) == [BURST, 20]
    assert sum(days_of(kept).values()) == 20


def test_history_says_so_and_the_bank_may_count_them_in(poll):
    for _ in range(BURST + 1):
        vote(poll, 1, days=3)
    said = steps_of(history_of(poll))[0]
    assert (said.did, said.by, said.detail) == ("burst_apart", "", "8\xa0bulletins")
    count_in(poll, ["burst"], reason="Le parrainage de novembre a amené ces clients.", by=a_product_owner())
    assert counts(poll)["all", ""] == 20 + BURST + 1
    assert recount(poll) == 0


def test_what_is_counted_in_or_out_is_published_at_once(poll):
    for _ in range(BURST + 1):
        vote(poll, 1, days=3)
    owner = a_product_owner()
    count_in(poll, ["burst"], reason="Le parrainage de novembre a amené ces clients.", by=owner)
    assert published(poll).ballots == 20 + BURST + 1
    for _ in range(12):
        vote(poll, days=400)
    count_in(poll, [], reason="Finalement nous les laissons de côté.", by=owner)
    assert published(poll).ballots == 32
    for _ in range(10):
        vote(poll, days=400)
    assert published(poll).ballots == 37


def test_ballot_that_shows_a_burst_costs_the_same_however_many_move(poll, settings):
    spent = []
    for burst in (BURST, 3 * BURST):
        settings.LAB = settings.LAB | {"BALLOT_BURST": burst}
        of_this = an_open_poll()
        for _ in range(burst):
            vote(of_this, 1, days=3)
        member = a_member(date_joined=timezone.now() - timedelta(days=3))
        with CaptureQueriesContext(connection) as captured:
            cast_ballot(of_this.public_id, options_of(of_this)[1:2], by=member)
        spent.append(len(captured))
    assert spent[0] == spent[1], spent
