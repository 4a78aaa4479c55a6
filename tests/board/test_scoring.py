import pytest

from board.domain.demand import Demand, demand_of, demand_value
from board.domain.quarters import reveal_scores
from board.domain.scoring import ease, give_score, total_of, totals_of
from board.models import Evidence, Score
from core.errors import DomainError, NotAllowed
from ideas.domain.merging import merge_idea
from ideas.domain.voting import cast_vote
from tests.factories.board import a_quarter, an_item, scores
from tests.factories.ideas import an_idea
from tests.factories.members import (
    a_board_chair,
    a_board_member,
    a_member,
    a_product_owner,
    a_staff_member,
    an_auditor,
)

pytestmark = pytest.mark.django_db


def test_score_is_the_weighted_mean_of_medians_demand_and_ease_on_100():
    total = total_of(
        weights={"impact": 60, "demand": 20, "effort": 20},
        notes={"impact": [5, 4, 0]},  # the median, 4, not the mean
        effort=2,
        demand=Demand(people=99, weighted=99),
        demand_reference=99,
    )
    assert [part.value for part in total.parts] == [4.0, 5.0, 4.0]
    assert total.score == pytest.approx(48 + 20 + 16)


def test_factor_nobody_scored_is_left_out_and_the_score_is_incomplete():
    total = total_of(
        weights={"impact": 50, "reach": 50}, notes={"impact": [4, None]}, effort=5, demand=Demand(), demand_reference=10
    )
    assert (total.score, total.is_complete, total.part("impact").abstained) == (80.0, False, 1)


@pytest.mark.parametrize(("points", "value"), [(1, 5), (2, 4), (8, 2), (32, 0), (64, 0)])
def test_each_doubling_of_the_work_costs_one_note(points, value):
    assert ease(points) == value


def test_demand_of_the_whole_community_is_5_and_of_nobody_0():
    assert (demand_value(1000, 1000), demand_value(0, 1000), demand_value(5000, 1000)) == (5, 0, 5)


def test_demand_counts_each_person_once_over_ideas_and_merged_ones_and_staff_apart():
    first, second, duplicate, both = an_idea(), an_idea(), an_idea(), a_member()
    for idea in (first, second, duplicate):
        cast_vote(idea, by=both)
    cast_vote(duplicate, by=a_member())
    cast_vote(first, by=a_staff_member())
    merge_idea(duplicate, second, reason="C’est la même demande.", by=a_product_owner())
    item = an_item(ideas=[first, second])
    assert demand_of([item.pk])[item.pk] == Demand(people=2, staff=1, weighted=2)


def test_person_weighs_as_their_heaviest_evidence():
    light, heavy, member = an_idea(), an_idea(), a_member()
    item = an_item(ideas=[light, heavy])
    Evidence.objects.filter(idea=light).update(weight=0.5)
    Evidence.objects.filter(idea=heavy).update(weight=2)
    cast_vote(light, by=member)
    cast_vote(heavy, by=member)
    cast_vote(light, by=a_member())
    assert demand_of([item.pk])[item.pk] == Demand(people=2, staff=0, weighted=2.5)


def test_member_changes_own_note_and_has_one_per_factor():
    quarter, member = a_quarter(state="scoring"), a_board_member()
    item = an_item(quarter)
    give_score(quarter, item, values={"impact": 2}, by=member)
    give_score(quarter, item, values={"impact": 4, "reach": 1}, by=member)
    assert dict(Score.objects.values_list("factor", "value")) == {"impact": 4, "reach": 1}


def test_abstention_is_said_and_is_not_a_zero():
    quarter = a_quarter(state="deciding", weights={"impact": 100})
    item = an_item(quarter)
    give_score(quarter, item, values={}, abstain=True, by=a_board_member())
    scores(quarter, item, a_board_chair(), impact=4)
    assert totals_of(quarter, quarter.placements.all())[item.pk].score == 80


@pytest.mark.parametrize("values", [{"impact": 6}, {"impact": -1}, {"demand": 3}, {"effort": 3}, {}, {"impact": True}])
def test_note_goes_from_0_to_5_on_a_factor_that_is_scored(values):
    quarter = a_quarter(state="scoring")
    with pytest.raises(DomainError) as refusal:
        give_score(quarter, an_item(quarter), values=values, by=a_board_member())
    assert refusal.value.code in {"bad_score", "unknown_factor"}


@pytest.mark.parametrize("who", [a_member, a_product_owner, an_auditor])
def test_only_the_board_scores(who):
    quarter = a_quarter(state="scoring")
    with pytest.raises(NotAllowed):
        give_score(quarter, an_item(quarter), values={"impact": 3}, by=who())


def test_no_note_enters_a_score_before_the_reveal():
    quarter = a_quarter(state="scoring")
    item = an_item(quarter)
    scores(quarter, item, a_board_member())
    total = totals_of(quarter, quarter.placements.all())[item.pk]
    assert total.part("impact").value is None and total.part("impact").notes == ()


def test_reveal_waits_for_enough_scorers_then_sorts_by_score():
    quarter, chair = a_quarter(state="scoring"), a_board_chair()
    low, high = an_item(quarter), an_item(quarter)
    scores(quarter, low, chair, impact=0)
    with pytest.raises(DomainError) as refusal:
        reveal_scores(quarter, by=chair)
    assert refusal.value.code == "not_enough_scorers"
    scores(quarter, high, a_board_member(), impact=5)
    reveal_scores(quarter, by=chair)
    assert [row.item for row in quarter.placements.order_by("rank")] == [high, low]
