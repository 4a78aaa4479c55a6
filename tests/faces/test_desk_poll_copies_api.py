"""Duplicates, templates, pictures, the check and both totals through the desk's API: what the studio does, by the same verbs."""

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.utils import timezone
from PIL import Image

from core.models import Event
from polls.domain.closing import close
from polls.domain.deciding import decide
from polls.domain.duplicating import keep_as_template
from polls.domain.tallying import recount
from polls.domain.voting import cast_ballot
from polls.models import Ballot, Poll, Question
from tests.factories.members import a_board_member, a_member, a_moderator, a_product_owner, an_auditor
from tests.factories.polls import a_decided_poll, a_draft, a_picture, a_question, an_open_poll, options_of, votes
from tests.polls.test_counting import costs

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(client):
    owner = a_product_owner()
    client.force_login(owner)
    return owner


def ask(client, method, path, language="fr", **body):
    return client.generic(
        method, f"/api/v1/desk/{path}", json.dumps(body), content_type="application/json",
        headers={"Accept-Language": language},
    )  # fmt: skip


def put_file(client, path, **fields):
    body = encode_multipart(BOUNDARY, fields)
    return client.generic("PUT", f"/api/v1/desk/polls/{path}", body, content_type=MULTIPART_CONTENT)


def refused(answer):
    return answer.status_code, answer.json()["code"]


def words_of(read):
    return [(one["text"], [option["text"] for option in one["options"]]) for one in read["questions"]]


# Copies and templates


def test_any_poll_is_duplicated_into_a_draft(client, owner):
    poll = a_decided_poll(by=owner)
    made = ask(client, "POST", f"polls/{poll.public_id}/duplicate/")
    assert made.status_code == 201
    copy, read = made.json(), ask(client, "GET", f"polls/{poll.public_id}/").json()
    assert (copy["state"], copy["closes_at"], copy["decision"], copy["is_template"]) == ("draft", None, "", False)
    assert copy["id"] != read["id"] and words_of(copy) == words_of(read)


def test_poll_is_kept_as_a_template_listed_used_and_dropped(client, owner):
    poll = a_draft(by=owner, title="Votre carte ?")
    kept = ask(client, "POST", f"polls/{poll.public_id}/template/")
    assert (kept.status_code, kept.json()["is_template"], kept.json()["faults"]) == (201, True, [])
    path = f"poll-templates/{kept.json()['id']}/"
    listed = ask(client, "GET", "poll-templates/").json()
    assert {"id": kept.json()["id"], "title": "Votre carte ?", "about": "", "ships": False} in listed
    assert kept.json()["id"] not in [row["id"] for row in ask(client, "GET", "polls/").json()["results"]]
    draft = ask(client, "POST", f"{path}draft/")
    assert (draft.status_code, draft.json()["is_template"], draft.json()["title"]) == (201, False, "Votre carte ?")
    assert ask(client, "DELETE", path).status_code == 204
    assert refused(ask(client, "DELETE", path)) == (404, "not_found")
    assert refused(ask(client, "DELETE", f"poll-templates/{poll.public_id}/")) == (404, "not_found")
    assert Poll.objects.filter(pk=poll.pk).exists()


def test_templates_that_ship_speak_the_callers_language(client, owner):
    welcome = {}
    for language in ("fr", "en"):
        [welcome[language]] = [
            row for row in ask(client, "GET", "poll-templates/", language).json() if row["id"] == "welcome"
        ]
        draft = ask(client, "POST", "poll-templates/welcome/draft/", language)
        assert (draft.status_code, draft.json()["title"]) == (201, welcome[language]["title"])
    assert welcome["fr"]["title"] != welcome["en"]["title"] and welcome["fr"]["ships"] is True
    assert refused(ask(client, "DELETE", "poll-templates/welcome/")) == (404, "not_found")


@pytest.mark.parametrize("key", ["nowhere", "zzzzzzzzzzzz", "wel%00come"])
def test_unknown_template_is_not_found(client, owner, key):
    assert refused(ask(client, "POST", f"poll-templates/{key}/draft/")) == (404, "not_found")


def test_template_written_anew_stays_a_template(client, owner):
    kept = keep_as_template(a_draft(by=owner), by=owner)
    read = ask(client, "GET", f"polls/{kept.public_id}/").json()
    assert ask(client, "PUT", f"polls/{kept.public_id}/", **(read | {"title": "Autre ?"})).status_code == 200
    kept.refresh_from_db()
    assert (kept.title, kept.is_template) == ("Autre ?", True)


@pytest.mark.parametrize("many", [1, 3])
def test_list_of_templates_costs_two(client, owner, many):
    for _ in range(many):
        keep_as_template(a_draft(by=owner), by=owner)
    ask(client, "GET", "poll-templates/")
    with costs(2):  # one's roles, and the templates
        ask(client, "GET", "poll-templates/")


@pytest.mark.parametrize("who", [an_auditor, a_board_member])
def test_who_only_reads_the_studio_lists_templates_and_copies_nothing(client, who):
    poll = a_draft()
    kept = keep_as_template(poll, by=a_product_owner())
    client.force_login(who())
    assert ask(client, "GET", "poll-templates/").status_code == 200
    assert ask(client, "GET", f"polls/{poll.public_id}/check/").status_code == 200
    for method, path in (
        ("POST", f"polls/{poll.public_id}/duplicate/"), ("POST", f"polls/{poll.public_id}/template/"),
        ("POST", f"poll-templates/{kept.public_id}/draft/"), ("POST", "poll-templates/welcome/draft/"),
        ("DELETE", f"poll-templates/{kept.public_id}/"),
    ):  # fmt: skip
        assert refused(ask(client, method, path)) == (403, "not_allowed")
    assert Poll.objects.count() == 2


def test_moderator_has_no_business_here(client):
    client.force_login(a_moderator())
    assert refused(ask(client, "GET", "poll-templates/")) == (403, "not_allowed")


# Pictures


def a_polls_places(poll):
    question = poll.questions.get()
    return (
        f"{poll.public_id}/questions/{question.public_id}/image/",
        f"{poll.public_id}/options/{options_of(poll)[0]}/image/",
    )


def test_pictures_are_made_anew_and_shown_to_members(client, owner):
    poll = an_open_poll(by=owner, consultation=True)
    visual, picture = a_polls_places(poll)
    put = put_file(client, visual, image=a_picture(), image_alt=" Une affiche, un phare la nuit ")
    assert put.status_code == 200, put.content
    put = put_file(client, picture, image=a_picture()).json()
    question = put["questions"][0]
    assert (question["image_alt"], question["options"][1]["image"]) == ("Une affiche, un phare la nuit", None)
    for address in (question["image"], question["options"][0]["image"]):
        assert address.startswith("http://testserver/") and address.endswith(".webp") and "visuel" not in address
    with Image.open(Question.objects.get().image) as image:
        assert image.format == "WEBP"
    assert Event.objects.filter(name="PollWritten").count() == 3
    client.force_login(a_member())
    shown = client.get(f"/api/v1/polls/{poll.public_id}/").json()
    assert shown["visuals"][0]["image"] == question["image"]
    assert shown["questions"][0]["options"][0]["image"] == question["options"][0]["image"]


def test_poll_written_back_keeps_its_pictures_and_they_are_taken_away(client, owner):
    poll = a_draft(by=owner)
    visual, picture = a_polls_places(poll)
    put_file(client, visual, image=a_picture(), image_alt="Un phare")
    read = put_file(client, picture, image=a_picture()).json()
    assert ask(client, "PUT", f"polls/{poll.public_id}/", **read).json() == read
    for path in (visual, picture, visual, picture):  # again changes nothing
        left = ask(client, "DELETE", f"polls/{path}")
        assert left.status_code == 200
    question = left.json()["questions"][0]
    assert (question["image"], question["image_alt"], question["options"][0]["image"]) == (None, "", None)
    assert Event.objects.filter(name="PollWritten").count() == 1 + 2 + 1 + 2


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"image": a_picture}, "no_alternative_text"),
        ({"image": a_picture, "image_alt": "   "}, "no_alternative_text"),
        ({"image": a_picture, "image_alt": "x" * 161}, "invalid"),
        ({"image": a_picture, "image_alt": "FR76 3000 6000 0112 3456 7890 189"}, "private_data"),
        ({"image": lambda: SimpleUploadedFile("a.png", b"<svg onload=alert(1)>", "image/png"), "image_alt": "Un phare"},
         "not_an_image"),
        ({"image": lambda: SimpleUploadedFile("a.png", b"", "image/png"), "image_alt": "Un phare"}, "invalid"),
        ({"image": lambda: "no file", "image_alt": "Un phare"}, "invalid"),
        ({"image_alt": lambda: "Un phare"}, "invalid"),
    ],
)  # fmt: skip
def test_what_is_no_picture_or_has_no_words_is_refused(client, owner, fields, code, language):
    poll = a_draft(by=owner)
    sent = {name: value() if callable(value) else value for name, value in fields.items()}
    answer = client.generic(
        "PUT", f"/api/v1/desk/polls/{a_polls_places(poll)[0]}", encode_multipart(BOUNDARY, sent),
        content_type=MULTIPART_CONTENT, headers={"Accept-Language": language},
    )  # fmt: skip
    assert refused(answer) == (400, code)
    assert answer.json()["detail"]
    assert not Question.objects.get().image


def test_picture_of_too_many_pixels_is_refused(client, owner):
    held = io.BytesIO()
    Image.new("1", (8000, 5001)).save(held, "PNG")
    huge = SimpleUploadedFile("a.png", held.getvalue(), "image/png")
    assert refused(put_file(client, a_polls_places(a_draft(by=owner))[1], image=huge)) == (400, "image_too_large")


def test_picture_sent_as_json_is_refused(client, owner):
    path = a_polls_places(a_draft(by=owner))[1]
    for image in ("aGVsbG8=", None, ["x"], {"x": 1}, 3):
        assert refused(ask(client, "PUT", f"polls/{path}", image=image)) == (400, "invalid")


def test_place_in_another_poll_is_not_found(client, owner):
    poll, other = a_draft(by=owner), a_draft(by=owner)
    strange = [place.replace(other.public_id, poll.public_id) for place in a_polls_places(other)]
    for path in (*strange, f"{poll.public_id}/options/a%00b/image/"):
        assert refused(put_file(client, path, image=a_picture(), image_alt="Un phare")) == (404, "not_found")
        assert refused(ask(client, "DELETE", f"polls/{path}")) == (404, "not_found")


def test_pictures_freeze_at_the_first_ballot(client, owner):
    poll = an_open_poll(by=owner)
    cast_ballot(poll.public_id, options_of(poll)[:1], by=a_member())
    for path in a_polls_places(poll):
        assert refused(put_file(client, path, image=a_picture(), image_alt="Un phare")) == (409, "poll_frozen")
        assert refused(ask(client, "DELETE", f"polls/{path}")) == (409, "poll_frozen")


def test_auditor_puts_no_picture(client):
    poll = a_draft()
    client.force_login(an_auditor())
    for path in a_polls_places(poll):
        assert refused(put_file(client, path, image=a_picture(), image_alt="Un phare")) == (403, "not_allowed")
        assert refused(ask(client, "DELETE", f"polls/{path}")) == (403, "not_allowed")


# The check, the decision, both totals


def test_check_says_what_the_studio_says(client, owner):
    a_member()
    poll = a_draft(by=owner, closes_at=None, questions=[a_question(["Oui", "Toujours"], text="Une superbe carte ?")])
    told = ask(client, "GET", f"polls/{poll.public_id}/check/").json()
    assert [fault["code"] for fault in told["faults"]] == ["bad_dates"]
    assert "no_way_to_say_no" in {hint["code"] for hint in told["hints"]}
    assert told["audience"]["invited"] == 1
    poll = an_open_poll(by=owner)
    told = ask(client, "GET", f"polls/{poll.public_id}/check/").json()
    assert (told["faults"], told["hints"]) == ([], [])


def test_check_says_how_many_would_hear_of_each_move_that_is_left(client, owner):
    voters, _silent = [a_member() for _ in range(2)], a_member()

    def hearers(poll):
        found = ask(client, "GET", f"polls/{poll.public_id}/check/").json()["hearers"]
        return {move: members for move, members in found.items() if members is not None}

    assert hearers(a_draft(by=owner)) == {"open": 3}
    poll = an_open_poll(by=owner)
    for voter in voters:
        cast_ballot(poll.public_id, options_of(poll)[:1], by=voter)
    assert hearers(poll) == {"remind": 1, "close": 2}
    Poll.objects.filter(pk=poll.pk).update(reminded_at=timezone.now())
    assert hearers(poll) == {"close": 2}
    close(poll, by=owner)
    assert hearers(poll) == {"reopen": 2, "decide": 2}
    decide(Poll.objects.get(pk=poll.pk), "Nous lançons les frais offerts au printemps.", by=owner)
    assert hearers(poll) == {}


def test_decided_poll_says_which_option_it_retained(client, owner):
    poll = an_open_poll(by=owner)
    read = ask(client, "GET", f"polls/{poll.public_id}/").json()
    assert read["retained"] is None
    decide(
        close(poll, by=owner), "Nous lançons les frais offerts au printemps.", retained=options_of(poll)[1], by=owner
    )
    assert ask(client, "GET", f"polls/{poll.public_id}/").json()["retained"] == options_of(poll)[1]


def test_totals_with_and_without_each_kind_are_shown_after_the_close(client, owner):
    poll = an_open_poll(by=owner)
    votes(poll, 0, customers=6)
    votes(poll, 1, customers=5)
    chosen = options_of(poll)
    apart = [ballot.pk for ballot in Ballot.objects.all() if chosen[1] in next(iter(ballot.choices.values()))]
    Ballot.objects.filter(pk__in=apart).update(apart="new")
    recount(poll)
    path = f"polls/{poll.public_id}/totals/"
    told = ask(client, "GET", path).json()
    assert (told["ballots"], told["questions"]) == (None, []), "so few come late while it is open"
    assert {one["kind"]: (one["ballots"], one["total"]) for one in told["kinds"]} == {
        "staff": (0, None), "new": (5, None), "burst": (0, None),
    }  # fmt: skip
    close(poll, by=owner)
    told = ask(client, "GET", path).json()
    assert (told["ballots"], {one["kind"]: one["total"] for one in told["kinds"]}["new"]) == (6, 11)
    second = told["questions"][0]["options"][1]
    assert (second["id"], second["published"]["votes"]) == (chosen[1], 0)
    assert [(one["kind"], one["figure"]["votes"]) for one in second["otherwise"]] == [("new", 5)]


def test_totals_of_a_draft_or_a_sealed_poll_are_nobodys(client, owner):
    for poll in (a_draft(by=owner), an_open_poll(by=owner, sealed=True)):
        assert refused(ask(client, "GET", f"polls/{poll.public_id}/totals/")) == (403, "results_hidden")
