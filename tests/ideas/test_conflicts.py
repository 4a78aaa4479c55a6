"""When a colleague acts first, nothing that was typed or chosen is lost, whatever the move: it stands in the form, or is kept."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from ideas.backoffice import moves
from ideas.domain.triaging import version_of
from ideas.domain.urgency import raise_urgency
from ideas.models import Idea
from tests.factories.board import an_item
from tests.factories.desk import a_question, a_tag, a_template
from tests.factories.ideas import a_category, an_idea
from tests.factories.members import a_staff_member, an_expert

pytestmark = pytest.mark.django_db
WHY = "Nous étudions votre idée avec l’équipe Cartes."
DAY = str(timezone.localdate() + timedelta(days=3))
NAMED = {  # what is chosen of rows that are made for the test; the rest is typed
    "expert": lambda: an_expert().public_id,
    "assignee": lambda: an_expert().public_id,
    "category": lambda: a_category().slug,
    "tags": lambda: a_tag().slug,
    "item": lambda: an_item().public_id,
    "template": lambda: f"{a_template().public_id}.fr.1",
    "into": lambda: an_idea(title="Celle qui reste").public_id,
}
TYPED = {
    "reason": WHY, "body": f"{WHY} Un mot de {{equipe}}.", "question": "Peut-on la bloquer ?", "statement": "Un autre motif.",
    "rule": "Article 4.2", "reference": "Agence de Quimper, mardi", "people": "7", "effort": "8", "due_on": DAY, "ground": "law",
    "source": "call_centre", "silent": "on", "official": "on", "hide": "on", "shown": "",
}  # fmt: skip
BEFORE = {  # what makes the move one that is offered
    "unmerge": lambda idea, me: Idea.objects.filter(pk=idea.pk).update(state="merged", merged_into=an_idea()),
    "restore": lambda idea, me: Idea.objects.filter(pk=idea.pk).update(visibility="hidden"),
    "calm": lambda idea, me: raise_urgency(idea, reason=WHY, by=me),
    "advise": lambda idea, me: a_question(me, idea),
}
AFTER = {  # what a colleague's step leaves of the idea where the move is no more
    "review": {"state": "under_review"}, "board": {"state": "declined"}, "decline": {"state": "declined"},
    **{name: {"state": "merged"} for name in ("answer", "merge", "route", "for-others")},
    "unmerge": {"state": "new", "merged_into": None}, "hide": {"visibility": "hidden"}, "remove": {"visibility": "removed"},
    "restore": {"visibility": "public"}, "urgent": {"state": "delivered"},
}  # fmt: skip
ALONE = [move.name for move in moves.ALL if move.alone]


@pytest.fixture
def me(client):
    member = a_staff_member(is_superuser=True)
    client.force_login(member)
    return member


def typed_for(name):
    fields = moves.BY_NAME[name].form.base_fields
    typed = {field: NAMED[field]() if field in NAMED else TYPED[field] for field in fields}
    return typed | ({"field_equipe": "Cartes"} if name == "answer" else {})


def late(client, name, idea, typed, **changed):
    """The move, sent for the idea as it was before a colleague changed it."""
    seen = version_of(Idea.objects.get(pk=idea.pk))
    Idea.objects.filter(pk=idea.pk).update(**changed)
    shown = {"shown": typed["into"]} if "into" in typed else {}
    address = reverse("ideas_desk:act", args=[idea.public_id, name])
    page = client.post(address, typed | shown | {"seen": seen})
    assert page.status_code == 409
    return BeautifulSoup(page.content, "html.parser")


def sent_by(form):
    """What a browser would send of the form as it stands."""
    sent = {}
    for field in form.select("[name]"):
        if field.name == "textarea":
            sent[field["name"]] = field.text.strip()
        elif field.name == "select":
            chosen = field.select_one("option[selected]") or field.select_one("option")
            sent[field["name"]] = chosen["value"]
        elif field.name == "input" and (field.get("type") not in ("checkbox", "radio") or field.has_attr("checked")):
            sent[field["name"]] = field.get("value", "on" if field.get("type") == "checkbox" else "")
    return sent


@pytest.mark.parametrize("name", ALONE)
def test_move_that_is_still_possible_comes_back_with_every_field_as_it_was_typed(client, me, name):
    idea = an_idea()
    BEFORE.get(name, lambda idea, me: None)(idea, me)
    typed = typed_for(name)
    page = late(client, name, idea, typed, edited_at=timezone.now())
    form = page.select_one("[data-prepared]")
    assert sent_by(form).items() >= typed.items()
    assert sent_by(form)["seen"] == version_of(Idea.objects.get(pk=idea.pk))
    assert not page.select_one("[data-kept]")


@pytest.mark.parametrize("name", AFTER)
def test_move_that_is_no_more_leaves_every_field_to_be_read_and_taken_into_another(client, me, name):
    idea, stays = an_idea(), an_idea(title="Celle où elle est allée")
    BEFORE.get(name, lambda idea, me: None)(idea, me)
    typed = typed_for(name)
    changed = AFTER[name] | ({"merged_into": stays} if AFTER[name].get("state") == "merged" else {})
    page = late(client, name, idea, typed, **changed)
    kept = page.select_one("[data-kept]")
    text = moves.BY_NAME[name].form().text
    expected = {"kept" if field == text else field: value for field, value in typed.items() if value}
    assert not page.select_one("[data-prepared]")
    assert sent_by(kept).items() >= expected.items()
    labels = {label["for"] for label in kept.select("label[for]")}
    assert all(field.get("id") in labels for field in kept.select("textarea, select, input[type=text]"))


def test_what_was_typed_beside_the_text_goes_into_a_move_that_asks_for_it_too(client, me):
    idea = an_idea()
    page = late(client, "hide", idea, typed_for("hide"), visibility="hidden")
    kept = page.select_one("[data-kept]")
    into = next(button["formaction"] for button in kept.select("button") if "/remove/" in button["formaction"])
    form = BeautifulSoup(client.post(into, sent_by(kept)).content, "html.parser").select_one("[data-prepared]")
    assert sent_by(form).items() >= {"reason": WHY, "ground": "law", "rule": "Article 4.2"}.items()
    assert Idea.objects.get(pk=idea.pk).visibility == "hidden"


def test_reason_of_a_choice_is_kept_as_a_text(client, me):
    """Where a colleague, a theme or tags are the main thing, the reason is what can go into another move."""
    assert {name: moves.BY_NAME[name].form().text for name in ("assign", "file", "tag", "for-others", "note")} == {
        "assign": "reason", "file": "reason", "tag": "reason", "for-others": "", "note": "body",
    }  # fmt: skip
