"""The tally file: every ballot under its receipt and nothing about anyone, recounted by two programs, never telling on a few."""

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from core import privacy
from core.models import Event
from polls import recount_alone
from polls.domain.answering import Answer
from polls.domain.closing import close, reopen
from polls.domain.voting import cast_ballot
from polls.models import Ballot, Participation, Poll, Tally
from tests.factories.members import a_member, a_product_owner
from tests.factories.polls import a_closed_poll, a_question, an_open_poll, options_of, votes

pytestmark = pytest.mark.django_db
ROOT = Path(recount_alone.__file__).parent.parent
METHODS = ("single", "multiple", "ranking", "score", "points")


@pytest.fixture
def owner():
    return a_product_owner()


def answers_to(poll, turn: int) -> dict[str, Answer]:
    """Answers to every question that differ from turn to turn."""
    found = {}
    for question in Poll.objects.with_questions().get(pk=poll.pk).questions.all():
        a, b, c = [option.public_id for option in question.options.all()][:3]
        a, b, c = (a, b, c) if turn % 3 else (c, a, b)
        found[question.public_id] = {
            "single": Answer(options=[a]),
            "multiple": Answer(options=[a, b] if turn % 2 else [c]),
            "ranking": Answer(ranks=[[b], [a, c]] if turn % 2 else [[a], [b], [c]]),
            "score": Answer(numbers={a: 1 + turn % 5, b: 5}, comment="Merci."),
            "points": Answer(numbers={a: 70, b: 30} if turn % 2 else {c: 100}),
        }[question.method]
    return found


def a_poll_of_every_method(owner, ballots=12) -> Poll:
    poll = an_open_poll(by=owner, questions=[
        a_question(["A", "B", "C"], text=f"Par {method} ?", method=method, ties=True, blanks=True, comments=True)
        for method in METHODS
    ])  # fmt: skip
    for turn in range(ballots):
        cast_ballot(
            poll.public_id, answers=answers_to(poll, turn), by=a_member(kind="prospect" if turn % 2 else "customer")
        )
    return close(poll, by=owner)


def download(client, poll) -> bytes:
    answer = client.get(f"/api/v1/polls/{poll.public_id}/tally/")
    assert answer.status_code == 200, answer.content
    return b"".join(answer.streaming_content)


def refused(client, poll):
    answer = client.get(f"/api/v1/polls/{poll.public_id}/tally/")
    return answer.status_code, answer.json()["code"]


def ask(client, poll, code):
    return client.post(f"/api/v1/polls/{poll.public_id}/receipt/", {"code": code}, content_type="application/json")


def saved(tmp_path, body: bytes) -> str:
    path = tmp_path / "tally.json"
    path.write_bytes(body)
    return str(path)


def changed(tmp_path, body: bytes, change) -> str:
    """The file with something changed in it, and its fingerprint made anew, as a forger would."""
    tally = json.loads(body)
    change(tally)
    tally["sha256"] = recount_alone.fingerprint(tally)
    return saved(tmp_path, json.dumps(tally).encode())


# What is in it


def test_file_holds_every_ballot_by_receipt_and_totals_that_its_ballots_give(client, owner, tmp_path):
    poll = a_poll_of_every_method(owner)
    body = download(client, poll)
    tally = json.loads(body)
    kept = {row.receipt: row.choices for row in Ballot.objects.all()}
    assert [ballot["receipt"] for ballot in tally["ballots"]] == sorted(kept)
    assert {ballot["receipt"]: ballot["choices"] for ballot in tally["ballots"]} == kept
    assert tally["totals"]["ballots"] == 12
    assert recount_alone.check(tally)[1] == []
    assert tally["sha256"] == recount_alone.fingerprint(tally)
    assert body.splitlines()[1].startswith(b'{"choices":'), "a ballot on each line"
    assert download(client, poll) == body


def test_file_says_nothing_about_anyone(client, owner):
    poll = an_open_poll(by=owner, comments=True)
    voters = votes(poll, 0, customers=6, prospects=3, segment="student", age_band="25-34")
    question = poll.questions.get().public_id
    words = {question: Answer(options=options_of(poll)[:1], comment="Le mot secret")}
    cast_ballot(poll.public_id, answers=words, by=a_member())
    close(poll, by=owner)
    text = download(client, poll).decode()
    for telling in ("customer", "prospect", "student", "25-34", "secret", "voter_key", '"at"', "apart", "nickname"):
        assert telling not in text
    for voter in voters:
        assert voter.nickname not in text and voter.public_id not in text
    for ballot in Ballot.objects.all():
        assert ballot.voter_key not in text
    assert set(json.loads(text)["ballots"][0]) == {"receipt", "choices", "counted"}


def test_page_and_api_give_the_same_file(client, owner):
    poll = a_poll_of_every_method(owner, ballots=5)
    page = client.get(f"/sondages/{poll.public_id}/bulletins.json")
    assert page.headers["Content-Disposition"] == f'attachment; filename="tally-{poll.public_id}.json"'
    assert b"".join(page.streaming_content) == download(client, poll)
    assert f"/sondages/{poll.public_id}/recu/" in client.get(poll.get_absolute_url()).content.decode()


# Who gets it, and when


def test_there_is_no_file_before_the_close(client, owner):
    poll = an_open_poll(by=owner, results_policy="always")
    votes(poll, 0, customers=8)
    assert refused(client, poll) == (409, "tally_not_yet")
    assert client.get(f"/sondages/{poll.public_id}/bulletins.json").status_code == 409


def test_there_is_no_file_of_fewer_than_five_ballots(client, owner):
    poll = an_open_poll(by=owner)
    votes(poll, 0, customers=4)
    close(poll, by=owner)
    assert refused(client, poll) == (409, "tally_too_small")


def test_results_for_staff_alone_are_a_file_for_staff_alone(client, owner):
    poll = an_open_poll(by=owner, results_policy="staff_only")
    votes(poll, 0, customers=6)
    close(poll, by=owner)
    assert refused(client, poll) == (403, "results_hidden")
    client.force_login(a_member())
    assert refused(client, poll) == (403, "results_hidden")
    client.force_login(owner)
    assert len(json.loads(download(client, poll))["ballots"]) == 6


def test_few_ballots_counted_apart_are_nowhere_in_the_file_and_five_are_listed_apart(client, owner):
    poll = an_open_poll(by=owner)
    votes(poll, 0, customers=6)
    staff = [a_product_owner() for _ in range(5)]
    for one in staff[:4]:
        cast_ballot(poll.public_id, options_of(poll)[1:2], by=one)
    close(poll, by=owner)
    tally = json.loads(download(client, poll))
    assert len(tally["ballots"]) == tally["totals"]["ballots"] == 6
    other = an_open_poll(by=owner)
    votes(other, 0, customers=6)
    for one in staff:
        cast_ballot(other.public_id, options_of(other)[1:2], by=one)
    close(other, by=owner)
    tally = json.loads(download(client, other))
    assert (len(tally["ballots"]), tally["totals"]["ballots"]) == (11, 6)
    assert sum(not ballot["counted"] for ballot in tally["ballots"]) == 5
    assert recount_alone.check(tally)[1] == []


def test_question_that_few_answered_is_withheld(client, owner):
    poll = an_open_poll(by=owner, questions=[
        a_question([{"text": "Oui"}, {"text": "Non", "key": "no"}], text="Une carte ?"),
        a_question(["Le prix", "L’usage"], text="Pourquoi ?", only_if=["no"]),
    ])  # fmt: skip
    first, second = poll.questions.order_by("position")
    yes, no, price, _usage = options_of(poll)
    for turn in range(9):
        few = turn < 3
        answers = {first.public_id: Answer(options=[no if few else yes])}
        answers |= {second.public_id: Answer(options=[price])} if few else {}
        cast_ballot(poll.public_id, answers=answers, by=a_member())
    close(poll, by=owner)
    tally = json.loads(download(client, poll))
    assert [question["withheld"] for question in tally["questions"]] == [False, True]
    assert all(second.public_id not in ballot["choices"] for ballot in tally["ballots"])
    assert second.public_id not in tally["totals"]["questions"]
    assert recount_alone.check(tally)[1] == []


# After a re-opening


def reopened(poll, owner) -> Poll:
    return reopen(poll, closes_at=timezone.now() + timedelta(days=1), by=owner)


def a_filed_poll(owner) -> tuple[Poll, list]:
    poll = an_open_poll(by=owner)
    voters = votes(poll, 0, customers=8)
    return close(poll, by=owner), voters


@pytest.mark.parametrize(("more", "refusal"), [(0, None), (1, "tally_held_back"), (4, "tally_held_back"), (5, None)])
def test_new_file_after_a_reopening_differs_by_five_ballots_or_is_the_same(client, owner, more, refusal):
    poll, _voters = a_filed_poll(owner)
    reopened(poll, owner)
    votes(poll, 1, customers=more)
    close(poll, by=owner)
    if refusal:
        assert refused(client, poll) == (409, refusal)
        page = client.get(f"/sondages/{poll.public_id}/recu/")
        assert page.status_code == 409 and "rouvert" in page.content.decode()
    else:
        assert len(json.loads(download(client, poll))["ballots"]) == 8 + more


@pytest.mark.parametrize(
    ("changes", "more", "is_held"), [(1, 0, True), (1, 5, True), (4, 6, True), (5, 0, False), (5, 5, False)]
)
def test_few_changed_ballots_after_a_reopening_hold_the_new_file_back(client, owner, changes, more, is_held):
    poll, voters = a_filed_poll(owner)
    reopened(poll, owner)
    for voter in voters[:changes]:
        cast_ballot(poll.public_id, options_of(poll)[1:2], by=voter)
    votes(poll, 2, customers=more)
    close(poll, by=owner)
    if is_held or more == 0:  # a table that stays holds the file back with it
        assert refused(client, poll) == (409, "tally_held_back")
    else:
        assert recount_alone.check(json.loads(download(client, poll)))[1] == []


def test_second_reopening_is_measured_from_the_last_file_that_was_published(client, owner):
    poll, _voters = a_filed_poll(owner)
    for _turn in range(2):
        reopened(poll, owner)
        votes(poll, 1, customers=3)
        poll = close(poll, by=owner)
    assert poll.filed_ballots == 8
    assert Poll.objects.get().filed_moves == 8


# Recounting


def run_alone(path: str) -> subprocess.CompletedProcess:
    """The program by itself: another directory, no site, no environment."""
    return subprocess.run(
        [sys.executable, "-I", recount_alone.__file__, path],
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        env={},
    )


def test_both_programs_recount_every_method_without_a_database(client, owner, tmp_path, capsys):
    poll = a_poll_of_every_method(owner)
    path = saved(tmp_path, download(client, poll))
    alone = run_alone(path)
    assert (alone.returncode, alone.stderr) == (0, "")
    assert "12 ballots counted, 12 listed" in alone.stdout
    site = subprocess.run(
        [sys.executable, "manage.py", "recount_poll", path], capture_output=True, text=True, check=False, cwd=ROOT,
        env=os.environ | {"DATABASE_URL": "postgres://nobody:none@127.0.0.1:1/none"},
    )  # fmt: skip
    assert site.returncode == 0, site.stderr
    assert site.stdout.startswith(alone.stdout.rsplit("\n", 2)[0])
    for word in ("Condorcet", "Schulze", "Borda", "Instant run-off", "STAR", "Wilson", "median"):
        assert word in site.stdout


def forge_total(tally):
    question = tally["questions"][0]
    tally["totals"]["questions"][question["id"]]["options"][question["options"][0]["id"]]["votes"] += 1


def forge_ballot(tally):
    question = tally["questions"][0]["id"]
    options = [option["id"] for option in tally["questions"][0]["options"]]
    ballot = tally["ballots"][3]
    ballot["choices"][question] = [next(one for one in options if [one] != ballot["choices"][question])]


def drop_ballot(tally):
    del tally["ballots"][4]


def double_ballot(tally):
    tally["ballots"].insert(4, tally["ballots"][4])


def break_points(tally):
    question = tally["questions"][4]["id"]
    answer = tally["ballots"][0]["choices"][question]
    answer[next(iter(answer))] += 1


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (forge_total, ".votes: the file says"),
        (forge_ballot, ".votes: the file says"),
        (drop_ballot, "totals.ballots: the file says 12, its ballots give 11"),
        (double_ballot, "line 7, ballot"),
        (break_points, "has points that do not make 100"),
    ],
)
def test_forged_file_is_found_out_and_the_difference_named(client, owner, tmp_path, change, named):
    path = changed(tmp_path, download(client, a_poll_of_every_method(owner)), change)
    alone = run_alone(path)
    assert alone.returncode == 1
    assert named in alone.stderr
    with pytest.raises(CommandError) as refusal:
        call_command("recount_poll", path)
    assert named in str(refusal.value) and refusal.value.returncode == 1


@pytest.mark.parametrize("consultation", [True, False])
def test_among_criteria_of_a_consultation_a_recount_names_no_winner(client, owner, tmp_path, capsys, consultation):
    poll = an_open_poll(by=owner, consultation=consultation, questions=[
        a_question(["Clair", "Joli"], text="Notez l’affiche", method="score"),
        a_question(["Rouge", "Bleu"], text="Laquelle ?", method="ranking"),
    ])  # fmt: skip
    (clear, pretty), ranked = options_of(poll)[:2], options_of(poll)[2:]
    score, ranking = [question.public_id for question in poll.questions.order_by("position")]
    for _ in range(6):
        answers = {score: Answer(numbers={clear: 5, pretty: 2}), ranking: Answer(ranks=[[one] for one in ranked])}
        cast_ballot(poll.public_id, answers=answers, by=a_member())
    body = download(client, close(poll, by=owner))
    assert [question["criteria"] for question in json.loads(body)["questions"]] == [consultation, False]
    call_command("recount_poll", saved(tmp_path, body))
    said = capsys.readouterr().out
    assert "Clair: mean 5.00, median 5" in said and "Condorcet: Rouge" in said
    assert ("STAR: Clair" in said) == (not consultation) and ("STAR" in said) == (not consultation)
    without = changed(tmp_path, body, lambda tally: [question.pop("criteria") for question in tally["questions"]])
    call_command("recount_poll", without)
    assert "STAR: Clair" in capsys.readouterr().out, "a file from before says nothing of criteria"


@pytest.mark.parametrize(
    ("cut", "code"),
    [(lambda body: body.replace(b'"A"', b'"Z"'), 1), (lambda body: body[:-90], 2), (lambda body: b"[]", 2)],
)
def test_file_that_was_touched_or_cut_is_refused(client, owner, tmp_path, cut, code):
    path = saved(tmp_path, cut(download(client, a_poll_of_every_method(owner, ballots=6))))
    assert run_alone(path).returncode == code
    with pytest.raises(CommandError) as refusal:
        call_command("recount_poll", path)
    assert refusal.value.returncode == code


def test_program_is_offered_beside_the_file_as_it_runs_here(client, owner):
    answer = client.get("/sondages/recount_alone.py")
    assert b"".join(answer.streaming_content) == Path(recount_alone.__file__).read_bytes()


# Finding one's ballot


def test_no_log_and_no_event_has_a_choice_or_a_receipt(client, owner, caplog):
    caplog.set_level("DEBUG")
    poll = a_poll_of_every_method(owner, ballots=6)
    ballot = Ballot.objects.first()
    caplog.clear()
    ask(client, poll, ballot.receipt)
    client.post(f"/sondages/{poll.public_id}/recu/", {"code": ballot.receipt})
    download(client, poll)
    said = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]
    assert not [line for line in said if ballot.receipt in line]
    for event in Event.objects.all():
        text = json.dumps(event.payload)
        assert ballot.receipt not in text and not any(option in text for option in options_of(poll))


def test_closed_poll_of_another_circle_is_a_404(client, owner):
    from tests.factories.circles import a_circle

    poll = a_closed_poll(by=owner, circle=a_circle(members=[a_member()]))
    assert client.get(f"/api/v1/polls/{poll.public_id}/tally/").status_code == 404
    assert ask(client, poll, "AAAA-AAAA-AA").status_code == 404


# Those who leave, and those who look elsewhere


def test_ballot_of_an_erased_member_stays_in_the_file_without_them(client, owner):
    poll = an_open_poll(by=owner)
    voters = votes(poll, 0, customers=6)
    close(poll, by=owner)
    before = download(client, poll)
    for holding in privacy.holdings.values():
        if holding.erase:
            holding.erase(voters[0])
    assert download(client, poll) == before


def test_no_snippet_of_the_desk_lists_ballots():
    from wagtail.snippets.models import get_snippet_models

    assert {Ballot, Participation, Tally}.isdisjoint(get_snippet_models())
