"""A mobile client draws any poll from one GET, and sends back what it read."""

import pytest

from polls.models import Ballot, Participation, Poll, Tally
from tests.factories.members import a_member
from tests.factories.polls import a_question, an_open_poll, options_of
from tests.polls.test_counting import costs

pytestmark = pytest.mark.django_db
OTHER = {"text": "Autre", "is_other": True}


@pytest.fixture
def member(client):
    member = a_member()
    client.force_login(member)
    return member


def read(client, poll) -> dict:
    return client.get(f"/api/v1/polls/{poll.public_id}/").json()


def put(client, poll, body):
    return client.put(f"/api/v1/polls/{poll.public_id}/ballot/", body, content_type="application/json")


def an_answer(method, a, b, c) -> dict:
    return {
        "single": {"options": [b]},
        "multiple": {"options": [a, c]},
        "ranking": {"ranks": [[b], [c], [a]]},
        "score": {"scores": {a: 5, b: 1, c: 3}},
        "points": {"points": {a: 60, c: 40}},
    }[method]


METHODS = ("single", "multiple", "ranking", "score", "points")


@pytest.mark.parametrize("method", METHODS)
def test_ballot_read_can_be_sent_as_it_is_and_changes_nothing(client, member, method):
    poll = an_open_poll(method=method, comments=True)
    question = read(client, poll)["questions"][0]["id"]
    sent = {question: an_answer(method, *options_of(poll)) | {"comment": "Merci."}}
    receipt = put(client, poll, {"answers": sent})
    assert receipt.status_code == 200, receipt.content
    mine = read(client, poll)["my_ballot"]
    assert mine["answers"] == sent
    counts = list(Tally.objects.order_by("pk").values_list("count", flat=True))
    again = put(client, poll, {"answers": mine["answers"]})
    assert again.json() == receipt.json()
    assert read(client, poll)["my_ballot"] == mine
    assert list(Tally.objects.order_by("pk").values_list("count", flat=True)) == counts
    assert Participation.objects.count() == Ballot.objects.count() == 1


def test_poll_of_every_method_is_one_ballot_and_comes_back_whole(client, member):
    poll = an_open_poll(
        questions=[a_question(["A", "B", "C"], text=f"{method} ?", method=method) for method in METHODS]
    )
    questions = read(client, poll)["questions"]
    sent = {
        question["id"]: an_answer(question["method"], *(option["id"] for option in question["options"]))
        for question in questions
    }
    assert put(client, poll, {"answers": sent}).status_code == 200
    assert read(client, poll)["my_ballot"]["answers"] == sent
    assert put(client, poll, {"answers": read(client, poll)["my_ballot"]["answers"]}).status_code == 200


def test_one_get_says_all_that_draws_a_poll(client, member):
    poll = an_open_poll(
        confidential=False, sealed=True, min_account_days=0, consultation=True,
        questions=[
            a_question([{"text": "Oui", "drawing": "cash", "description": "Tout de suite"}, {"text": "Non", "key": "no"}, OTHER],
                       text="Une carte ?"),
            a_question(text="Notez", method="score", blanks=True, required=False, only_if=["no"]),
            a_question(text="Classez", method="ranking", ties=True, comments=True),
            a_question(text="Partagez", method="points"),
        ],
    )  # fmt: skip
    shown = read(client, poll)
    assert (shown["confidential"], shown["sealed"], shown["consultation"], shown["min_account_days"]) == (
        False, True, True, 0,
    )  # fmt: skip
    assert "nominatif" in shown["secrecy"]
    assert shown["unanswered"] is True
    choice, score, ranking, points = shown["questions"]
    yes, no, other = choice["options"]
    assert yes == {
        "id": yes["id"], "text": "Oui", "description": "Tout de suite", "image": None, "image_width": None,
        "image_height": None, "image_alt": "", "drawing": "cash",
        "drawing_url": "http://testserver/api/v1/polls/drawings/cash.svg", "is_other": False,
    }  # fmt: skip
    assert (other["is_other"], choice["max_choices"], choice["only_if"], choice["required"]) == (True, 1, [], True)
    assert (score["only_if"], score["required"], score["blanks"]) == ([no["id"]], False, True)
    assert (score["lowest_score"], score["highest_score"], score["points"]) == (1, 5, None)
    assert (ranking["ties"], ranking["comments"], ranking["max_choices"]) == (True, True, None)
    assert (points["points"], points["lowest_score"]) == (100, None)


def test_options_come_in_the_members_own_order(client):
    poll, seen = an_open_poll(options=[f"Option {n}" for n in range(8)], shuffled=True), set()
    for _ in range(4):
        client.force_login(a_member())
        orders = [tuple(option["id"] for option in read(client, poll)["questions"][0]["options"]) for _ in range(2)]
        assert orders[0] == orders[1]
        seen.add(orders[0])
    assert len(seen) > 1


def test_answered_poll_no_longer_waits(client, member):
    poll = an_open_poll()
    assert read(client, poll)["unanswered"] is True
    put(client, poll, {"options": options_of(poll)[:1]})
    assert read(client, poll)["unanswered"] is False


def test_sealed_ballot_is_shown_to_nobody_while_the_poll_is_open(client, member):
    poll = an_open_poll(sealed=True)
    put(client, poll, {"options": options_of(poll)[:1]})
    assert (read(client, poll)["my_ballot"]["answers"], read(client, poll)["my_ballot"]["options"]) == ({}, [])


@pytest.mark.parametrize(
    "body", [{}, {"options": [], "answers": {}}, [], '"texte"', {"answers": []}, {"answers": {"x": 1}}]
)
def test_body_has_options_or_answers_and_not_both(client, member, body):
    refused = put(client, an_open_poll(), body)
    assert (refused.status_code, refused.json()["code"] in ("options_or_answers", "not_an_object", "invalid")) == (
        400,
        True,
    )
    assert not Ballot.objects.exists()


@pytest.mark.parametrize(
    ("method", "answer", "code"),
    [
        ("single", lambda a, b, c: {"options": [a, b]}, "too_many_options"),
        ("single", lambda a, b, c: {"options": ["abcdefghjkmn"]}, "unknown_option"),
        ("single", lambda a, b, c: {"ranks": [[a]]}, "wrong_kind"),
        ("single", lambda a, b, c: {}, "no_option"),
        ("single", lambda a, b, c: {"options": [a], "comment": "FR76 3000 6000 0112 3456 7890 189"}, "private_data"),
        ("single", lambda a, b, c: {"options": [a], "comment": "x" * 1001}, "too_long"),
        ("ranking", lambda a, b, c: {"ranks": [[a, b], [c]]}, "tied_ranks"),
        ("ranking", lambda a, b, c: {"ranks": [[a], [a]]}, "ranked_twice"),
        ("ranking", lambda a, b, c: {"ranks": [[a]]}, "incomplete_ranking"),
        ("score", lambda a, b, c: {"scores": {a: 6, b: 1, c: 1}}, "bad_score"),
        ("score", lambda a, b, c: {"scores": {a: 5}}, "incomplete_scores"),
        ("score", lambda a, b, c: {"points": {a: 5}}, "wrong_kind"),
        ("points", lambda a, b, c: {"points": {a: 99}}, "bad_points_total"),
        ("points", lambda a, b, c: {"points": {a: 10**30, b: -5}}, "bad_points"),
        ("points", lambda a, b, c: {"points": {a: 100}, "scores": {a: 1}}, "wrong_kind"),
    ],
)
def test_refused_answer_names_its_question_by_a_stable_code(client, member, method, answer, code):
    poll = an_open_poll(method=method, comments=True)
    question = poll.questions.get().public_id
    refused = put(client, poll, {"answers": {question: answer(*options_of(poll))}})
    assert (refused.status_code, refused.json()["code"], refused.json()["question"]) == (400, code, question)
    assert not Ballot.objects.exists()


def test_question_of_another_poll_is_refused_by_name(client, member):
    poll, other = an_open_poll(), an_open_poll()
    strange = other.questions.get().public_id
    refused = put(client, poll, {"answers": {strange: {"options": options_of(other)[:1]}}})
    assert (refused.status_code, refused.json()["code"], refused.json()["question"]) == (
        400,
        "unknown_question",
        strange,
    )


def test_answer_to_a_question_that_was_not_put_is_left_out(client, member):
    poll = an_open_poll(questions=[
        a_question([{"text": "Oui"}, {"text": "Non", "key": "no"}], text="Une carte ?"),
        a_question(["Le prix", "L’usage"], text="Pourquoi ?", only_if=["no"]),
    ])  # fmt: skip
    first, second = poll.questions.order_by("position")
    yes, _no, price, _usage = options_of(poll)
    answers = {first.public_id: {"options": [yes]}, second.public_id: {"options": [price]}}
    assert put(client, poll, {"answers": answers}).status_code == 200
    assert read(client, poll)["my_ballot"]["answers"] == {first.public_id: {"options": [yes]}}


def test_other_and_comment_come_back(client, member):
    poll = an_open_poll(options=["A", "B", OTHER], comments=True)
    question = poll.questions.get().public_id
    answer = {"options": options_of(poll)[2:], "other": "Un arbre", "comment": "Planté près de chez moi."}
    assert put(client, poll, {"answers": {question: answer}}).status_code == 200
    assert read(client, poll)["my_ballot"]["answers"] == {question: answer}


def test_poll_of_many_questions_costs_what_one_costs(client, member):
    poll = an_open_poll(questions=[a_question(["A", "B"], text=f"{n} ?", method="score") for n in range(6)])
    answers = {
        question.public_id: {"scores": {option.public_id: 3 for option in question.options.all()}}
        for question in Poll.objects.with_questions().get().questions.all()
    }
    assert put(client, poll, {"answers": answers}).status_code == 200
    with costs(5):  # the poll, its questions, their options, the ballot, the result
        read(client, poll)
