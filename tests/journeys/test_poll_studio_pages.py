"""The studio's pages of a poll as axe reads them: by day and by night, at 320 px with and without a script."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from polls.domain.answering import Answer
from polls.domain.closing import close
from polls.domain.deciding import decide
from polls.domain.voting import cast_ballot
from tests.factories.members import a_member, a_product_owner
from tests.factories.polls import a_draft, a_question, an_open_poll, options_of

from .test_desk_pages import SETTLED, WIDE
from .test_poll_states import answered, every_method
from .test_states import cookies_of

pytestmark = [pytest.mark.journey, pytest.mark.once, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
DESK, NARROW = {"width": 1440, "height": 900}, {"width": 320, "height": 640}


def studio(name, poll):
    return reverse(f"polls_studio:{name}", args=[poll.public_id])


@pytest.fixture
def furnished():
    """{what it is: its address}, each page with all that can stand on it."""
    owner = a_product_owner()
    crowd = [a_member(kind=("customer", "prospect")[n % 2]) for n in range(12)]
    running, over, done = (every_method(by=owner) for _ in range(3))
    for poll in (running, over, done):
        answered(poll, *crowd)
    close(over, by=owner)
    decide(
        close(done, by=owner), "Nous lançons les frais offerts au printemps.", by=owner, retained=options_of(done)[1]
    )
    named = an_open_poll(by=owner, confidential=False)
    for member in crowd[:3]:
        cast_ballot(named.public_id, options_of(named)[:1], by=member)
    spoken = an_open_poll(by=owner, questions=[a_question(text="Et pourquoi ?", comments=True)])
    for member in crowd:
        said = {spoken.questions.get().public_id: Answer(options=options_of(spoken)[:1], comment="Pour les voyages.")}
        cast_ballot(spoken.public_id, answers=said, by=member)
    close(spoken, by=owner)
    return owner, {
        "check": studio("check", a_draft(by=owner)), "live, open": studio("live", running), "live, closed": studio("live", over),
        "live, decided": studio("live", done), "decide": studio("decide", over), "decided": studio("decide", done),
        "history": studio("history", done), "words": studio("words", spoken), "names": studio("names", named),
        "weights": studio("counting", over),
    }  # fmt: skip


def test_axe_finds_nothing_on_any_page_of_a_poll_s_studio(chromium, live_server, furnished):
    owner, pages = furnished
    wide = chromium.new_context(base_url=live_server.url, locale="fr-FR", viewport=DESK, reduced_motion="reduce")
    bare = chromium.new_context(base_url=live_server.url, locale="fr-FR", viewport=NARROW, java_script_enabled=False)
    for context in (wide, bare):
        context.set_default_timeout(30_000)
        context.add_cookies(cookies_of(owner, live_server))
    page, plain, faults, heard = wide.new_page(), bare.new_page(), {}, []
    page.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    for name, address in pages.items():
        page.set_viewport_size(DESK)
        assert page.goto(address).status == 200, name
        page.evaluate("document.querySelectorAll('.content details').forEach((one) => { one.open = true })")
        found = []
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.evaluate(SETTLED)
            broken = Axe().run(page).response["violations"]
            found += [(scheme, rule["id"], rule["nodes"][0]["html"][:100]) for rule in broken]
        page.set_viewport_size(NARROW)
        page.evaluate(SETTLED)
        found += [("wide", one) for one in page.evaluate(WIDE)]
        plain.goto(address)
        found += [("wide without a script", one) for one in plain.evaluate(WIDE)]
        if found or heard:
            faults[name] = [*found, *heard]
            heard.clear()
    wide.close()
    bare.close()
    assert faults == {}
