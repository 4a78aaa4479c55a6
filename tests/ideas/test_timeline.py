"""The path of an idea: every move with its reason and role, and what else befell it; nothing that the reader may not see."""

from datetime import timedelta

import pytest
from django.utils import translation

from betas.models import ProgrammeIdea
from board.models import Evidence, Placement
from ideas.domain.editing import edit_idea
from ideas.domain.merging import merge_idea, unmerge_idea
from ideas.domain.moderating import hide_idea, restore_idea
from ideas.domain.moving import answer_officially, move_idea
from ideas.domain.withdrawing import withdraw_idea
from ideas.models import Idea, Merge
from ideas.timeline import legs_of
from tests.factories.betas import a_programme
from tests.factories.board import a_quarter, an_item
from tests.factories.ideas import an_idea
from tests.factories.members import a_member, a_moderator, a_product_owner

pytestmark = pytest.mark.django_db
REASON = "Nous l’étudions avec l’équipe Cartes."


def text_of(answer) -> str:
    return answer.content.decode()


def kinds(idea, user=None) -> list[str]:
    idea = Idea.objects.select_related("category", "withdrawal").get(pk=idea.pk)
    return [leg["kind"] for leg in legs_of(idea, user) if "kind" in leg]


def test_each_move_says_why_and_in_which_role_and_never_who(client):
    idea, owner = an_idea(), a_product_owner(nickname="Nadia Kervella")
    move_idea(idea, "under_review", reason=REASON, by=owner)
    page = text_of(client.get(idea.get_absolute_url()))
    assert REASON in page and "Décidé par l’équipe de ce thème" in page and "Nadia Kervella" not in page


def test_edits_answers_merges_and_restores_stand_on_it_in_order(client):
    idea, other, owner, moderator = (
        an_idea(),
        an_idea(title="Une idée toute semblable"),
        a_product_owner(),
        a_moderator(),
    )
    edit_idea(idea, title="Un titre bien plus clair", by=idea.author)
    hide_idea(idea, reason="À vérifier auprès de son auteur.", by=moderator)
    restore_idea(idea, reason="Tout va bien, merci.", by=moderator)
    merge_idea(other, idea, reason="C’est la même demande que l’autre.", by=owner)
    move_idea(idea, "under_review", reason=REASON, by=owner)
    answer_officially(idea, body="Nous l’étudions, merci.", by=owner)
    answer_officially(idea, body="Nous le ferons en mars.", by=owner)
    assert kinds(idea) == ["posted", "edit", "restored", "joined", "move", "answer", "answer"]
    page = text_of(client.get(Idea.objects.get(pk=idea.pk).get_absolute_url()))
    assert "Modifiée par son auteur" in page and "?from=1&amp;to=2" in page
    assert "La banque répond" in page and "La banque complète sa réponse" in page
    assert "Une idée toute semblable" in page and "À vérifier auprès" not in page
    Merge.objects.update(at=idea.created_at - timedelta(days=1))
    unmerge_idea(other, reason="Ce sont deux besoins, finalement.", by=owner)
    assert kinds(idea) == ["posted", "edit", "restored", "move", "answer", "answer", "left"]
    assert "Ce sont deux besoins, finalement." in text_of(client.get(other.get_absolute_url()))


def test_hidden_duplicate_is_not_named(client):
    idea, other = an_idea(), an_idea(title="Une idée que l’on a masquée")
    merge_idea(other, idea, reason="C’est la même demande que l’autre.", by=a_product_owner())
    Idea.objects.filter(pk=other.pk).update(visibility="hidden")
    assert "que l’on a masquée" not in text_of(client.get(idea.get_absolute_url()))


def test_withdrawal_is_its_last_step():
    idea = an_idea()
    withdraw_idea(idea, reason="Ma banque le fait déjà.", by=idea.author)
    idea = Idea.objects.get(pk=idea.pk)
    last = legs_of(idea, idea.author)[-1]
    assert (last["kind"], last["text"]) == ("withdrawn", "Ma banque le fait déjà.")


def test_promise_shows_what_is_ahead(client):

    from django.utils import timezone

    idea = an_idea(promise_due_at=timezone.now() + timedelta(days=5))
    ahead = [leg for leg in legs_of(idea, None) if leg.get("ahead")]
    assert ahead[0]["icon"] == "clock" and "avant le" in ahead[0]["when"]


def test_board_decision_leads_to_its_minutes_once_they_are_published(client):
    idea, quarter = an_idea(), a_quarter(code="2026-Q3")
    item = an_item(quarter)
    Evidence.objects.create(item=item, idea=idea)
    Placement.objects.filter(quarter=quarter, item=item).update(column="next")
    assert "board" not in kinds(idea)
    type(quarter).objects.filter(pk=quarter.pk).update(state="published", published_at=idea.created_at)
    assert "board" in kinds(idea)
    page = text_of(client.get(idea.get_absolute_url()))
    assert "/2026-Q3/" in page and "T3 2026" in page and "Lire le compte rendu" in page


def test_beta_test_is_linked_unless_it_is_a_draft(client):
    idea, programme = an_idea(), a_programme(state="draft", title="Essai de la carte en pause")
    ProgrammeIdea.objects.create(programme=programme, idea=idea)
    assert "beta" not in kinds(idea)
    type(programme).objects.filter(pk=programme.pk).update(state="running")
    assert "Essai de la carte en pause" in text_of(client.get(idea.get_absolute_url()))


@pytest.mark.parametrize("how_many", [1, 3])
def test_path_costs_one_query_whatever_stands_on_it(django_assert_num_queries, how_many):
    idea, owner = an_idea(), a_product_owner()
    for n in range(how_many):
        edit_idea(idea, title=f"Un titre qui change, numéro {n}", by=idea.author)
    for _n in range(how_many):
        answer_officially(idea, body="Nous l’étudions, merci.", by=owner)
        merge_idea(an_idea(), idea, reason="C’est la même demande que l’autre.", by=owner)
        ProgrammeIdea.objects.create(programme=a_programme(state="running"), idea=idea)
    idea = Idea.objects.select_related("author", "category").get(pk=idea.pk)
    with django_assert_num_queries(1):
        legs_of(idea, None)


def test_path_through_the_api_says_the_same(client):
    idea, owner = an_idea(), a_product_owner()
    edit_idea(idea, title="Un titre bien plus clair", by=idea.author)
    move_idea(idea, "under_review", reason=REASON, by=owner)
    steps = client.get(f"/api/v1/ideas/{idea.public_id}/").json()["timeline"]
    assert [step["kind"] for step in steps] == ["posted", "edit", "move"]
    assert steps[2]["text"] == REASON and steps[2]["by_role"] == "product_owner" and steps[2]["state"] == "under_review"
    assert steps[1]["url"].startswith("/idees/")


def test_texts_of_another_language_say_so(client):
    english = an_idea(
        title="Let me pause the card", body="I would like to pause the card and then use it again.", language="en"
    )
    french = an_idea(title="Mettre la carte en pause", body="Je voudrais mettre la carte en pause, puis la reprendre.")
    move_idea(french, "under_review", reason=REASON, by=a_product_owner())
    answer_officially(french, body="Bonjour, nous étudions votre idée avec les experts.", by=a_product_owner())
    page = text_of(client.get(f"/en{french.get_absolute_url().replace('/idees/', '/ideas/')}"))
    assert '<h1 class="mt-3 title-measure" lang="fr">' in page and '<div class="prose" lang="fr">' in page
    assert 'class="letter__body" lang="fr"' in page and f'<p lang="fr">{REASON}' in page
    translation.activate("fr")
    page = text_of(client.get(french.get_absolute_url()))
    assert '<h1 class="mt-3 title-measure">' in page and 'class="prose" lang=' not in page
    listed = text_of(client.get("/idees/"))
    assert (
        f'href="{english.get_absolute_url()}" lang="en"' in listed and f'href="{french.get_absolute_url()}">' in listed
    )


def test_language_is_told_when_it_is_written(client):
    from ideas.domain.commenting import comment_on
    from ideas.domain.posting import post_idea
    from tests.factories.ideas import a_category

    member, theme = a_member(), a_category()
    french = post_idea(
        title="Une alerte la veille", body="Je voudrais une alerte avant le prélèvement.", category=theme, by=member
    )
    english = post_idea(
        title="A warning the day before",
        body="I would like to be told before the money is taken.",
        category=theme,
        by=member,
    )
    assert (french.language, english.language) == ("fr", "en")
    assert comment_on(french, body="This would be very useful for me too.", by=a_member()).language == "en"
    assert comment_on(french, body="Super !", by=a_member()).language == "fr"
