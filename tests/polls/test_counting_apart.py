"""Accounts hours old and bursts of young ones are counted apart, as the bank's own people are."""

from datetime import timedelta

import pytest
from django.utils import timezone

from polls.domain.tallying import recount
from polls.domain.voting import cast_ballot
from polls.models import Ballot, Poll, Tally
from tests.factories.members import a_member
from tests.factories.polls import an_open_poll, options_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def rules(settings):
    settings.LAB = settings.LAB | {"BALLOT_ACCOUNT_HOURS": 24, "BALLOT_BURST": 3}


def joined(**ago):
    return a_member(date_joined=timezone.now() - timedelta(**ago))


def vote(poll, member):
    cast_ballot(poll.public_id, options_of(poll)[:1], by=member)
    return Ballot.objects.get(receipt=cast_ballot(poll.public_id, options_of(poll)[:1], by=member).code).apart


def counted(poll, dimension, cell):
    return Tally.objects.get(poll=poll, dimension=dimension, cell=cell, option=None, question=None, key="").count


def test_account_hours_old_is_counted_apart(rules):
    poll = an_open_poll()
    assert vote(poll, joined(hours=2)) == "new"
    assert vote(poll, joined(hours=25)) == ""
    assert (counted(poll, "all", ""), counted(poll, "apart", "new")) == (1, 1)


def test_young_accounts_beyond_a_few_are_a_burst_and_old_ones_never(rules):
    poll = an_open_poll()
    assert [vote(poll, joined(days=3)) for _ in range(5)] == ["", "", "", "burst", "burst"]
    assert vote(poll, joined(days=30)) == ""
    assert (counted(poll, "all", ""), counted(poll, "apart", "burst")) == (4, 2)


def test_what_the_bank_counts_in_is_in_the_total_and_still_known_apart(rules):
    poll = an_open_poll()
    vote(poll, joined(hours=2))
    Poll.objects.filter(pk=poll.pk).update(counted_in=" new ")
    recount(poll)
    assert (counted(poll, "all", ""), counted(poll, "apart", "new")) == (1, 1)
    vote(poll, joined(hours=2))
    assert (counted(poll, "all", ""), counted(poll, "apart", "new")) == (2, 2)
    assert recount(poll) == 0
