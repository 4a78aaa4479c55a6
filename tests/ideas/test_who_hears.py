"""Before a move is made its form says who hears of it; after it the toast says how many."""

from html import unescape

import pytest
from django.urls import reverse

from ideas.backoffice import moves
from tests.factories.ideas import an_idea
from tests.factories.members import a_product_owner

from .test_desk_triage import act, desk

pytestmark = pytest.mark.django_db


HEARS = {
    "urgent": "Qui l’a en main et le responsable du thème sont prévenus une fois passé le délai d’annulation",
    "note": "Personne n’est prévenu.",
    "tag": "Personne n’est prévenu.",
    "assign": "Seul le collègue est prévenu.",
    "hide": "L’auteur lit le fondement et votre raison une fois passé le délai d’annulation. Il peut contester.",
    "file": "son auteur ; le responsable du nouveau thème",
    "complaint": "L’auteur est prévenu en privé, une fois passé le délai d’annulation.",
}


def test_each_move_says_itself_who_hears_of_it(client, owner):
    idea = an_idea()
    for name, sentence in HEARS.items():
        html = " ".join(unescape(desk(client, idea=idea.public_id, move=name).content.decode()).split())
        assert sentence in html, name
        assert (sentence == HEARS["note"]) or HEARS["note"] not in html, name
    assert all(move.hears for move in moves.ALL)


def test_toast_counts_the_colleague_who_hears_of_an_idea_put_in_their_hands(client, owner):
    colleague = a_product_owner(nickname="Yann Le Bris")
    act(client, an_idea(), "assign", assignee=colleague.public_id)
    assert "1 personne prévenue dans" in desk(client).content.decode()
    act(client, an_idea(), "assign", assignee=owner.public_id)
    assert "Personne n’est prévenu." in desk(client).content.decode()


def test_form_for_many_ideas_says_who_hears_where_nobody_is_counted(client, owner):
    picked = {"pick": [f"{an_idea().public_id}~" for _row in range(2)], "move": "urgent"}
    assert HEARS["urgent"] in unescape(client.get(reverse("ideas_desk:bulk"), picked).content.decode())
