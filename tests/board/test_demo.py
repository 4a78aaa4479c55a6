from datetime import UTC, datetime

import pytest

from board import demo as board_demo
from board.domain.freezing import verify_quarter
from board.models import Evidence, Placement, Quarter
from ideas.domain.voting import cast_vote
from lab.demo import Demo
from tests.factories.ideas import a_category, an_idea
from tests.factories.members import a_board_chair, a_board_member, a_member, a_product_owner

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("now", [datetime(2026, 11, 21, 9, tzinfo=UTC), datetime(2027, 1, 2, 9, tzinfo=UTC)])
def test_demo_holds_three_quarters_whose_hashes_are_true(now):
    category, voter = a_category(), a_member()
    for state, count in {"candidate": 16, "planned": 7, "in_beta": 4, "delivered": 9, "declined": 8}.items():
        for _ in range(count):
            cast_vote(an_idea(category=category), by=voter)
            an_idea(state=state, category=category)
    demo = Demo(now=now, say=lambda text: None)
    demo.accounts = {"presidence": a_board_chair(), "comite": a_board_member(), "produit": a_product_owner()}
    board_demo.load(demo)
    quarters = list(Quarter.objects.order_by("code"))
    assert [quarter.state for quarter in quarters] == ["published", "published", "deciding"]
    assert quarters[0].next_code == quarters[1].code and quarters[1].next_code == quarters[2].code
    assert all(verify_quarter(quarter).holds for quarter in quarters[:2])
    assert all(quarter.frozen_by_id != quarter.published_by_id for quarter in quarters[:2])
    assert all(quarter.published_at < now for quarter in quarters[:2])
    now_placed = Placement.objects.filter(quarter=quarters[2])
    assert now_placed.count() == 12
    assert set(now_placed.values_list("column", flat=True)) == {
        "candidate", "this_quarter", "next", "later", "not_retained",
    }  # fmt: skip
    states = Evidence.objects.filter(item__placements__in=now_placed, idea__isnull=False).values_list(
        "idea__state", flat=True
    )
    assert set(states) == {"candidate"}
