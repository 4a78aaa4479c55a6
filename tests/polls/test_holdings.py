import pytest

from core import privacy
from polls.domain.tallying import recount
from polls.domain.voting import cast_ballot
from polls.models import Ballot, Participation, Tally
from tests.factories.members import a_member
from tests.factories.polls import an_open_poll, options_of

pytestmark = pytest.mark.django_db
holding = privacy.holdings["polls.Participation"]


def test_export_says_where_a_member_took_part_and_not_what_they_chose():
    poll, member = an_open_poll(), a_member()
    chosen = options_of(poll)[0]
    receipt = cast_ballot(poll.public_id, [chosen], by=member)
    exported = holding.export(member)
    assert [row["id"] for row in exported] == [poll.public_id]
    assert chosen not in str(exported)
    assert receipt.code not in str(exported)


def test_erasure_forgets_who_took_part_and_keeps_every_total():
    poll, member = an_open_poll(), a_member()
    cast_ballot(poll.public_id, options_of(poll)[:1], by=member)
    holding.erase(member)
    assert not Participation.objects.exists()
    assert Ballot.objects.count() == 1
    assert Tally.objects.get(dimension="all", option=None, question=None, key="").count == 1
    assert recount(poll) == 0
