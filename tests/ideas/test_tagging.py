"""Tags: put on and taken off, public or private, kept in both languages; filed ideas and their undo."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.errors import DomainError, Invalid, NotAllowed
from core.shield import PrivateData
from ideas.domain.assigning import assign_idea
from ideas.domain.filing import file_idea
from ideas.domain.recording import undo_deed
from ideas.domain.tagging import keep_tag, tag_idea
from ideas.models import Deed, Idea, Tag
from tests.factories.desk import a_tag
from tests.factories.ideas import a_category, an_idea
from tests.factories.members import a_member, a_moderator, a_product_owner, an_auditor, an_expert
from tests.notifications.working import told, work

pytestmark = pytest.mark.django_db


def tags_on(idea):
    return set(Tag.objects.filter(idea_links__idea=idea))


def test_tags_are_put_on_and_taken_off_and_undone_exactly():
    budget, risk, idea, owner = a_tag("budget"), a_tag("risque"), an_idea(), a_product_owner()
    tag_idea(idea, add=[budget], by=owner)
    deed = tag_idea(idea, add=[risk], remove=[budget], by=owner)
    assert tags_on(idea) == {risk}
    assert deed.words_fr == "étiquettes : + risque, − budget".replace(" :", "\u00a0:")
    undo_deed(deed, by=owner)
    assert tags_on(idea) == {budget}


def test_nothing_changed_leaves_no_trace():
    tag, idea, owner = a_tag(), an_idea(), a_product_owner()
    tag_idea(idea, add=[tag], by=owner)
    assert tag_idea(idea, add=[tag], by=owner) is None
    assert Deed.objects.count() == 1


def test_retired_tag_is_refused_and_so_is_a_thirteenth():
    idea, owner = an_idea(), a_product_owner()
    with pytest.raises(Invalid) as refusal:
        tag_idea(idea, add=[a_tag(is_active=False)], by=owner)
    assert refusal.value.code == "tag_closed"
    with pytest.raises(Invalid) as refusal:
        tag_idea(idea, add=[a_tag() for _ in range(13)], by=owner)
    assert refusal.value.code == "too_many_tags"


@pytest.mark.parametrize("who", [a_member, an_auditor])
def test_only_staff_who_work_with_ideas_tag(who):
    with pytest.raises(NotAllowed):
        tag_idea(an_idea(), add=[a_tag()], by=who())


def test_tag_is_named_once_in_both_languages():
    keep_tag(name_fr="Budget", name_en="Budget", by=a_moderator())
    for names, code in [
        ({"name_fr": "budget", "name_en": "Money"}, "tag_exists"), ({"name_fr": "x", "name_en": "Money"}, "too_short"),
        ({"name_fr": "Argent", "name_en": ""}, "too_short"), ({"name_fr": "y" * 41, "name_en": "Money"}, "too_long"),
    ]:  # fmt: skip
        with pytest.raises(Invalid) as refusal:
            keep_tag(**names, by=a_moderator())
        assert refusal.value.code == code
    with pytest.raises(PrivateData):
        keep_tag(name_fr="4539 1488 0343 6467", name_en="Card", by=a_moderator())
    with pytest.raises(NotAllowed):
        keep_tag(name_fr="Argent", name_en="Money", by=an_expert())


def test_public_tag_is_read_by_all_and_filters_the_list(client):
    shown, hidden, idea, other = a_tag("Vie quotidienne", is_public=True), a_tag("Coût élevé"), an_idea(), an_idea()
    tag_idea(idea, add=[shown, hidden], by=a_product_owner())
    page = client.get(idea.get_absolute_url()).content.decode()
    assert "Vie quotidienne" in page and "Coût élevé" not in page
    found = client.get("/idees/", {"tag": shown.slug}).content.decode()
    assert idea.title in found and other.title not in found and "Vie quotidienne" in found
    assert [row["id"] for row in client.get("/api/v1/ideas/", {"tag": shown.slug}).json()["results"]] == [
        idea.public_id
    ]
    assert client.get(f"/api/v1/ideas/{idea.public_id}/").json()["tags"] == [
        {"slug": shown.slug, "name": "Vie quotidienne"}
    ]
    refused = client.get("/api/v1/ideas/", {"tag": hidden.slug})
    assert (refused.status_code, refused.json()["code"]) == (400, "unknown_tag")
    assert [row["slug"] for row in client.get("/api/v1/tags/").json()["results"]] == [shown.slug]


def test_filed_idea_tells_its_author_and_the_theme_s_owner_unless_undone():
    keeper, owner = a_product_owner(), a_product_owner()
    cards, idea = a_category(owner=keeper), an_idea()
    before = idea.category
    deed = file_idea(idea, cards, reason="C’est une affaire de cartes.", by=owner)
    work()
    assert [note.kind for note in told(idea.author)] == ["idea_filed"]
    assert [note.kind for note in told(keeper)] == ["idea_posted"]
    undo_deed(deed, by=owner)
    assert Idea.objects.get(pk=idea.pk).category == before
    with pytest.raises(DomainError) as refusal:
        file_idea(idea, before, by=owner)
    assert refusal.value.code == "same_category"
    with pytest.raises(Invalid):
        file_idea(idea, a_category(is_active=False), by=owner)
    with pytest.raises(NotAllowed):
        file_idea(idea, cards, by=an_expert())


def test_filed_in_silence_tells_its_author_nothing():
    idea = an_idea()
    file_idea(idea, a_category(), by=a_product_owner(), silent=True)
    work()
    assert told(idea.author) == []


def test_undo_gives_back_who_held_the_idea_and_is_refused_late_to_others_and_after_a_colleague():
    owner, first, second, idea = a_product_owner(), an_expert(), an_expert(), an_idea()
    assign_idea(idea, first, by=owner)
    assign_idea(idea, second, by=owner, reason="Inès est en congé.")
    earlier, deed = idea.deeds.order_by("pk")
    with pytest.raises(NotAllowed):
        undo_deed(deed, by=first)
    with pytest.raises(DomainError) as refusal:
        undo_deed(earlier, by=owner)
    assert refusal.value.code == "changed_since"
    undo_deed(deed, by=owner)
    assert Idea.objects.get(pk=idea.pk).assignee == first
    Deed.objects.filter(pk=earlier.pk).update(at=timezone.now() - timedelta(seconds=30))
    with pytest.raises(DomainError) as refusal:
        undo_deed(earlier, by=owner)
    assert refusal.value.code == "too_late_to_undo"
