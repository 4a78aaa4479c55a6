import pytest

from core.errors import DomainError, NotAllowed
from core.models import Event
from ideas.domain.moderating import hide_idea, restore_idea
from ideas.models import Idea
from tests.factories.ideas import an_idea
from tests.factories.members import a_member, a_moderator, an_auditor, an_expert

pytestmark = pytest.mark.django_db
WHY = "Ce texte vise une personne : la charte ne le permet pas."


def test_hidden_idea_leaves_the_public_and_keeps_its_state():
    idea = an_idea(state="under_review")
    step = hide_idea(idea, reason=WHY, by=a_moderator())
    idea.refresh_from_db()
    assert (idea.visibility, idea.state, step.before) == ("hidden", "under_review", "public")
    assert not Idea.objects.visible_to(a_member()).filter(pk=idea.pk).exists()


def test_restored_idea_is_public_again():
    idea, moderator = an_idea(), a_moderator()
    hide_idea(idea, reason=WHY, by=moderator)
    restore_idea(idea, reason=WHY, by=moderator)
    idea.refresh_from_db()
    assert idea.visibility == "public"
    told = Event.objects.filter(name__startswith="Idea").order_by("at").values_list("name", flat=True)
    assert list(told) == ["IdeaHidden", "IdeaRestored"]


def test_hiding_needs_a_reason():
    with pytest.raises(DomainError) as refusal:
        hide_idea(an_idea(), reason="non", by=a_moderator())
    assert refusal.value.field == "reason"


def test_hidden_twice_and_restored_twice_are_refused():
    idea, moderator = an_idea(), a_moderator()
    with pytest.raises(DomainError) as refusal:
        restore_idea(idea, reason=WHY, by=moderator)
    assert refusal.value.code == "already_public"
    hide_idea(idea, reason=WHY, by=moderator)
    with pytest.raises(DomainError) as refusal:
        hide_idea(idea, reason=WHY, by=moderator)
    assert refusal.value.code == "already_hidden"


@pytest.mark.parametrize("somebody", [a_member, an_auditor, an_expert])
def test_only_moderators_and_product_owners_hide(somebody):
    with pytest.raises(NotAllowed):
        hide_idea(an_idea(), reason=WHY, by=somebody())
