"""The pages of challenges: a fixed number of queries, an order that favours nobody, refusals in words."""

from collections import Counter
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ideas.challenge_reads import entered_ideas
from ideas.domain.challenges.ruling import publish_rules
from ideas.models import ChallengeEntry, Idea, Juror, JuryNote
from ideas.phases import Phase
from tests.factories.challenges import a_challenge, a_juror, a_won_challenge, an_entrant, an_entry
from tests.factories.ideas import a_category, an_idea
from tests.factories.members import a_member, a_product_owner

pytestmark = pytest.mark.django_db
CARD = "4539 1488 0343 6467"


def cost(client, url) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_list_costs_the_same_at_1_and_3_rows(client):
    a_challenge()
    a_won_challenge()
    few = cost(client, "/defis/")
    for _ in range(2):
        a_challenge()
        a_won_challenge()
    assert cost(client, "/defis/") == few <= 5


@pytest.mark.parametrize("phase", ["posting", "voting", "jury"])
def test_challenge_costs_the_same_at_1_and_3_rows(client, phase):
    challenge = a_challenge(phase)
    an_entry(challenge)
    a_juror(challenge)
    url = challenge.get_absolute_url()
    few = cost(client, url)
    for _ in range(2):
        an_entry(challenge)
        a_juror(challenge)
    assert cost(client, url) == few <= 6


def test_results_cost_the_same_at_1_and_3_rows(client):
    urls = [a_won_challenge(entries=number).get_absolute_url() for number in (2, 5)]
    assert cost(client, urls[0]) == cost(client, urls[1]) <= 6


FRAME = 4  # session, member, roles, bell


@pytest.mark.parametrize("phase", ["posting", "voting", "jury"])
def test_signed_in_reader_costs_the_same_at_1_and_3_rows_beside_the_frame(client, phase):
    challenge = a_challenge(phase)
    an_entry(challenge)
    a_juror(challenge)
    client.force_login(an_entrant())
    places = {"/defis/": 5, challenge.get_absolute_url(): 6}
    few = {url: cost(client, url) for url in places}
    for _ in range(2):
        a_challenge(phase)
        an_entry(challenge)
        a_juror(challenge)
    for url, most in places.items():
        assert cost(client, url) == few[url] <= most + FRAME


def test_signed_in_reader_of_results_costs_the_same_at_1_and_3_rows(client):
    urls = [a_won_challenge(entries=number).get_absolute_url() for number in (2, 5)]
    client.force_login(an_entrant())
    assert cost(client, urls[0]) == cost(client, urls[1]) <= 6 + FRAME


ODD = ["", "zzzzzzzzzzzz", "\x00", "١", "9" * 40, "-1", "../..", "é" * 300]
DEEDS = {"enter": ["idea", "accepted_rules"], "withdraw": ["idea"], "accept": ["accepted_rules"], "seat": ["to"],
         "note": ["usefulness", "simplicity", "novelty", "text", "recused"], "call_up": [], "hand_in": []}  # fmt: skip


@pytest.mark.parametrize("phase", list(Phase))
@pytest.mark.parametrize("who", ["visitor", "entrant", "juror", "owner"])
def test_wrong_ids_wrong_phases_and_wrong_input_are_refused_in_words(client, phase, who):
    challenge = a_challenge(phase)
    entry = an_entry(challenge) if phase not in (Phase.DRAFT, Phase.ANNOUNCED) else None
    idea = entry.idea if entry else an_idea()
    person = {"visitor": None, "entrant": idea.author, "juror": a_juror(challenge).member, "owner": a_product_owner()}[
        who
    ]
    if person:
        client.force_login(person)
    before = JuryNote.objects.count()
    for key in (challenge.public_id, "zzzzzzzzzzzz"):
        for deed, fields in DEEDS.items():
            words = [key, idea.public_id if key == challenge.public_id else "zzzzzzzzzzzz"]
            url = reverse(f"challenges:{deed}", args=words[: 2 if deed in ("note", "call_up") else 1])
            for odd in ODD if key == challenge.public_id else ODD[:1]:
                answer = client.post(url, dict.fromkeys(fields, odd))
                assert answer.status_code < 500 and answer.status_code != 200, (deed, odd, answer.status_code)
                if not fields:
                    break
    for odd in ("zzz", "9" * 40):
        assert client.get(f"{challenge.get_absolute_url()}?cursor={odd}").status_code in (200, 400, 404)
    assert JuryNote.objects.count() == before


@pytest.mark.parametrize("phase", list(Phase))
def test_each_phase_has_its_page_in_both_languages_and_a_draft_has_none(client, phase):
    challenge = a_challenge(phase)
    if phase not in (Phase.DRAFT, Phase.ANNOUNCED):
        an_entry(challenge, title="Le budget qui parle en repas")
    for prefix in ("", "/en"):
        url = f"{prefix}/{'challenges' if prefix else 'defis'}/{challenge.public_id}/{challenge.slug}/"
        answer = client.get(url)
        if phase == Phase.DRAFT:
            assert answer.status_code == 404
            continue
        text = answer.content.decode()
        assert challenge.title_fr in text and "300" in text
        assert ("Le budget qui parle en repas" in text) == (phase != Phase.ANNOUNCED)
    listed = challenge.title_fr in client.get("/defis/").content.decode()
    assert listed == (phase != Phase.DRAFT)


def test_draft_is_previewed_by_staff(client):
    client.force_login(a_product_owner())
    page = client.get(a_challenge(Phase.DRAFT).get_absolute_url()).content.decode()
    assert "Un brouillon" in page


def test_entries_stand_in_an_order_of_each_readers_own_and_it_stays_theirs():
    challenge = a_challenge()
    ideas = {an_entry(challenge, votes=votes).idea_id for votes in (0, 0, 5)}
    for member in (a_member(), a_member(), AnonymousUser()):
        order = list(entered_ideas(challenge, member).values_list("pk", flat=True))
        assert set(order) == ideas
        assert order == list(entered_ideas(challenge, member).values_list("pk", flat=True))


def test_no_idea_is_first_more_often_than_another():
    """The same readers, challenge and keys each time: nothing here is left to chance."""
    challenge = a_challenge()
    for pk in (10_001, 10_002, 10_003):
        ChallengeEntry.objects.filter(pk=an_entry(challenge).pk).update(id=pk)
    challenge.public_id = "tousegaux"
    firsts: Counter = Counter()
    for reader in range(1200):
        of_reader = ChallengeEntry.objects.of(challenge).in_turn_for(SimpleNamespace(public_id=f"r{reader}"), challenge)
        firsts[of_reader.values_list("pk", flat=True)[0]] += 1
    assert all(360 <= firsts[pk] <= 440 for pk in (10_001, 10_002, 10_003)), firsts


def test_shuffled_pages_by_cursor_hold_each_entry_once(client):
    challenge = a_challenge()
    category = a_category()
    for _ in range(25):
        an_entry(challenge, category=category)
    client.force_login(a_member())
    first = client.get(challenge.get_absolute_url())
    second = client.get(first.context["more_url"])
    shown = [card.idea.pk for page in (first, second) for card in page.context["cards"]]
    assert len(shown) == len(set(shown)) == 25


def test_after_the_vote_the_count_is_final_and_the_most_supported_come_first(client):
    challenge = a_won_challenge()
    idea = challenge.entries.order_by("-votes_counted").first().idea
    Idea.objects.filter(pk=idea.pk).update(vote_score=999)
    page = client.get(challenge.get_absolute_url())
    cards = page.context["cards"]
    assert [card.idea.vote_score for card in cards] == [2, 1, 0]
    assert all(card.closed for card in cards)
    assert "999" not in page.content.decode()
    assert "sert dès le premier mois" in page.content.decode(), "each winner has its reason"


def test_idea_page_says_it_entered_and_the_list_of_ideas_filters_by_challenge(client):
    challenge = a_challenge(title_fr="Mon premier budget")
    entry, other = an_entry(challenge), an_idea()
    assert "Mon premier budget" in client.get(entry.idea.get_absolute_url()).content.decode()
    page = client.get(f"/idees/?challenge={challenge.public_id}").content.decode()
    assert entry.idea.title in page and other.title not in page and "Mon premier budget" in page
    for unknown in ("zzzzzzzzzzzz", a_challenge(Phase.DRAFT).public_id, "x" * 500):
        page = client.get("/idees/", {"challenge": unknown}).content.decode()
        assert other.title in page, "an unknown filter is left out, and said"


def test_notebook_opens_for_the_challenge_and_posts_into_it(client):
    challenge, member, theme = a_challenge(title_fr="Mon premier budget"), an_entrant(), a_category(slug="jeunes")
    client.force_login(member)
    page = client.get(f"/idees/proposer/?challenge={challenge.public_id}").content.decode()
    assert "Mon premier budget" in page and 'name="accepted_rules"' in page
    typed = {
        "title": "Le budget qui parle en repas", "body": "« Il te reste 23 repas » se comprend mieux qu’un solde.",
        "category": theme.slug, "compared": "1", "challenge": challenge.public_id,
    }  # fmt: skip
    refused = client.post("/idees/proposer/", typed)
    assert refused.status_code == 400 and not Idea.objects.exists()
    page = refused.content.decode()
    assert "cochez que vous l’acceptez" in page and "Il te reste 23 repas" in page
    client.post("/idees/proposer/", typed | {"accepted_rules": "1"})
    assert ChallengeEntry.objects.get().idea.author == member


def test_notebook_says_when_the_challenge_takes_no_more_ideas(client):
    client.force_login(an_entrant())
    page = client.get(f"/idees/proposer/?challenge={a_challenge(Phase.VOTING).public_id}").content.decode()
    assert "ne reçoit plus d’idées" in page and 'name="challenge"' not in page


def test_own_idea_enters_and_leaves_by_the_challenges_page(client):
    challenge, member = a_challenge(), an_entrant()
    idea = an_idea(author=member)
    client.force_login(member)
    assert idea.title in client.get(challenge.get_absolute_url()).content.decode()
    enter = reverse("challenges:enter", args=[challenge.public_id])
    refused = client.post(enter, {"idea": idea.public_id})
    assert refused.status_code == 400 and "cochez" in refused.content.decode()
    client.post(enter, {"idea": idea.public_id, "accepted_rules": "1"})
    assert idea.entry.challenge == challenge
    client.post(reverse("challenges:withdraw", args=[challenge.public_id]), {"idea": idea.public_id})
    assert not ChallengeEntry.objects.exists()


@pytest.mark.parametrize("sent", ["", "zzzz", "\x00", "x" * 300])
def test_wrong_input_is_never_a_breakdown(client, sent):
    challenge = a_challenge()
    client.force_login(an_entrant())
    for name in ("enter", "withdraw", "accept"):
        answer = client.post(
            reverse(f"challenges:{name}", args=[challenge.public_id]), {"idea": sent, "accepted_rules": sent}
        )
        assert answer.status_code in (400, 404, 409)
    assert client.get("/idees/proposer/", {"challenge": sent}).status_code == 200
    assert client.get("/defis/", {"cursor": sent}).status_code in (200, 400)


def test_entrant_is_asked_again_when_the_rules_change(client):
    entry = an_entry()
    challenge = entry.challenge
    text = "Article 1. Deux idées par personne. Article 2. Le jury compte pour moitié, les soutiens pour l’autre."
    publish_rules(challenge, body_fr=text, changes_fr="Deux idées au lieu d’une.", by=a_product_owner())
    client.force_login(entry.idea.author)
    assert "Deux idées au lieu d’une" in client.get(challenge.get_absolute_url()).content.decode()
    client.post(reverse("challenges:accept", args=[challenge.public_id]), {"accepted_rules": "2"})
    assert "Deux idées au lieu d’une" not in client.get(challenge.get_absolute_url()).content.decode()
    page = client.get(reverse("challenges:rules", args=[challenge.public_id])).content.decode()
    assert 'id="version-1"' in page and 'id="version-2"' in page and "Une idée par personne" in page


# the jury's page


def before_the_jury():
    challenge = a_challenge(Phase.JURY)
    entry = an_entry(challenge, votes=1)
    from ideas.domain.challenges.counting import count_votes

    return count_votes(challenge), entry


def test_juror_accepts_notes_and_gives_notes_on_the_site(client):
    challenge, entry = before_the_jury()
    juror = a_juror(challenge, accepted=False)
    client.force_login(juror.member)
    page = reverse("challenges:jury", args=[challenge.public_id])
    assert "Voulez-vous siéger" in client.get(page).content.decode()
    client.post(reverse("challenges:seat", args=[challenge.public_id]), {"to": "yes"})
    note = reverse("challenges:note", args=[challenge.public_id, entry.idea.public_id])
    marks = {"usefulness": "4", "simplicity": "5", "novelty": "3"}
    refused = client.post(note, marks | {"text": f"Son numéro est {CARD}"})
    assert refused.status_code == 400 and CARD not in refused.content.decode()
    assert client.post(note, {"usefulness": "9", "text": "Très utile à tout le monde."}).status_code == 400
    assert not JuryNote.objects.exists()
    client.post(note, marks | {"text": "Utile dès le premier mois."})
    assert JuryNote.objects.get().mean == 4
    client.post(reverse("challenges:hand_in", args=[challenge.public_id]))
    juror.refresh_from_db()
    assert juror.handed_in_at
    late = client.post(note, marks | {"text": "Je change d’avis, trop tard."})
    assert late.status_code == 400 and "ne changent plus" in late.content.decode()


def test_jurys_page_is_there_for_nobody_else(client):
    challenge, entry = before_the_jury()
    for stranger in (a_member(), a_product_owner()):
        client.force_login(stranger)
        assert client.get(reverse("challenges:jury", args=[challenge.public_id])).status_code == 404
        note = reverse("challenges:note", args=[challenge.public_id, entry.idea.public_id])
        assert client.post(note, {"text": "Je n’ai rien à faire ici."}).status_code == 404


def test_jurys_page_costs_the_same_at_1_and_3_entries(client):
    costs = []
    for number in (1, 3):
        challenge = a_challenge(Phase.JURY)
        for _ in range(number):
            an_entry(challenge)
        from ideas.domain.challenges.counting import count_votes

        count_votes(challenge)
        juror = a_juror(challenge)
        client.force_login(juror.member)
        costs.append(cost(client, reverse("challenges:jury", args=[challenge.public_id])))
    assert costs[0] == costs[1] <= 10


def test_declined_seat_is_gone(client):
    challenge, _entry = before_the_jury()
    juror = a_juror(challenge, accepted=False)
    client.force_login(juror.member)
    client.post(reverse("challenges:seat", args=[challenge.public_id]), {"to": "no"})
    assert not Juror.objects.exists()
