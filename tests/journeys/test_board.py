"""The wall, by mouse and by keys: a card goes where it is taken, and stays there for everyone."""

import pytest
from django.test import Client

from board.models import Placement
from tests.factories.board import a_quarter, an_item
from tests.factories.ideas import an_idea
from tests.factories.members import a_board_chair

from .waiting import holds

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def wall(chromium, live_server):
    """The chair's browser on the wall of a quarter with three candidates."""
    quarter = a_quarter(capacity=12)
    items = [an_item(quarter, ideas=[an_idea(state="candidate")], effort=5) for _ in range(3)]
    client = Client()
    client.force_login(a_board_chair())
    context = chromium.new_context(base_url=live_server.url, locale="fr-FR", viewport={"width": 1440, "height": 900})
    context.set_default_timeout(30_000)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page = context.new_page()
    page.goto("/desk/board/")
    yield page, items
    context.close()


def column_of(item) -> str:
    return Placement.objects.get(item=item).column


def test_card_is_dragged_to_this_quarter_and_the_line_of_capacity_is_drawn(wall):
    page, (item, *_others) = wall
    page.locator(f"#card-{item.public_id}").drag_to(page.locator("[data-column=this_quarter]"))
    page.locator(f"[data-column=this_quarter] #card-{item.public_id}").wait_for()
    holds(lambda: column_of(item) == "this_quarter")
    page.reload()
    page.locator(f"[data-column=this_quarter] #card-{item.public_id}").wait_for()
    page.get_by_text("5 / 12").first.wait_for()


def test_card_is_moved_by_keys_alone(wall):
    page, (item, *_others) = wall
    page.locator(f"#card-{item.public_id} a, #card-{item.public_id}").first.focus()
    page.keyboard.press("Shift+L")
    page.locator(f"[data-column=this_quarter] #card-{item.public_id}").wait_for()
    holds(lambda: column_of(item) == "this_quarter")
