import pytest

from core.errors import DomainError, NotSignedIn
from ideas.domain.voting import cast_vote, withdraw_vote
from ideas.models import Idea
from tests.factories.ideas import an_idea
from tests.factories.members import a_member

pytestmark = pytest.mark.django_db


def test_member_cannot_vote_twice():
    idea, member = an_idea(), a_member()
    assert cast_vote(idea, by=member).vote_count == 1
    assert cast_vote(idea, by=member).vote_count == 1


def test_vote_is_taken_back_as_easily():
    idea, member = an_idea(), a_member()
    cast_vote(idea, by=member)
    result = withdraw_vote(idea, by=member)
    assert (result.vote_count, result.my_vote) == (0, False)
    assert withdraw_vote(idea, by=member).vote_count == 0


def test_visitor_is_asked_to_sign_in():
    from django.contrib.auth.models import AnonymousUser

    with pytest.raises(NotSignedIn):
        cast_vote(an_idea(), by=AnonymousUser())


def test_declined_idea_takes_no_vote():
    with pytest.raises(DomainError) as refusal:
        cast_vote(an_idea(state="declined"), by=a_member())
    assert refusal.value.code == "votes_closed"


def test_saving_a_stale_idea_keeps_the_votes_that_came_meanwhile():
    idea = an_idea()
    stale = Idea.objects.get(pk=idea.pk)
    cast_vote(idea, by=a_member())
    stale.title = "Un autre titre, écrit pendant ce temps"
    stale.save()
    assert Idea.objects.get(pk=idea.pk).vote_score == 1


def test_voting_costs_three_queries(django_assert_num_queries):
    idea, member = an_idea(), a_member()
    cast_vote(idea, by=a_member())
    with django_assert_num_queries(3 + 2):  # the savepoint of the test's transaction counts two
        cast_vote(idea, by=member)
