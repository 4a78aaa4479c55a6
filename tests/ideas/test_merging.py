import pytest

from core.errors import DomainError
from ideas.domain.merging import merge_idea, preview_merge, unmerge_idea
from ideas.domain.voting import cast_vote, withdraw_vote
from ideas.models import Idea
from tests.factories.ideas import an_idea
from tests.factories.members import a_member, a_product_owner

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
