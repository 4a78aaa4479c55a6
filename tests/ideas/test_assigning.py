import pytest

from core.errors import Invalid, NotAllowed
from core.models import Event
from ideas.domain.assigning import assign_idea
from tests.factories.ideas import an_idea
from tests.factories.members import a_member, a_product_owner, an_auditor, an_expert

pytestmark = pytest.mark.django_db


def test_product_owner_takes_an_idea():
    owner = a_product_owner()
    assert assign_idea(an_idea(), owner, by=owner).assignee == owner
    assert Event.objects.get().name == "IdeaAssigned"


def test_assigning_again_tells_nothing_new():
    owner, idea = a_product_owner(), an_idea()
    assign_idea(idea, owner, by=owner)
    assign_idea(idea, owner, by=owner)
    assert Event.objects.count() == 1


def test_idea_can_be_given_to_an_expert_and_to_nobody():
    owner, expert, idea = a_product_owner(), an_expert(), an_idea()
    assign_idea(idea, expert, by=owner)
    assert assign_idea(idea, None, by=owner).assignee is None


@pytest.mark.parametrize("somebody", [a_member, an_auditor])
def test_idea_is_not_given_to_who_cannot_answer(somebody):
    with pytest.raises(Invalid) as refusal:
        assign_idea(an_idea(), somebody(), by=a_product_owner())
    assert refusal.value.field == "assignee"


@pytest.mark.parametrize("somebody", [a_member, an_auditor, an_expert])
def test_only_product_owners_assign(somebody):
    by = somebody()
    with pytest.raises(NotAllowed):
        assign_idea(an_idea(), by, by=by)
