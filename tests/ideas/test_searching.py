"""Searching: accents and typing errors forgiven, best first; and similar ideas."""

import pytest

from core.cursors import paginate
from ideas import search as searching
from ideas.models import Idea
from ideas.search import matching, search, similar
from tests.factories.ideas import an_idea
from tests.factories.members import a_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def ideas():
    author = a_member()
    titles = (
        "Prévenir avant un découvert, pas après",
        "Une carte virtuelle pour un seul achat",
        "Choisir la date de prélèvement de mon prêt",
        "Un virement instantané vers l’étranger",
        "Prendre rendez-vous en agence sans appeler",
        "Une épargne qui s’arrête quand je suis à sec",
    )
    body = "Voilà ce que je voudrais, et je ne suis pas seul à le demander."
    return [an_idea(title=title, body=body, author=author) for title in titles]


def titles_of(text, **kwargs):
    return [idea.title for idea in search(Idea.objects.listed(), text, **kwargs)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("decouvert", "Prévenir avant un découvert, pas après"),
        ("DÉCOUVERT", "Prévenir avant un découvert, pas après"),
        ("épargne", "Une épargne qui s’arrête quand je suis à sec"),
        ("cartes virtuelles", "Une carte virtuelle pour un seul achat"),
        ("virment", "Un virement instantané vers l’étranger"),
        ("virement instentané", "Un virement instantané vers l’étranger"),
        ("prelevemnt", "Choisir la date de prélèvement de mon prêt"),
        ("rendez vous", "Prendre rendez-vous en agence sans appeler"),
        ("agence rendez-vous", "Prendre rendez-vous en agence sans appeler"),
        ("ren", "Prendre rendez-vous en agence sans appeler"),
    ],
)
def test_accents_endings_and_slips_are_forgiven(ideas, text, expected):
    assert titles_of(text)[0] == expected


def test_what_nobody_spoke_of_finds_nothing(ideas):
    assert titles_of("xylophone") == []


@pytest.mark.parametrize(
    "text", ["", "  ", "'", '"', "*", "(", ":*", "a' OR 1=1 --", "NEAR(", "\x00", "carte & | !", "é" * 500]
)
def test_signs_of_the_query_language_do_no_harm(ideas, text):
    titles_of(text)
    list(matching(Idea.objects.listed(), text))
    similar(text)


def test_word_in_the_title_comes_before_one_in_the_body(ideas):
    told = an_idea(title="Tout autre chose que cela", body="Le découvert me coûte cher, chaque mois, depuis deux ans.")
    found = titles_of("découvert")
    assert found == ["Prévenir avant un découvert, pas après", told.title]


def test_hidden_and_merged_ideas_are_not_found(ideas):
    Idea.objects.filter(pk=ideas[0].pk).update(visibility="hidden")
    assert titles_of("découvert") == []
    assert [idea.pk for idea in similar("Prévenir avant un découvert")] == []


def test_changed_title_is_found_by_its_new_words(ideas):
    idea = ideas[0]
    idea.title = "Un tout nouveau titre avec le mot parapluie"
    idea.save(update_fields=["title"])
    assert titles_of("parapluie") == [idea.title]
    assert titles_of("découvert") == []


def test_deleted_idea_is_not_found(ideas):
    Idea.objects.filter(pk=ideas[0].pk).delete()
    assert titles_of("découvert") == []


def test_ranked_results_go_on_by_cursor():
    author = a_member()
    wanted = {an_idea(title=f"Une carte de plus, la numéro {n}", author=author).pk for n in range(45)}
    seen, cursor = [], ""
    while True:
        page = paginate(search(Idea.objects.listed(), "carte"), cursor)
        seen += [idea.pk for idea in page.items]
        cursor = page.next
        if not cursor:
            break
    assert len(seen) == 45 and set(seen) == wanted


def test_similar_ideas_are_the_near_ones_alone(ideas):
    found = similar("Prendre un rendez-vous en agence sans téléphoner")
    assert [idea.pk for idea in found] == [ideas[4].pk]
    assert similar("Planter des arbres dans la cour") == []


def test_similar_forgives_a_slip(ideas):
    assert ideas[3] in similar("virement instantané vers l’étrangre")


def test_search_survives_a_rebuild(ideas):
    searching.engine().rebuild()
    assert titles_of("découvert")
