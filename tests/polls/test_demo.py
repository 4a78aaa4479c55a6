import pytest

from polls.domain.summarising import summarise
from polls.domain.tallying import recount
from polls.models import Ballot, Participation, Poll

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo():
    import members.demo
    import polls.demo
    from lab.demo import Demo

    demo = Demo(say=lambda *_: None)
    members.demo.load(demo)
    polls.demo.load(demo)
    return demo


def test_demo_has_six_polls_in_every_state_and_tallies_that_agree(demo):
    states = sorted(poll.current_state.value for poll in Poll.objects.all())
    assert states == ["closed", "decided", "decided", "open", "open", "scheduled"]
    assert Participation.objects.count() == Ballot.objects.count() > 600
    assert sum(recount(poll) for poll in Poll.objects.all()) == 0


def test_welcome_offer_shows_customers_and_prospects_differ(demo):
    poll = Poll.objects.with_questions().get(state="decided", title__contains="cadeau")
    customers, prospects = summarise(poll).questions[0].by_kind.groups
    assert "livret" in customers.leader.text
    assert "étranger" in prospects.leader.text


def test_demo_accounts_find_a_poll_of_the_moment_to_answer(demo):
    for name in ("cliente", "prospect"):
        assert Poll.objects.of_the_moment(demo.accounts[name]).my_answer_at is None
