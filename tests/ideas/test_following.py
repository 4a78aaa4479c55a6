import pytest

from core.errors import NotFound, NotSignedIn
from ideas.domain.following import audience_of, follow, is_following, unfollow
from ideas.domain.merging import merge_idea
from ideas.domain.voting import cast_vote
from ideas.models import Idea
from tests.factories.ideas import a_comment, an_idea
from tests.factories.members import a_member, a_product_owner

pytestmark = pytest.mark.django_db


def test_author_voters_commenters_and_followers_hear_of_it_once_each():
    idea, voter, talker, follower = an_idea(), a_member(), a_member(), a_member()
    cast_vote(idea, by=voter)
    cast_vote(idea, by=idea.author)
    a_comment(idea, author=talker)
    follow(idea, by=follower)
    follow(idea, by=voter)
    assert sorted(audience_of(idea).values_list("pk", flat=True)) == sorted(
        [idea.author_id, voter.pk, talker.pk, follower.pk]
    )


def test_who_asked_for_silence_hears_nothing():
    idea, voter = an_idea(), a_member()
    cast_vote(idea, by=voter)
    unfollow(idea, by=voter)
    assert not is_following(idea, voter)
    follow(idea, by=voter)
    assert is_following(idea, voter)


def test_supporters_of_a_merged_idea_hear_of_the_one_that_stays():
    stays, goes, voter = an_idea(), an_idea(), a_member()
    cast_vote(goes, by=voter)
    merge_idea(goes, stays, reason="C’est la même demande que l’autre.", by=a_product_owner())
    assert is_following(stays, voter)


def test_list_of_followed_ideas_and_the_page_agree_with_who_hears():
    member, hears, silent, other = a_member(), an_idea(), an_idea(), an_idea()
    cast_vote(hears, by=member)
    a_comment(silent, author=member)
    unfollow(silent, by=member)
    assert list(Idea.objects.followed_by(member)) == [hears]
    shown = {idea.pk: idea.following for idea in Idea.objects.with_following(member)}
    assert shown == {hears.pk: True, silent.pk: False, other.pk: False}


def test_internal_note_does_not_make_one_follow():
    idea, owner = an_idea(), a_product_owner()
    a_comment(idea, author=owner, is_internal=True)
    assert not Idea.objects.followed_by(owner).exists()


def test_following_needs_an_account_and_an_idea_that_one_may_see():
    from django.contrib.auth.models import AnonymousUser

    with pytest.raises(NotSignedIn):
        follow(an_idea(), by=AnonymousUser())
    with pytest.raises(NotFound):
        follow(an_idea(visibility="hidden"), by=a_member())
