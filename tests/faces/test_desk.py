"""Who may do what on the triage desk: each refusal through the page and through its form."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from board.models import BoardItem
from ideas.domain.triaging import version_of
from ideas.models import Comment, Idea, IdeaMove, Moderation, OfficialAnswer
from tests.factories.desk import a_question
from tests.factories.ideas import a_category, an_idea
from tests.factories.members import (
    a_board_member,
    a_member,
    a_moderator,
    a_product_owner,
    an_auditor,
    an_expert,
)

pytestmark = pytest.mark.django_db
WHY = "Nous étudions votre idée avec l’équipe Cartes."
SAID = {
    "reason": WHY, "body": WHY, "question": WHY, "source": "branch", "people": 3, "reference": "Agence de Quimper, mardi",
}  # fmt: skip
OFFERED = {
    a_product_owner: {
        "review", "board", "answer", "merge", "decline", "assign", "note", "hide", "remove", "route", "file", "tag",
        "for-others", "urgent", "complaint",
    },
    a_moderator: {"answer", "note", "hide", "remove", "route", "tag", "for-others", "urgent", "complaint"},
    an_expert: {"answer", "note", "tag", "urgent"},
    an_auditor: set(),
}  # fmt: skip
EVERY = (
    "review", "board", "decline", "merge", "unmerge", "assign", "answer", "note", "hide", "restore", "remove", "route",
    "advise", "file", "tag", "for-others",
)  # fmt: skip


def post(client, idea, name, **said):
    stays = an_idea().public_id
    said = SAID | {"seen": version_of(idea), "into": stays, "shown": stays, "category": a_category().slug} | said
    said |= {"expert": an_expert().public_id, "due_on": str(timezone.localdate() + timedelta(days=7))}
    return client.post(reverse("ideas_desk:act", args=[idea.public_id, name]), said)


def test_visitor_is_sent_to_the_door(client):
    answer = client.get(reverse("ideas_desk:index"))
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))


def test_member_is_told_that_the_desk_is_for_staff(client):
    client.force_login(a_member())
    assert client.get(reverse("ideas_desk:index")).status_code == 403
    assert post(client, an_idea(), "decline").status_code == 403


def test_board_member_has_no_triage(client):
    client.force_login(a_board_member())
    answer = client.get(reverse("ideas_desk:index"))
    assert (answer.status_code, answer.url) == (302, reverse("wagtailadmin_home"))


@pytest.mark.parametrize("role", OFFERED)
def test_only_the_moves_of_one_s_role_are_offered(client, role):
    client.force_login(role())
    page = client.get(reverse("ideas_desk:index"), {"idea": an_idea().public_id})
    assert {move.name for move, _url in page.context["moves"]} == OFFERED[role]


@pytest.mark.parametrize("role", OFFERED)
@pytest.mark.parametrize("name", EVERY)
def test_what_is_not_offered_is_refused_when_posted(client, role, name):
    idea = an_idea()
    client.force_login(role())
    answer = post(client, idea, name)
    if name in OFFERED[role]:
        assert answer.status_code == 302
    else:
        # 409 where the role may, and the idea's state or visibility may not.
        may = role is a_product_owner or (role is a_moderator and name == "restore")
        may = may or (role is not an_auditor and name == "advise")
        assert answer.status_code == (409 if may else 403)
        assert not any(model.objects.exists() for model in (IdeaMove, Comment, OfficialAnswer, Moderation))
        assert Idea.objects.get(pk=idea.pk).state == "new"


def test_auditor_reads_all_and_finds_no_form(client):
    client.force_login(an_auditor())
    page = client.get(reverse("ideas_desk:index"), {"idea": an_idea(visibility="hidden").public_id, "move": "decline"})
    html = page.content.decode()
    assert page.status_code == 200
    assert "data-prepared" not in html
    assert "Vous consultez ce tri" in html


def test_idea_goes_to_the_board_as_a_subject(client):
    idea = an_idea()
    client.force_login(a_product_owner())
    said = {"reason": WHY, "seen": version_of(idea), "idea": idea.public_id}
    answer = client.post(reverse("ideas_desk:act", args=[idea.public_id, "board"]), said, follow=True)
    assert answer.status_code == 200
    assert Idea.objects.get(pk=idea.pk).state == "candidate"
    assert BoardItem.objects.get().title == idea.title


def test_reason_too_short_for_the_board_is_kept_on_the_triage(client):
    idea = an_idea()
    client.force_login(a_product_owner())
    answer = post(client, idea, "board", reason="oui")
    assert answer.status_code == 400
    assert ">\noui</textarea>" in answer.content.decode()


def test_undo_of_a_colleague_s_move_is_refused(client):
    idea = an_idea()
    client.force_login(a_product_owner())
    post(client, idea, "decline")
    client.force_login(a_product_owner())
    client.post(reverse("ideas_desk:undo"), {"kind": "move", "key": IdeaMove.objects.get().public_id})
    assert Idea.objects.get(pk=idea.pk).state == "declined"


def test_unknown_idea_and_unknown_move_are_not_found(client):
    client.force_login(a_product_owner())
    assert client.get(reverse("ideas_desk:index"), {"idea": "zzzzzzzzzzzz"}).status_code == 404
    assert client.post(reverse("ideas_desk:act", args=[an_idea().public_id, "vote"])).status_code == 404


def test_form_without_its_token_is_refused():
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(a_product_owner())
    assert post(client, an_idea(), "decline").status_code == 403


def test_desk_home_shows_what_waits(client):
    client.force_login(a_product_owner())
    an_idea(vote_score=80)
    html = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Nouvelles idées" in html
    assert "Promesses en danger" in html


def test_desk_home_shows_each_one_the_work_that_is_theirs(client):
    expert = an_expert()
    a_question(expert, days=-1)
    client.force_login(expert)
    html = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Questions qui me sont posées" in html and reverse("ideas_desk:questions") in html
    assert "Dossiers en modération" not in html
    client.force_login(a_moderator())
    html = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Questions qui me sont posées" not in html
    assert "Dossiers en modération" in html
    assert "Réclamations sans réponse" in html
