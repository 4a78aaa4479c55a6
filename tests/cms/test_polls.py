"""A poll in a page of the CMS: answered there, or its result, for each reader as the poll's own rules have it."""

import pytest
from django.urls import reverse
from wagtail.rich_text import RichText

from cms import demo
from cms.models import NewsPage
from core import roles
from lab.demo import Demo
from polls.domain.closing import close
from polls.domain.voting import cast_ballot
from polls.models import Poll
from tests.factories.circles import a_circle
from tests.factories.members import a_member, a_product_owner, a_staff_member
from tests.factories.polls import a_decided_poll, a_draft, an_open_poll, options_of, votes

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return a_product_owner()


@pytest.fixture
def page():
    demo.load(Demo(say=lambda *_: None))
    return NewsPage.objects.get(slug="depot-cheque-photo")


def with_poll(page, poll):
    page.body = [("text", RichText("<p>Donnez votre avis.</p>")), ("poll", poll)]
    page.save_revision().publish()
    return page.url


def test_a_poll_is_answered_in_the_page_and_one_comes_back_to_it(client, page, owner):
    poll = an_open_poll(by=owner)
    url, member = with_poll(page, poll), a_member()
    client.force_login(member)
    text = client.get(url).content.decode()
    assert poll.title in text and 'name="options"' in text and "Donnez votre avis" in text
    answer = client.post(reverse("polls:ballot", args=[poll.public_id]), {"next": url, "options": options_of(poll)[0]})
    assert answer.status_code == 302 and answer["Location"] == url
    assert "Vous avez voté" in client.get(url).content.decode()


def test_no_reader_finds_what_another_was_shown(client, page, owner):
    poll = an_open_poll(by=owner)
    url, voter = with_poll(page, poll), a_member()
    receipt = cast_ballot(poll.public_id, options_of(poll)[:1], by=voter)
    client.force_login(voter)
    mine = client.get(url)
    assert receipt.code in mine.content.decode()
    assert "private" in mine["Cache-Control"]
    client.force_login(a_member())
    assert receipt.code not in client.get(url).content.decode()
    client.logout()
    visitor = client.get(url).content.decode()
    assert receipt.code not in visitor and "Vous avez voté" not in visitor


@pytest.mark.parametrize(("policy", "seen"), [("always", True), ("after_vote", True), ("staff_only", False)])
def test_a_closed_poll_shows_its_result_as_its_policy_allows(client, page, owner, policy, seen):
    poll = an_open_poll(by=owner, results_policy=policy)
    votes(poll, 0, customers=12)
    close(poll, by=owner)
    text = client.get(with_poll(page, poll)).content.decode()
    assert "Quel cadeau" in text and 'name="options"' not in text
    assert ("Voir le résultat" in text) == seen and ('class="result"' in text) == seen


def test_a_decided_poll_says_what_was_decided(client, page, owner):
    poll = a_decided_poll(by=owner)
    assert "Nous lançons les frais offerts" in client.get(with_poll(page, poll)).content.decode()


def test_drafts_and_polls_of_circles_show_nothing_of_themselves(client, page, owner):
    draft = a_draft(by=owner, title="Ce brouillon est secret")
    url = with_poll(page, draft)
    client.force_login(owner)
    assert client.get(url).status_code == 200 and "brouillon est secret" not in client.get(url).content.decode()
    poll = an_open_poll(by=owner, title="Ce cercle est secret")
    url = with_poll(page, poll)
    Poll.objects.filter(pk=poll.pk).update(circle=a_circle())
    assert "cercle est secret" not in client.get(url).content.decode()


def test_a_poll_that_is_gone_leaves_the_page_standing(client, page, owner):
    draft = a_draft(by=owner)
    url = with_poll(page, draft)
    draft.delete()
    assert client.get(url).status_code == 200


def test_editors_choose_among_polls_that_everyone_may_read(client, owner):
    shown = an_open_poll(by=owner, title="Un sondage ouvert à tous")
    hidden = a_draft(by=owner, title="Un brouillon")
    of_circle = an_open_poll(by=owner, title="Un sondage de cercle")
    Poll.objects.filter(pk=of_circle.pk).update(circle=a_circle())
    client.force_login(a_staff_member(roles.ADMINISTRATOR, is_superuser=True))
    window = client.get(reverse("poll_chooser:choose")).content.decode()
    assert "Un sondage ouvert" in window
    assert "Un brouillon" not in window and "Un sondage de cercle" not in window
    assert client.get(reverse("poll_chooser:chosen", args=[shown.pk])).status_code == 200
    assert client.get(reverse("poll_chooser:chosen", args=[hidden.pk])).status_code == 404
