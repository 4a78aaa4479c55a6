"""The welcome offer, written from its template with a second question, looked at, checked and opened: with a script and without."""

import re
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import expect

from polls.models import Poll
from tests.factories.members import a_member, a_product_owner

from .waiting import sent

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
WIDE = """[...document.querySelectorAll('.content *')].filter(e => { const r = e.getBoundingClientRect();
  return r.width > 0 && r.right > innerWidth + 1 && !e.closest('[data-scrolls], .w-sr-only'); })
  .map(e => e.tagName + '.' + e.className).slice(0, 3)"""


def a_desk(chromium, live_server, client, **more):
    owner = a_product_owner()
    client.force_login(owner)
    context = chromium.new_context(
        base_url=live_server.url,
        locale="fr-FR",
        viewport={"width": 1440, "height": 900},
        reduced_motion="reduce",
        **more,
    )
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    context.set_default_timeout(30_000)
    return context


def option_of(page, question, place):
    return page.locator(f"#q-{question}-o-{place}-text")


def write_second_question(page, *, with_script):
    """“What would you do with it?”, put to those who chose the cash; its option is typed in the same go where a script helps."""
    page.get_by_role("button", name="Ajouter une question").click()
    page.locator("#q-0-text").fill("Quelle offre choisiriez-vous ?")
    page.locator("#q-1-text").fill("Que feriez-vous de cet argent ?")
    option_of(page, 1, 0).fill("L’épargner")
    option_of(page, 1, 1).fill("Le placer")
    if with_script:
        page.locator("#q-1-method").select_option("multiple")
        expect(page.locator("#q-1-max_choices")).to_be_visible()
        expect(page.locator("#q-0-max_choices")).to_be_hidden()
        option_of(page, 0, 0).fill("100 € en argent")
    words = "100 € en argent" if with_script else "100 € en espèces"
    page.locator("#q-1-only_if-0").select_option(label=words)
    close = timezone.localtime(timezone.now() + timedelta(days=10)).replace(hour=18, minute=0)
    page.locator("#id_closes_at").fill(close.strftime("%Y-%m-%dT%H:%M"))


@pytest.mark.parametrize("with_script", [True, False])
def test_welcome_offer_is_written_from_its_template_checked_and_opened(chromium, live_server, client, with_script):
    for _ in range(3):
        a_member()
    context = a_desk(chromium, live_server, client, java_script_enabled=with_script)
    page, heard = context.new_page(), []
    page.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.goto("/desk/polls/new/")
    page.locator("li").filter(has_text="Quelle offre de bienvenue").get_by_role("button").click()
    expect(option_of(page, 0, 2)).to_have_value("Un an d’ordres sans courtage")
    if not with_script:
        expect(page.locator("#q-0-max_choices")).to_be_visible()  # no field is out of reach
    write_second_question(page, with_script=with_script)
    with sent(page):
        page.get_by_role("button", name="Enregistrer", exact=True).last.click()
    poll = Poll.objects.get()
    first, second = poll.questions.prefetch_related("options")
    assert second.conditions == (first.options.first().public_id,)

    page.get_by_role("link", name="Aperçu", exact=True).click()
    phone = page.frame_locator(".dk-frame--phone")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Quelle offre de bienvenue")
    assert page.locator(".dk-frame--phone").bounding_box()["width"] == 390
    asked = phone.get_by_role("heading", name="Que feriez-vous de cet argent", include_hidden=True)
    expect(asked).to_be_hidden()  # the style sheet sees to it where no script runs
    phone.locator(".choice", has_text="100 €").first.click()
    expect(asked).to_be_visible()

    page.get_by_role("link", name="Ouvrir", exact=True).click()
    expect(page.get_by_text("sont en ordre")).to_be_visible()
    page.get_by_text("Ouvrir sans attendre").click()
    page.get_by_role("button", name="Ouvrir maintenant").click()
    expect(page.locator("li.success")).to_contain_text("Le sondage est ouvert")
    poll.refresh_from_db()
    assert poll.state == "open"
    assert heard == []
    context.close()


def test_refusal_keeps_what_was_typed_and_the_keyboard_finds_it(chromium, live_server, client):
    context = a_desk(chromium, live_server, client)
    page = context.new_page()
    page.goto("/desk/polls/new/")
    page.get_by_label("Question ou sujet").fill("Par où commencer ?")
    option_of(page, 0, 0).fill("Carte 4111 1111 1111 1111")
    option_of(page, 0, 1).fill("Le virement")
    page.get_by_role("button", name="Ajouter une question").focus()
    page.keyboard.press("Enter")
    refusal = page.locator("#q-0-o-0-text-error")
    expect(refusal).to_be_visible()
    expect(option_of(page, 0, 0)).to_have_attribute("aria-describedby", "q-0-o-0-text-error")
    expect(option_of(page, 0, 1)).to_have_value("Le virement")
    expect(page.locator("#q-1-method")).to_be_visible()  # the question asked for stands there all the same
    with sent(page):
        page.get_by_role("button", name="Enregistrer en le masquant").click()
    expect(option_of(page, 0, 0)).to_have_value(re.compile("Carte"))
    assert Poll.objects.get().questions.count() == 2
    context.close()


def test_axe_finds_nothing_in_the_studio_wide_or_narrow(chromium, live_server, client):
    for _ in range(3):
        a_member()
    context = a_desk(chromium, live_server, client)
    page, faults = context.new_page(), {}
    page.goto("/desk/polls/new/")
    for key in ("beta", "campaign"):
        page.goto("/desk/polls/new/")
        with sent(page):
            page.locator(f"form[action$='/from/{key}/'] button").click()
    with sent(page):
        page.get_by_role("button", name="Garder comme modèle").click()
    beta = Poll.objects.get(title__startswith="Vous avez")
    for name in ("", "new/", *(f"{beta.public_id}/{step}" for step in ("", "preview/", "preview/paper/", "check/"))):
        page.set_viewport_size({"width": 1440, "height": 900})
        page.goto(f"/desk/polls/{name}")
        found = [(rule["id"], rule["nodes"][0]["html"][:120]) for rule in Axe().run(page).response["violations"]]
        page.set_viewport_size({"width": 320, "height": 640})
        found += [("wide", one) for one in page.evaluate(WIDE)]
        if found:
            faults[name] = found
    assert faults == {}
    context.close()
