"""Urgent words and colleagues put an idea first; its owner is told, at once where words did it."""

import pytest
from django.urls import reverse

from core.errors import DomainError, Invalid, NotAllowed
from core.shield import PrivateData
from ideas.domain.commenting import comment_on
from ideas.domain.editing import edit_idea
from ideas.domain.posting import post_idea
from ideas.domain.triaging import version_of
from ideas.domain.urgency import (
    add_urgent_word,
    lift_urgency,
    raise_urgency,
    remove_urgent_word,
    urgent_words_in,
)
from ideas.models import Idea, Urgency, UrgentWord
from notifications.models import Notification
from notifications.states import DEFAULTS, Rhythm, Topic
from tests.factories.ideas import a_category, an_idea
from tests.factories.members import a_member, a_moderator, a_product_owner, an_auditor
from tests.notifications.working import work

pytestmark = pytest.mark.django_db
WHY = "Une cliente décrit un vol en cours."
BODY = "On m’a volé mon sac hier soir et je ne sais plus qui appeler pour bloquer tout."


def post(title="Que faire après un vol", body=BODY, **fields):
    return post_idea(title=title, body=body, category=fields.pop("category", None) or a_category(), by=a_member())


@pytest.mark.parametrize(
    "text",
    [
        "Carte volée hier",
        "CARTES VOLEES !",
        "ma carte  volee",
        "Une fraude sur mon compte",
        "I lost it: stolen cards",
        "Urgent",
    ],
)
def test_words_are_found_without_accents_capitals_or_plurals(text):
    assert urgent_words_in(text)


@pytest.mark.parametrize("text", ["Une cartevolée", "défraudeur", "La carte que j’avais a été volée", "suburgentes"])
def test_parts_of_words_are_not_urgent(text):
    assert urgent_words_in(text) == []


def test_idea_with_urgent_words_comes_first_and_says_why():
    idea = post(title="Ma carte volée sert encore à payer")
    work()
    idea.refresh_from_db()
    urgency = idea.urgencies.get()
    assert (urgency.words, urgency.by, idea.urgent_since) == ("carte volée", None, urgency.at)


def test_comment_with_urgent_words_makes_its_idea_urgent():
    idea = an_idea()
    said = comment_on(idea, body="Je pense au suicide, tout est bloqué.", by=a_member())
    work()
    assert idea.urgencies.get().comment == said


def test_the_banks_own_words_and_notes_raise_nothing():
    idea, colleague = an_idea(), a_moderator()
    comment_on(idea, body="C’est urgent, je m’en occupe.", by=colleague)
    comment_on(idea, body="Risque de fraude ?", by=colleague, is_internal=True)
    work()
    assert not Urgency.objects.exists()


def test_owner_is_told_at_once_and_once():
    owner = a_product_owner()
    post(title="Une fraude sur mon compte courant", category=a_category(owner=owner))
    work()
    work()
    told = Notification.objects.get(kind="idea_urgent")
    assert (told.member, told.mail) == (owner, Rhythm.NOW)
    assert DEFAULTS[Topic.ALERTS].mail == Rhythm.NOW


def test_moderators_are_told_where_nobody_answers_for_it():
    moderator = a_moderator()
    post(title="Une fraude sur mon compte courant")
    work()
    assert Notification.objects.get(kind="idea_urgent").member == moderator


def test_words_in_an_edit_are_found_too():
    idea = post()
    work()
    edit_idea(idea, body=BODY + " Il y a fraude.", by=idea.author)
    work()
    assert Idea.objects.get(pk=idea.pk).urgent_since


def test_calmed_idea_stays_calm_until_other_words_come():
    idea, colleague = post(body=BODY + " Il y a fraude."), a_product_owner()
    work()
    lift_urgency(idea, reason="La carte est bloquée, la cliente rappelée.", by=colleague)
    edit_idea(idea, body=BODY + " Il y a fraude, merci.", by=idea.author)
    work()
    assert Idea.objects.get(pk=idea.pk).urgent_since is None
    edit_idea(idea, body=BODY + " Il y a fraude et usurpation.", by=idea.author)
    work()
    assert Idea.objects.get(pk=idea.pk).urgent_since


def test_colleague_raises_and_calms_with_a_reason():
    idea, colleague = an_idea(), a_moderator()
    raise_urgency(idea, reason=WHY, by=colleague)
    with pytest.raises(DomainError) as again:
        raise_urgency(idea, reason=WHY, by=colleague)
    assert again.value.code == "already_urgent"
    urgency = lift_urgency(idea, reason="La carte est bloquée.", by=colleague)
    assert (urgency.lifted_by, Idea.objects.get(pk=idea.pk).urgent_since) == (colleague, None)
    with pytest.raises(DomainError) as calm:
        lift_urgency(idea, reason="La carte est bloquée.", by=colleague)
    assert calm.value.code == "not_urgent"


def test_reason_is_asked_for_and_holds_no_card():
    with pytest.raises(Invalid):
        raise_urgency(an_idea(), reason="vite", by=a_moderator())
    with pytest.raises(PrivateData):
        raise_urgency(an_idea(), reason="La carte 4539 1488 0343 6467 a été volée.", by=a_moderator())


@pytest.mark.parametrize("role", [a_member, an_auditor])
def test_members_and_auditors_raise_nothing(role):
    with pytest.raises(NotAllowed):
        raise_urgency(an_idea(), reason=WHY, by=role())


def test_list_is_the_product_owners_to_change():
    owner = a_product_owner()
    word = add_urgent_word("  compte   bloqué ", language="fr", by=owner)
    assert word.text == "compte bloqué"
    assert urgent_words_in("Mon COMPTE BLOQUE depuis lundi") == [word]
    with pytest.raises(DomainError) as twice:
        add_urgent_word("Compte bloque", language="fr", by=owner)
    assert twice.value.code == "already_listed"
    remove_urgent_word(word.public_id, by=owner)
    assert urgent_words_in("Mon compte bloqué depuis lundi") == []
    for role in (a_moderator, an_auditor):
        with pytest.raises(NotAllowed):
            add_urgent_word("panique", language="fr", by=role())


def test_list_begins_in_both_languages():
    assert set(UrgentWord.objects.values_list("language", flat=True)) == {"fr", "en"}


def test_urgent_idea_stands_first_in_the_queue_whatever_the_order(client):
    calm = an_idea(vote_score=900, title="La plus soutenue de toutes les idées")
    urgent = an_idea(title="La moins soutenue de toutes les idées")
    raise_urgency(urgent, reason=WHY, by=a_moderator())
    client.force_login(a_product_owner())
    for sort in ("promise", "votes", "newest"):
        page = client.get(reverse("ideas_desk:index"), {"sort": sort}).content.decode()
        assert page.index(f'data-id="{urgent.public_id}"') < page.index(f'data-id="{calm.public_id}"')


def test_desk_makes_both_moves(client):
    idea = an_idea()
    client.force_login(a_moderator())
    act = reverse("ideas_desk:act", args=[idea.public_id, "urgent"])
    client.post(act, {"reason": WHY, "seen": version_of(idea)})
    assert Idea.objects.get(pk=idea.pk).urgent_since
    page = client.get(reverse("ideas_desk:index"), {"idea": idea.public_id}).content.decode()
    assert WHY in page
    client.post(reverse("ideas_desk:act", args=[idea.public_id, "calm"]), {"reason": WHY, "seen": version_of(idea)})
    assert Idea.objects.get(pk=idea.pk).urgent_since is None
