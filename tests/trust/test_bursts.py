"""Abuse 4: 300 accounts push one idea overnight."""

import pytest

from core.errors import DomainError, NotAllowed
from core.models import Event
from ideas.domain.recounting import recount_all
from ideas.domain.voting import cast_vote
from ideas.models import Idea, SetAsideVote
from ideas.querysets import votes_of_ideas
from tests.factories.members import a_member, a_moderator, an_auditor
from tests.factories.trust import votes_overnight
from trust.domain.bursts import decide_burst, look_for_bursts, support_with_and_without
from trust.models import Case, VoteBurst

pytestmark = pytest.mark.django_db
WHY = "Trois cents comptes créés le même soir, venus d’un même lien."


def score(idea):
    return Idea.objects.get(pk=idea.pk).vote_score


def test_three_hundred_accounts_overnight_are_set_aside_and_counted_again():
    idea = votes_overnight(young=300, old=12)
    assert score(idea) == 312
    assert look_for_bursts() == 1
    assert score(idea) == 12
    assert votes_of_ideas().filter(object_id=idea.pk).count() == 312  # none is deleted
    assert recount_all(write=False) == []
    burst = VoteBurst.objects.get()
    assert (burst.votes, burst.young, burst.state) == (312, 300, "open")
    assert Case.objects.get().matter == "votes"
    assert support_with_and_without(idea) == (12, 312)
    assert Event.objects.filter(name__in=("BurstFound", "VotesSetAside")).count() == 2


def test_voter_of_a_burst_still_sees_their_support():
    idea = votes_overnight(young=40)
    look_for_bursts()
    voter = SetAsideVote.objects.first().member
    assert Idea.objects.with_my_vote(voter).get(pk=idea.pk).my_vote is True


def test_members_of_long_standing_are_no_burst():
    idea = votes_overnight(young=10, old=60)
    assert look_for_bursts() == 0
    assert score(idea) == 70


def test_few_votes_are_no_burst():
    votes_overnight(young=12)
    assert look_for_bursts() == 0


def test_looking_again_changes_nothing_and_late_comers_join_the_burst():
    idea = votes_overnight(young=40)
    assert look_for_bursts() == 1
    assert look_for_bursts() == 0
    cast_vote(idea, by=a_member())
    assert score(idea) == 1
    assert look_for_bursts() == 1
    assert score(idea) == 0
    assert VoteBurst.objects.get().young == 41


def test_released_votes_count_again_and_are_not_suspected_twice():
    idea = votes_overnight(young=40)
    look_for_bursts()
    decide_burst(VoteBurst.objects.get(), confirmed=False, reason=WHY, by=a_moderator())
    assert score(idea) == 40
    assert look_for_bursts() == 0
    assert recount_all(write=False) == []
    assert not Case.objects.waiting().exists()


def test_confirmed_votes_stay_aside_with_a_reason_and_a_trace():
    idea, moderator = votes_overnight(young=40), a_moderator()
    look_for_bursts()
    burst = decide_burst(VoteBurst.objects.get(), confirmed=True, reason=WHY, by=moderator)
    assert (score(idea), burst.reason, burst.decided_by) == (0, WHY, moderator)
    assert Event.objects.get(name="BurstDecided").actor == moderator.public_id
    assert look_for_bursts() == 0
    with pytest.raises(DomainError) as refusal:
        decide_burst(burst, confirmed=False, reason=WHY, by=moderator)
    assert refusal.value.code == "case_closed"


def test_only_moderators_decide_a_burst():
    votes_overnight(young=40)
    look_for_bursts()
    with pytest.raises(NotAllowed):
        decide_burst(VoteBurst.objects.get(), confirmed=False, reason=WHY, by=an_auditor())


def test_votes_set_aside_give_the_board_no_demand():
    from board.domain.demand import demand_of
    from board.models import Evidence
    from tests.factories.board import an_item

    idea = votes_overnight(young=40, old=3)
    item = an_item()
    Evidence.objects.create(item=item, idea=idea)
    assert demand_of([item.pk])[item.pk].people == 43
    look_for_bursts()
    assert demand_of([item.pk])[item.pk].people == 3
