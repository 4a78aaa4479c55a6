"""A newcomer comes in, on a phone and on a desk, with and without JavaScript; well under two minutes, and no axe finding."""

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def faults(page) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    return [rule["id"] for rule in Axe().run(page).response["violations"]]


@pytest.mark.parametrize(("script", "width"), [(True, 390), (False, 1440)])
def test_a_newcomer_signs_up_by_code(chromium, live_server, script, width):
    context = chromium.new_context(
        base_url=live_server.url, locale="fr-FR", java_script_enabled=script, viewport={"width": width, "height": 844}
    )
    page = context.new_page()
    assert page.goto("/compte/inscription/").status == 200
    assert not script or not faults(page)
    page.fill("#id_email", "soazig@exemple.fr")
    page.fill("#id_nickname", "Conseiller")
    page.click("text=Recevoir mon code")
    # Everything that is missing is said at once, at its field, and what was typed stays.
    page.wait_for_selector("text=Ce nom pourrait passer")
    expect(page.locator(".error")).to_have_count(4)
    expect(page.locator("#id_email")).to_have_value("soazig@exemple.fr")
    assert not script or not faults(page)
    page.fill("#id_nickname", "Soazig")
    page.click("text=Pas encore")
    page.check("#id_is_adult")
    page.check("#id_accepts_charter")
    page.click("text=Recevoir mon code")
    page.wait_for_selector("#id_code")
    assert not script or not faults(page)
    page.fill("#id_code", re.search(r"^\s*(\d{6})\s*$", mail.outbox[0].body, re.M).group(1))
    page.click("main >> text=Continuer")
    page.wait_for_url("**/mon-lab/")
    assert page.goto("/compte/profil/").status == 200
    expect(page.locator("#id_nickname")).to_have_value("Soazig")
    assert not script or not faults(page)
    context.close()


def test_what_only_a_script_can_do_is_not_offered_without_one(chromium, live_server):
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False, locale="fr-FR")
    page = context.new_page()
    page.goto("/compte/connexion/")
    expect(page.locator("#id_password")).to_be_visible()
    expect(page.locator("#passkey_login")).to_be_hidden()
    context.close()
