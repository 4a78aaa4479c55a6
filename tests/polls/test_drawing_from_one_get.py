"""A poll drawn from the answer of one GET and from nothing else, as an app does it: every method, every state."""

import pytest
from django.test import override_settings

from polls.api.answers import ballot_sent
from polls.domain.closing import close
from polls.domain.deciding import decide
from polls.domain.picturing import put_picture
from polls.domain.reacting import react
from polls.domain.voting import cast_ballot
from polls.models import Option, Poll
from polls.states import Method
from tests.factories.members import a_member, a_product_owner
from tests.factories.polls import (
    a_consultation,
    a_draft,
    a_picture,
    a_question,
    an_open_poll,
    options_of,
    visuals_of,
    votes,
)
from tests.polls.test_api import an_answer
from tests.polls.test_counting import costs

pytestmark = pytest.mark.django_db
DRAWN = [{"text": "Espèces", "drawing": "cash"}, {"text": "Voyage", "drawing": "travel"}, {"text": "Livret"}]


@pytest.fixture(autouse=True)
def own_disk(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def read(client, poll, **headers) -> dict:
    return client.get(f"/api/v1/polls/{poll.public_id}/", headers=headers).json()


def drawn(shown: dict) -> str:
    """The poll as text, from the answer alone; what a drawing of it needs must be there."""
    lines = [f"[{shown['language']}] {shown['title']} ({shown['state']})", shown["intro"]]
    lines += [shown["secrecy"], shown["results_rule"], shown["receipts"]["detail"], shown["audience"]["description"]]
    lines += [f"{shown['opens_at']} – {shown['closes_at']}"]
    if not shown["can_vote"]:
        lines.append(shown["cannot_vote"]["detail"])
    lines += [line for question in shown["questions"] for line in _asked(question)]
    if shown["results_visible"]:
        lines += [_result(found, shown) for found in shown["results"]["questions"]]
    else:
        lines.append(shown["results_hidden"]["detail"])
    if shown["decision"]:
        lines.append(shown["decision"]["text"])
    assert all(isinstance(line, str) for line in lines)
    return "\n".join(lines)


def _asked(question: dict) -> list[str]:
    how = {
        "single": lambda: f"◯ × {question['max_choices']}",
        "multiple": lambda: f"☐ × {question['max_choices'] or 'all'}",
        "ranking": lambda: f"ranks, ties {question['ties']}, blanks {question['blanks']}",
        "score": lambda: "{lowest_score} {lowest_label} – {highest_score} {highest_label}".format(**question),
        "points": lambda: f"{question['points']} to share",
    }
    lines = [
        question["text"],
        how[question["method"]](),
        f"required {question['required']}",
        " ".join(question["only_if"]),
    ]
    if question["image"]:
        lines.append("{image_alt} {image} {image_width}×{image_height}".format(**question))
    for option in question["options"]:
        lines.append(f"{option['text']} {option['description']}")
        if option["image"]:
            lines.append("{image} {image_width}×{image_height}".format(**option))
        if option["drawing"]:
            lines.append(option["drawing_url"])
        if option["is_other"]:
            lines.append(f"at most {question['longest_other']}")
    if question["comments"]:
        lines.append(f"at most {question['longest_comment']}")
    return lines


def _result(found: dict, shown: dict) -> str:
    chart = next(chart for chart in shown["charts"] if (chart["question"], chart["name"]) == (found["id"], "result"))
    return f"{found['text']} {found['answered']} {chart['title']}: {chart['description']} {chart['svg']}?for=phone"


def a_poll_of(method: str, **fields) -> Poll:
    question = a_question(
        [*DRAWN, {"text": "Autre", "is_other": True}], text="Lequel ?", method=method, image=a_picture(),
        image_alt="Un phare", comments=True, max_choices=2 if method == Method.MULTIPLE else None,
        ties=method == Method.RANKING, blanks=method in (Method.RANKING, Method.SCORE),
    )  # fmt: skip
    poll = an_open_poll(questions=[question], **fields)
    put_picture(poll, options_of(poll)[2], a_picture(), by=a_product_owner())
    return poll


def answered(poll: Poll, method: str, times: int) -> None:
    options, question = options_of(poll)[:3], poll.questions.get().public_id
    for _ in range(times):
        cast_ballot(poll.public_id, **ballot_sent({"answers": {question: an_answer(method, *options)}}), by=a_member())


@pytest.mark.parametrize("method", Method.values)
def test_poll_of_each_method_is_drawn_from_one_answer_in_each_of_its_states(client, method):
    owner = a_product_owner()
    poll = a_poll_of(method, results_policy="after_close")
    answered(poll, method, 6)
    client.force_login(a_member())
    text = drawn(read(client, poll))
    assert "Un phare http://testserver/media/polls/" in text and text.count(".webp 12×9") == 2
    assert "/api/v1/polls/drawings/travel.svg" in text and "at most 160" in text and "at most 1000" in text
    assert "Les résultats paraissent après la clôture." in text and "un code court" in text
    close(poll, by=owner)
    text = drawn(read(client, poll))
    assert "Ce sondage est clos." in text and f"/charts/{poll.questions.get().public_id}/result.svg?for=phone" in text
    decide(Poll.objects.get(), "Nous lançons le livret au printemps.", by=owner)
    assert "Nous lançons le livret au printemps." in drawn(read(client, poll))


@pytest.mark.parametrize("method", Method.values)
def test_each_chart_that_is_named_is_there(client, method):
    poll = a_poll_of(method)
    answered(poll, method, 6)
    close(poll, by=a_product_owner())
    shown = read(client, poll)
    names = [chart["name"] for chart in shown["charts"]]
    assert names[0] == "result" and {"scores": method == "score", "duels": method == "ranking"} == {
        name: name in names for name in ("scores", "duels")
    }
    for chart in shown["charts"]:
        for kind in ("svg", "png", "csv"):
            assert client.get(chart[kind]).status_code == 200
    assert shown["results"] == client.get(f"/api/v1/polls/{poll.public_id}/results/").json()


def test_result_that_is_hidden_names_no_chart(client):
    poll = an_open_poll(results_policy="after_close")
    votes(poll, 0, customers=12)
    shown = read(client, poll)
    assert (shown["results"], shown["charts"], shown["receipts"]["tally_url"]) == (None, [], None)


def test_too_few_ballots_have_a_result_and_no_chart(client):
    poll = an_open_poll(results_policy="always")
    votes(poll, 0, customers=3)
    shown = read(client, poll)
    assert (shown["results"]["enough_ballots"], shown["charts"]) == (False, [])


def test_ballots_of_a_closed_poll_are_found_where_it_says(client):
    poll = an_open_poll()
    votes(poll, 0, customers=4)
    voter = votes(poll, 1, customers=1)[0]
    close(poll, by=a_product_owner())
    client.force_login(voter)
    shown = read(client, poll)
    assert client.get(shown["receipts"]["tally_url"]).status_code == 200
    code = {"code": shown["my_ballot"]["receipt"]}
    assert client.post(shown["receipts"]["find_url"], code, content_type="application/json").status_code == 200


def test_drawing_has_its_colours_by_day_and_by_night_and_is_kept_by_caches(client):
    poll = an_open_poll(options=DRAWN)
    address = read(client, poll)["questions"][0]["options"][0]["drawing_url"]
    day, night = client.get(address), client.get(address, {"for": "night"})
    for answer in (day, night):
        svg = answer.content.decode()
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml")
        assert svg.startswith('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 72 56" width="72" height="56">')
        assert "var(" not in svg and "currentColor" not in svg
        assert "max-age=86400" in answer["Cache-Control"] and "public" in answer["Cache-Control"]
    assert "#191a2c" in day.content.decode() and "#dcdae6" in night.content.decode()
    assert client.get("/api/v1/polls/drawings/mark.svg").status_code == 404


def test_option_without_a_drawing_has_no_address_of_one(client):
    assert read(client, an_open_poll(options=DRAWN))["questions"][0]["options"][2]["drawing_url"] is None


@pytest.mark.parametrize("name", ["cash", "travel", "grow", "d-card", "d-round", "phone", "jar"])
def test_every_drawing_of_an_option_can_be_had(client, name):
    assert client.get(f"/api/v1/polls/drawings/{name}.svg").status_code == 200


def test_visual_of_a_consultation_is_drawn_with_its_reactions(client):
    poll, member = a_consultation(results_policy="always"), a_member()
    react(poll.public_id, visuals_of(poll)[0], "worries", by=member)
    client.force_login(member)
    first, second = read(client, poll)["visuals"]
    assert (first["image_width"], first["image_height"], first["image_alt"]) == (12, 9, "Affiche 1 : un phare la nuit")
    assert [one["mine"] for one in first["reactions"]] == [False, False, True]
    assert not any(one["mine"] for one in second["reactions"]) and all(one["label"] for one in first["reactions"])


@pytest.mark.parametrize("visuals", [1, 3])
def test_consultation_with_its_result_costs_five(client, visuals):
    poll, member = a_consultation(visuals=visuals, results_policy="always"), a_member()
    cast_ballot(poll.public_id, options_of(poll)[::2], by=member)
    react(poll.public_id, visuals_of(poll)[0], "convinces", by=member)
    for _ in range(12):
        cast_ballot(poll.public_id, options_of(poll)[::2], by=a_member())
    client.force_login(member)
    read(client, poll)
    with costs(5):
        assert read(client, poll)["charts"]


def test_picture_keeps_its_size_with_its_row_and_opens_no_file_to_be_read(client):
    poll = a_poll_of("single")
    for row in Option.objects.exclude(image=""):
        row.image.storage.delete(row.image.name)
    assert [(row.image_width, row.image_height) for row in Option.objects.exclude(image="")] == [(12, 9)]
    assert read(client, poll)["questions"][0]["options"][2]["image_width"] == 12


def test_preview_for_staff_has_the_same_shape(client):
    owner, poll = a_product_owner(), a_draft()
    client.force_login(owner)
    preview = client.get(f"/api/v1/desk/polls/{poll.public_id}/preview/").json()
    assert set(preview) == set(read(client, an_open_poll()))
    assert (preview["results"], preview["charts"]) == (None, [])


def test_every_date_is_told_with_the_offset_of_the_site(client):
    with override_settings(TIME_ZONE="Europe/Paris"):
        shown = read(client, an_open_poll(results_policy="after_close"))
    dates = [shown["opens_at"], shown["closes_at"], shown["results_hidden"]["appears_at"]]
    assert all(date.endswith(("+01:00", "+02:00")) for date in dates)
    assert shown["results_hidden"]["appears_at"] == shown["closes_at"]
