"""What is typed into a move is there again after another idea was read: with a script it waits in the tab, else it goes along."""

import pytest
from playwright.sync_api import expect

from ideas.models import Idea
from tests.factories.desk import a_suggestion
from tests.factories.ideas import an_idea
from tests.factories.members import a_product_owner

from .waiting import becomes

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
HERE, ALIKE, SUGGESTED = "Voir le solde prévu à la fin du mois", "Prévoir mon solde de fin de mois", "Un solde à venir"
TYPED = "Notre prestataire ne le permet pas aujourd’hui."
KEPT = "Object.keys(sessionStorage).filter((key) => key.startsWith('draft:')).length"


@pytest.fixture
def ideas():
    here, alike, suggested = (
        an_idea(title=title, body=f"{title}, sans le calculer moi-même.") for title in (HERE, ALIKE, SUGGESTED)
    )
    a_suggestion(here, suggested, score=88)
    return here, alike, suggested


@pytest.fixture
def sit_down(chromium, live_server, client):
    contexts = []

    def sit(member, **more):
        client.force_login(member)
        context = chromium.new_context(
            base_url=live_server.url, locale="fr-FR", viewport={"width": 1440, "height": 900}, **more
        )
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
        context.set_default_timeout(30_000)
        contexts.append(context)
        return context.new_page()

    yield sit
    for context in contexts:
        context.close()


def reason(page):
    return page.get_by_label("Raison, publique")


def test_typed_reason_waits_in_the_tab_while_a_similar_idea_is_read_and_goes_once_it_is_sent(sit_down, ideas):
    page, address = sit_down(a_product_owner()), f"/desk/triage/?idea={ideas[0].public_id}&move=decline"
    page.goto(address, wait_until="load")
    reason(page).fill(TYPED)
    page.get_by_label("Rester silencieux").check()
    with page.expect_navigation(wait_until="load"):
        page.locator("#evidence").get_by_role("link", name=ALIKE, exact=True).click()
    expect(page.locator(".dk-idea__title")).to_have_text(ALIKE)
    page.keyboard.press("d")
    expect(reason(page)).to_have_value("")  # it was typed for another idea
    page.locator("[data-queue]").get_by_role("link", name=HERE).click()
    expect(page.locator(".dk-idea__title")).to_have_text(HERE)
    page.locator("[data-move=d]").click()
    expect(reason(page)).to_have_value(TYPED)
    expect(page.get_by_label("Rester silencieux")).to_be_checked()
    expect(page.locator("[data-audience] > b")).to_have_text("0")
    expect(page.get_by_role("status").filter(has_text="Nous avons retrouvé")).to_be_visible()
    reason(page).press_sequentially(" ")
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press("Control+Enter")
    becomes(page, f"{KEPT} === 0")
    assert Idea.objects.get(title=HERE).moves.get().reason == TYPED


@pytest.mark.parametrize("desk", [True, False])
def test_refused_reason_stays_and_none_of_it_is_left_after_sign_out(sit_down, ideas, desk):
    page = sit_down(a_product_owner())
    page.goto(f"/desk/triage/?idea={ideas[0].public_id}&move=decline", wait_until="load")
    reason(page).fill("non")
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press("Control+Enter")
    expect(reason(page)).to_have_value("non")
    becomes(page, f"{KEPT} === 1")  # it came back with its refusal: it waits again
    if desk:
        with page.expect_navigation(wait_until="load"):
            page.locator("form[action='/desk/logout/']").evaluate("(form) => form.requestSubmit()")
    else:
        page.goto("/compte/deconnexion/")
        page.locator("main form[data-signs-out] button").click()
    becomes(page, f"{KEPT} === 0")


def test_who_signs_in_next_in_the_same_tab_finds_nothing(sit_down, ideas, client, live_server):
    page, address = sit_down(a_product_owner()), f"/desk/triage/?idea={ideas[0].public_id}&move=decline"
    page.goto(address, wait_until="load")
    reason(page).fill(TYPED)
    becomes(page, f"{KEPT} === 1")
    client.force_login(a_product_owner())
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    page.goto(address, wait_until="load")
    becomes(page, f"{KEPT} === 0")
    expect(reason(page)).to_have_value("")


def test_without_a_script_what_was_typed_goes_along(sit_down, ideas):
    page = sit_down(a_product_owner(), java_script_enabled=False)
    page.goto(f"/desk/triage/?idea={ideas[0].public_id}&move=decline", wait_until="load")
    reason(page).fill(TYPED)
    page.get_by_label("Rester silencieux").check()
    for name in ("Voir les preuves", SUGGESTED, ALIKE):
        with page.expect_navigation(wait_until="load"):
            page.get_by_role("button", name=name).first.click()
        expect(reason(page)).to_have_value(TYPED)
        expect(page.get_by_label("Rester silencieux")).to_be_checked()
    expect(page.locator("#desk-compared")).to_contain_text("sans le calculer moi-même")
    with page.expect_navigation(wait_until="load"):
        page.locator("#evidence .dk-dup__acts").get_by_role("button", name="Fusionner").first.click()
    expect(reason(page)).to_have_value(TYPED)
    expect(page.locator("#desk-stays")).to_contain_text(ALIKE)
    assert not Idea.objects.filter(state="merged").exists()
