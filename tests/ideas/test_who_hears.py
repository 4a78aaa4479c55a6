"""Before a move is made its form says who hears of it; after it the toast says how many."""

import json
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from ideas.backoffice import moves
from ideas.domain.assigning import assign_idea
from ideas.domain.urgency import lift_urgency, undo_lift
from ideas.models import Deed
from notifications.models import Notification
from tests.factories.ideas import a_category, an_idea
from tests.factories.members import a_moderator, a_product_owner, an_expert
from tests.notifications.working import work

from .test_desk_triage import act, desk

pytestmark = pytest.mark.django_db
WHY = "Nous étudions votre idée avec l’équipe concernée."


HEARS = {
    "urgent": "qui l’a en main et le responsable du thème, une fois passé le délai d’annulation",
    "note": "Personne n’est prévenu.",
    "tag": "Personne n’est prévenu.",
    "assign": "elle est entre vos mains ou celles de personne",
    "route": "l’expert seul",
    "hide": "L’auteur lit le fondement et votre raison une fois passé le délai d’annulation. Il peut contester.",
    "file": "son auteur et le responsable du nouveau thème",
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


def test_form_for_many_ideas_says_who_hears(client, owner):
    picked = {"pick": [f"{an_idea().public_id}~" for _row in range(2)], "move": "urgent"}
    assert HEARS["urgent"] in unescape(client.get(reverse("ideas_desk:bulk"), picked).content.decode())


def counted(client, idea, name, **typed):
    """How many hear, as the form says once this was typed, alone and over many ideas, and as the API's preview has it."""
    alone = act(client, idea, name, look="", **typed).context["audience"]
    picked = reverse("ideas_desk:bulk", query={"pick": f"{idea.public_id}~"})
    many = client.post(picked, {"move": name, "look": ""} | typed).context["audience"]
    asked = json.dumps({"move": name, "ideas": [{"id": idea.public_id}], "values": typed})
    preview = client.post("/api/v1/desk/bulk/preview/", asked, content_type="application/json").json()
    assert alone == many.people == preview["people"]
    return alone


def told_after(kind) -> int:
    work()
    return Notification.objects.filter(kind=kind).count()


@pytest.mark.parametrize("silent", [False, True])
def test_colleague_is_told_of_an_idea_in_their_hands_as_the_form_said_unless_in_silence(client, owner, silent):
    colleague, idea, other = a_product_owner(), an_idea(), an_idea()
    assert counted(client, idea, "assign", assignee=colleague.public_id) == 1
    assert (
        counted(client, idea, "assign", assignee=owner.public_id) == counted(client, idea, "assign", assignee="") == 0
    )
    mine = desk(client, idea=idea.public_id, move="assign")
    assert mine.context["audience"] == 0 and "le collègue seul" not in mine.content.decode()
    assert 'name="silent"' in mine.content.decode()
    said = {"assignee": colleague.public_id}
    act(client, idea, "assign", **said, **({"silent": "on"} if silent else {}))
    url = f"/api/v1/desk/ideas/{other.public_id}/assignee/"
    done = client.put(url, json.dumps(said | {"silent": silent}), content_type="application/json").json()
    assert done["told"] == (0 if silent else 1)
    assert told_after("idea_assigned") == (0 if silent else 2)
    assert [deed.is_silent for deed in Deed.objects.filter(kind="assigned")] == [silent, silent]


@pytest.mark.parametrize("silent", [False, True])
def test_many_ideas_go_into_a_colleague_s_hands_as_the_preview_said(client, owner, silent):
    colleague, ideas = a_product_owner(), [an_idea(), an_idea(), an_idea()]
    assign_idea(ideas[0], colleague, by=owner, silent=True)  # in their hands already: nothing is told of it
    values = {"assignee": colleague.public_id} | ({"silent": True} if silent else {})
    asked = json.dumps({"move": "assign", "ideas": [{"id": idea.public_id} for idea in ideas], "values": values})
    preview = client.post("/api/v1/desk/bulk/preview/", asked, content_type="application/json").json()
    assert (preview["people"], preview["notices"]) == ((0, 0) if silent else (1, 2))
    client.post("/api/v1/desk/bulk/", asked, content_type="application/json")
    assert told_after("idea_assigned") == preview["notices"]


@pytest.mark.parametrize("silent", [False, True])
def test_who_answers_for_an_urgent_idea_is_told_as_the_form_said_unless_in_silence(client, owner, silent):
    for_theme, colleague = a_product_owner(), a_product_owner()
    ideas = [an_idea(category=a_category(owner=for_theme), assignee=colleague) for _row in range(2)]
    assert counted(client, ideas[0], "urgent", reason=WHY) == 2
    act(client, ideas[0], "urgent", reason=WHY, **({"silent": "on"} if silent else {}))
    url = f"/api/v1/desk/ideas/{ideas[1].public_id}/urgency/"
    done = client.put(url, json.dumps({"reason": WHY, "silent": silent}), content_type="application/json").json()
    assert done["told"] == (0 if silent else 2)
    calm = lift_urgency(ideas[1], reason=WHY, by=owner)
    undo_lift(calm, by=owner)  # what was silent stays so
    assert told_after("idea_urgent") == (0 if silent else 4)


def test_moderators_are_counted_where_nobody_answers_for_an_urgent_idea(client, owner):
    idea, _two = an_idea(), (a_moderator(), a_moderator())
    assert counted(client, idea, "urgent", reason=WHY) == 2
    act(client, idea, "urgent", reason=WHY)
    assert told_after("idea_urgent") == 2


def test_question_reaches_the_expert_alone_and_offers_no_silence(client, owner):
    expert, idea = an_expert(), an_idea()
    said = {"expert": expert.public_id, "question": WHY, "due_on": timezone.localdate().isoformat()}
    assert (
        counted(client, idea, "route", **said),
        counted(client, idea, "route", **said | {"expert": owner.public_id}),
    ) == (1, 0)
    assert 'name="silent"' not in desk(client, idea=idea.public_id, move="route").content.decode()
    act(client, idea, "route", **said)
    act(client, idea, "route", **said | {"expert": owner.public_id})
    assert told_after("expert_asked") == 1


@pytest.mark.parametrize("silent", [False, True])
def test_owner_of_the_new_theme_is_counted_and_hears_nothing_of_a_silent_change(client, owner, silent):
    theme, ideas = a_category(owner=a_product_owner()), [an_idea(), an_idea()]
    assert counted(client, ideas[0], "file", category=theme.slug) == 2
    act(client, ideas[0], "file", category=theme.slug, **({"silent": "on"} if silent else {}))
    url = f"/api/v1/desk/ideas/{ideas[1].public_id}/category/"
    done = client.put(
        url, json.dumps({"category": theme.slug, "silent": silent}), content_type="application/json"
    ).json()
    assert done["told"] == (0 if silent else 2)
    assert told_after("idea_filed") == told_after("idea_posted") == (0 if silent else 2)
