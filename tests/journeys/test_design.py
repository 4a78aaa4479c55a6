"""The style guide in a browser: axe by day and by night, narrow screens, and the small scripts."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.signals import request_started
from django.test import Client
from playwright.sync_api import expect

from tests.factories.members import a_member

from .waiting import becomes

pytestmark = [pytest.mark.journey, pytest.mark.once, pytest.mark.django_db(transaction=True)]
WIDE = """[...document.querySelectorAll('main *')].filter(e => { const r = e.getBoundingClientRect();
  return r.width > 0 && r.right > innerWidth + 1 && !e.closest('[data-scrolls], .visually-hidden, dialog:not([open])'); }).length"""


def broken(page):
    return [(rule["id"], rule["nodes"][0]["html"][:120]) for rule in Axe().run(page).response["violations"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/styleguide/", "/en/styleguide/"])
def test_axe_finds_nothing_in_the_style_guide(page, path, scheme):
    errors = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.emulate_media(color_scheme=scheme)
    page.goto(path)
    assert broken(page) == []
    page.set_viewport_size({"width": 1440, "height": 900})
    assert broken(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate(WIDE) == 0
    assert errors == []


def test_theme_is_chosen_once_and_kept(page):
    page.emulate_media(color_scheme="light")
    page.goto("/styleguide/")
    page.get_by_role("button", name="Clair ou sombre").click()
    expect(page.locator("html")).to_have_css("color-scheme", "dark")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_what_was_typed_comes_back(page):
    page.goto("/styleguide/")
    page.get_by_role("textbox", name="Un mot").fill("Une idée en cours de route")
    becomes(page, "Object.values(localStorage).some((kept) => kept.includes('Une idée en cours'))")
    page.goto("/styleguide/")
    expect(page.get_by_role("textbox", name="Un mot")).to_have_value("Une idée en cours de route")
    page.get_by_role("button", name="Repartir de zéro").click()
    becomes(page, "!Object.values(localStorage).some((kept) => kept.includes('Une idée en cours'))")
    page.goto("/styleguide/")
    expect(page.get_by_role("textbox", name="Un mot")).to_have_value("")


def test_dialog_opens_and_escape_closes_it(page):
    page.goto("/styleguide/")
    page.get_by_role("button", name="L’ouvrir").click()
    expect(page.get_by_role("dialog", name="Quitter le bêta-test")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_site_opens_offline_on_what_was_read(page, context):
    page.goto("/styleguide/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    page.wait_for_timeout(500)
    context.set_offline(True)
    page.goto("/styleguide/")
    expect(page.get_by_role("heading", name="Guide de style", level=1)).to_be_visible()
    page.goto("/en/my-lab/")
    expect(page.get_by_role("heading", name="You are at the quay")).to_be_visible()
    page.goto("/mon-lab/")
    expect(page.get_by_role("heading", name="Vous êtes à quai")).to_be_visible()
    expect(page.get_by_role("link", name="Guide de style").first).to_be_visible()
    context.set_offline(False)


def test_no_page_of_a_member_opens_offline_after_the_sign_out(page, context, live_server):
    member = a_member(nickname="Soazig")
    client = Client()
    client.force_login(member)
    page.goto("/styleguide/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    for path in ("/idees/", "/mon-lab/", "/styleguide/"):
        page.goto(path)
        page.reload()
    page.wait_for_timeout(500)
    context.set_offline(True)
    for path in ("/idees/", "/mon-lab/"):
        page.goto(path)
        expect(page.get_by_role("heading", name="Vous êtes à quai")).to_be_visible()
        assert "Soazig" not in page.content()
    context.set_offline(False)


def test_what_is_kept_for_offline_is_fetched_as_a_stranger(page):
    """A late answer with cookies would bring back the token of before the sign-in, and the next press would be refused."""
    asked = []

    def notice(sender, environ, **kwargs):
        if environ["PATH_INFO"] in ("/hors-connexion/", "/en/offline/"):
            asked.append(environ.get("HTTP_COOKIE", ""))

    page.goto("/styleguide/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    assert "csrftoken" in [cookie["name"] for cookie in page.context.cookies()]
    request_started.connect(notice)
    page.evaluate("caches.delete('lab-2').then(() => navigator.serviceWorker.controller.postMessage('forget'))")
    becomes(page, "caches.open('lab-2').then((kept) => kept.match('/en/offline/')).then(Boolean)")
    request_started.disconnect(notice)
    assert asked
    assert set(asked) == {""}


def test_part_of_a_picture_is_covered_before_it_leaves(page, tmp_path):
    from PIL import Image

    Image.new("RGB", (300, 200), "white").save(tmp_path / "capture.png")
    page.goto("/styleguide/")
    page.get_by_label("Captures d’écran").set_input_files(str(tmp_path / "capture.png"))
    page.get_by_role("button", name="Cacher une partie : capture.png").click()
    assert broken(page) == []
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Garder cette image").click()
    page.get_by_role("button", name="Cacher une partie : capture.png").wait_for()
    becomes(
        page,  # until the covered picture has taken the place of the one chosen
        """async () => {
          const bitmap = await createImageBitmap(document.querySelector('#sg-up').files[0]);
          const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
          canvas.getContext('2d').drawImage(bitmap, 0, 0);
          return Math.max(...canvas.getContext('2d').getImageData(150, 100, 1, 1).data.slice(0, 3)) < 80;
        }""",
    )


def test_ranking_moves_by_arrows_and_by_menu(page):
    page.goto("/styleguide/")
    page.get_by_role("button", name="Descendre « Virement suivi »").click()
    expect(page.get_by_label("Rang de « Virement suivi »")).to_have_value("2")
    page.get_by_label("Rang de « Notes sur mes achats »").select_option("1")
    expect(page.get_by_label("Rang de « Notes sur mes achats »")).to_have_value("1")
    expect(page.get_by_label("Rang de « Virement suivi »")).to_have_value("3")


def test_points_never_pass_the_whole(page):
    page.goto("/styleguide/")
    give = page.get_by_role("button", name="Ajouter 5 points à « Notes sur mes achats »")
    for _ in range(5):
        give.click()
    expect(page.locator("[data-left]")).to_have_text("0")


def test_choices_wait_once_all_are_made(page):
    page.goto("/styleguide/")
    section = page.locator("#sg-other-ballots")
    section.get_by_label("Rendez-vous en ligne").first.check()
    expect(section.get_by_label("Notes sur mes achats").first).to_be_disabled()
