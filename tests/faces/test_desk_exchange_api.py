"""Files in and out, answer templates, comments' earlier texts and the preview, through the API."""

import csv
import json
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from core.models import Event
from ideas.domain.commenting import edit_comment
from ideas.models import AnswerTemplate, Comment, Idea
from tests.counting import queries_of
from tests.factories.desk import a_template
from tests.factories.ideas import a_category, a_comment, an_idea
from tests.factories.members import a_member, a_moderator, a_product_owner, an_auditor, an_expert
from tests.factories.trust import a_case
from trust.domain.deciding import decide
from trust.models import Statement

pytestmark = pytest.mark.django_db
WHY = "Nous l’avions cachée trop vite : elle reste en ligne."
LETTER = {
    "name_fr": "Merci, nous étudions",
    "name_en": "Thank you",
    "body_fr": "Bonjour {prenom}, nous étudions votre idée.",
}
PLAIN = (Path(__file__).parent.parent / "ideas" / "files" / "plain.csv").read_bytes()


@pytest.fixture
def desk(client):
    client.force_login(a_product_owner())

    def ask(method, path, **body):
        return client.generic(method, f"/api/v1/desk/{path}", json.dumps(body), content_type="application/json")

    return ask


def refused(answer):
    return answer.status_code, answer.json()["code"]


def a_file(raw=PLAIN):
    return SimpleUploadedFile("idees.csv", raw, "text/csv")


def test_view_leaves_as_csv_and_as_a_sheet(desk, client):
    idea = an_idea(title="=1+1 dans mon relevé mensuel")
    an_idea(state="delivered")
    answer = client.get("/api/v1/desk/exports/ideas.csv", {"state": "new"}, headers={"accept": "text/csv"})
    assert answer["Content-Type"].startswith("text/csv")
    _head, row = csv.reader(StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")), delimiter=";")
    assert (row[0], row[1][0]) == (idea.public_id, "'")
    book = load_workbook(BytesIO(b"".join(client.get("/api/v1/desk/exports/ideas.xlsx").streaming_content)))
    assert book.active["A2"].value
    assert Event.objects.filter(name__endswith="IdeasExported").count() == 2


def test_export_refuses_what_it_does_not_know(desk, client):
    assert refused(client.get("/api/v1/desk/exports/ideas.pdf", headers={"accept": "application/pdf"})) == (
        404,
        "not_found",
    )
    assert client.get("/api/v1/desk/exports/ideas.csv", {"state": "moon"}).status_code == 400
    client.force_login(an_expert())
    assert refused(client.get("/api/v1/desk/exports/ideas.csv")) == (403, "not_allowed")


def test_file_is_tried_then_taken_in_once(desk, client):
    theme = a_category(slug="autre")
    tried = client.post("/api/v1/desk/imports/", {"source": "csv", "category": theme.slug, "file": a_file()})
    assert tried.status_code == 200, tried.content
    report = tried.json()
    assert report["is_dry"] and report["taken"] and not Idea.objects.exists()
    assert len(report["lines"]) == report["taken"] + report["there"] + report["refused"]
    done = desk("POST", f"imports/{report['kept']}/").json()
    assert (done["is_dry"], done["taken"], done["kept"]) == (False, report["taken"], None)
    assert Idea.objects.count() == report["taken"]
    assert refused(desk("POST", f"imports/{report['kept']}/")) == (400, "dry_run_over")
    again = client.post("/api/v1/desk/imports/", {"source": "csv", "category": theme.slug, "file": a_file()}).json()
    assert (again["taken"], again["kept"]) == (0, None) and again["there"] >= report["taken"]


def test_report_of_an_import_names_the_theme_and_the_state_of_each_idea(desk, client):
    theme = a_category(slug="autre")
    raw = "title;body;theme;status\nUn titre assez long;Un texte qui a bien trente caractères.;Inconnu;planned\nCourt;;;\n"
    body = {"source": "csv", "category": theme.slug, "file": a_file(raw.encode())}
    report = client.post("/api/v1/desk/imports/", body).json()
    said = [(line["category"], line["state"], line["unknown"]) for line in report["lines"]]
    assert said == [("autre", "planned", ["category"]), ("", "", [])]
    assert report["of_unknown_theme"] == 1 and "Inconnu" in report["lines"][0]["why"]


def test_import_refuses_another_s_run_a_wrong_file_and_who_only_reads(desk, client):
    theme = a_category(slug="autre")
    body = {"source": "csv", "category": theme.slug}
    kept = client.post("/api/v1/desk/imports/", body | {"file": a_file()}).json()["kept"]
    assert refused(client.post("/api/v1/desk/imports/", body | {"file": a_file(b"x")})) == (400, "not_a_csv")
    assert refused(client.post("/api/v1/desk/imports/", body | {"source": "moon", "file": a_file()})) == (
        400,
        "invalid",
    )
    wrong = client.post("/api/v1/desk/imports/", body | {"category": "lune", "file": a_file()})
    assert refused(wrong) == (400, "unknown_category")
    client.force_login(a_product_owner())
    assert refused(desk("POST", f"imports/{kept}/")) == (400, "dry_run_over")
    client.force_login(an_auditor())
    assert refused(client.post("/api/v1/desk/imports/", body | {"file": a_file()})) == (403, "not_allowed")
    assert not Idea.objects.exists()


def test_template_is_written_rewritten_and_put_out_of_use(desk):
    theme, colleague = a_category(), a_moderator()
    made = desk("POST", "answer-templates/", category=theme.slug, **LETTER)
    assert made.status_code == 201, made.content
    assert (made.json()["version"], made.json()["category"]) == (1, theme.slug)
    path = f"answer-templates/{made.json()['id']}/"
    changed = desk(
        "PATCH", path, body_fr="Bonjour {prenom}, l’équipe étudie votre idée.", owner=colleague.public_id
    ).json()
    assert (changed["version"], changed["owner"]["id"], changed["name_fr"]) == (
        2,
        colleague.public_id,
        LETTER["name_fr"],
    )
    assert desk("PATCH", path, is_active=False, category=None).json()["is_active"] is False
    assert [row["number"] for row in desk("GET", f"{path}versions/").json()["results"]] == [2, 1]
    assert desk("GET", path).json()["category"] is None and desk("GET", "templates/").json()["results"] == []


def test_template_is_refused_with_a_code_and_to_who_only_reads(desk, client):
    assert refused(desk("POST", "answer-templates/", **(LETTER | {"body_fr": "Bonjour {age}, merci bien."}))) == (
        400,
        "unknown_field",
    )
    assert refused(desk("POST", "answer-templates/", category="lune", **LETTER)) == (400, "unknown_category")
    assert refused(desk("POST", "answer-templates/", name_fr="x")) == (400, "invalid")
    client.force_login(an_auditor())
    assert desk("GET", "answer-templates/").status_code == 200
    assert refused(desk("POST", "answer-templates/", **LETTER)) == (403, "not_allowed")
    assert not AnswerTemplate.objects.exists()


@pytest.mark.parametrize("how_many", [1, 4])
def test_lists_cost_the_same_whatever_the_rows(desk, how_many):
    templates = [a_template(name_fr=f"Modèle {n}", name_en=f"Letter {n}") for n in range(how_many)]
    assert queries_of(lambda: desk("GET", "answer-templates/")) == 3  # with the member and their roles
    assert queries_of(lambda: desk("GET", f"answer-templates/{templates[0].public_id}/versions/")) == 4
    author = a_member()
    comment = a_comment(author=author)
    for n in range(how_many):
        edit_comment(comment, body=f"Je le dis autrement, pour la fois numéro {n}.", by=author)
    path = f"comments/{comment.public_id}/versions/"
    assert len(desk("GET", path).json()["results"]) == how_many
    assert queries_of(lambda: desk("GET", path)) == 4


def test_earlier_texts_of_a_comment_are_for_those_who_moderate(desk, client):
    author = a_member()
    comment = a_comment(author=author, body="Le premier texte de ce commentaire.")
    edit_comment(comment, body="Le second texte de ce commentaire.", by=author)
    path = f"comments/{comment.public_id}/versions/"
    assert [row["body"] for row in desk("GET", path).json()["results"]] == ["Le premier texte de ce commentaire."]
    assert desk("GET", "comments/zzzzzzzzzzzz/versions/").status_code == 404
    client.force_login(an_expert())
    assert refused(desk("GET", path)) == (403, "not_allowed")


def test_verdict_on_a_comment_is_taken_back_by_showing_it_again(desk, client):
    case = a_case()
    decide(case, "remove", reason=WHY, by=a_moderator())
    comment = Comment.objects.get(pk=case.subject_id)
    path = f"comments/{comment.public_id}/visibility/"
    assert refused(desk("PUT", path, to="gone", reason=WHY)) == (400, "invalid")
    assert desk("PUT", path, to="public", reason="non").status_code == 400
    assert desk("PUT", path, to="public", reason=WHY).json()["visibility"] == "public"
    assert refused(desk("PUT", path, to="public", reason=WHY)) == (409, "already_public")
    assert set(Statement.objects.values_list("measure", flat=True)) == {"removed", "restored"}
    client.force_login(an_auditor())
    assert refused(desk("PUT", path, to="hidden", reason=WHY)) == (403, "not_allowed")


def test_preview_shows_markdown_as_it_would_be_read(client):
    def preview(**body):
        return client.post("/api/v1/ideas/preview/", body, content_type="application/json")

    assert refused(preview(body="**Oui**")) == (401, "not_signed_in")
    client.force_login(a_member())
    shown = preview(title="Mon idée", body="**Oui** <script>alert(1)</script> ![x](https://x.fr/x.png)").json()
    assert "<strong>Oui</strong>" in shown["body_html"]
    assert "<script" not in shown["body_html"] and "<img" not in shown["body_html"]
    assert refused(preview(body="")) == (400, "invalid")
    assert refused(preview(body="Ma carte est la 4970 1000 0000 0055, merci."))[0] == 400
    assert not Idea.objects.exists()
