"""A poll from its opening to its decision, with a reminder and a second opening: who voted hears once of each thing."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from notifications.models import Notification
from polls.domain.closing import close_due
from polls.domain.voting import cast_ballot
from polls.models import Poll
from tests.factories.members import PASSWORD, a_member, a_product_owner
from tests.factories.polls import a_draft, an_open_poll, options_of, votes
from tests.notifications.working import work

from .waiting import becomes

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def desk(chromium, live_server, client):
    owner = a_product_owner(password=PASSWORD)
    client.force_login(owner)
    context = chromium.new_context(base_url=live_server.url, locale="fr-FR", viewport={"width": 1440, "height": 900})
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    context.set_default_timeout(30_000)
    yield context.new_page(), owner
    context.close()


def kinds_told(member):
    rows = Notification.objects.filter(member=member).order_by("id")
    return list(rows.values_list("kind", flat=True))


def test_poll_is_opened_reminded_closed_opened_again_closed_and_decided(desk):
    page, owner = desk
    voters, silent = [a_member() for _ in range(6)], a_member()
    poll = a_draft(by=owner, title="Quel cadeau vous ferait plaisir ?")
    page.goto(f"/desk/polls/{poll.public_id}/check/")
    page.get_by_text("Ouvrir sans attendre").click()
    expect(page.get_by_text("7 membres l’apprennent aussitôt")).to_be_visible()
    page.get_by_role("button", name="Ouvrir maintenant").click()
    expect(page.get_by_text("Les 7 membres invités l’apprennent")).to_be_visible()
    for voter in voters:
        cast_ballot(poll.public_id, options_of(poll)[1:2], by=voter)
    page.goto(f"/desk/polls/{poll.public_id}/live/")
    expect(page.get_by_text("1 membre l’apprendra")).to_be_visible()
    page.get_by_text("Envoyer l’unique rappel").click()
    page.get_by_role("button", name="L’envoyer maintenant").click()
    expect(page.get_by_text("Le rappel part vers 1 membre")).to_be_visible()
    work()
    _close(page)
    work()
    page.goto(f"/desk/polls/{poll.public_id}/live/")
    page.get_by_text("Rouvrir le sondage").click()
    until = timezone.localtime(timezone.now() + timedelta(days=2))
    page.get_by_label("Nouvelle clôture").fill(until.strftime("%Y-%m-%dT%H:%M"))
    page.get_by_role("button", name="Rouvrir jusqu’à cette date").click()
    expect(page.get_by_text("Le sondage est de nouveau ouvert")).to_be_visible()
    work()
    _close(page)
    work()
    expect(page.get_by_text("6 personnes ayant voté l’apprendront")).to_be_visible()
    page.get_by_role("radio", name="Un an de frais offerts").check()
    page.get_by_label("Ce qui est décidé, et pourquoi").fill(
        "Nous offrons un an de frais à chaque nouveau client, dès mars."
    )
    page.get_by_role("button", name="Publier la décision").click()
    expect(page.get_by_text("Option retenue")).to_be_visible()
    work()
    assert Poll.objects.get().state == "decided"
    for voter in voters:
        assert kinds_told(voter) == ["poll_opened", "poll_closed", "poll_reopened", "poll_decided"]
    assert kinds_told(silent) == ["poll_opened", "poll_reminder"]


def _close(page):
    page.get_by_text("Clore avant l’heure").click()
    page.get_by_role("button", name="Clore maintenant").click()
    expect(page.get_by_text("ceux qui ont voté en sont avertis")).to_be_visible()


def test_live_page_counts_on_by_itself_and_keeps_what_was_unfolded(desk):
    page, owner = desk
    a_member()
    poll = a_draft(by=owner)
    page.goto(f"/desk/polls/{poll.public_id}/check/")
    page.get_by_text("Ouvrir sans attendre").click()
    page.get_by_role("button", name="Ouvrir maintenant").click()
    cast_ballot(poll.public_id, options_of(poll)[:1], by=a_member())
    page.goto(f"/desk/polls/{poll.public_id}/live/")
    table = page.locator("#course-table")
    table.locator("summary").click()
    expect(table.locator("tbody tr td").last).to_have_text("1")
    cast_ballot(poll.public_id, options_of(poll)[:1], by=a_member())
    becomes(page, "Boolean(window.htmx)")
    page.evaluate("() => window.htmx.trigger('#figures', 'again')")
    expect(table.locator("tbody tr td").last).to_have_text("2", timeout=25_000)
    expect(table).to_have_attribute("open", "")


def test_live_page_leaves_the_keyboard_where_it_was_and_is_drawn_anew_once_its_poll_is_closed(desk):
    page, owner = desk
    poll = an_open_poll(by=owner)
    votes(poll, 0, customers=12)
    page.goto(f"/desk/polls/{poll.public_id}/live/")
    becomes(page, "Boolean(window.htmx)")
    places = page.locator("#figures :is(a[href], summary, [tabindex='0'])")
    found = set()
    for place in range(places.count()):
        if not places.nth(place).is_visible():
            continue  # within what is folded
        places.nth(place).focus()
        words = places.nth(place).evaluate(NAMED)
        found.add(words)
        page.evaluate("document.querySelector('#figures').firstElementChild.dataset.old = '1'")
        page.evaluate("() => window.htmx.trigger('#figures', 'again')")
        becomes(page, "!document.querySelector('#figures [data-old]')")
        assert page.evaluate(f"({NAMED})(document.activeElement)") == words
    assert len(found) > 4
    cast_ballot(poll.public_id, options_of(poll)[:1], by=a_member())
    page.evaluate("() => window.htmx.trigger('#figures', 'again')")
    expect(page.locator("#live-count")).to_have_text("13")
    Poll.objects.filter(pk=poll.pk).update(closes_at=timezone.now())
    page.evaluate("() => window.htmx.trigger('#figures', 'again')")
    expect(page.get_by_text("on compte ses derniers bulletins")).to_be_visible()
    expect(page.locator(".dk-top").get_by_text("À décider")).to_be_visible()
    expect(page.get_by_text("Clore avant l’heure")).to_have_count(0)
    close_due()
    becomes(page, "Boolean(window.htmx)")
    page.evaluate("() => window.htmx.trigger('#figures', 'again')")
    expect(page.get_by_text("on compte ses derniers bulletins")).to_have_count(0)
    expect(page.locator("#figures")).not_to_have_attribute("hx-get", re.compile("."))


@pytest.mark.parametrize("wide", [1280, 1024])
def test_a_long_title_stands_beside_the_way_to_it_and_not_over_it(desk, wide):
    page, owner = desk
    poll = a_draft(by=owner, title="Quel cadeau vous ferait plaisir, à vous et aux vôtres ? " * 2)
    page.set_viewport_size({"width": wide, "height": 800})
    page.goto(f"/desk/polls/{poll.public_id}/check/")
    expect(page.locator(".dk-crumbs h1")).to_be_visible()
    *before, last = page.evaluate(
        "[...document.querySelectorAll('.dk-crumbs li')].map((one) => [one.scrollWidth, one.clientWidth])"
    )
    assert all(needs <= has for needs, has in before), "no link is squeezed under the next"
    assert last[1] > 60


NAMED = "one => one.tagName + (one.id || one.getAttribute('aria-label') || one.textContent)"
