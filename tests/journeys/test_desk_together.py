"""Many ideas at once and two people at one idea: the bulk panel, its bar, who else is here, who was first; the filter sheet."""

import pytest
from django.test import Client
from playwright.sync_api import expect

from core.worker import Worker
from ideas.models import BulkRun, Idea
from tests.factories.ideas import an_idea
from tests.factories.members import a_moderator, a_product_owner

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
TITLES = ("Bloquer sa carte par un appui long", "Prévoir le solde de fin de mois", "Arrondir mes achats au Livret A")
WHY = "Nous les étudions ensemble, avec l’équipe Cartes."
WIDE = """[...document.querySelectorAll('.content *')].filter(e => { const r = e.getBoundingClientRect();
  return r.width > 0 && (r.right > innerWidth + 1 || r.left < -1) && !e.closest('[data-scrolls], .visually-hidden'); }).length"""


@pytest.fixture
def sit_down(chromium, live_server, slow_hands):
    """A colleague's browser at the desk."""
    for title in TITLES:
        an_idea(title=title)
    opened = []

    def by(member, **more):
        client = Client()
        client.force_login(member)
        context = chromium.new_context(
            base_url=live_server.url, locale="fr-FR", **{"viewport": {"width": 1440, "height": 900}, **more}
        )
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
        context.set_default_timeout(30_000)
        opened.append(context)
        return context.new_page()

    yield by
    for context in opened:
        context.close()


def test_chosen_ideas_are_moved_together_and_the_bar_runs_to_its_end(sit_down):
    page = sit_down(a_product_owner())
    page.goto("/desk/triage/", wait_until="load")
    page.keyboard.press("x")
    expect(page.get_by_role("heading", name="1 idée choisie")).to_be_visible()
    page.keyboard.press("Shift+X")
    expect(page.get_by_role("heading", name="3 idées choisies")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("[data-bulk]")).to_have_count(0)
    page.keyboard.press("Shift+X")
    expect(page.get_by_role("heading", name="3 idées choisies")).to_be_visible()
    page.keyboard.press("e")
    expect(page.get_by_label("Raison, publique")).to_be_focused()
    page.keyboard.type(WHY)
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press("Control+Enter")
    bar = page.locator("#bulk-bar")
    expect(bar).to_contain_text("0 sur 3 faites")
    Worker(batch=True).run()
    expect(bar).to_contain_text("3 sur 3 faites")
    expect(bar).to_contain_text("Terminé")
    expect(bar.locator("[role=img]")).to_have_attribute("aria-label", "100\u00a0%")
    assert set(Idea.objects.values_list("state", flat=True)) == {"under_review"}


def test_two_at_one_idea_see_each_other_and_the_second_loses_nothing_typed(sit_down):
    claire, yanis = (
        sit_down(a_product_owner(nickname="Claire Vasseur")),
        sit_down(a_product_owner(nickname="Yanis Belkacem")),
    )
    address = f"/desk/triage/?idea={Idea.objects.get(title=TITLES[0]).public_id}&move=decline"
    with claire.expect_response("**/here/"):
        claire.goto(address, wait_until="load")
    yanis.goto(address, wait_until="load")
    expect(yanis.locator("#here")).to_contain_text("Claire Vasseur lit aussi cette idée")
    typed = "Cela existe déjà dans l’application, rubrique Cartes."
    yanis.get_by_label("Raison, publique").fill(typed)
    claire.get_by_label("Raison, publique").fill("Nous ne pouvons pas le faire avec ce prestataire.")
    with claire.expect_navigation(wait_until="load"):
        claire.keyboard.press("Control+Enter")
    yanis.get_by_label("Raison, publique").focus()
    with yanis.expect_navigation(wait_until="load"):
        yanis.keyboard.press("Control+Enter")
    told = yanis.get_by_role("alert").first
    expect(told).to_contain_text("Claire Vasseur a agi avant vous")
    expect(told).to_contain_text("avec ce prestataire")
    expect(told).to_contain_text("Non retenue")
    expect(yanis.locator("[data-prepared]")).to_have_count(0)  # not retained already: that move is over
    expect(yanis.get_by_label("Votre texte, gardé")).to_have_value(typed)
    with yanis.expect_navigation(wait_until="load"):
        yanis.locator("[data-kept]").get_by_role("button", name="Note interne").click()
    expect(yanis.locator("[data-prepared] textarea")).to_have_value(typed)
    assert Idea.objects.get(title=TITLES[0]).moves.count() == 1


@pytest.mark.parametrize("script", [True, False])
def test_filter_sheet_is_used_on_a_phone(sit_down, script):
    Idea.objects.filter(title=TITLES[1]).update(state="delivered")
    page = sit_down(a_moderator(), viewport={"width": 390, "height": 844}, java_script_enabled=script)
    page.goto("/desk/triage/", wait_until="load")
    page.locator("[data-more] summary").click()
    page.get_by_label("État").select_option("delivered")
    if script:
        assert page.evaluate(WIDE) == 0
    with page.expect_navigation(wait_until="load"):
        page.locator(".dk-filters__sheet").get_by_role("button", name="Filtrer").click()
    expect(page.get_by_role("link", name=TITLES[1])).to_be_visible()
    expect(page.get_by_role("link", name=TITLES[0])).to_have_count(0)


def test_bulk_works_without_a_script_and_is_taken_back(sit_down):
    page = sit_down(a_product_owner(), java_script_enabled=False)
    page.goto("/desk/triage/")
    for title in TITLES[:2]:
        page.get_by_label(f"Choisir « {title} »").check(force=True)
    page.locator("[data-picked]").click()
    page.get_by_role("link", name="Ne pas retenir").click()
    page.get_by_label("Raison, publique").fill(WHY)
    page.locator("[data-prepared] button[aria-keyshortcuts]").click()
    expect(page.locator("#bulk-bar")).to_contain_text("0 sur 2 faites")
    Worker(batch=True).run()
    page.locator("#bulk-bar").get_by_role("link", name="Voir le résultat").click()
    expect(page.locator("#bulk-bar")).to_contain_text("2 sur 2 faites")
    assert Idea.objects.filter(state="declined").count() == 2
    page.locator("#bulk-bar [data-undo] button").click()
    expect(page.locator("#bulk-bar")).to_contain_text("Annulé")
    assert Idea.objects.filter(state="new").count() == 3
    assert BulkRun.objects.get().state == "undone"


def test_page_of_a_bulk_move_is_worked_by_mouse_and_by_keys(sit_down):
    from axe_playwright_python.sync_playwright import Axe

    page, errors = sit_down(a_product_owner()), []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto("/desk/triage/")
    page.wait_for_load_state("networkidle")
    page.locator("[data-all]").check()
    expect(page.locator("[data-voice]")).to_have_text("Décider ensemble : 3")
    expect(page.locator("[data-bulk]")).to_be_visible()
    page.get_by_role("button", name="Décider ensemble").click()
    page.wait_for_url("**/bulk/**")
    page.get_by_role("link", name="Étiqueter").click()
    expect(page.locator("[data-prepared]")).to_be_visible()
    page.locator("h1, h2").first.click()
    page.keyboard.press("n")
    note = page.get_by_label("Note interne")
    expect(note).to_be_focused()
    assert [rule["id"] for rule in Axe().run(page).response["violations"]] == []
    page.keyboard.type("Vu ensemble mardi.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#bulk-bar")).to_be_visible()
    assert errors == []
