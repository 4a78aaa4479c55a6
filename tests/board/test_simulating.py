from board.domain.demand import Demand
from board.domain.simulating import Card, simulate


def a_card(name, effort, **notes):
    return Card(name, name, effort, Demand(), {key: [value] for key, value in notes.items()})


def test_other_weights_bring_another_card_above_the_line():
    cards = [a_card("loved", 5, impact=5, regulatory=0), a_card("due", 5, impact=1, regulatory=5)]
    result = simulate(
        cards,
        weights={"impact": 10, "regulatory": 90}, real_weights={"impact": 90, "regulatory": 10},
        capacity=5, real_capacity=5, demand_reference=100,
    )  # fmt: skip
    assert [(line.card.id, line.crosses) for line in result.lines] == [("due", "in"), ("loved", "out")]
    assert result.used == 5


def test_a_card_too_big_for_what_is_left_lets_the_next_one_in():
    cards = [a_card("first", 5, impact=5), a_card("big", 8, impact=4), a_card("small", 2, impact=3)]
    weights = {"impact": 100}
    result = simulate(cards, weights=weights, real_weights=weights, capacity=8, real_capacity=5, demand_reference=100)
    assert [line.card.id for line in result.lines if line.fits] == ["first", "small"]
    assert [line.card.id for line in result.crossing] == ["small"]
