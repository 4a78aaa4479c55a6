"""Searching: accents and typing errors forgiven, best first; and similar ideas."""

import pytest
from django.utils.html import escape

from core.cursors import paginate
from ideas import search as searching
from ideas.models import Idea
from ideas.search import Marker, matching, search, similar
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


@pytest.mark.parametrize(
    ("text", "queries"), [("carte virtuelle", 2), ("virment instentané", 4), ("xylophone lunaire parapluie", 3)]
)
@pytest.mark.parametrize("more", [20, 150])
def test_search_costs_four_queries_at_most_whatever_it_finds(ideas, text, queries, more, django_assert_num_queries):
    for n in range(more):
        an_idea(title=f"Une carte virtuelle, un virement instantané, {n}", author=ideas[0].author)
    titles_of(text)
    with django_assert_num_queries(queries):  # words as typed, vocabulary, what they may be slips of, the page
        titles_of(text)


@pytest.mark.parametrize("text", ["carte virtuelle", "virment instentané", "xylophone lunaire parapluie"])
def test_search_in_a_chosen_order_costs_four_queries_at_most(ideas, text, django_assert_max_num_queries):
    list(matching(Idea.objects.listed(), text))
    with django_assert_max_num_queries(4):
        list(matching(Idea.objects.listed(), text))


def test_ideas_with_the_word_in_the_title_fill_the_best_hundred(ideas):
    author = ideas[0].author
    for n in range(120):
        an_idea(title=f"Le parapluie numéro {n}", author=author)
        an_idea(
            title=f"Tout autre chose {n}", body="Un parapluie, voilà ce que je voudrais tous les matins.", author=author
        )
    found = titles_of("parapluie")
    assert len(found) == 100 and all(title.startswith("Le parapluie") for title in found)


def test_search_survives_a_rebuild(ideas):
    searching.engine().rebuild()
    assert titles_of("découvert")


def test_slips_are_forgiven_whatever_the_order(client, ideas):
    for order in ("votes", "newest", "trending", "discussed"):
        found = client.get("/api/v1/ideas/", {"search": "virment instentané", "order": order}).json()["results"]
        assert [idea["title"] for idea in found] == ["Un virement instantané vers l’étranger"]


def test_chosen_order_holds_after_slips_are_forgiven(client):
    few, many = (
        an_idea(title="Un virement pour moi", vote_score=1),
        an_idea(title="Un virement pour tous", vote_score=9),
    )
    found = client.get("/api/v1/ideas/", {"search": "virment", "order": "votes"}).json()["results"]
    assert [idea["id"] for idea in found] == [many.public_id, few.public_id]


def test_words_of_the_body_are_found_with_slips_too(ideas):
    told = an_idea(title="Tout autre chose que cela", body="Le parapluie de ma conseillère prend l’eau, et moi avec.")
    assert titles_of("paraplui conseillere") == [told.title]


def test_english_words_are_found():
    idea = an_idea(
        title="Freeze my cards while I am travelling", body="I lost my wallet twice and the phone line was busy."
    )
    assert titles_of("freeze card travelling") == titles_of("freze cards") == titles_of("wallets lost") == [idea.title]


def test_a_word_that_nobody_used_does_not_hide_what_the_others_say(ideas):
    assert titles_of("carte virtuelle éphémère achat")[0] == "Une carte virtuelle pour un seul achat"


@pytest.mark.parametrize(
    ("query", "title", "marked"),
    [
        ("epargne", "L’Épargne d’abord", "L’<mark>Épargne</mark> d’abord"),
        ("virment", "Un virement", "Un <mark>virement</mark>"),
        ("cartes", "Ma carte <b>bleue</b>", "Ma <mark>carte</mark> &lt;b&gt;bleue&lt;/b&gt;"),
        ("xyz", "Rien à voir ici", "Rien à voir ici"),
        ("œuf", "Des œufs", "Des <mark>œufs</mark>"),
        ("b", "<script>b</script>", "&lt;script&gt;<mark>b</mark>&lt;/script&gt;"),
    ],
)
def test_found_words_are_marked_and_all_else_is_escaped(query, title, marked):
    assert Marker(query).title(title) == marked


def test_excerpt_turns_to_the_words_found():
    body = (
        "Un long début qui ne dit rien. " * 20
        + "Puis vient le **parapluie** que l’on cherchait. "
        + "Et la suite. " * 30
    )
    shown = Marker("parapluie").excerpt(body)
    assert "<mark>parapluie</mark>" in shown and shown.startswith("…") and shown.endswith("…") and len(shown) < 200


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("virment", "Cela vient vraiment du versement"),
        ("virement", "Un versement vraiment rapide"),
        ("prêt", "Près de chez moi"),
        ("carte", "Une porte et une perte"),
        ("instantané", "Un instant de détente"),
    ],
)
def test_words_that_only_resemble_are_not_marked(query, title):
    assert "<mark>" not in Marker(query).title(title)


@pytest.mark.parametrize(
    ("query", "word"),
    [("virment", "virements"), ("instentané", "instantanée"), ("prelevemnt", "prélèvement"), ("crate", "carte"),
     ("decuovert", "découvert"), ("rendez", "rendez")],
)  # fmt: skip
def test_slips_and_endings_are_marked(query, word):
    assert f"<mark>{word}</mark>" in Marker(query).title(f"Avec un {word} de plus")


def test_pages_and_api_mark_the_words(client, ideas):
    word = "<mark>découvert</mark>"
    assert word in client.get("/idees/?search=decouvert").content.decode()
    assert word in client.get("/idees/?search=decouvert&order=votes").content.decode()
    assert word in client.get("/recherche/?q=decouvert").content.decode()
    found = client.get("/api/v1/ideas/?search=decouvert").json()["results"][0]["found"]
    assert found == {"title": f"Prévenir avant un {word}, pas après", "text": escape(ideas[0].body)}
    assert client.get("/api/v1/ideas/").json()["results"][0]["found"] is None


def test_several_states_are_said_by_commas_or_by_repeating(client):
    new, planned, _late = an_idea(), an_idea(state="planned"), an_idea(state="delivered")
    for query in ("state=new,planned", "state=new&state=planned", "state=new,%20planned,"):
        for path, read in (("/api/v1/ideas/", lambda page: {idea["id"] for idea in page.json()["results"]}),):
            assert read(client.get(f"{path}?{query}")) == {new.public_id, planned.public_id}
    assert client.get("/api/v1/ideas/?state=new,nothing").json()["code"] == "unknown_state"
