import pytest

from core.errors import DomainError, ImpossibleMove, NotAllowed
from core.models import Event
from ideas.domain.moving import move_idea, undo_move
from ideas.models import Idea
from ideas.states import MOVES, State
from tests.factories.ideas import an_idea
from tests.factories.members import a_member, a_product_owner

pytestmark = pytest.mark.django_db
WHY = "Nous étudions votre idée avec l’équipe Cartes."


@pytest.mark.parametrize("start", State.values)
def test_only_the_legal_moves_are_possible(start):
    owner = a_product_owner()
    for end in State.values:
        idea = an_idea(state=start)
        if end in MOVES[start] and end != State.MERGED:
            assert move_idea(idea, end, reason=WHY, by=owner).to_state == end
        else:
            with pytest.raises(ImpossibleMove):
                move_idea(idea, end, reason=WHY, by=owner)


def test_member_cannot_move_an_idea():
    with pytest.raises(NotAllowed):
        move_idea(an_idea(), State.UNDER_REVIEW, reason=WHY, by=a_member())


def test_move_needs_a_reason():
    with pytest.raises(DomainError) as refusal:
        move_idea(an_idea(), State.UNDER_REVIEW, reason="  ", by=a_product_owner())
    assert refusal.value.field == "reason"


def test_undone_move_leaves_the_idea_where_it_was():
    idea, owner = an_idea(), a_product_owner()
    move = move_idea(idea, State.UNDER_REVIEW, reason=WHY, by=owner)
    undo_move(move, by=owner)
    assert Idea.objects.get(pk=idea.pk).state == State.NEW
    assert list(Event.objects.order_by("at").values_list("name", flat=True)) == ["IdeaMoved", "IdeaMoveUndone"]
