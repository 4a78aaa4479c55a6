"""The desk's moves through the API: each answers with who will be told and what can be taken back; refusals are the verbs'."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from board.models import BoardItem
from core.words import instant
from ideas.domain.assigning import assign_idea
from ideas.domain.editing import edit_idea
from ideas.domain.filing import file_idea
from ideas.domain.merging import merge_idea
from ideas.domain.moderating import hide_idea
from ideas.domain.moving import answer_officially, move_idea
from ideas.domain.tagging import tag_idea
from ideas.domain.triaging import version_of
from ideas.domain.voting import cast_vote
from ideas.models import Comment, Idea, MergeSuggestion, OfficialAnswer, Routing, VoteOnBehalf
from tests.factories.board import an_item
from tests.factories.desk import a_question, a_suggestion, a_tag, a_template
from tests.factories.ideas import a_category, an_idea
from tests.factories.members import a_member, a_moderator, a_product_owner, an_auditor, an_expert

pytestmark = pytest.mark.django_db
WHY = "Nous étudions votre idée avec l’équipe Cartes."


@pytest.fixture
def desk(client):
    """`desk(method, path, **body)` as a product owner, or as whom `desk.by` was given."""
    client.force_login(a_product_owner(nickname="Claire Vasseur"))

    def ask(method, path, **body):
        return client.generic(method, f"/api/v1/desk/{path}", json.dumps(body), content_type="application/json")

    return ask


def undo(desk, answer):
    undone = desk("POST", "undo/", **{name: answer.json()["undo"][name] for name in ("kind", "key")})
    assert undone.status_code == 200, undone.content
    return undone


def test_move_says_whom_it_tells_and_is_taken_back(desk):
    idea = an_idea()
    cast_vote(idea, by=a_member())
    answer = desk("POST", f"ideas/{idea.public_id}/move/", to="under_review", reason=WHY)
    assert answer.status_code == 200, answer.content
    assert (answer.json()["told"], answer.json()["idea"]["state"]) == (2, "under_review")
    assert undo(desk, answer).json()["idea"]["state"] == "new"
    silent = desk("POST", f"ideas/{idea.public_id}/move/", to="declined", reason=WHY, silent=True)
    assert silent.json()["told"] == 0
    refused = desk("POST", f"ideas/{idea.public_id}/move/", to="planned", reason=WHY)
    assert (refused.status_code, refused.json()["code"]) == (409, "impossible_move")


def test_move_on_what_changed_meanwhile_is_refused(desk):
    idea = an_idea()
    seen = desk("GET", f"ideas/{idea.public_id}/").json()["version"]
    assert desk("POST", f"ideas/{idea.public_id}/move/", to="under_review", reason=WHY, seen=seen).status_code == 200
    late = desk("POST", f"ideas/{idea.public_id}/move/", to="declined", reason=WHY, seen=seen)
    assert (late.status_code, late.json()["code"]) == (409, "changed_meanwhile")


def test_conflict_says_what_is_different_by_whom_and_what_to_send_next(desk):
    idea, yanis = an_idea(), a_product_owner(nickname="Yanis Belkacem")
    path, theme = f"ideas/{idea.public_id}", a_category(name_fr="Épargne solidaire", name_en="Solidarity savings")
    seen = desk("GET", f"{path}/").json()["version"]
    move = move_idea(idea, "under_review", reason=WHY, by=yanis)
    file_idea(idea, theme, by=yanis, reason="Elle parle d’épargne.")
    assign_idea(idea, yanis, by=yanis)
    tag_idea(idea, add=[a_tag("budget")], by=yanis)  # two people's tags add up: no change
    hide_idea(idea, reason=WHY, by=a_moderator(nickname="Inès Colin"))
    late = desk("POST", f"{path}/move/", to="declined", reason=WHY, seen=seen)
    said = late.json()
    assert (late.status_code, said["version"]) == (409, version_of(Idea.objects.get(pk=idea.pk)))
    step = {"who": "Yanis Belkacem", "by_role": "product_owner"}
    changes = {change.pop("what"): change for change in said["changes"]}
    assert list(changes) == ["state", "visibility", "assignee", "category"]
    assert changes["state"] == step | {
        "words": "Nouvelle → À l’étude", "before": "new", "after": "under_review", "reason": WHY, "at": instant(move.at),
    }  # fmt: skip
    assert {name: changes["visibility"][name] for name in ("before", "after", "who", "reason")} == {
        "before": "public", "after": "hidden", "who": "Inès Colin", "reason": WHY,
    }  # fmt: skip
    assert changes["assignee"].items() >= (step | {"words": "Yanis Belkacem", "after": yanis.public_id}).items()
    told = step | {"words": "Épargne solidaire", "before": "", "after": theme.slug, "reason": "Elle parle d’épargne."}
    assert changes["category"].items() >= told.items()
    assert desk("POST", f"{path}/move/", to="declined", reason=WHY, seen=said["version"]).status_code == 200


def test_conflict_tells_of_a_new_text_and_an_answer_in_the_readers_language(desk, client):
    idea = an_idea(author=a_member(nickname="Gwenaëlle"))
    seen = version_of(idea)
    edit_idea(idea, by=idea.author, title="Un autre titre, plus clair", body=idea.body)
    answer_officially(idea, body="Nous la préparons pour le printemps.", by=a_product_owner())
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    said = desk("POST", f"ideas/{idea.public_id}/notes/", body="Vu.", seen=seen).json()
    text, answer = said["changes"]
    assert (text["what"], text["who"], text["words"]) == ("text", "Gwenaëlle", "changed by its author: read it again")
    assert (answer["what"], answer["words"]) == ("answer", "Nous la préparons pour le printemps.")
    strange = desk("POST", f"ideas/{idea.public_id}/notes/", body="Vu.", seen="hier").json()
    assert (strange["code"], strange["changes"], strange["version"]) == ("changed_meanwhile", [], said["version"])


def test_deed_taken_back_since_is_not_laid_at_the_door_of_an_earlier_colleague(desk):
    idea, expert = an_idea(), an_expert()
    assign_idea(idea, expert, by=a_product_owner())
    path = f"ideas/{idea.public_id}"
    done = desk("PUT", f"{path}/assignee/", assignee=None)
    seen = done.json()["idea"]["version"]
    undo(desk, done)
    [change] = desk("POST", f"{path}/notes/", body="Vu.", seen=seen).json()["changes"]
    assert (change["what"], change["after"], change["who"], change["at"]) == ("assignee", expert.public_id, "", None)


def test_step_taken_back_since_is_a_change_without_a_name(desk):
    idea = an_idea()
    done = desk("POST", f"ideas/{idea.public_id}/move/", to="under_review", reason=WHY)
    undo(desk, done)
    late = desk("POST", f"ideas/{idea.public_id}/notes/", body="Vu.", seen=done.json()["idea"]["version"]).json()
    assert [(one["what"], one["before"], one["after"], one["who"], one["at"]) for one in late["changes"]] == [
        ("state", "under_review", "new", "", None)
    ]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PUT", "assignee/", {"assignee": None}), ("PUT", "category/", {"category": "x"}), ("PATCH", "tags/", {}),
        ("POST", "notes/", {"body": "Vu."}), ("POST", "answers/", {"body": WHY}), ("PUT", "visibility/", {"to": "hidden"}),
        ("POST", "merge/", {"into": "x"}), ("POST", "unmerge/", {}), ("PUT", "urgency/", {"reason": WHY}),
        ("DELETE", "urgency/", {"reason": WHY}), ("POST", "board/", {"reason": WHY}),
        ("POST", "on-behalf/", {"source": "branch", "people": 3, "reference": "Agence de Quimper"}),
    ],
)  # fmt: skip
def test_every_path_that_takes_what_was_seen_says_what_changed(desk, method, path, body):
    idea = an_idea()
    seen = version_of(idea)
    move_idea(idea, "under_review", reason=WHY, by=a_product_owner())
    late = desk(method, f"ideas/{idea.public_id}/{path}", seen=seen, **body)
    said = late.json()
    assert (late.status_code, [change["what"] for change in said["changes"]]) == (409, ["state"]), said
    assert said["version"] == version_of(Idea.objects.get(pk=idea.pk))


def test_idea_is_assigned_filed_tagged_and_noted_and_each_is_taken_back(desk):
    idea, expert, theme, tag = an_idea(), an_expert(), a_category(), a_tag("budget")
    path = f"ideas/{idea.public_id}"
    steps = [
        desk("PUT", f"{path}/assignee/", assignee=expert.public_id), desk("PUT", f"{path}/category/", category=theme.slug),
        desk("PATCH", f"{path}/tags/", add=[tag.slug]), desk("POST", f"{path}/notes/", body="Vu avec l’équipe Données."),
        desk("POST", f"{path}/on-behalf/", source="branch", people=3, reference="Agence de Quimper, mardi"),
    ]  # fmt: skip
    assert [step.status_code for step in steps] == [200] * 5, [step.content for step in steps]
    facts = desk("GET", f"{path}/").json()
    assert (facts["assignee"], facts["category"], facts["votes_on_behalf"]) == (expert.public_id, theme.slug, 3)
    assert facts["tags"] == [{"slug": tag.slug, "name": "budget", "is_public": False}]
    assert {entry["kind"] for entry in facts["history"]} == {"assigned", "category", "tagged", "on_behalf", "note"}
    assert next(entry["words"] for entry in facts["history"] if entry["kind"] == "assigned").endswith(expert.nickname)
    for step in steps:
        undo(desk, step)
    facts = desk("GET", f"{path}/").json()
    assert (facts["assignee"], facts["tags"], facts["votes_on_behalf"], facts["history"]) == (None, [], 0, [])
    assert not Comment.objects.exists()


def test_answer_comes_from_a_template_with_its_fields(desk):
    idea, template = an_idea(author=a_member(nickname="Maëlle")), a_template()
    [row] = desk("GET", f"templates/?idea={idea.public_id}").json()["results"]
    assert row["id"] == template.public_id and row["asked"] == ["equipe"] and row["text"].startswith("Bonjour Maëlle")
    open_field = desk("POST", f"ideas/{idea.public_id}/answers/", template=template.public_id)
    assert (open_field.status_code, open_field.json()["code"]) == (400, "field_left")
    done = desk("POST", f"ideas/{idea.public_id}/answers/", template=template.public_id, fields={"equipe": "Cartes"})
    assert done.status_code == 200 and "l’équipe Cartes" in OfficialAnswer.objects.get().body
    undo(desk, done)
    assert Idea.objects.get().answered_at is None


def test_expert_is_asked_and_answers(desk, client):
    idea, expert = an_idea(), an_expert()
    due = (timezone.localdate() + timedelta(days=3)).isoformat()
    asked = desk("POST", f"ideas/{idea.public_id}/questions/", expert=expert.public_id, question=WHY, due_on=due)
    assert asked.status_code == 200, asked.content
    routing = Routing.objects.get()
    assert [row["id"] for row in desk("GET", "questions/?all=1").json()["results"]] == [routing.public_id]
    assert desk("POST", f"questions/{routing.public_id}/", body=WHY).status_code == 403
    client.force_login(expert)
    assert [row["id"] for row in desk("GET", "questions/").json()["results"]] == [routing.public_id]
    assert desk("POST", f"questions/{routing.public_id}/", body=WHY).status_code == 200
    assert Comment.objects.get().is_internal
    client.force_login(a_moderator())
    again = desk("DELETE", f"questions/{a_question(expert, an_idea()).public_id}/")
    assert again.status_code == 200


def test_ideas_are_merged_parted_and_suggested(desk):
    pair = a_suggestion()
    stays, goes = pair.canonical, pair.duplicate
    cast_vote(goes, by=a_member())
    preview = desk("GET", f"ideas/{goes.public_id}/merge/?into={stays.public_id}").json()
    votes = {"canonical_votes": 0, "duplicate_votes": 1, "both": 0, "together": 1}
    assert preview == votes | {"due_at": None, "told": 2}
    merged = desk("POST", f"ideas/{goes.public_id}/merge/", into=stays.public_id, reason=WHY)
    assert merged.json()["idea"]["state"] == "merged"
    undo(desk, merged)
    assert [row["id"] for row in desk("GET", "suggestions/").json()["results"]] == [pair.public_id]
    assert desk("POST", f"suggestions/{pair.public_id}/", reason=WHY).status_code == 200
    parted = desk("POST", f"ideas/{goes.public_id}/unmerge/", reason=WHY)
    assert parted.json()["idea"]["state"] == "new"
    other = a_suggestion()
    undo(desk, desk("DELETE", f"suggestions/{other.public_id}/"))
    assert MergeSuggestion.objects.open().get() == other


def test_votes_are_taken_back_and_ideas_hidden_and_shown(desk):
    idea = an_idea()
    desk("POST", f"ideas/{idea.public_id}/on-behalf/", source="social", people=2, reference="Fil public du 4 novembre")
    assert desk("DELETE", f"on-behalf/{VoteOnBehalf.objects.get().public_id}/").status_code == 200
    for to in ("hidden", "removed", "public"):
        answer = desk("PUT", f"ideas/{idea.public_id}/visibility/", to=to, reason=WHY)
        assert (answer.json()["idea"]["visibility"], answer.json()["undo"]["kind"]) == (to, "sight")
    assert undo(desk, answer).json()["idea"]["visibility"] == "removed"


def test_idea_goes_to_the_board_as_a_new_subject_or_joins_one_and_comes_back(desk):
    idea, item = an_idea(), an_item()
    made = desk("POST", f"ideas/{idea.public_id}/board/", reason=WHY)
    assert made.json()["idea"]["state"] == "candidate" and BoardItem.objects.count() == 2
    again = desk("POST", f"ideas/{idea.public_id}/board/", reason=WHY)
    assert (again.status_code, again.json()["code"]) == (409, "already_evidence")
    assert undo(desk, made).json()["idea"]["state"] == "new" and BoardItem.objects.get() == item
    joined = desk("POST", f"ideas/{idea.public_id}/board/", reason=WHY, item=item.public_id)
    assert item.evidence.get().idea == idea
    assert undo(desk, joined).json()["idea"]["state"] == "new" and not item.evidence.exists()


def test_tags_are_made_and_listed(desk):
    made = desk("POST", "tags/", name_fr="Vie quotidienne", name_en="Everyday life", is_public=True)
    assert (made.status_code, made.json()["slug"]) == (201, "vie-quotidienne")
    assert [row["slug"] for row in desk("GET", "tags/").json()["results"]] == ["vie-quotidienne"]


def test_auditor_reads_and_changes_nothing(desk, client):
    idea, stays = an_idea(), an_idea()
    merge_idea(an_idea(), stays, reason=WHY, by=a_product_owner())
    client.force_login(an_auditor())
    assert desk("GET", f"ideas/{idea.public_id}/").status_code == 200
    assert desk("POST", f"ideas/{idea.public_id}/move/", to="declined", reason=WHY).status_code == 403
    assert desk("PATCH", f"ideas/{idea.public_id}/tags/", add=[a_tag().slug]).status_code == 403
    assert desk("POST", f"ideas/{idea.public_id}/notes/", body=WHY).status_code == 403
    assert desk("GET", "templates/").status_code == 403
    assert Idea.objects.get(pk=idea.pk).state == "new"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_refusal_of_a_name_that_is_not_known_says_what_to_do(client, language):
    owner, idea, theme = a_product_owner(), an_idea(), a_category(slug="cartes")
    client.force_login(owner)
    asked = {"question": "Est-ce possible avant l’été ?", "expert": "zzz", "due_on": "2099-01-01"}
    sent = {"content_type": "application/json", "headers": {"Accept-Language": language}}
    answers = [
        client.patch(reverse("api_desk_idea_tags", args=[idea.public_id]), {"add": ["zz-inconnu"]}, **sent),
        client.put(reverse("api_desk_idea_assignee", args=[idea.public_id]), {"assignee": "zzz"}, **sent),
        client.post(reverse("api_desk_idea_questions", args=[idea.public_id]), asked, **sent),
        client.put(reverse("api_desk_promise_rule", args=[theme.slug]), {"manager": "zzz"}, **sent),
        client.post(reverse("api_desk_bulk_merge_preview"), {"into": "zzz", "choice": {"view": "all"}}, **sent),
    ]
    said = [(answer.status_code, answer.json()["code"], answer.json()["detail"]) for answer in answers]
    assert [row[:2] for row in said] == [
        (400, "unknown_tag"), (400, "cannot_answer"), (400, "cannot_answer"), (400, "cannot_answer"), (400, "unknown_idea"),
    ]  # fmt: skip
    assert not {row[2] for row in said} & {"This is not possible.", "Ce n’est pas possible."}
    assert "zz-inconnu" in said[0][2]
