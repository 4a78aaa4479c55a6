"""French that people wrote, read on English pages: each text says its language, so that a voice reads it rightly (WCAG 3.1.2)."""

import re
from html.parser import HTMLParser

import pytest
from django.urls import reverse
from django.utils.translation import override
from django.utils.translation.trans_real import catalog

from ideas.domain.commenting import comment_on
from ideas.domain.merging import merge_idea
from ideas.domain.moving import answer_officially, move_idea
from ideas.models import ChallengeEntry, Idea
from tests.factories.board import a_quarter, an_item, published
from tests.factories.challenges import a_challenge, a_juror, an_entrant, an_entry
from tests.factories.ideas import an_idea
from tests.factories.members import a_member, a_product_owner
from tests.notifications.working import work

pytestmark = pytest.mark.django_db
MARK = "Qzv"  # in every French text that somebody wrote
WHY = f"Nous étudions votre idée avec l’équipe concernée, {MARK}."
EMPTY = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Voice(HTMLParser):
    """The marked texts, each with the language of the nearest element that says one."""

    def __init__(self):
        super().__init__()
        self.open, self.heard = [], []

    def handle_starttag(self, tag, attrs):
        if tag not in EMPTY:
            self.open.append((tag, dict(attrs).get("lang")))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, text):
        inside = {tag for tag, _language in self.open}
        if MARK in text and not inside & {"title", "script"}:
            self.heard.append((next(language for _tag, language in reversed(self.open) if language), text.strip()))


def heard(client, address):
    answer = client.get(address, follow=True)
    assert answer.status_code == 200, address
    voice = Voice()
    voice.feed(answer.content.decode())
    assert voice.heard, address
    return voice.heard


def all_french(client, *addresses):
    for address in addresses:
        assert [text for language, text in heard(client, address) if language != "fr"] == [], address


def english(thing, *args):
    """The English address of a thing, or of a page by its name."""
    with override("en"):
        return reverse(thing, args=args) if isinstance(thing, str) else thing.get_absolute_url()


@pytest.fixture
def owner():
    return a_product_owner(nickname="Claire", job_title=f"Responsable des cartes {MARK}")


def a_french_challenge(phase, **fields):
    return a_challenge(
        phase, title_fr=f"Le défi {MARK}", lede_fr=f"Que manque-t-il ? {MARK}", call_fr=f"Dites-le {MARK}.",
        prizes_fr=f"Une carte {MARK}\n300 € {MARK}", **fields,
    )  # fmt: skip


def test_challenge_and_its_entries_say_that_they_are_french(client, owner):
    member = an_entrant(language="en")
    open_one, voted = a_french_challenge("posting"), a_french_challenge("voting")
    mine = an_idea(title=f"Mon idée {MARK}", author=member)
    ChallengeEntry.objects.create(challenge=open_one, idea=mine)
    an_idea(title=f"Une autre {MARK}", author=member)
    an_entry(voted, idea=an_idea(title=f"Carte en braille {MARK}"))
    a_juror(voted, member=owner, title=f"Experte des cartes {MARK}")
    for signed_in in (False, True):
        if signed_in:
            client.force_login(member)
        pages = [english(one) for one in (open_one, voted)]
        all_french(
            client,
            *pages,
            english("challenges:list"),
            english("challenges:rules", voted.public_id),
        )


def test_english_text_of_a_challenge_is_not_said_to_be_french(client):
    challenge = a_challenge(
        "voting", title_fr="Le défi", title_en=f"The challenge {MARK}", prizes_fr="Un", prizes_en=f"One {MARK}"
    )
    assert {language for language, _text in heard(client, english(challenge))} == {"en"}


def test_idea_s_path_names_its_votes_and_its_answers_in_their_own_language(client, owner):
    stays, goes = an_idea(title=f"Reste {MARK}"), an_idea(title=f"Rejointe {MARK}")
    comment_on(stays, body="Nous avons lu votre idée avec les équipes.", by=owner)
    merge_idea(goes, stays, reason=WHY, by=owner)
    answer_officially(stays, body=f"Nous y travaillons avec les équipes. {MARK}", by=owner)
    move_idea(Idea.objects.get(pk=stays.pk), "under_review", reason=WHY, by=owner)
    pages = english(stays), english("ideas:list")
    all_french(client, *pages)
    client.force_login(a_member(language="en"))
    all_french(client, *pages)
    assert any(text == f"Rejointe {MARK}" for _language, text in heard(client, pages[0]))


def test_news_say_in_which_language_the_title_and_the_words_are(client, owner):
    author = a_member(language="en")
    idea = an_idea(title=f"Carte en braille {MARK}", author=author)
    move_idea(idea, "under_review", reason=f"Nous étudions votre idée avec l’équipe concernée, {MARK}.", by=owner)
    work()
    client.force_login(author)
    all_french(client, english("notifications:inbox"))


def test_roadmap_names_its_plans_and_their_ideas_in_their_own_language(client):
    delivered = an_idea(title=f"Livrée {MARK}", state="delivered")
    quarter = a_quarter()
    an_item(
        quarter, ideas=[an_idea(title=f"La carte {MARK}")], title=f"Le sujet de la carte {MARK}", column="this_quarter",
        reason=f"Parce que vous êtes nombreux à la demander, {MARK}.",
    )  # fmt: skip
    published(quarter)
    said = heard(client, "/en/roadmap/")
    assert [text for language, text in said if language != "fr"] == []
    assert any(text == delivered.title for _language, text in said)


def test_french_speaks_to_its_reader_without_supposing_a_man():
    """What the catalog says to “vous” holds no participle or noun that is a man's alone."""
    with override("fr"):
        texts = [
            text.replace("\N{NO-BREAK SPACE}", " ")
            for text in (value for _key, value in catalog()._catalog.items())
            if isinstance(text, str)
        ]
    words = "invité|inscrit|prévenu|averti|informé|connecté|abonné|client|seul|prêt|le dernier|le premier|admis|retenu|convié"
    to_you = re.compile(
        rf"\b(vous (êtes|serez|étiez|avez été|restez)|êtes-vous) ({words})\b(?![·(])|\bvous seul\b(?![·(])", re.I
    )
    assert [text for text in texts if to_you.search(text) and "(e)" not in text] == []  # Wagtail’s own say “(e)”
