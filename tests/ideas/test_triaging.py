import pytest

from core.errors import NotAllowed
from ideas.domain.commenting import comment_on
from ideas.domain.moving import move_idea
from ideas.domain.triaging import ChangedMeanwhile, unchanged, version_of
from ideas.models import IdeaMove
from ideas.states import State
from tests.factories.ideas import an_idea
from tests.factories.members import a_product_owner, an_auditor, an_expert

pytestmark = pytest.mark.django_db
WHY = "Nous étudions votre idée avec l’équipe Cartes."


def test_decision_is_made_on_what_was_seen():
    idea, owner = an_idea(), a_product_owner()
    with unchanged(idea, version_of(idea)) as held:
        move_idea(held, State.UNDER_REVIEW, reason=WHY, by=owner)
    assert IdeaMove.objects.count() == 1


def test_decision_on_an_idea_that_a_colleague_moved_is_not_made():
    idea, owner = an_idea(), a_product_owner()
    seen = version_of(idea)
    move_idea(idea, State.UNDER_REVIEW, reason=WHY, by=a_product_owner())
    with pytest.raises(ChangedMeanwhile), unchanged(idea, seen) as held:
        move_idea(held, State.DECLINED, reason=WHY, by=owner)
    assert IdeaMove.objects.count() == 1


def test_expert_writes_a_note_and_an_auditor_does_not():
    idea = an_idea()
    assert comment_on(idea, body="Vu avec l’équipe.", by=an_expert(), is_internal=True).is_internal
    with pytest.raises(NotAllowed):
        comment_on(idea, body="Vu avec l’équipe.", by=an_auditor(), is_internal=True)
