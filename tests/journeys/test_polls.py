"""A poll answered with one finger, in place, and by who has no script at all."""

import pytest
from playwright.sync_api import expect

from polls.models import Ballot, Participation
from tests.factories.members import PASSWORD, a_member
from tests.factories.polls import an_open_poll, votes

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def poll():
    poll = an_open_poll(title="Quel cadeau vous ferait plaisir ?")
    votes(poll, 0, customers=5)
    return poll


def a_phone(chromium, live_server, client, **more):
    """A phone whose owner is signed in."""
    member = a_member(password=PASSWORD)
    client.force_login(member)
    context = chromium.new_context(
        base_url=live_server.url,
        locale="fr-FR",
        viewport={"width": 390, "height": 844},
        has_touch=True,
        is_mobile=True,
        **more,
    )
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    context.set_default_timeout(15_000)
    return context, member


def test_one_tap_answers_the_poll_of_the_moment_where_it_stands(chromium, live_server, client, poll):
    context, member = a_phone(chromium, live_server, client)
    page = context.new_page()
    page.goto("/")
    page.wait_for_function("() => Boolean(customElements.get('one-tap'))")
    page.get_by_text("Un an de frais offerts").tap()
    expect(page.get_by_text("Changer ma réponse")).to_be_visible()
    ballot = Ballot.objects.exclude(choices={}).get(receipt=page.locator(".ticket__code").inner_text())
    assert Participation.objects.filter(member=member).count() == 1
    assert ballot.poll == poll
    assert page.url == f"{live_server.url}/"
    context.close()


def test_poll_is_answered_and_changed_without_a_script(chromium, live_server, client, poll):
    context, member = a_phone(chromium, live_server, client, java_script_enabled=False)
    page = context.new_page()
    page.goto(poll.get_absolute_url())
    page.get_by_label("80 € en espèces").check()
    page.get_by_role("button", name="Déposer mon bulletin").click()
    expect(page.get_by_text("Votre bulletin est déposé")).to_be_visible()
    page.get_by_text("Changer ma réponse").click()
    page.get_by_label("Un livret boosté").check()
    page.get_by_role("button", name="Déposer mon nouveau bulletin").click()
    expect(page.locator(".sheet--part")).to_contain_text("Un livret boosté")
    expect(page.get_by_role("heading", name="Le résultat provisoire")).to_be_visible()
    assert Participation.objects.filter(member=member).count() == 1
    context.close()
