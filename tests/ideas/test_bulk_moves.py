"""Each move over many ideas: what it does to each of them, what it asks for, and whom it leaves out."""

import json
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.errors import DomainError
from ideas.backoffice import moves
from ideas.domain import bulk
from ideas.domain.bulk_moves import find_bulk_move
from ideas.domain.merging import merge_idea
from ideas.domain.tagging import tag_idea
from ideas.domain.triaging import version_of
from ideas.models import BulkRun, Idea, IdeaMove, IdeaTag, MergeSuggestion, OfficialAnswer, Routing
from ideas.states import State
from notifications.models import Notification
from tests.bulk import made, results
from tests.factories.desk import a_suggestion, a_tag, a_template
from tests.factories.ideas import a_category, an_idea
from tests.factories.members import a_member, a_product_owner, an_expert

pytestmark = pytest.mark.django_db
WHY = "Nous traitons ces demandes ensemble, dans le même projet."
SENT, CARD = {"reason": WHY}, "4970 1012 3456 7893"


def test_every_move_of_the_desk_is_made_in_bulk_but_for_those_about_one_person():
    alone = {move.name for move in moves.ALL if not move.bulk}
    assert alone == {"advise"}


@pytest.mark.parametrize(
    "move, said, sentence",
    [
        ("review", {"reason": "non"}, "Donnez la raison en une phrase\N{NO-BREAK SPACE}: elle est publique."),
        ("urgent", {"reason": "vite"}, "Donnez la raison en une phrase : vos collègues la liront."),
        ("hide", {"reason": "non"}, "Donnez la raison en une phrase : la personne concernée la lit."),
        ("note", {"body": "n"}, "Écrivez d’abord quelques mots."),
        ("route", {"question": "Et ?"}, "Posez votre question en une phrase."),
        ("for-others", {"source": "branch", "people": "2", "reference": "x"}, "Dites où le retrouver"),
        ("complaint", {"reason": "non"}, "Écrivez une phrase ou deux : 20 caractères au moins."),
    ],
)
def test_words_that_a_move_refuses_are_refused_in_bulk_by_the_same_sentence(client, owner, move, said, sentence):
    idea = an_idea()
    alone = client.post(
        reverse("ideas_desk:act", args=[idea.public_id, move]), said | {"seen": version_of(idea)} | asked()
    )
    page = client.post(reverse("ideas_desk:bulk", query={"pick": idea.public_id}), {"move": move, **said})
    api = client.post(
        reverse("api_desk_bulk"), {"move": move, "ideas": [{"id": idea.public_id}], "values": said}, "application/json"
    )
    assert {alone.status_code, page.status_code, api.status_code} == {400}
    assert all(sentence in unescape(answer.content.decode()) for answer in (alone, page))
    assert api.json()["detail"].startswith(sentence)
    assert not BulkRun.objects.exists()


def asked():
    """What a question needs beside its words."""
    return {"expert": an_expert().public_id, "due_on": str(timezone.localdate())}


def test_note_of_a_few_words_is_kept_in_bulk_as_it_is_alone(owner):
    ideas = [an_idea(), an_idea()]
    made("note", ideas, owner, {"body": "Une note."})
    assert [list(idea.comments.values_list("body", "is_internal")) for idea in ideas] == [[("Une note.", True)]] * 2


def test_no_key_stands_for_two_moves_at_once_nor_for_walking_or_undoing():
    for idea in (an_idea(), an_idea(urgent_since="2026-01-01T00:00Z"), an_idea(visibility="hidden")):
        offered = moves.offered_to(a_product_owner(), idea)
        assert len({move.key for move in offered}) == len(offered)
    assert not {"j", "k", "g", "x", "u", "z", "?", ""} & {move.key for move in moves.ALL}


def test_many_ideas_are_merged_into_one_of_them_and_each_supporter_counts_once(owner):
    stays, *others = ideas = [an_idea() for _row in range(4)]
    fan = a_member()
    for idea in ideas:
        idea.votes.up(fan.pk)
        idea.votes.up(a_member().pk)
    run = made("merge", ideas, owner, {"stays": stays.public_id, "reason": WHY, "silent": "on"})
    assert (run.total, run.done) == (3, 3)
    stays.refresh_from_db()
    assert (stays.vote_score, stays.merged_count) == (5, 3)
    assert bulk.undo_bulk(run, by=owner) == 3
    stays.refresh_from_db()
    assert (stays.vote_score, stays.merged_count, stays.state) == (2, 0, "new")
    assert others


def test_merge_into_nothing_or_into_the_only_one_chosen_is_refused_before_it_begins(owner):
    idea = an_idea()
    for said in ({"reason": WHY}, {"into": "rien", "reason": WHY}, {"stays": idea.public_id, "reason": WHY}):
        with pytest.raises(DomainError):
            made("merge", [idea], owner, said)
    assert not BulkRun.objects.exists()


def test_official_answer_to_many_is_filled_for_each_of_them(owner):
    ideas = [an_idea(title=title, author=a_member(nickname=name)) for title, name in
             (("Bloquer sa carte soi-même", "Awa"), ("Voir le solde prévu", "Bruno"))]  # fmt: skip
    version = a_template().versions.get()
    template = f"{version.template.public_id}.fr.1"
    said = {"body": version.body_fr, "template": template, "field_equipe": "Cartes", "silent": "on"}
    assert results(made("answer", ideas, owner, said)) == ["done", "done"]
    bodies = list(OfficialAnswer.objects.order_by("idea_id").values_list("body", flat=True))
    assert "Bonjour Awa" in bodies[0]
    assert "« Voir le solde prévu »" in bodies[1]
    assert all("l’équipe Cartes" in body for body in bodies)
    assert OfficialAnswer.objects.filter(written_from=version).count() == 2


def test_field_that_no_idea_fills_is_asked_for_once_and_not_published_open(owner):
    run = made("answer", [an_idea()], owner, {"body": "Bonjour {prenom}, réponse avant le {echeance}."})
    assert results(run) == ["refused"]
    assert "echeance" in run.lines.get().words
    assert not OfficialAnswer.objects.exists()


def test_tags_are_added_to_what_each_idea_has(owner):
    old, new = a_tag(), a_tag()
    first, second = an_idea(), an_idea()
    tag_idea(first, add=[old], by=owner)
    run = made("tag", [first, second], owner, {"tags": [new.slug]})
    assert results(run) == ["done", "done"]
    assert set(IdeaTag.objects.values_list("idea_id", "tag_id")) == {
        (first.pk, old.pk), (first.pk, new.pk), (second.pk, new.pk),
    }  # fmt: skip
    with pytest.raises(DomainError):
        made("tag", [first], owner, {})


def test_theme_and_expert_are_given_to_many_and_each_history_says_so(owner):
    ideas, cards, expert = [an_idea(), an_idea()], a_category(slug="cartes"), an_expert()
    made("file", ideas, owner, {"category": "cartes", "silent": "on"})
    assert Idea.objects.filter(category=cards).count() == 2
    asked = {"expert": expert.public_id, "question": "Est-ce possible chez notre prestataire ?", "due_on": "2099-01-01"}
    assert results(made("route", ideas, owner, asked)) == ["refused", "refused"]  # a day too far away
    asked["due_on"] = str(ideas[0].created_at.date().replace(year=ideas[0].created_at.year + 1, day=1))
    assert results(made("route", ideas, owner, asked)) == ["done", "done"]
    assert Routing.objects.filter(expert=expert).count() == 2
    assert all(idea.deeds.count() == 2 for idea in ideas)


def test_ideas_that_stay_are_locked_before_a_suggested_merge_begins(owner):
    """Two runs that lead to the same idea, or to each other's, would otherwise wait for each other."""
    pair = a_suggestion()
    move = find_bulk_move("accept")
    assert set(move.leads_to([pair.duplicate_id])) == {pair.canonical_id}
    with CaptureQueriesContext(connection) as captured:
        made("accept", [pair.duplicate], owner, {"reason": WHY, "silent": "on"})
    locks = [
        row["sql"] for row in captured.captured_queries
        if row["sql"].startswith('SELECT "ideas_idea"."id" AS "pk" FROM "ideas_idea" WHERE') and "ORDER BY 1 ASC" in row["sql"]
    ]  # fmt: skip
    keys = sorted((pair.duplicate_id, pair.canonical_id))
    assert f"IN ({keys[0]}, {keys[1]})" in locks[0] or f"IN ({keys[1]}, {keys[0]})" in locks[0], locks


def test_suggested_merges_are_accepted_or_dismissed_for_many(owner):
    pairs = [a_suggestion() for _row in range(2)]
    other, lonely = a_suggestion(), an_idea()
    run = made("accept", [*(pair.duplicate for pair in pairs), lonely], owner, {"reason": WHY, "silent": "on"})
    assert results(run) == ["done", "done", "refused"]
    assert {pair.state for pair in MergeSuggestion.objects.filter(pk__in=[pair.pk for pair in pairs])} == {"accepted"}
    second = a_suggestion(duplicate=other.duplicate, score=60)
    run = made("dismiss", [other.duplicate], owner, {})
    assert set(MergeSuggestion.objects.filter(pk__in=[other.pk, second.pk]).values_list("state", flat=True)) == {
        "dismissed"
    }
    assert bulk.undo_bulk(run, by=owner) == 1
    assert set(MergeSuggestion.objects.filter(pk__in=[other.pk, second.pk]).values_list("state", flat=True)) == {"open"}


def test_many_are_hidden_removed_shown_again_and_put_first(owner):
    ideas = [an_idea(), an_idea()]
    for move, said in (("hide", "hidden"), ("remove", "removed"), ("restore", "public")):
        assert results(made(move, ideas, owner, {"reason": WHY})) == ["done", "done"]
        assert set(Idea.objects.values_list("visibility", flat=True)) == {said}
    assert results(made("urgent", ideas, owner, {"reason": WHY})) == ["done", "done"]
    assert Idea.objects.filter(urgent_since__isnull=False).count() == 2


def test_merged_ideas_are_parted_together(owner):
    stays, *others = [an_idea() for _row in range(3)]
    for idea in others:
        merge_idea(idea, stays, reason=WHY, by=owner, silent=True)
    assert results(made("unmerge", others, owner, {"reason": WHY, "silent": "on"})) == ["done", "done"]
    assert not Idea.objects.filter(merged_into__isnull=False).exists()


def test_each_move_s_form_is_shown_for_many_ideas(client, owner):
    first, second = an_idea(), an_idea()
    a_suggestion(first, second)
    a_tag("À chiffrer")
    a_template()
    address = reverse("ideas_desk:bulk")
    picks = [f"{idea.public_id}~new.public.0" for idea in (first, second)]
    for move in moves.ALL:
        page = client.get(address, {"pick": picks, "move": move.name})
        assert page.status_code == 200, move.name
    assert "À chiffrer" in client.get(address, {"pick": picks, "move": "tag"}).content.decode()
    merging = client.get(address, {"pick": picks, "move": "merge"}).content.decode()
    assert merging.count('name="stays"') == 3


def test_choosing_costs_the_same_whatever_the_number_of_ideas(client, owner, django_assert_num_queries):
    picks = [f"{an_idea().public_id}~new.public.0" for _row in range(12)]
    address = reverse("ideas_desk:bulk")
    client.get(address, {"pick": picks[:1]})
    for some in (picks[:1], picks):
        with django_assert_num_queries(9 + 2):
            client.get(address, {"pick": some})


def test_nobody_hears_twice_of_a_bulk_move_made_in_silence(owner):
    made("decline", [an_idea(), an_idea()], owner, {"reason": WHY, "silent": "on"})
    assert IdeaMove.objects.filter(to_state=State.DECLINED, is_silent=True).count() == 2
    assert not Notification.objects.filter(kind="idea_moved").exists()


def test_run_keeps_what_its_move_asks_for_and_nothing_else_that_was_sent(owner):
    ideas = Idea.objects.filter(pk=an_idea().pk)
    run = bulk.start_bulk("review", ideas, SENT | {"by": "x", "state": "delivered", "0": ["x"]}, by=owner)
    assert run.values == SENT
    again = bulk.start_bulk("review", ideas, SENT | {"author": "y"}, by=owner, key="k")
    assert bulk.start_bulk("review", ideas, SENT | {"author": "z"}, by=owner, key="k") == again


@pytest.mark.parametrize("values", [
    {"add": [CARD]}, {"add": ["a", CARD]}, {"reason": CARD}, {"x": [CARD]}, {"x": {"y": CARD}}, {"x": {CARD: "y"}}, {CARD: "x"},
])  # fmt: skip
def test_card_number_in_any_value_of_a_bulk_move_is_never_kept(client, owner, values):
    said = {"move": "tag", "ideas": [{"id": an_idea().public_id}], "values": values}
    client.post("/api/v1/desk/bulk/", json.dumps(said), content_type="application/json")
    kept = json.dumps([*BulkRun.objects.values_list("values", flat=True)])
    assert "1012" not in kept and "7893" not in kept


@pytest.mark.parametrize("odd", ["\x00", "\ud800", "a\x00b\udfff"])
def test_what_is_no_character_is_left_out_of_a_bulk_move(client, owner, odd):
    values = {"reason": WHY + odd, "assignee": odd, odd: odd, "add": [odd], "body": odd, "fields": {odd: odd}}
    for move in ("review", "decline", "tag", "answer", "assign", "merge", "category"):
        said = {"move": move, "ideas": [{"id": an_idea().public_id, "seen": "x"}], "values": values}
        answer = client.post("/api/v1/desk/bulk/", json.dumps(said), content_type="application/json")
        assert answer.status_code in (202, 400), (move, answer.content)
    runs = BulkRun.objects.filter(move__in=("review", "decline"))
    assert {run.values["reason"] for run in runs} == {WHY + "".join(sign for sign in odd if sign.isalpha())}
