"""The erased member's name in what the bank and others wrote."""

import pytest

from ideas.domain.commenting import comment_on
from ideas.domain.forgetting import forget_name, without_greeted
from ideas.domain.moving import answer_officially, move_idea
from ideas.models import Comment, IdeaMove, OfficialAnswer
from members.domain.describing import describe_oneself
from members.domain.erasing import erase
from tests.factories.ideas import a_comment, an_idea
from tests.factories.members import a_member, a_product_owner

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Bonjour Maëlle,\n\nNous lançons la pause.", "Bonjour,\n\nNous lançons la pause."),
        ("Bonjour Le Fournil de Jeanne, merci.", "Bonjour, merci."),
        ("**Bonsoir Maëlle !** Merci.", "**Bonsoir !** Merci."),
        ("Chère Madame Dupont,\nVoici.", "Bonjour,\nVoici."),
        ("Hello Maëlle, thank you.", "Hello, thank you."),
        ("Dear Maëlle,\n\nDone.", "Hello,\n\nDone."),
        ("Bonjour,\n\nRien à ôter.", "Bonjour,\n\nRien à ôter."),
        ("Bonjour à tous. Maëlle, merci.", "Bonjour à tous. Maëlle, merci."),
        ("Nous étudions cela, Maëlle.", "Nous étudions cela, Maëlle."),
    ],
)
def test_a_greeting_loses_whom_it_greets(text, left):
    assert without_greeted(text) == left


def test_answers_and_moves_of_an_erased_member_greet_nobody_by_name(client):
    owner, author = a_product_owner(), a_member(nickname="Maëlle R.")
    idea = an_idea(author=author)
    answer_officially(
        idea, body="Bonjour Maëlle R.,\n\nMerci Maëlle R. : nous la planifions. Maëlle, guettez la suite.", by=owner
    )
    move_idea(idea, "under_review", reason="Bonjour Maëlle, nous étudions votre idée.", by=owner)
    other = an_idea()
    answer_officially(other, body="Bonjour Maëlle,\n\nMerci pour cette idée.", by=owner)
    erase(author, by=author)
    assert OfficialAnswer.objects.get(idea=idea).body == (
        "Bonjour,\n\nMerci ancien membre : nous la planifions. ancien membre, guettez la suite."
    )
    assert IdeaMove.objects.get(idea=idea).reason == "Bonjour, nous étudions votre idée."
    assert OfficialAnswer.objects.get(idea=other).body.startswith("Bonjour Maëlle,")
    assert "Maëlle" not in client.get(idea.get_absolute_url()).content.decode()


def test_a_member_who_changed_names_is_not_greeted_by_the_old_one():
    owner, author = a_product_owner(), a_member(nickname="Maëlle")
    idea = an_idea(author=author)
    answer_officially(idea, body="Bonjour Maëlle,\n\nC’est prévu.", by=owner)
    author = describe_oneself(author, by=author, nickname="Capucine")
    erase(author, by=author)
    assert OfficialAnswer.objects.get().body == "Bonjour,\n\nC’est prévu."


def test_replies_of_the_bank_to_an_erased_member_greet_nobody_those_to_others_stay():
    owner, gone, stays = a_product_owner(), a_member(nickname="Maëlle"), a_member(nickname="Thomas")
    idea = an_idea()
    for author in (gone, stays):
        top = a_comment(idea, author=author)
        comment_on(idea, body=f"Bonjour {author}, oui, les deux.", by=owner, parent=top)
    erase(gone, by=gone)
    bodies = set(Comment.objects.filter(is_official=True).values_list("body", flat=True))
    assert bodies == {"Bonjour, oui, les deux.", "Bonjour Thomas, oui, les deux."}


def test_forgetting_twice_changes_nothing_more():
    author = a_member(nickname="Maëlle")
    idea = an_idea(author=author)
    answer_officially(idea, body="Bonjour Maëlle,\n\nC’est prévu.", by=a_product_owner())
    for _again in range(2):
        forget_name(author)
    assert OfficialAnswer.objects.get().body == "Bonjour,\n\nC’est prévu."


def test_a_short_name_does_not_eat_the_words_it_is_part_of():
    author = a_member(nickname="Ana")
    idea = an_idea(author=author)
    answer_officially(idea, body="Nous analysons l’Analyse d’Ana.", by=a_product_owner())
    erase(author, by=author)
    assert OfficialAnswer.objects.get().body == "Nous analysons l’Analyse d’ancien membre."
