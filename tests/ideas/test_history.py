"""An idea's history by the API: the whole thread of the desk's page, in stable codes and the reader's words."""

import pytest
from django.urls import reverse

from complaints.domain.opening import open_complaint
from ideas.backoffice import reading
from ideas.domain.assigning import assign_idea
from ideas.domain.commenting import comment_on
from ideas.domain.editing import edit_idea
from ideas.domain.merging import merge_idea
from ideas.domain.moderating import hide_idea, restore_idea
from ideas.domain.moving import answer_officially, move_idea
from ideas.domain.urgency import lift_urgency, raise_by_words, raise_urgency
from ideas.domain.withdrawing import withdraw_idea
from ideas.history import KINDS, feed_of
from ideas.models import Escalation, Idea, Moderation
from tests.counting import queries_of
from tests.factories.complaints import REASON
from tests.factories.ideas import an_idea
from tests.factories.members import a_member, a_moderator, an_auditor, an_expert

pytestmark = pytest.mark.django_db
WHY = "Nous étudions votre idée avec l’équipe concernée."


@pytest.fixture
def idea(owner):
    """An idea that has been through all that a desk does."""
    idea, moderator = an_idea(), a_moderator(nickname="Malik")
    comment_on(idea, body="Oui, cela me servirait aussi.", by=a_member(nickname="Awa"))
    comment_on(idea, body="Vu avec l’équipe Données.", by=owner, is_internal=True)
    raise_urgency(idea, reason="Une cliente décrit un vol en cours.", by=owner)
    lift_urgency(idea, reason="La carte est bloquée depuis hier.", by=moderator)
    assign_idea(idea, an_expert(nickname="Irène"), by=owner)
    Escalation.objects.create(idea=idea, level="owner", due_at=idea.created_at, to=owner)
    hide_idea(idea, reason=WHY, by=moderator)
    restore_idea(idea, reason=WHY, by=moderator)
    answer_officially(idea, body="Nous y travaillons, réponse au printemps.", by=owner)
    open_complaint(idea, reason=REASON, by=moderator)
    move_idea(idea, "under_review", reason=WHY, by=owner, silent=True)
    merge_idea(idea, an_idea(), reason=WHY, by=owner)
    return Idea.objects.get(pk=idea.pk)


def history(client, idea, **asked):
    return client.get(reverse("api_desk_idea_history", args=[idea.public_id]), asked).json()


def test_it_holds_what_the_page_shows_newest_first_in_stable_codes(client, owner, idea):
    rows = history(client, idea)["results"]
    assert [row["text"] for row in rows] == [entry.text for entry in sorted(
        feed_of(idea, owner), key=lambda one: (one.at, one.kind, one.pk), reverse=True)]  # fmt: skip
    assert sorted(row["kind"] for row in rows) == sorted([
        "comment", "note", "urgency", "calm", "assigned", "escalation", "moderation", "moderation", "answer", "complaint", "move",
        "move",
    ])  # fmt: skip
    assert {row["kind"] for row in rows} <= set(KINDS)
    by_kind = {row["kind"]: row for row in rows}
    assert (by_kind["urgency"]["words"], by_kind["note"]["words"]) == (
        "Claire Vasseur l’a déclarée urgente",
        "Note interne",
    )
    assert (by_kind["calm"]["who"], by_kind["assigned"]["by_role"]) == ("Malik", "product_owner")
    steps = [(row["before"], row["after"], row["silent"], row["by_role"]) for row in rows if row["kind"] == "move"]
    assert steps == [("under_review", "merged", False, "product_owner"), ("new", "under_review", True, "product_owner")]
    english = client.get(
        reverse("api_desk_idea_history", args=[idea.public_id]), headers={"Accept-Language": "en"}
    ).json()
    assert "New → Under review" in {row["words"] for row in english["results"]}


def test_each_line_of_staff_says_under_which_role_it_was_done(client, idea):
    roles = {row["kind"]: row["by_role"] for row in history(client, idea)["results"]}
    assert {kind: roles[kind] for kind in ("answer", "moderation", "complaint", "urgency", "calm", "assigned", "move")} == {
        "answer": "product_owner", "moderation": "moderator", "complaint": "moderator", "urgency": "product_owner",
        "calm": "moderator", "assigned": "product_owner", "move": "product_owner",
    }  # fmt: skip


def test_what_happens_by_itself_is_the_system_s_and_what_is_older_than_roles_says_none(client, owner):
    idea = an_idea()
    raise_by_words(idea, "On a volé ma carte, c’est une fraude.")
    Moderation.objects.create(idea=idea, before="held", after="public", reason=WHY, by=owner)
    assert {row["kind"]: row["by_role"] for row in history(client, idea)["results"]} == {
        "urgency": "system",
        "moderation": "",
    }


def test_what_its_author_took_back_says_so(client, owner):
    author = a_member()
    idea = an_idea(author=author)
    withdraw_idea(idea, by=author, reason="J’ai trouvé la réponse.")
    [row] = history(client, idea)["results"]
    assert (row["kind"], row["text"]) == ("withdrawal", "J’ai trouvé la réponse.")


def test_what_its_author_changed_stands_in_it_with_the_number_of_the_text(client, owner):
    author = a_member(nickname="Maëlle")
    idea = an_idea(author=author)
    edit_idea(idea, title="Un titre bien plus clair", by=author)
    edit_idea(idea, title="Un titre plus clair encore", by=author)
    rows = history(client, idea)["results"]
    assert [(row["kind"], row["who"], row["before"], row["after"], row["silent"]) for row in rows] == [
        ("edit", "Maëlle", "2", "3", False), ("edit", "Maëlle", "1", "2", False)
    ]  # fmt: skip
    assert rows[0]["words"] == "Modifiée par son auteur\xa0: version 3" and "edit" in KINDS
    page = client.get(reverse("ideas_desk:index"), {"idea": idea.public_id}).content.decode()
    assert "Modifiée par son auteur\xa0: version 3" in page
    assert f"{reverse('ideas:versions', args=[idea.public_id])}?from=2&amp;to=3" in page


def test_pages_go_through_all_of_it_and_back(client, idea):
    whole, seen, cursor = history(client, idea)["results"], [], None
    page = history(client, idea, page_size=5)
    assert page["previous"] is None
    seen += page["results"]
    while cursor := page["next"]:
        page = client.get(cursor).json()
        seen += page["results"]
    assert seen == whole
    assert client.get(page["previous"]).json()["results"] == whole[5:10]
    broken = client.get(reverse("api_desk_idea_history", args=[idea.public_id]), {"cursor": "rien"})
    assert (broken.status_code, broken.json()["code"]) == (400, "bad_cursor")
    other = client.get(reverse("api_desk_idea_history", args=[idea.public_id]), {"cursor": "WzAsMSwyLDNd"})
    assert (other.status_code, other.json()["code"]) == (400, "bad_cursor")


def test_it_costs_the_same_whatever_has_happened(client, idea):
    few, many = an_idea(), idea
    edit_idea(few, title="Un titre bien plus clair", by=few.author)
    urls = [reverse("api_desk_idea_history", args=[one.public_id]) for one in (few, many)]
    assert [queries_of(lambda url=url: client.get(url)) for url in urls] == [4, 4]


def test_facts_of_the_idea_give_its_newest_lines_too(client, idea):
    facts = client.get(reverse("api_desk_idea", args=[idea.public_id])).json()
    assert len(facts["history"]) == 12 and facts["history"][0]["after"] == "merged"


def test_who_may_not_know_of_complaints_reads_no_line_of_them_and_others_nothing(client, idea):
    client.force_login(an_expert())
    assert "complaint" not in {row["kind"] for row in history(client, idea)["results"]}
    client.force_login(an_auditor())
    assert "complaint" in {row["kind"] for row in history(client, idea)["results"]}
    client.force_login(a_member())
    assert client.get(reverse("api_desk_idea_history", args=[idea.public_id])).status_code == 403


def test_page_reads_the_same_thread(client, idea):
    page = client.get(reverse("ideas_desk:index"), {"idea": idea.public_id})
    assert len(page.context["feed"]) == 12 and reading.path_of(idea, page.context["feed"])[-1].state == "merged"
