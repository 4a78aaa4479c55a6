"""A reported comment, from the visitor who reports it to the appeal that brings it back; the desk by keyboard."""

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from ideas.models import Comment
from members.models import Member
from tests.factories.ideas import a_comment, an_idea
from tests.factories.members import a_member, a_moderator
from tests.notifications.working import told, work
from trust.models import Case

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PASSWORD = "un-mot-de-passe-long"


def sign_in(browser, live_server, member, **options):
    context = browser.new_context(base_url=live_server.url, locale="fr-FR", **options)
    context.set_default_timeout(30_000)
    from django.test import Client

    client = Client()
    client.force_login(member)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    return context


def test_a_reported_comment_to_appeal(chromium, live_server):
    author, idea = a_member(), an_idea()
    comment = a_comment(
        idea, author=author, body="Votre conseillère de Brest est une incapable, tout le monde le sait."
    )
    first, second = a_moderator(), a_moderator()

    # A visitor without JavaScript reports it and gets a reference.
    visitor = chromium.new_context(base_url=live_server.url, locale="fr-FR", java_script_enabled=False)
    page = visitor.new_page()
    page.goto(idea.get_absolute_url())
    page.locator(f"#comment-{comment.public_id}").get_by_role("link", name=re.compile("^Signaler")).click()
    page.get_by_label("Insulte, harcèlement, haine").check()
    page.get_by_label("Expliquez-nous").fill("Ce commentaire insulte une conseillère que l’on reconnaît.")
    page.get_by_label("Vos prénom et nom").fill("Odile Martin")
    page.get_by_label("Votre e-mail").fill("odile@example.org")
    page.get_by_label("À ma connaissance").check()
    page.get_by_role("button", name="Envoyer le signalement").click()
    expect(page.get_by_text("Nous avons reçu votre signalement")).to_be_visible()
    receipt = page.url
    expect(page.get_by_text(re.compile("Référence [0-9A-Z]{12}"))).to_be_visible()

    # A moderator hides it by keyboard: x prepares, Ctrl+Enter decides.
    desk = sign_in(chromium, live_server, first, viewport={"width": 1440, "height": 900})
    page_of_desk = desk.new_page()
    page_of_desk.goto("/desk/moderation/")
    expect(page_of_desk.get_by_text("Ce commentaire insulte")).to_be_visible()
    page_of_desk.keyboard.press("x")
    reason = page_of_desk.get_by_label("Motif : l’auteur")
    expect(reason).to_be_focused()
    reason.fill("Ce commentaire insulte une personne que l’on reconnaît : la charte ne le permet pas.")
    page_of_desk.keyboard.press("Control+Enter")
    expect(page_of_desk.get_by_text("C’est décidé")).to_be_visible()
    desk.close()

    # Who reported reads the decision; the page keeps a trace without the words.
    page.goto(receipt)
    expect(page.get_by_role("heading", name="Nous avons agi sur ce contenu")).to_be_visible()
    page.goto(idea.get_absolute_url())
    expect(page.get_by_text("Ce commentaire a été retiré par la modération.")).to_be_visible()
    expect(page.get_by_text("incapable")).to_have_count(0)
    visitor.close()

    # The author reads why, and contests.
    home = sign_in(chromium, live_server, author, viewport={"width": 390, "height": 844})
    page = home.new_page()
    page.goto("/decisions/")
    page.get_by_role("link", name=re.compile("Votre conseillère")).click()
    expect(page.get_by_text("la charte ne le permet pas")).to_be_visible()
    page.get_by_label("Pourquoi devrions-nous décider autrement").fill(
        "Je parlais du service, pas d’une personne. Relisez-moi."
    )
    page.get_by_role("button", name="Envoyer mon recours").click()
    expect(page.get_by_text("En cours d’examen")).to_be_visible()

    # Somebody else accepts; the first one is not offered to.
    appeal = Case.objects.waiting().get()
    again = sign_in(chromium, live_server, first, viewport={"width": 1440, "height": 900})
    page_of_desk = again.new_page()
    page_of_desk.goto(f"/desk/moderation/?case={appeal.public_id}")
    expect(page_of_desk.get_by_text("Vous avez pris la première décision")).to_be_visible()
    again.close()
    other = sign_in(chromium, live_server, second, viewport={"width": 1440, "height": 900})
    page_of_desk = other.new_page()
    page_of_desk.goto("/desk/moderation/?view=appeals")
    page_of_desk.keyboard.press("a")
    page_of_desk.get_by_label("Motif : l’auteur").fill(
        "Vous avez raison : le texte parle du service. Il revient en ligne."
    )
    page_of_desk.keyboard.press("Control+Enter")
    expect(page_of_desk.get_by_text("C’est décidé")).to_be_visible()
    other.close()

    page.reload()
    expect(page.get_by_text("Accepté", exact=True)).to_be_visible()
    home.close()
    assert Comment.objects.get(pk=comment.pk).visibility == "public"
    assert Member.objects.get(pk=author.pk).statements.count() == 2
    assert_each_heard_once(author, idea, first, second)


def assert_each_heard_once(author, idea, *moderators):
    """Of the removal and of the appeal's outcome its author; of receipt and decision, by mail, who reported; nobody twice."""
    work()
    assert [notice.kind for notice in told(author)] == ["statement", "appeal_decided"]
    assert [told(somebody) for somebody in (idea.author, *moderators)] == [[], [], []]
    letters = [(letter.to[0], str(letter.subject)) for letter in mail.outbox]
    assert len(letters) == len(set(letters)) == 4
    assert [subject.split(" : ")[0].rsplit(" ", 1)[0] for to, subject in letters if to == "odile@example.org"] == [
        "Nous avons reçu votre signalement",
        "Ce que nous avons décidé de votre signalement",
    ]
