"""Changing an idea keeps what it said; anyone who may read the idea may compare; what was hidden does not leak."""

import json

import pytest
from django.urls import reverse

from complaints.domain.opening import open_complaint
from complaints.domain.turning_back import turn_back
from core.errors import DomainError
from ideas.comparing import GONE, NEW, SAME, compare, differences
from ideas.domain.assigning import assign_idea
from ideas.domain.editing import edit_idea
from ideas.domain.filing import file_idea
from ideas.domain.merging import merge_idea
from ideas.domain.moderating import hide_idea, restore_idea
from ideas.domain.moving import answer_officially, move_idea
from ideas.domain.recording import undo_deed
from ideas.models import IdeaVersion
from ideas.phases import Phase
from tests.factories.challenges import a_challenge, an_entry
from tests.factories.ideas import a_category, a_comment, an_idea
from tests.factories.members import a_member, a_moderator, a_product_owner, an_expert

pytestmark = pytest.mark.django_db
FIRST = "Je voudrais une alerte le soir, quand le prélèvement est refusé par la banque."
SECOND = "Je voudrais une alerte la veille, avant que le prélèvement soit refusé par la banque."


def text_of(answer) -> str:
    return answer.content.decode()


def test_first_text_and_each_later_one_are_kept():
    idea = an_idea(title="Une alerte le soir même", body=FIRST)
    edit_idea(idea, body=SECOND, by=idea.author)
    edit_idea(idea, title="Une alerte la veille au soir", by=idea.author)
    rows = list(IdeaVersion.objects.filter(idea=idea).values_list("number", "title", "body"))
    assert rows == [
        (1, "Une alerte le soir même", FIRST), (2, "Une alerte le soir même", SECOND),
        (3, "Une alerte la veille au soir", SECOND),
    ]  # fmt: skip
    assert idea.versions.first().at == idea.created_at


def test_change_that_changes_nothing_writes_nothing():
    idea = an_idea()
    edit_idea(idea, title=idea.title, body=idea.body, by=idea.author)
    idea.refresh_from_db()
    assert not idea.versions.exists() and idea.edited_at is None


def test_idea_taken_up_keeps_its_text():
    idea = an_idea()
    move_idea(idea, "under_review", reason="Nous l’étudions avec les experts.", by=a_product_owner())
    with pytest.raises(DomainError) as refusal:
        edit_idea(idea, title="Un tout autre titre", by=idea.author)
    assert refusal.value.code == "already_taken_up"
    assert not idea.versions.exists()


def test_closed_theme_is_refused_when_the_idea_goes_to_it():
    idea = an_idea()
    with pytest.raises(DomainError) as refusal:
        edit_idea(idea, category=a_category(is_active=False), by=idea.author)
    assert refusal.value.code == "category_closed"


def test_words_that_went_and_came_are_told_apart():
    pieces = differences("une alerte le soir même", "une alerte la veille au soir")
    assert [(piece.kind, piece.text) for piece in pieces] == [
        (SAME, "une alerte "), (GONE, "le"), (NEW, "la veille au"), (SAME, " soir"), (GONE, " même"),
    ]  # fmt: skip
    assert "".join(piece.text for piece in pieces if piece.kind != NEW) == "une alerte le soir même"
    assert "".join(piece.text for piece in pieces if piece.kind != GONE) == "une alerte la veille au soir"


@pytest.mark.parametrize(
    ("one", "other"), [("", "mot"), ("a b c", "a x c y"), ("fin.\n\nDébut", "fin. Début"), ("é’à", "é’a")]
)
def test_both_texts_can_be_read_back_from_their_differences(one, other):
    pieces = differences(one, other)
    assert "".join(piece.text for piece in pieces if piece.kind != NEW) == one
    assert "".join(piece.text for piece in pieces if piece.kind != GONE) == other


def test_longest_texts_are_compared_within_a_second():
    from time import process_time  # what a busy machine does beside it does not count

    start = process_time()
    differences("a b " * 1_250, "b a a " * 833)
    assert process_time() - start < 1.5


def test_anyone_compares_two_versions_in_words_a_screen_reader_says(client):
    idea = an_idea(body=FIRST)
    edit_idea(idea, body=SECOND, by=idea.author)
    page = text_of(client.get(idea.get_absolute_url()))
    url = reverse("ideas:versions", args=[idea.public_id])
    assert url in page
    compared = text_of(client.get(url))
    assert "<del>" in compared and "<ins>" in compared
    assert "supprimé :" in compared and "ajouté :" in compared and "la veille" in compared
    assert text_of(client.get(url, {"from": "1", "to": "2"})).count("<ins>") == compared.count("<ins>")
    assert "disent la même chose" in text_of(client.get(url, {"from": "2", "to": "2"}))


def test_markup_in_a_version_is_shown_as_text(client):
    idea = an_idea(body="Une phrase assez longue pour être une idée. <script>alert(1)</script>")
    edit_idea(idea, body="Une autre phrase assez longue. <img src=x onerror=alert(1)>", by=idea.author)
    page = text_of(client.get(reverse("ideas:versions", args=[idea.public_id])))
    assert "<script>alert" not in page and "<img src=x" not in page and "&lt;" in page


@pytest.mark.parametrize(
    "query", ["from=1&to=9", "from=0&to=1", "from=x&to=1", "from=1", "from=١&to=1", "from=999999&to=1"]
)
def test_unknown_version_is_not_found(client, query):
    idea = an_idea(body=FIRST)
    edit_idea(idea, body=SECOND, by=idea.author)
    assert client.get(f"{reverse('ideas:versions', args=[idea.public_id])}?{query}").status_code == 404


def test_unchanged_idea_says_so_and_gives_its_one_text(client):
    idea = an_idea(body=FIRST)
    assert "jamais été modifiée" in text_of(client.get(reverse("ideas:versions", args=[idea.public_id])))
    found = client.get(f"/api/v1/ideas/{idea.public_id}/versions/").json()["results"]
    assert [(row["number"], row["body"]) for row in found] == [(1, FIRST)]


def test_text_that_was_hidden_when_it_was_replaced_is_for_its_author_and_staff_alone(client):
    idea, staff = an_idea(body=FIRST), a_moderator()
    edit_idea(idea, body="Un texte insultant pour le conseiller de mon agence.", by=idea.author)
    hide_idea(idea, reason="Une personne y est insultée.", by=staff)
    idea.refresh_from_db()
    edit_idea(idea, body=SECOND, by=idea.author)
    restore_idea(idea, reason="L’insulte n’y est plus.", by=staff)
    url, api = reverse("ideas:versions", args=[idea.public_id]), f"/api/v1/ideas/{idea.public_id}/versions/"
    page = text_of(client.get(url))
    assert "insultant" not in page and "la veille" in page
    assert client.get(url, {"from": "1", "to": "2"}).status_code == 404
    assert [row["number"] for row in client.get(api).json()["results"]] == [3, 1]
    for reader in (idea.author, staff):
        client.force_login(reader)
        assert [row["number"] for row in client.get(api).json()["results"]] == [3, 2, 1]


def test_versions_of_an_idea_one_may_not_see_are_not_found(client):
    idea = an_idea(visibility="hidden")
    assert client.get(reverse("ideas:versions", args=[idea.public_id])).status_code == 404
    assert client.get(f"/api/v1/ideas/{idea.public_id}/versions/").status_code == 404


def test_change_of_theme_and_picture_words_is_compared_too():
    old, new = a_category(name_fr="Cartes"), a_category(name_fr="Livrets")
    one = IdeaVersion(number=1, title="t", body="b", category=old, alts=["Un écran"])
    other = IdeaVersion(number=2, title="t", body="b", category=new, alts=["Un écran bleu"])
    found = compare(one, other)
    assert [piece.text for piece in found.category] == ["Cartes", "Livrets"]
    assert found.alts[-1].text == " bleu" and not found.title


@pytest.mark.parametrize("how_many", [1, 3])
def test_versions_cost_two_queries(client, django_assert_num_queries, how_many):
    idea = an_idea(body=FIRST)
    for n in range(how_many):
        edit_idea(idea, title=f"Un titre qui change, numéro {n}", by=idea.author)
    url = reverse("ideas:versions", args=[idea.public_id])
    client.get("/idees/?state=merged")
    with django_assert_num_queries(2):  # idea, versions
        client.get(url)


def test_change_through_the_api_keeps_its_versions(client):
    author = a_member()
    idea = an_idea(author=author, body=FIRST)
    client.force_login(author)
    url = f"/api/v1/ideas/{idea.public_id}/"
    assert client.patch(url, json.dumps({"body": SECOND}), content_type="application/json").status_code == 200
    assert [row["number"] for row in client.get(f"{url}versions/").json()["results"]] == [2, 1]


def _answered(idea, owner):
    answer_officially(idea, body="Nous l’étudions, merci.", by=owner)


def _joined(idea, owner):
    merge_idea(an_idea(), idea, reason="C’est la même demande que celle-ci.", by=owner)


def _voted_on(idea, owner):
    an_entry(a_challenge(Phase.VOTING), idea=idea)


def _before_the_jury(idea, owner):
    an_entry(a_challenge(Phase.JURY), idea=idea)


def _in_hand(idea, owner):
    assign_idea(idea, an_expert(), by=owner)


def _complained(idea, owner):
    open_complaint(idea, reason="Le client demande une réponse écrite.", by=a_moderator())


@pytest.mark.parametrize(
    ("took_up", "said"),
    [(_answered, "La banque a répondu"), (_joined, "réunie avec elle"), (_voted_on, "Son défi"), (_before_the_jury, "Son défi"),
     (_in_hand, "Nous avons commencé"), (_complained, "Nous avons commencé")],
)  # fmt: skip
def test_what_others_have_built_on_keeps_its_text_on_page_and_api(client, took_up, said):
    idea = an_idea(body=FIRST)
    took_up(idea, a_product_owner())
    client.force_login(idea.author)
    url, edit, api = (
        idea.get_absolute_url(),
        reverse("ideas:edit", args=[idea.public_id]),
        f"/api/v1/ideas/{idea.public_id}/",
    )
    page = text_of(client.get(url))
    assert edit not in page and said in page
    for answer in (
        client.get(edit, follow=True),
        client.post(edit, {"title": "Un autre titre", "body": SECOND}, follow=True),
    ):
        assert answer.redirect_chain and said in text_of(answer)
    refused = client.patch(api, json.dumps({"body": SECOND}), content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (409, "already_taken_up") and said in refused.json()[
        "detail"
    ]
    assert client.get(api).json()["can_edit"] is False and not idea.versions.exists()


def test_theme_that_staff_chose_is_not_the_author_s_to_change(client):
    idea, cards, owner = an_idea(body=FIRST), a_category(name_fr="Cartes"), a_product_owner()
    before = idea.category
    undo_deed(file_idea(idea, cards, by=owner), by=owner)
    edit_idea(idea, category=a_category(), by=idea.author)  # taken back at once, it never was
    file_idea(idea, cards, by=owner)
    client.force_login(idea.author)
    edit, api = reverse("ideas:edit", args=[idea.public_id]), f"/api/v1/ideas/{idea.public_id}/"
    typed = {"title": "Un titre bien plus clair", "body": SECOND, "category": before.slug}
    page = client.post(edit, typed)
    assert page.status_code == 400 and "elle y reste" in text_of(page) and "la veille" in text_of(page)
    refused = client.patch(api, json.dumps({"category": before.slug}), content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (409, "theme_set_by_staff")
    assert [error["field"] for error in refused.json()["errors"]] == ["category"]
    assert client.post(edit, typed | {"category": cards.slug}).status_code == 302
    idea.refresh_from_db()
    assert (idea.category, idea.body) == (cards, SECOND)


def _open_to_entries(idea, owner):
    an_entry(a_challenge(Phase.POSTING), idea=idea)


def _given_back(idea, owner):
    assign_idea(idea, an_expert(), by=owner)
    assign_idea(idea, None, by=owner)


def _turned_back(idea, owner):
    moderator = a_moderator()
    complaint = open_complaint(idea, reason="Le client demande une réponse écrite.", by=moderator)
    turn_back(complaint, reason="C’était une idée et non une plainte.", by=moderator)


def _comment_complained(idea, owner):
    open_complaint(a_comment(idea), reason="Le client demande une réponse écrite.", by=a_moderator())


@pytest.mark.parametrize("touched", [_open_to_entries, _given_back, _turned_back, _comment_complained])
def test_what_leaves_its_text_free_lets_its_author_change_it(client, touched):
    idea = an_idea(body=FIRST)
    touched(idea, a_product_owner())
    client.force_login(idea.author)
    assert reverse("ideas:edit", args=[idea.public_id]) in text_of(client.get(idea.get_absolute_url()))
    assert edit_idea(idea, body=SECOND, by=idea.author).body == SECOND
