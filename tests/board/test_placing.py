import pytest

from board.domain.placing import explain_card, move_card, set_effort
from board.models import Placement
from core.errors import DomainError, NotAllowed
from core.models import Event
from core.shield import PrivateData
from tests.factories.board import WHY, a_quarter, an_item, freeze
from tests.factories.members import a_board_member, a_member, a_product_owner, an_auditor

pytestmark = pytest.mark.django_db


def order(quarter, column):
    return [row.item for row in quarter.placements.in_column(column).order_by("rank")]


def test_card_goes_where_it_was_dropped():
    quarter, member = a_quarter(), a_board_member()
    first, second, third = (an_item(quarter, column="next") for _ in range(3))
    card = an_item(quarter)
    move_card(quarter, card, to="next", position=1, by=member)
    assert order(quarter, "next") == [first, card, second, third]
    move_card(quarter, third, to="next", position=0, by=member)
    assert order(quarter, "next") == [third, first, card, second]
    assert Event.objects.filter(name="ItemMoved").count() == 1


def test_ranks_survive_many_moves_to_the_same_place():
    quarter, member = a_quarter(), a_board_member()
    for _ in range(3):
        an_item(quarter, column="next")
    for _ in range(60):
        last = order(quarter, "next")[-1]
        move_card(quarter, last, to="next", position=1, by=member)
        assert order(quarter, "next")[1] == last


def test_card_that_is_not_retained_needs_its_reason():
    quarter, member = a_quarter(), a_board_member()
    card = an_item(quarter)
    with pytest.raises(DomainError) as refusal:
        move_card(quarter, card, to="not_retained", by=member)
    assert (refusal.value.code, refusal.value.field) == ("reason_needed", "reason")
    move_card(quarter, card, to="not_retained", reason=WHY, by=member)
    assert Placement.objects.get(item=card).reason == WHY


def test_frozen_card_does_not_lift():
    quarter, member = a_quarter(), a_board_member()
    card = an_item(quarter)
    freeze(quarter)
    for verb in (
        lambda: move_card(quarter, card, to="next", by=member),
        lambda: explain_card(quarter, card, reason=WHY, by=member),
        lambda: set_effort(quarter, card, effort=3, by=member),
    ):
        with pytest.raises(DomainError) as refusal:
            verb()
        assert (refusal.value.code, refusal.value.status) == ("quarter_frozen", 409)


@pytest.mark.parametrize("who", [a_member, a_product_owner, an_auditor])
def test_only_the_board_moves_cards(who):
    quarter = a_quarter()
    with pytest.raises(NotAllowed):
        move_card(quarter, an_item(quarter), to="next", by=who())


def test_reason_refuses_an_iban():
    quarter = a_quarter()
    with pytest.raises(PrivateData):
        move_card(
            quarter, an_item(quarter), to="later", reason="Payé sur FR7630006000011234567890189", by=a_board_member()
        )
