"""What one member began to write is not what the next one at the same browser reads."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.factories.ideas import a_category
from tests.factories.members import PASSWORD, a_member
from tests.journeys.test_posting import signs_in

from .waiting import becomes

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
BEGUN = "Ce que je n’ai pas encore publié"
KEPT = "Object.keys(localStorage).filter((key) => key.startsWith('draft:'))"


@pytest.fixture
def page(chromium, live_server):
    context = chromium.new_context(base_url=live_server.url, locale="fr-FR", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


def writes(page):
    page.goto("/idees/proposer/")
    page.locator("draft-keeper:defined").first.wait_for(state="attached")
    page.locator("#id_title").fill(BEGUN)
    page.goto("/idees/")
    becomes(page, f"{KEPT}.length === 1")


def begun(page):
    page.goto("/idees/proposer/")
    page.locator("draft-keeper:defined").first.wait_for(state="attached")
    return page.locator("#id_title")


def test_draft_is_found_by_who_typed_it_and_by_nobody_else(page):
    first, second = a_member(password=PASSWORD), a_member(password=PASSWORD)
    a_category()
    signs_in(page, first)
    writes(page)
    expect(begun(page)).to_have_value(BEGUN)
    page.context.clear_cookies()  # the session merely ended
    signs_in(page, second)
    expect(begun(page)).to_have_value("")
    becomes(page, f"!JSON.stringify(localStorage).includes({json.dumps(BEGUN)})")


def test_draft_goes_at_sign_out(page):
    member = a_member(password=PASSWORD)
    a_category()
    signs_in(page, member)
    writes(page)
    page.goto("/compte/deconnexion/")
    page.locator("main form[data-signs-out] button").click()
    page.wait_for_url(re.compile(r"/$"))
    becomes(page, f"{KEPT}.length === 0")
