"""The triage in a browser: by keys alone, without a script, on a phone, and as axe reads it."""

import pytest
from playwright.sync_api import expect

from ideas.models import Idea
from tests.factories.ideas import a_comment, an_idea
from tests.factories.members import a_product_owner

from .waiting import sent

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
TITLES = ("Bloquer sa carte par un appui long", "Prévoir le solde de fin de mois", "Arrondir mes achats au Livret A")
WIDE = """[...document.querySelectorAll('.content *')].filter(e => { const r = e.getBoundingClientRect();
  return r.width > 0 && r.right > innerWidth + 1 && !e.closest('[data-scrolls], .visually-hidden'); }).length"""


def faults(page) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    return [rule["id"] for rule in Axe().run(page).response["violations"]]


@pytest.fixture
def a_desk(chromium, live_server, client, slow_hands):
    """Opens the desk as a product owner; three ideas wait, the newest first in the queue."""
    for title in TITLES:
        a_comment(an_idea(title=title))
    client.force_login(a_product_owner(nickname="Claire Vasseur"))
    opened = []

    def open_it(**more):
        context = chromium.new_context(
            base_url=live_server.url, locale="fr-FR", **{"viewport": {"width": 1440, "height": 900}, **more}
        )
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
        context.set_default_timeout(30_000)
        opened.append(context)
        return context.new_page()

    yield open_it
    for context in opened:
        context.close()


def test_an_idea_is_walked_to_declined_and_taken_back_by_keys_alone(a_desk):
    page, errors = a_desk(), []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    assert page.goto("/desk/triage/").status == 200
    title = page.locator(".dk-idea__title")
    expect(title).to_have_text(TITLES[2])
    page.keyboard.press("j")
    expect(title).to_have_text(TITLES[1])
    page.keyboard.press("d")
    reason = page.get_by_label("Raison, publique")
    expect(reason).to_be_focused()
    page.keyboard.type("je décline : cela existe déjà dans l’application.")  # j, d and e are letters here
    assert faults(page) == []
    assert Idea.objects.filter(state="new").count() == 3
    page.keyboard.press("Control+Enter")
    toast = page.locator("[data-toast]")
    expect(toast).to_contain_text("non retenue")
    assert faults(page) == []
    assert Idea.objects.get(state="declined").title == TITLES[1]
    page.wait_for_load_state("load")
    page.keyboard.press("z")
    expect(page.get_by_text("Geste annulé")).to_be_visible()
    assert Idea.objects.filter(state="new").count() == 3
    page.wait_for_load_state("load")  # the keys are a module's: they come after the text
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Raccourcis du clavier")).to_be_visible()
    assert errors == []


def test_triage_works_without_a_script(a_desk):
    page = a_desk(java_script_enabled=False)
    page.goto("/desk/triage/")
    page.get_by_role("link", name=TITLES[0]).first.click()
    page.get_by_role("link", name="À l’étude").click()
    page.get_by_label("Raison, publique").fill("Nous l’étudions avec l’équipe Cartes.")
    with sent(page):
        page.get_by_role("button", name="Prendre à l’étude").click()
    assert Idea.objects.get(state="under_review").title == TITLES[0]
    with sent(page):
        page.get_by_role("button", name="Annuler").click()
    assert not Idea.objects.filter(state="under_review").exists()


def test_triage_on_a_phone_shows_one_panel_at_a_time(a_desk):
    page = a_desk(viewport={"width": 390, "height": 844}, color_scheme="dark")
    page.goto("/desk/triage/")
    expect(page.locator(".dk-idea__title")).to_be_hidden()
    page.get_by_role("link", name=TITLES[1]).click()
    expect(page.get_by_role("heading", name=TITLES[1], level=2)).to_be_visible()
    page.get_by_role("button", name="Décider").click()
    expect(page.get_by_role("link", name="Ne pas retenir")).to_be_visible()
    assert faults(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate(WIDE) == 0


def test_desk_home_has_no_fault(a_desk):
    page = a_desk()
    page.goto("/desk/")
    expect(page.get_by_role("heading", name="Bonjour Claire Vasseur")).to_be_visible()
    assert faults(page) == []
