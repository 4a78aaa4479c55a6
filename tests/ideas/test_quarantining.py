import pytest

from ideas.domain.merging import merge_idea, unmerge_idea
from ideas.domain.quarantining import release_votes, set_votes_aside
from ideas.domain.recounting import recount_all
from ideas.domain.voting import cast_vote, withdraw_vote
from ideas.models import Idea
from tests.factories.ideas import an_idea
from tests.factories.members import a_member, a_moderator, a_product_owner

pytestmark = pytest.mark.django_db


def an_idea_with_votes(number):
    idea, voters = an_idea(), [a_member() for _ in range(number)]
    for voter in voters:
        cast_vote(idea, by=voter)
    return idea, voters


def count(idea):
    return Idea.objects.get(pk=idea.pk).vote_score


def test_vote_set_aside_does_not_count_and_its_voter_still_sees_it():
    idea, voters = an_idea_with_votes(3)
    assert set_votes_aside(idea, [voter.pk for voter in voters[:2]], batch="b1") == 2
    assert count(idea) == 1
    assert Idea.objects.with_my_vote(voters[0]).get(pk=idea.pk).my_vote is True
    assert recount_all(write=False) == []


def test_release_gives_the_count_back_exactly():
    idea, voters = an_idea_with_votes(3)
    set_votes_aside(idea, [voters[0].pk], batch="b1")
    assert len(release_votes(idea, batch="b1", by=a_moderator())) == 1
    assert count(idea) == 3
    assert recount_all(write=False) == []


def test_vote_taken_back_and_given_again_is_still_set_aside():
    idea, voters = an_idea_with_votes(2)
    set_votes_aside(idea, [voters[0].pk], batch="b1")
    assert withdraw_vote(idea, by=voters[0]).vote_count == 1
    result = cast_vote(idea, by=voters[0])
    assert (result.vote_count, result.my_vote) == (1, True)
    release_votes(idea, batch="b1", by=a_moderator())
    assert count(idea) == 2
    assert recount_all(write=False) == []


def test_votes_set_aside_stay_so_through_a_merge_and_back():
    stays, _voters = an_idea_with_votes(2)
    goes, voters = an_idea_with_votes(3)
    both, owner = voters[0], a_product_owner()
    cast_vote(stays, by=both)
    set_votes_aside(goes, [both.pk, voters[1].pk], batch="b1")
    assert count(goes) == 1
    merge_idea(goes, stays, reason="C’est la même demande que l’autre.", by=owner)
    assert count(stays) == 4  # two, the one who voted for both, and one of the duplicate
    release_votes(goes, batch="b1", by=a_moderator())
    assert count(stays) == 5
    assert recount_all(write=False) == []
    unmerge_idea(goes, reason="Ce sont deux demandes, finalement.", by=owner)
    assert (count(stays), count(goes)) == (3, 3)
    assert recount_all(write=False) == []
