"""Abuse 3: what a rule holds, who sees it, and what becomes of it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ideas.domain.commenting import comment_on
from ideas.domain.posting import post_idea
from ideas.models import Idea
from tests.factories.ideas import a_category, an_idea
from tests.factories.members import a_member, a_moderator, an_expert
from tests.factories.trust import WHY, an_old_member
from trust.domain.deciding import decide
from trust.models import Case, Hold, HoldRule

pytestmark = pytest.mark.django_db
PLAIN = "Je voudrais que la banque fasse cela, parce que cela me rendrait service."


def posted(body=PLAIN, by=None):
    return post_idea(title="Une idée pour tout le monde", body=body, category=a_category(), by=by or a_member())


@pytest.mark.parametrize(
    "body",
    [
        f"{PLAIN} Voir https://exemple.test", f"{PLAIN} Allez sur conseil-express.com", f"{PLAIN} Appelez le 06 12 34 56 78",
        f"{PLAIN} Mon dossier 12 345 678 90", f"{PLAIN} Écrivez à aide@exemple.org",
    ],
)  # fmt: skip
def test_new_account_with_a_link_or_a_number_is_held_and_an_old_one_is_not(body):
    assert posted(body).visibility == "held"
    assert posted(body, by=an_old_member()).visibility == "public"


def test_amounts_and_dates_hold_nothing():
    assert posted(f"{PLAIN} J’ai 150 000 € et je suis né le 3.12.1980.").visibility == "public"


@pytest.mark.parametrize("word", ["crédit miracle", "CREDIT MIRACLE", "Crédit-miracle"])
def test_words_of_the_list_are_found_however_they_are_written(word):
    HoldRule.objects.filter(kind="words").update(words_fr="crédit miracle\nusur*")
    member = an_old_member()
    assert posted(f"{PLAIN} Un {word} pour tous !", by=member).visibility == "held"
    assert posted(f"{PLAIN} C’est de l’usure pure.", by=member).visibility == "held"
    assert posted(f"{PLAIN} Le crédit n’a rien d’un miracle.", by=member).visibility == "public"


def test_burst_holds_what_comes_after_so_many_texts():
    HoldRule.objects.filter(kind="burst").update(number=2, minutes=10)
    idea, member = an_idea(), an_old_member()
    said = [comment_on(idea, body=f"Message numéro {n}", by=member).visibility for n in range(3)]
    assert said == ["public", "public", "held"]


def test_same_text_again_is_held_from_the_third_copy_on():
    idea, member = an_idea(), an_old_member()
    text = "Ce message est exactement le même que le précédent."
    assert [comment_on(idea, body=text, by=member).visibility for _ in range(3)] == ["public", "public", "held"]


def test_rule_that_is_switched_off_holds_nothing():
    HoldRule.objects.update(is_active=False)
    assert posted(f"{PLAIN} Voir https://exemple.test").visibility == "public"


def test_staff_are_never_held():
    assert comment_on(an_idea(), body="Voir https://exemple.test", by=an_expert()).visibility == "public"


def test_held_idea_is_seen_by_its_author_alone_with_the_rule_for_staff(client):
    member = a_member()
    idea = posted(f"{PLAIN} Voir https://exemple.test", by=member)
    assert client.get(idea.get_absolute_url()).status_code == 404
    client.force_login(member)
    assert client.get(idea.get_absolute_url()).status_code == 200
    assert "24" in client.get(member.statements.get().get_absolute_url()).content.decode()
    client.force_login(a_moderator())
    html = client.get(reverse("trust_desk:index")).content.decode()
    assert "Compte récent avec un lien ou un numéro" in html and "exemple.test" in html
    assert Hold.objects.get().rule.kind == "newcomer"


def test_held_comment_counts_only_once_it_is_published():
    idea = an_idea()
    comment = comment_on(idea, body="Voir https://exemple.test", by=a_member())
    assert Idea.objects.get(pk=idea.pk).comment_count == 0
    decide(Case.objects.get(), "keep", reason=WHY, by=a_moderator())
    comment.refresh_from_db()
    assert (comment.visibility, Idea.objects.get(pk=idea.pk).comment_count) == ("public", 1)


def test_old_copy_of_a_text_is_forgotten():
    member, text = an_old_member(), "Ce message est exactement le même que le précédent."
    idea = an_idea()
    for _ in range(2):
        comment = comment_on(idea, body=text, by=member)
        comment.created_at = timezone.now() - timedelta(days=2)
        comment.save(update_fields=["created_at"])
    assert comment_on(idea, body=text, by=member).visibility == "public"
