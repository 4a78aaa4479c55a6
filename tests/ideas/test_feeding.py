"""Feeds: what a stranger may read and nothing else, well-formed, in both languages, and 304 while nothing has changed."""

import re
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from ideas.domain.moderating import hide_idea
from ideas.domain.moving import answer_officially, move_idea
from ideas.domain.voting import cast_vote
from ideas.domain.withdrawing import withdraw_idea
from tests.factories.ideas import a_category, a_comment, an_idea
from tests.factories.members import a_member, a_moderator, a_product_owner

pytestmark = pytest.mark.django_db
ATOM, LANG = "{http://www.w3.org/2005/Atom}", "{http://www.w3.org/XML/1998/namespace}lang"
ALL = "/idees/fil.atom"


def entries(answer) -> list:
    assert answer.status_code == 200 and "+xml" in answer["Content-Type"]
    root = ElementTree.fromstring(answer.content)
    return root.findall(f"{ATOM}entry") or root.findall("channel/item")


def titles(answer) -> list[str]:
    return [
        (entry.find(f"{ATOM}title") if entry.tag.startswith(ATOM) else entry.find("title")).text
        for entry in entries(answer)
    ]


@pytest.mark.parametrize("kind", ["atom", "rss"])
def test_newest_ideas_come_first_and_those_of_a_theme_alone(client, kind):
    cards = a_category(slug="cartes")
    first, second = an_idea(category=cards), an_idea()
    assert titles(client.get(f"/idees/fil.{kind}")) == [second.title, first.title]
    assert titles(client.get(f"/idees/fil.{kind}?category=cartes")) == [first.title]
    assert client.get(f"/idees/fil.{kind}?category=nulle").status_code == 404
    assert client.get("/idees/fil.json").status_code == 404


@pytest.mark.parametrize("kind", ["atom", "rss"])
def test_feed_of_an_idea_tells_its_comments_moves_and_answers(client, kind):
    idea, owner = an_idea(), a_product_owner(nickname="Nadia K.", job_title="Responsable")
    a_comment(idea, author=a_member(nickname="Odile 29"))
    move_idea(idea, "under_review", reason="Nous l’étudions avec les experts.", by=owner)
    answer_officially(idea, body="Nous l’étudions, **merci**.", by=owner)
    answer = client.get(f"/idees/{idea.public_id}/fil.{kind}")
    assert titles(answer) == ["La banque répond", "À l’étude", "Odile 29 commente", idea.title]
    assert (
        "&lt;strong&gt;merci" in answer.content.decode()
        and "Nous l’étudions avec les experts." in answer.content.decode()
    )


def test_pages_name_both_kinds_of_feed_in_their_head_and_both_answer(client):
    idea = an_idea(category=a_category(slug="cartes"))
    for page, feed in (
        (reverse("ideas:list"), "/idees/fil."),
        (f"{reverse('ideas:list')}?category=cartes", "/idees/fil.{}?category=cartes"),
        (idea.get_absolute_url(), f"/idees/{idea.public_id}/fil."),
    ):
        head = client.get(page).content.decode().partition("</head>")[0]
        for kind in ("atom", "rss"):
            address = feed.format(kind) if "{}" in feed else feed + kind
            assert re.search(f'type="application/{kind}\\+xml" title="[^"]+" href="{re.escape(address)}"', head), (
                address
            )
            assert client.get(address).status_code == 200


def test_nothing_that_a_stranger_may_not_read_is_in_a_feed_whoever_asks(client):
    shown, hidden, held, gone = an_idea(), an_idea(), an_idea(visibility="held"), an_idea()
    a_comment(shown, author=a_product_owner(), is_internal=True, body="Entre nous, c’est cher.")
    a_comment(shown, visibility="hidden", body="Un commentaire masqué.")
    hide_idea(hidden, reason="Une personne y est insultée.", by=a_moderator())
    withdraw_idea(gone, by=gone.author)
    for reader in (None, held.author, a_moderator()):
        if reader:
            client.force_login(reader)
        assert titles(client.get(ALL)) == [shown.title]
        page = client.get(f"/idees/{shown.public_id}/fil.atom").content.decode()
        assert "Entre nous" not in page and "masqué" not in page
        for idea in (hidden, held, gone):
            assert client.get(f"/idees/{idea.public_id}/fil.atom").status_code == 404


def test_what_is_hidden_leaves_the_feed_at_once_though_it_is_kept(client):
    idea = an_idea()
    etag = client.get(ALL)["ETag"]
    hide_idea(idea, reason="Une personne y est insultée.", by=a_moderator())
    answer = client.get(ALL, headers={"If-None-Match": etag})
    assert answer.status_code == 200 and entries(answer) == []


def test_unchanged_feed_answers_304_by_tag_and_by_date(client):
    idea = an_idea()
    for url in (ALL, "/idees/fil.rss", f"/idees/{idea.public_id}/fil.atom"):
        first = client.get(url)
        assert "max-age=300" in first["Cache-Control"] and "public" in first["Cache-Control"]
        again = client.get(url, headers={"If-None-Match": first["ETag"]})
        assert again.status_code == 304 and not again.content and again["ETag"] == first["ETag"]
        assert client.get(url, headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304
        cast_vote(idea, by=a_member())  # not part of what a feed says
        assert client.get(url, headers={"If-None-Match": first["ETag"]}).status_code == 304
        assert client.head(url).status_code == 200


def test_markup_and_characters_that_xml_refuses_do_no_harm(client):
    an_idea(
        title='<b>Un titre</b> & "des guillemets" \x0b]]>',
        body="Un texte\x08 <script>alert(1)</script> [ici](javascript:alert(1)) ]]> <!-- & assez long pour une idée.",
        author=a_member(nickname="<i>Léa</i> &"),
    )
    for kind in ("atom", "rss"):
        answer = client.get(f"/idees/fil.{kind}")
        (entry,) = entries(answer)
        assert titles(answer) == ['<b>Un titre</b> & "des guillemets" ]]>']
        text = "".join(entry.itertext())
        assert "<script" not in text and 'href="javascript' not in text


def test_feeds_speak_both_languages_and_say_the_language_of_each_text(client):
    an_idea(title="Mettre la carte en pause")
    an_idea(title="Let me pause the card", language="en")
    french, english = client.get(ALL), client.get("/en/ideas/feed.atom")
    assert ElementTree.fromstring(french.content).get(LANG) == "fr"
    assert ElementTree.fromstring(english.content).get(LANG) == "en"
    assert [entry.get(LANG) for entry in entries(english)] == ["en", "fr"]
    assert "/en/ideas/" in english.content.decode() and "Les idées les plus récentes" in french.content.decode()


def test_addresses_are_the_sites_own_whatever_host_was_asked(client, settings):
    settings.SITE_URL = "https://lab.exemple.fr"
    idea = an_idea()
    page = client.get(ALL, headers={"Host": "pirate.example"}).content.decode()
    assert f"https://lab.exemple.fr{idea.get_absolute_url()}" in page and "pirate" not in page


def test_feeds_can_be_found_from_the_pages(client):
    idea = an_idea(category=a_category(slug="cartes"))
    page = client.get("/idees/").content.decode()
    assert (
        f'<link rel="alternate" type="application/atom+xml" title="Les idées les plus récentes" href="{ALL}">' in page
    )
    page = client.get("/idees/?category=cartes").content.decode()
    assert f'href="{ALL}?category=cartes"' in page
    page = client.get(idea.get_absolute_url()).content.decode()
    assert (
        'type="application/atom+xml" title="' in page
        and reverse("ideas:idea_feed", args=[idea.public_id, "atom"]) in page
    )


@pytest.mark.parametrize("how_many", [1, 3])
def test_feeds_cost_a_fixed_number_of_queries(client, django_assert_num_queries, how_many, settings):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": f"f{how_many}"}
    }
    for _n in range(how_many):
        idea = an_idea()
        a_comment(idea)
        move_idea(idea, "under_review", reason="Nous l’étudions avec les experts.", by=a_product_owner())
    with django_assert_num_queries(1):
        client.get(ALL)
    with django_assert_num_queries(4):  # idea, comments, moves, answers
        client.get(f"/idees/{idea.public_id}/fil.atom")
