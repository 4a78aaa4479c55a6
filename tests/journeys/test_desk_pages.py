"""The desk of ideas as axe reads it: each page and state, by day and by night, at 320 px, with nothing in the console."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from ideas.models import Tag
from tests.factories.desk_pages import a_furnished_desk
from tests.factories.ideas import a_category
from tests.factories.members import a_product_owner, an_administrator
from trust.models import HoldRule
from trust.states import RuleKind

pytestmark = [pytest.mark.journey, pytest.mark.once, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
WIDE = """[...document.querySelectorAll('.content *')].filter(e => { const r = e.getBoundingClientRect();
  return r.width > 0 && r.right > innerWidth + 1 && !e.closest('[data-scrolls], .visually-hidden'); })
  .map(e => e.tagName + '.' + e.className).slice(0, 3)"""
SETTLED = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
# What moved, in parts of the window; below a hundredth nobody sees it.
SHIFT = """new Promise(done => { let sum = 0;
  new PerformanceObserver(list => { for (const e of list.getEntries()) if (!e.hadRecentInput) sum += e.value; })
    .observe({type: 'layout-shift', buffered: true});
  requestAnimationFrame(() => requestAnimationFrame(() => done(Math.round(sum * 100) / 100))); })"""
DARK = ("idea new", "queue, empty", "template")
WALKED = (  # each template once, in its fullest state
    "idea new", "idea merged", "idea removed", "idea withdrawn", "move answer", "move merge", "move tag", "queue, empty",
    "queue, filtered", "bulk", "questions, all", "suggestions", "templates", "template", "views", "evidence",
    "promises index", "promises rules", "promises words", "exchange",
)  # fmt: skip


@pytest.fixture
def a_desk(chromium, live_server, client):
    """A wide window on the desk of a product owner."""
    owner = a_product_owner(nickname="Qzv Wkp")
    client.force_login(owner)
    context = chromium.new_context(
        base_url=live_server.url, locale="fr-FR", viewport={"width": 1440, "height": 900}, reduced_motion="reduce"
    )
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    context.set_default_timeout(30_000)
    yield context.new_page(), a_furnished_desk(owner)
    context.close()


def test_axe_finds_nothing_on_any_page_of_the_desk_of_ideas(a_desk):
    page, pages = a_desk
    broken, heard = {}, []
    page.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    for name, address in ((name, pages[name]) for name in WALKED):
        page.set_viewport_size({"width": 1440, "height": 900})
        assert page.goto(address).status == 200, name
        faults = [(rule["id"], rule["nodes"][0]["html"][:100]) for rule in Axe().run(page).response["violations"]]
        if shift := page.evaluate(SHIFT):
            faults.append(("shift", shift))
        if name in DARK:
            page.emulate_media(color_scheme="dark")
            page.evaluate(SETTLED)
            faults += [
                ("dark " + rule["id"], rule["nodes"][0]["html"][:100])
                for rule in Axe().run(page).response["violations"]
            ]
            page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 320, "height": 640})
        page.evaluate(SETTLED)
        faults += [("wide", one) for one in page.evaluate(WIDE)]
        if faults or heard:
            broken[name] = [*faults, *heard]
            heard.clear()
    assert broken == {}


def test_forms_of_the_admin_fit_a_phone(a_desk, live_server, client):
    page, _pages = a_desk
    rule = HoldRule.objects.create(kind=RuleKind.choices[0][0], name_fr="Trop de liens", name_en="Too many links")
    theme, tag = a_category(), Tag.objects.create(slug="a-trier", name_fr="À trier", name_en="To sort")
    client.force_login(an_administrator(is_superuser=True))
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([cookie])
    page.set_viewport_size({"width": 320, "height": 640})
    wide = {}
    for address in ("account/", "hold-rules/new/", f"hold-rules/edit/{rule.pk}/", f"idea-tags/edit/{tag.pk}/",
                    f"themes/edit/{theme.pk}/"):  # fmt: skip
        assert page.goto(f"/desk/{address}").status == 200, address
        page.evaluate(SETTLED)
        # A panel, folded, and Wagtail's map of the page, which waits beyond the edge to be opened: nothing scrolls to them.
        if found := page.evaluate(WIDE.replace(".visually-hidden", ".visually-hidden, .form-side, .w-minimap")):
            wide[address] = found
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide[f"{address}, scrolls"] = ["html"]
    assert wide == {}


def test_a_typeface_that_comes_late_moves_nothing(a_desk):
    page, pages = a_desk

    def late(route):
        page.wait_for_timeout(700)
        route.continue_()

    page.route("**/*.woff2", late)
    for address in (pages["idea new"], pages["questions, all"], "/", "/idees/"):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        assert page.evaluate(SHIFT) == 0, address
