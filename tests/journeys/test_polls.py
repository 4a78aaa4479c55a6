"""A poll answered with one finger, in place, and by who has no script at all."""

import pytest
from allauth.account.models import EmailAddress
from playwright.sync_api import expect

from polls.models import Ballot, Participation
from tests.factories.members import PASSWORD, a_member
from tests.factories.polls import a_question, an_open_poll, votes

from .waiting import becomes

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def poll():
    poll = an_open_poll(title="Quel cadeau vous ferait plaisir ?")
    votes(poll, 0, customers=10)  # the result of an open poll appears with the tenth ballot
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
    context.set_default_timeout(30_000)
    return context, member


def test_one_tap_answers_the_poll_of_the_moment_where_it_stands(chromium, live_server, client, poll):
    context, member = a_phone(chromium, live_server, client)
    page = context.new_page()
    page.goto("/")
    becomes(page, "Boolean(customElements.get('one-tap'))")
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


SHIFTS = """new Promise((done) => { let sum = 0;
  new PerformanceObserver((list) => { for (const one of list.getEntries()) if (!one.hadRecentInput) sum += one.value; })
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(sum), 300); })"""


def a_poll_that_depends():
    """Meeting → (yes) how it was; (no) why → (nobody) whom to write to."""
    return an_open_poll(questions=[
        a_question([{"text": "Oui", "key": "yes"}, {"text": "Non", "key": "no"}], text="Un rendez-vous cette année ?"),
        a_question(["Bien", "Mal"], text="Comment était-ce ?", only_if=["yes"]),
        a_question([{"text": "Les horaires"}, {"text": "Personne à joindre", "key": "nobody"}], text="Pourquoi ?", only_if=["no"]),
        a_question(["Un message", "Un appel"], text="Comment vous joindre ?", only_if=["nobody"]),
    ])  # fmt: skip


def puts(page, *questions: str):
    expect(page.locator(".asked h3:visible")).to_have_text(questions)


@pytest.mark.parametrize("scripts", ["run", "are off", "never arrive"])
def test_a_question_put_to_some_waits_out_of_sight_and_nothing_shifts(chromium, live_server, client, scripts):
    poll = a_poll_that_depends()
    context, _member = a_phone(chromium, live_server, client, java_script_enabled=scripts != "are off")
    page = context.new_page()
    if scripts == "never arrive":
        page.route("**/*.js", lambda route: route.abort())
    page.goto(poll.get_absolute_url())
    page.wait_for_load_state("networkidle")
    puts(page, "Un rendez-vous cette année ?")
    if scripts == "run":
        becomes(page, "Boolean(customElements.get('only-if'))")
        assert page.evaluate(SHIFTS) == 0
    page.get_by_label("Oui").check()
    puts(page, "Un rendez-vous cette année ?", "Comment était-ce ?")
    page.get_by_label("Non").check()
    page.get_by_label("Personne à joindre").check()
    puts(page, "Un rendez-vous cette année ?", "Pourquoi ?", "Comment vous joindre ?")
    page.get_by_label("Oui").check()  # what was chosen in a question that is no longer put leads nowhere
    puts(page, "Un rendez-vous cette année ?", "Comment était-ce ?")
    page.get_by_label("Bien").check()
    page.get_by_role("button", name="Déposer mon bulletin").click()
    expect(page.get_by_text("Votre bulletin est déposé")).to_be_visible()
    assert len(Ballot.objects.get().choices) == 2
    context.close()


@pytest.mark.parametrize("with_script", [True, False])
def test_words_of_a_visitor_come_through_the_door_and_are_put_in_by_one_more_press(chromium, live_server, with_script):
    options = ["Espèces", "Voyage", {"text": "Autre", "is_other": True}]
    poll = an_open_poll(questions=[a_question(options, comments=True)])
    member = a_member(password=PASSWORD)
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    context = chromium.new_context(base_url=live_server.url, locale="fr-FR", java_script_enabled=with_script)
    context.set_default_timeout(30_000)
    page = context.new_page()
    page.goto(poll.get_absolute_url())
    page.get_by_label("Autre", exact=True).check()
    page.get_by_label("« Autre » : dites quoi").fill("Un vélo")
    page.get_by_text("Ajouter un mot").click()
    page.get_by_label("Votre mot").fill("Merci d’avance")
    page.get_by_role("button", name="Me connecter pour déposer mon bulletin").click()
    page.locator("input[name=login]").fill(member.email)
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("input[type=password]").press("Enter")
    expect(page.get_by_text("Votre réponse est gardée")).to_be_visible()
    expect(page.get_by_label("« Autre » : dites quoi")).to_have_value("Un vélo")
    expect(page.get_by_label("Votre mot")).to_have_value("Merci d’avance")
    page.get_by_role("button", name="Déposer mon bulletin", exact=True).click()
    expect(page.get_by_text("Votre bulletin est déposé")).to_be_visible()
    assert list(Ballot.objects.get().words.values()) == [{"other": "Un vélo", "comment": "Merci d’avance"}]
    context.close()
