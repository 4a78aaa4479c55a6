import pytest

from core.errors import DomainError
from ideas.domain.merging import merge_idea, preview_merge, unmerge_idea
from ideas.domain.moderating import remove_idea
from ideas.domain.voting import cast_vote, withdraw_vote
from ideas.models import Idea
from tests.factories.ideas import an_idea
from tests.factories.members import a_member, a_moderator, a_product_owner

pytestmark = pytest.mark.django_db
WHY = "C’est la même demande, réunie en une seule."


def score(idea):
    return Idea.objects.get(pk=idea.pk).vote_score


def test_each_voter_counts_once_after_a_merge_and_unmerge_gives_the_counts_back():
    stays, goes, owner, both = an_idea(), an_idea(), a_product_owner(), a_member()
    cast_vote(stays, by=both)
    cast_vote(goes, by=both)
    cast_vote(stays, by=a_member())
    cast_vote(goes, by=a_member())
    assert preview_merge(goes, stays, by=owner).together == 3
    merge_idea(goes, stays, reason=WHY, by=owner)
    assert score(stays) == 3
    unmerge_idea(goes, reason=WHY, by=owner)
    assert (score(stays), score(goes)) == (2, 2)
    assert Idea.objects.get(pk=goes.pk).state == "new"


def test_vote_on_the_idea_that_stays_counts_its_cluster_once():
    stays, goes, member = an_idea(), an_idea(), a_member()
    cast_vote(goes, by=member)
    merge_idea(goes, stays, reason=WHY, by=a_product_owner())
    stays.refresh_from_db()
    assert cast_vote(stays, by=member).vote_count == 1
    assert withdraw_vote(stays, by=member).vote_count == 0


@pytest.mark.parametrize("code", ["merge_loop", "merge_chain"])
def test_loops_and_chains_are_refused(code):
    first, second, third, owner = an_idea(), an_idea(), an_idea(), a_product_owner()
    merge_idea(first, second, reason=WHY, by=owner)
    pairs = {"merge_loop": (third, third), "merge_chain": (second, third)}
    for duplicate, canonical in [pairs[code]]:
        with pytest.raises(DomainError) as refusal:
            merge_idea(Idea.objects.get(pk=duplicate.pk), Idea.objects.get(pk=canonical.pk), reason=WHY, by=owner)
        assert refusal.value.code == code


@pytest.mark.parametrize("seen", ["held", "hidden", "removed"])
def test_nothing_is_merged_into_what_members_are_not_shown(seen):
    stays, goes, owner = an_idea(visibility=seen), an_idea(), a_product_owner()
    for refused in (
        lambda: preview_merge(goes, stays, by=owner),
        lambda: merge_idea(goes, stays, reason=WHY, by=owner),
    ):
        with pytest.raises(DomainError) as refusal:
            refused()
        assert (refusal.value.code, refusal.value.status) == ("merge_unseen", 409)


def test_title_of_the_idea_that_stays_goes_with_it_when_it_is_removed(client):
    stays, goes, owner = an_idea(title="Le nom de ma conseillère, en toutes lettres"), an_idea(), a_product_owner()
    merge_idea(goes, stays, reason=WHY, by=owner)
    addresses = (goes.get_absolute_url(), f"/api/v1/ideas/{goes.public_id}/")
    assert all(stays.title in client.get(address).content.decode() for address in addresses)
    remove_idea(stays, reason=WHY, by=a_moderator())
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200 and stays.title not in answer.content.decode()
    assert client.get(addresses[1]).json()["merged_into"] is None
