"""Views of the queue as files: the queue's own ideas, in its order, and nothing that a spreadsheet would run."""

import csv
from io import BytesIO, StringIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from core.models import Event
from ideas import exporting
from tests.factories.ideas import a_category, an_idea
from tests.factories.members import a_moderator, a_product_owner, an_auditor, an_expert

pytestmark = pytest.mark.django_db


def table(answer):
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(StringIO(text), delimiter=";"))


def sheet(answer):
    return [
        list(row)
        for row in load_workbook(BytesIO(b"".join(answer.streaming_content))).active.iter_rows(values_only=True)
    ]


def export(client, kind="csv", **query):
    return client.get(reverse("ideas_exchange:export", args=[kind]), query)


@pytest.mark.parametrize(("kind", "read"), [("csv", table), ("xlsx", sheet)])
def test_a_view_leaves_as_the_queue_shows_it(client, kind, read):
    cards = a_category(slug="cartes", name_fr="Cartes")
    low, high = an_idea(category=cards, vote_score=3), an_idea(category=cards, vote_score=8)
    an_idea(vote_score=50), an_idea(category=cards, state="delivered")
    client.force_login(a_product_owner())
    head, *rows = read(export(client, kind, category="cartes", sort="votes"))
    assert [row[0] for row in rows] == [high.public_id, low.public_id]
    assert head[1] == "Titre" and rows[0][3] == "Cartes" and str(rows[0][8]) == "8"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t=", "\r=", " ="])
def test_formulas_are_made_harmless(client, kind, sign):
    an_idea(title=f"{sign}cmd|' /C calc'!A0", body=f"{sign}1+1 et une suite bien innocente, sans doute.")
    client.force_login(a_product_owner())
    _head, row = {"csv": table, "xlsx": sheet}[kind](export(client, kind))
    assert row[1].startswith("'") and row[2].startswith("'")


def test_xlsx_holds_no_formula_cell(client):
    an_idea(title="=1+1 est un titre bien étrange")
    client.force_login(a_product_owner())
    book = load_workbook(BytesIO(b"".join(export(client, "xlsx").streaming_content)))
    assert all(cell.data_type != "f" for row in book.active.iter_rows() for cell in row)


def test_words_and_views_filter_as_in_the_queue(client):
    held = an_idea(visibility="held", title="Une idée retenue pour lecture")
    an_idea(title="Une idée publique sur le virement")
    client.force_login(an_auditor())
    assert [row[0] for row in table(export(client, view="held"))[1:]] == [held.public_id]
    assert len(table(export(client, q="virment"))) == 2


@pytest.mark.parametrize(
    ("who", "may"), [(a_product_owner, True), (an_auditor, True), (a_moderator, False), (an_expert, False)]
)
def test_product_owners_and_auditors_alone_export(client, who, may):
    client.force_login(who())
    assert (export(client).status_code == 200) is may


def test_each_export_is_kept_for_the_audit(client):
    auditor = an_auditor()
    client.force_login(auditor)
    export(client, view="held")
    row = Event.objects.get(name="IdeasExported")
    assert row.actor == auditor.public_id and row.payload["kind"] == "csv" and "held" in row.payload["view"]


def test_a_large_view_leaves_as_csv_and_not_as_xlsx(client, monkeypatch):
    monkeypatch.setattr(exporting, "XLSX_MOST", 2)
    for _number in range(3):
        an_idea()
    client.force_login(a_product_owner())
    assert export(client, "xlsx").status_code == 302
    assert len(table(export(client))) == 4
    assert not Event.objects.filter(name="IdeasExported", payload__kind="xlsx").exists()


@pytest.mark.parametrize("number", [1, 3])
def test_export_costs_the_same_queries_for_one_and_for_three(client, number, django_assert_num_queries):
    from django.http import QueryDict
    from django.utils import timezone

    from ideas.queueing import Asked

    user = a_product_owner()
    for _number in range(number):
        an_idea()
    rows = exporting.rows_in(Asked.of(QueryDict("")), user, timezone.now())
    with django_assert_num_queries(1):
        assert len(list(exporting.lines(rows, ""))) == number
