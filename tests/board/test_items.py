import pytest

from board.domain.items import join_item, make_item, make_item_from_idea, note_evidence
from board.models import BoardItem, Placement
from core.errors import DomainError, NotAllowed
from core.shield import PrivateData
from ideas.models import Idea
from tests.factories.board import a_quarter, an_item
from tests.factories.ideas import an_idea
from tests.factories.members import a_board_member, a_member, a_product_owner

pytestmark = pytest.mark.django_db
WHY = "Nous portons cette idée au prochain comité."


def test_idea_taken_to_the_board_becomes_a_candidate_with_the_reason_and_a_card_on_the_wall():
    quarter, idea = a_quarter(state="preparing"), an_idea()
    item = make_item_from_idea(idea, reason=WHY, by=a_product_owner())
    idea = Idea.objects.get(pk=idea.pk)
    assert (idea.state, idea.moves.get().reason) == ("candidate", WHY)
    assert item.title == idea.title
    assert Placement.objects.get(quarter=quarter, item=item).column == "candidate"


def test_idea_taken_to_the_board_twice_gives_one_subject():
    idea, owner = an_idea(), a_product_owner()
    first = make_item_from_idea(idea, by=owner)
    assert make_item_from_idea(Idea.objects.get(pk=idea.pk), by=owner) == first
    assert BoardItem.objects.count() == 1


def test_declined_idea_comes_back_through_a_study():
    idea = an_idea(state="declined")
    make_item_from_idea(idea, reason=WHY, by=a_product_owner())
    assert [move.to_state for move in idea.moves.all()] == ["under_review", "candidate"]


def test_idea_joins_one_subject_only():
    idea, owner, item = an_idea(), a_product_owner(), an_item()
    join_item(idea, item, by=owner)
    with pytest.raises(DomainError) as refusal:
        join_item(idea, an_item(), by=owner)
    assert refusal.value.code == "already_evidence"


@pytest.mark.parametrize("who", [a_member, a_board_member])
def test_only_product_owners_and_the_chair_make_subjects(who):
    with pytest.raises(NotAllowed):
        make_item_from_idea(an_idea(), by=who())


def test_subject_refuses_a_card_number():
    with pytest.raises(PrivateData):
        make_item(title="Carte 4970 1000 0000 0055", by=a_product_owner())


def test_note_of_evidence_masks_an_e_mail():
    assert "@" not in note_evidence(an_item(), note="Vu avec marie@example.org", by=a_product_owner()).note
