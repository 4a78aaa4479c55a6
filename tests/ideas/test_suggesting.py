"""Suggested merges: found in the background, accepted, dismissed for good, expired."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.errors import DomainError, NotAllowed
from ideas.domain.merging import merge_idea, undo_merge, unmerge_idea
from ideas.domain.posting import post_idea
from ideas.domain.recording import undo_deed
from ideas.domain.suggesting import dismiss_merge, expire_suggestions, suggest_merges
from ideas.models import MergeSuggestion
from tests.factories.desk import a_suggestion
from tests.factories.ideas import a_category, an_idea
from tests.factories.members import a_member, a_product_owner, an_auditor, an_expert
from tests.notifications.working import work

pytestmark = pytest.mark.django_db
OLD = "Bloquer ma carte quelques heures depuis l’application"
NEW = "Bloquer ma carte bancaire quelques heures dans l’application"
WHY = "C’est la même demande, réunie en une seule."


def a_pair():
    old = an_idea(title=OLD, created_at=timezone.now() - timedelta(days=9))
    return an_idea(title=NEW), old


def test_new_idea_that_looks_like_another_is_suggested_with_a_score():
    old = an_idea(title=OLD, created_at=timezone.now() - timedelta(days=9))
    an_idea(title="Des horaires d’agence plus larges le samedi")
    body = "Quand je cherche ma carte, je voudrais la bloquer un moment sans faire opposition."
    new = post_idea(title=NEW, body=body, category=a_category(), by=a_member())
    work()
    found = MergeSuggestion.objects.get()
    assert (found.duplicate, found.canonical) == (new, old) and 55 <= found.score <= 100


def test_suggesting_twice_changes_nothing_and_a_dismissed_pair_does_not_come_back():
    new, old = a_pair()
    [found] = suggest_merges(new)
    assert suggest_merges(new) == [] and suggest_merges(old) == []
    deed = dismiss_merge(found, by=a_product_owner())
    assert suggest_merges(new) == [] and not MergeSuggestion.objects.open().exists()
    undo_deed(deed, by=deed.by)
    assert MergeSuggestion.objects.open().get() == found


def test_merging_accepts_the_suggestion_and_parting_dismisses_it():
    (new, old), owner = a_pair(), a_product_owner()
    suggest_merges(new)
    merge = merge_idea(new, old, reason=WHY, by=owner)
    assert MergeSuggestion.objects.get().state == "accepted"
    undo_merge(merge, by=owner)
    assert MergeSuggestion.objects.open().count() == 1
    merge_idea(new, old, reason=WHY, by=owner)
    unmerge_idea(new, reason=WHY, by=owner)
    assert MergeSuggestion.objects.get().state == "dismissed"


def test_what_nobody_settles_expires_and_so_does_a_pair_that_lost_an_idea():
    late = a_suggestion(expires_at=timezone.now() - timedelta(hours=1))
    lost, calm = a_suggestion(), a_suggestion()
    merge_idea(lost.canonical, an_idea(), reason=WHY, by=a_product_owner())
    assert set(MergeSuggestion.objects.open()) == {calm}
    assert expire_suggestions() == 2
    late.refresh_from_db()
    assert late.state == "expired"


def test_hidden_ideas_are_not_suggested():
    new, _old = a_pair()
    new.visibility = "hidden"
    assert suggest_merges(new) == []


@pytest.mark.parametrize("who", [a_member, an_expert, an_auditor])
def test_only_who_triages_settles(who):
    with pytest.raises(NotAllowed):
        dismiss_merge(a_suggestion(), by=who())


def test_settled_suggestion_is_settled():
    suggestion = a_suggestion()
    dismiss_merge(suggestion, by=a_product_owner())
    with pytest.raises(DomainError) as refusal:
        dismiss_merge(suggestion, by=a_product_owner())
    assert refusal.value.code == "suggestion_closed"


def test_desk_shows_and_dismisses_and_undoes(client):
    suggestion = a_suggestion(score=91)
    client.force_login(a_product_owner())
    page = client.get(reverse("ideas_desk:index"), {"idea": suggestion.canonical.public_id}).content.decode()
    assert "Fusions proposées" in page and suggestion.duplicate.title in page and ">91<" in page
    url = reverse("ideas_desk:dismiss", args=[suggestion.public_id])
    back = client.post(url, {"next": reverse("ideas_desk:suggestions")})
    assert back.url == reverse("ideas_desk:suggestions")
    page = client.get(back.url)
    assert "Aucune proposition en attente" in page.content.decode()
    undo = page.context["undos"][0]
    client.post(reverse("ideas_desk:undo"), {"kind": undo.kind, "key": undo.key})
    assert MergeSuggestion.objects.open().count() == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_to_work_through_cost_the_same_whatever_the_rows(client, rows, django_assert_num_queries):
    from tests.factories.desk import a_question

    owner = a_product_owner()
    client.force_login(owner)
    for _row in range(rows):
        a_suggestion()
        a_question(an_expert(), days=-1)
    for name in ("ideas_desk:suggestions", "ideas_desk:questions"):
        client.get(reverse(name), {"all": "1"})
        with django_assert_num_queries(9 + 1):
            page = client.get(reverse(name), {"all": "1"})
            assert len(page.context["rows"]) == rows
    assert "en retard depuis" in page.content.decode()
