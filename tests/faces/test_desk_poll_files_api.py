"""What the studio hands out, through the API: names as a file, weights to fill in, a draft as members will get it."""

import json
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from openpyxl import load_workbook

from core.models import Event
from polls import exporting
from polls.domain.closing import close
from polls.domain.duplicating import keep_as_template
from polls.models import AudienceShare, Participation, Poll
from tests.factories.members import a_board_member, a_member, a_moderator, a_product_owner, an_auditor
from tests.factories.polls import a_closed_poll, a_consultation, a_draft, a_question, an_open_poll, options_of, votes
from tests.polls.test_api import METHODS
from tests.polls.test_counting import costs

pytestmark = pytest.mark.django_db
FILES = ("names.csv", "names.xlsx", "weights.csv", "preview/")


@pytest.fixture
def owner(client):
    owner = a_product_owner()
    client.force_login(owner)
    return owner


def get(client, poll, path, **headers):
    return client.get(f"/api/v1/desk/polls/{poll.public_id}/{path}", headers=headers)


def whole(answer):
    return b"".join(answer.streaming_content)


def refused(answer):
    return answer.status_code, answer.json()["code"]


# Names beside answers


def test_names_of_an_open_poll_are_taken_away_as_csv_and_xlsx(client, owner):
    poll = an_open_poll(by=owner, confidential=False)
    votes(poll, 1, customers=1, nickname="=2+2")
    csv = get(client, poll, "names.csv", Accept="text/csv")
    assert csv.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert f"sondage-{poll.public_id}-" in csv.headers["Content-Disposition"]
    assert csv.headers["Cache-Control"] == "private, no-store"
    lines = whole(csv).decode().splitlines()
    assert lines[0].startswith("\ufeff") and len(lines) == 2
    assert lines[1].startswith("'=2+2;") and lines[1].endswith("oui;Un an de frais offerts")
    sheet = load_workbook(BytesIO(whole(get(client, poll, "names.xlsx")))).active
    assert [[cell.value for cell in row][0::3] for row in sheet.iter_rows(min_row=2)] == [
        ["'=2+2", "Un an de frais offerts"]
    ]


def test_names_that_leave_the_house_are_noted_each_time_and_refusals_are_not(client, owner):
    poll = an_open_poll(by=owner, confidential=False)
    votes(poll, 1, customers=1)
    for kind in ("csv", "xlsx", "pdf"):
        get(client, poll, f"names.{kind}")
    noted = Event.objects.filter(name="NamesExported", actor=owner.public_id)
    assert sorted(event.payload["kind"] for event in noted) == ["csv", "xlsx"]


@pytest.mark.parametrize("kind", ["pdf", "CSV", "csv.gz", "xls", "%20"])
def test_unknown_format_is_not_found(client, owner, kind):
    poll = an_open_poll(by=owner, confidential=False)
    assert refused(get(client, poll, f"names.{kind}")) == (404, "unknown_format")


@pytest.mark.parametrize("kind", ["csv", "xlsx", "pdf"])
def test_confidential_poll_has_no_file_of_names(client, owner, kind):
    poll = an_open_poll(by=owner)
    votes(poll, 0, customers=6)
    assert refused(get(client, poll, f"names.{kind}")) == (404, "not_found")
    assert not Event.objects.filter(name="NamesExported").exists()


def test_names_of_a_sealed_poll_are_a_file_after_the_close_alone(client, owner):
    poll = an_open_poll(by=owner, confidential=False, sealed=True)
    votes(poll, 1, customers=1)
    assert refused(get(client, poll, "names.csv")) == (403, "results_hidden")
    close(poll, by=owner)
    assert "Un an de frais offerts" in whole(get(client, poll, "names.csv")).decode()


def test_more_answers_than_a_sheet_takes_are_refused_as_xlsx(client, owner, monkeypatch):
    monkeypatch.setattr(exporting, "XLSX_MOST", 2)
    poll = an_open_poll(by=owner, confidential=False)
    votes(poll, 1, customers=3)
    assert refused(get(client, poll, "names.xlsx")) == (409, "too_many_rows")
    assert get(client, poll, "names.csv").status_code == 200


# Weights


@pytest.mark.parametrize(("language", "head"), [("fr", "âge;produit;part"), ("en", "age;product;share")])
def test_weights_are_handed_out_to_be_filled_in_and_put_back(client, owner, language, head):
    poll = an_open_poll(by=owner)
    answer = get(client, poll, "weights.csv", **{"Accept-Language": language})
    text = answer.content.decode()
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8" and text.startswith("\ufeff" + head)
    filled = text.replace("18-25;account;", "18-25;account;40").replace("60+;savings;", "60+;savings;60")
    put = put_file(client, poll, file=SimpleUploadedFile("weights.csv", filled.encode()))
    assert [(row["age_band"], row["product"], row["share"]) for row in put.json()] == [
        ("18-25", "account", 0.4),
        ("60+", "savings", 0.6),
    ]


def put_file(client, poll, **fields):
    body = encode_multipart(BOUNDARY, fields)
    return client.generic("PUT", f"/api/v1/desk/polls/{poll.public_id}/weights/", body, content_type=MULTIPART_CONTENT)


def test_file_of_an_older_spreadsheet_is_read_as_in_the_studio(client, owner):
    poll = an_open_poll(by=owner)
    raw = "Tranche d'âge;Produit;Part\n18-25;Épargne;40 %\n60+;Crédit;60 %\n".encode("cp1252")
    assert put_file(client, poll, file=SimpleUploadedFile("parts.csv", raw)).status_code == 200
    assert {row.stratum for row in AudienceShare.objects.all()} == {"18-25/savings", "60+/loan"}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"file": SimpleUploadedFile("a.csv", b"age;product;share\n17-25;;50\n60+;;50")}, "bad_weights"),
        ({"file": SimpleUploadedFile("a.csv", b"")}, "bad_weights"),
        ({"file": SimpleUploadedFile("a.csv", b"\x00\xff" * 60_000)}, "bad_weights"),
        ({"file": "no file"}, "invalid"),
        ({}, "invalid"),
    ],
)
def test_file_that_is_no_table_of_weights_is_refused_and_changes_nothing(client, owner, fields, code):
    poll = an_open_poll(by=owner)
    assert refused(put_file(client, poll, **fields)) == (400, code)
    assert not AudienceShare.objects.exists()


def test_ballots_own_shares_stand_beside_the_weights_after_the_close_alone(client, owner):
    poll = an_open_poll(by=owner)
    votes(poll, 0, customers=6, age_band="18-25", product="account")
    votes(poll, 0, customers=9, age_band="60+", product="account")
    votes(poll, 0, customers=2, age_band="26-39", product="account")
    text = "age;product;share\n18-25;account;40\n60+;account;60"
    put = client.put(
        f"/api/v1/desk/polls/{poll.public_id}/weights/", json.dumps({"csv": text}), content_type="application/json"
    )
    assert [(row["ballots"], row["sample"]) for row in put.json()] == [(None, None), (None, None)]
    close(poll, by=owner)
    told = {row["age_band"]: row for row in get(client, poll, "weights/").json()}
    assert told["26-39"]["share"] is None and told["26-39"]["ballots"] is None
    assert told["60+"] == {"age_band": "60+", "product": "account", "share": 0.6, "ballots": 9, "sample": 0.5294}


# The preview


def test_draft_is_previewed_as_a_member_will_get_it_once_open(client, owner):
    questions = [a_question(["A", "B"], text=f"Question {name} ?", method=name, shuffled=True) for name in METHODS]
    poll = a_draft(by=owner, questions=questions, closes_at=None, confidential=False)
    told = get(client, poll, "preview/").json()
    assert (told["id"], told["state"], told["can_vote"], told["unanswered"]) == (poll.public_id, "open", True, True)
    assert told["opens_at"] and told["closes_at"] and told["my_ballot"] is None and told["cannot_vote"] is None
    assert "nominatif" in told["secrecy"]
    assert [question["method"] for question in told["questions"]] == list(METHODS)
    written = [option["id"] for question in told["questions"] for option in question["options"]]
    assert written == options_of(poll)
    assert (told["results_visible"], told["results_hidden"]["appears"]) == (False, "after_vote")
    read = an_open_poll(by=owner)
    client.force_login(a_member())
    assert set(client.get(f"/api/v1/polls/{read.public_id}/").json()) == set(told)


def test_preview_of_a_consultation_shows_its_visuals_to_react_to(client, owner):
    poll = a_consultation(by=owner, is_open=False)
    told = get(client, poll, "preview/").json()
    assert [one["caption"] for one in told["visuals"]] == [f"L’affiche {n} est-elle claire ?" for n in (1, 2)]
    assert {reaction["count"] for one in told["visuals"] for reaction in one["reactions"]} == {None}
    assert (told["cannot_react"], told["cannot_comment"], told["comments"]) == (None, None, 0)
    paper = client.get(f"/desk/polls/{poll.public_id}/preview/paper/").content.decode()
    assert paper.count('class="visual__fig"') == 2 and 'class="feeling feeling--' in paper


def test_looking_at_a_preview_changes_nothing(client, owner):
    polls = [a_draft(by=owner), an_open_poll(by=owner), a_closed_poll(by=owner)]
    polls.append(keep_as_template(polls[0], by=owner))
    for poll in polls:
        before = Poll.objects.filter(pk=poll.pk).values().get()
        assert get(client, poll, "preview/").json()["state"] == "open"
        assert Poll.objects.filter(pk=poll.pk).values().get() == before
    assert not Participation.objects.exists()


@pytest.mark.parametrize("many", [1, 6])
def test_preview_costs_the_same_for_one_question_and_six(client, owner, many):
    """One's roles, the poll, its questions, their options, how many are invited."""
    poll = a_draft(by=owner, questions=[a_question(["A", "B"], text=f"Q{at} ?") for at in range(many)])
    get(client, poll, "preview/")
    with costs(5):
        get(client, poll, "preview/")


# Who


@pytest.mark.parametrize("who", [an_auditor, a_board_member])
def test_who_only_reads_the_studio_takes_its_files(client, who):
    poll = an_open_poll(confidential=False)
    client.force_login(who())
    assert [get(client, poll, path).status_code for path in FILES] == [200] * 4


@pytest.mark.parametrize("who", [a_member, a_moderator])
def test_others_take_none_of_them_whatever_the_address_names(client, who):
    poll = an_open_poll(confidential=False)
    client.force_login(who())
    for path in (*FILES, "names.pdf"):
        assert refused(get(client, poll, path)) == (403, "not_allowed")


def test_visitors_are_sent_to_the_door(client):
    poll = an_open_poll(confidential=False)
    assert {refused(get(client, poll, path)) for path in FILES} == {(401, "not_signed_in")}


def test_poll_that_is_not_there_is_not_found(client, owner):
    for path in FILES:
        assert refused(client.get(f"/api/v1/desk/polls/zzzzzzzzzzzz/{path}")) == (404, "not_found")
