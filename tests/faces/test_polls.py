"""Polls through page and API: the same refusals, in the reader's language, with what was chosen kept."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone, translation

from polls.domain.answering import Answer
from polls.domain.closing import close
from polls.domain.deciding import decide
from polls.domain.voting import cast_ballot
from polls.models import Ballot, Participation
from tests.factories.members import a_member, a_product_owner
from tests.factories.polls import a_closed_poll, a_decided_poll, a_draft, a_question, an_open_poll, options_of, votes

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(client):
    member = a_member(nickname="Maëlle R.")
    client.force_login(member)
    return member


def put(client, poll, options):
    return client.put(f"/api/v1/polls/{poll.public_id}/ballot/", {"options": options}, content_type="application/json")


def post(client, poll, options, **more):
    return client.post(f"/sondages/{poll.public_id}/bulletin/", {"options": options, **more}, follow=False)


# Reading


def test_visitor_reads_the_list_and_a_poll(client):
    poll, over, draft = an_open_poll(title="Ouvert ?"), a_closed_poll(title="Clos ?"), a_draft(title="Secret ?")
    page = client.get("/sondages/").content.decode()
    assert "Ouvert" in page
    assert "Clos" in page
    assert "Secret" not in page
    assert client.get(poll.get_absolute_url()).status_code == 200
    assert client.get(over.get_absolute_url()).status_code == 200
    assert client.get(f"/sondages/{draft.public_id}/secret/").status_code == 404
    assert client.get(f"/api/v1/polls/{draft.public_id}/").status_code == 404


def test_list_promises_no_secrecy_for_the_polls_that_show_names(client):
    an_open_poll(confidential=False)
    page = client.get("/sondages/").content.decode()
    assert "Noms affichés" in page
    assert "qui a choisi quoi, sauf dans les sondages qui disent afficher les noms" in page


def test_poll_has_a_french_and_an_english_address(client):
    poll = an_open_poll()
    assert client.get(f"/sondages/{poll.public_id}/").headers["Location"] == poll.get_absolute_url()
    assert client.get(f"/en/polls/{poll.public_id}/{poll.slug}/").status_code == 200
    assert client.get(f"/sondages/{poll.public_id}/autre/").status_code == 301


def test_polls_i_have_not_answered(client, member):
    answered, waiting = an_open_poll(title="Répondu"), an_open_poll(title="En attente")
    an_open_poll(title="Pour d’autres", kinds=["customer"], segments=["private"])
    cast_ballot(answered.public_id, options_of(answered)[:1], by=member)
    member.segment = "student"
    member.save()
    page = client.get("/sondages/?unanswered=1").content.decode()
    assert "En attente" in page
    assert "Répondu" not in page
    assert "Pour d" not in page
    found = client.get("/api/v1/polls/?unanswered=1").json()["results"]
    assert [poll["id"] for poll in found] == [waiting.public_id]


def test_app_draws_a_poll_from_one_request(client, member):
    poll = an_open_poll(method="multiple", max_choices=2, intro="Dites-nous.")
    shown = client.get(f"/api/v1/polls/{poll.public_id}/").json()
    question = shown["questions"][0]
    assert (shown["state"], shown["can_vote"], shown["cannot_vote"], shown["my_ballot"]) == ("open", True, None, None)
    assert (question["method"], question["max_choices"], question["text"]) == ("multiple", 2, poll.title)
    assert [option["id"] for option in question["options"]] == options_of(poll)
    receipt = put(client, poll, options_of(poll)[:2]).json()["receipt"]
    mine = client.get(f"/api/v1/polls/{poll.public_id}/").json()["my_ballot"]
    assert (mine["receipt"], sorted(mine["options"])) == (receipt, sorted(options_of(poll)[:2]))


def test_api_filters_by_state(client):
    is_open, over = an_open_poll(), a_decided_poll()
    ids = lambda state: [poll["id"] for poll in client.get(f"/api/v1/polls/?state={state}").json()["results"]]  # noqa: E731
    assert ids("open") == [is_open.public_id]
    assert ids("closed") == [over.public_id]
    refused = client.get("/api/v1/polls/?state=perdu")
    assert (refused.status_code, refused.json()["code"]) == (400, "bad_filter")


# Voting


def test_ballot_by_the_page_leaves_a_receipt(client, member):
    poll = an_open_poll()
    answer = post(client, poll, options_of(poll)[:1])
    assert (answer.status_code, answer.headers["Location"]) == (302, poll.get_absolute_url())
    page = client.get(poll.get_absolute_url()).content.decode()
    assert Ballot.objects.get().receipt in page
    assert "Changer ma réponse" in page


def test_ballot_from_another_page_goes_back_there_and_nowhere_else(client, member):
    poll = an_open_poll()
    assert post(client, poll, options_of(poll)[:1], next="/mon-lab/").headers["Location"] == "/mon-lab/"
    away = post(client, poll, options_of(poll)[:1], next="https://ailleurs.example/")
    assert away.headers["Location"] == poll.get_absolute_url()


def test_ballot_in_place_answers_with_its_receipt_alone(client, member):
    poll = an_open_poll()
    answer = client.post(
        f"/sondages/{poll.public_id}/bulletin/",
        {"options": options_of(poll)[:1], "next": "/"},
        headers={"HX-Request": "true"},
    )
    assert answer.status_code == 200
    assert Ballot.objects.get().receipt in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_api_ballot_is_idempotent(client, member):
    poll = an_open_poll()
    first, again = put(client, poll, options_of(poll)[:1]), put(client, poll, options_of(poll)[:1])
    assert first.json() == again.json()
    assert Participation.objects.count() == 1


def test_signed_out_voter_comes_back_to_the_choice_after_the_door(client):
    poll = an_open_poll()
    chosen = options_of(poll)[1]
    door = post(client, poll, [chosen]).headers["Location"]
    assert door.startswith("/compte/connexion/?next=")
    assert chosen not in door, "addresses stand in logs"
    assert f'value="{chosen}" checked' in client.get(poll.get_absolute_url()).content.decode()
    assert f'value="{chosen}" checked' not in client.get(an_open_poll().get_absolute_url()).content.decode()
    refused = put(client, poll, [chosen])
    assert (refused.status_code, refused.json()["code"]) == (401, "not_signed_in")


def test_what_a_visitor_chose_stands_in_no_address_and_no_session_and_goes_once_seen(client):
    poll = an_open_poll()
    post(client, poll, options_of(poll)[1:2])
    cookie = client.cookies["ballot"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 900)
    assert not Session.objects.exists()
    client.force_login(a_member())
    page = client.get(poll.get_absolute_url())
    assert f'value="{options_of(poll)[1]}" checked' in page.content.decode()
    assert client.cookies["ballot"].value == ""
    client.cookies["ballot"] = "forged"
    assert client.get(poll.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("fields", "choose", "status", "code", "words"),
    [
        ({}, lambda ids: ids[:2], 400, "too_many_options", "Choisissez une seule option"),
        ({}, lambda ids: ["abcdefghjkmn"], 400, "unknown_option", "ne fait pas partie du sondage"),
        ({}, lambda ids: [], 400, "no_option", "Choisissez une option"),
        ({"kinds": ["prospect"]}, lambda ids: ids[:1], 403, "not_in_audience", "réservé à ces membres"),
    ],
)
def test_refused_ballot_says_why_on_the_page_and_by_api(client, member, fields, choose, status, code, words):
    a_member(kind="prospect")
    poll = an_open_poll(**fields)
    chosen = choose(options_of(poll))
    page, api = post(client, poll, chosen), put(client, poll, chosen)
    assert (page.status_code, api.status_code, api.json()["code"]) == (status, status, code)
    assert words in page.content.decode()
    assert not Ballot.objects.exists()


def test_refused_ballot_keeps_what_was_ticked(client, member):
    poll = an_open_poll(method="multiple", max_choices=2)
    page = post(client, poll, options_of(poll)).content.decode()
    assert page.count(" checked") == 3


def test_an_optional_single_choice_can_be_left_again_and_that_is_no_answer(client, member):
    options = ["Oui", "Non", {"text": "Autre", "is_other": True}]
    poll = an_open_poll(
        questions=[a_question(text="Un ?"), a_question(options, text="Deux ?", required=False)], title="Deux questions"
    )
    first, second = poll.questions.order_by("position")
    page = client.get(poll.get_absolute_url()).content.decode()
    assert page.count("Ne pas répondre") == 1
    assert f'<input type="radio" name="options-{second.public_id}" value="">' in page
    sent = {
        f"options-{first.public_id}": options_of(poll)[:1], f"options-{second.public_id}": [""],
        f"other-{second.public_id}": "Peut-être",
    }  # fmt: skip
    assert client.post(f"/sondages/{poll.public_id}/bulletin/", sent).status_code == 302
    ballot = Ballot.objects.get()
    assert (ballot.choices, ballot.words) == ({first.public_id: options_of(poll)[:1]}, {})
    assert "Ne pas répondre" not in client.get(an_open_poll().get_absolute_url()).content.decode()


def test_late_ballot_is_refused_on_the_page_and_by_api(client, member):
    owner = a_product_owner()
    poll = close(an_open_poll(by=owner), by=owner)
    chosen = options_of(poll)[:1]
    page, api = post(client, poll, chosen), put(client, poll, chosen)
    assert (page.status_code, api.status_code, api.json()["code"]) == (409, 409, "poll_closed")
    assert "arrivé trop tard" in page.content.decode()


def test_page_left_open_over_the_close_is_late(client, member):
    poll = an_open_poll()
    with time_machine.travel(poll.closes_at + timedelta(milliseconds=1), tick=False):
        client.force_login(member)
        assert post(client, poll, options_of(poll)[:1]).status_code == 409


def test_sealed_ballot_is_closed_to_its_voter_too(client, member):
    poll = an_open_poll(sealed=True)
    chosen, other = options_of(poll)[:2]
    assert put(client, poll, [chosen]).json()["can_change_until"] is None
    page = client.get(poll.get_absolute_url()).content.decode()
    assert "scellé" in page
    assert "Changer ma réponse" not in page
    shown = client.get(f"/api/v1/polls/{poll.public_id}/").json()
    assert (shown["my_ballot"]["options"], shown["cannot_vote"]["code"]) == ([], "ballot_sealed")
    assert put(client, poll, [other]).json()["code"] == "ballot_sealed"


@pytest.mark.parametrize("body", ["{", "[]", '{"options": "tous"}', '{"options": [{"id": 1}]}', "{}"])
def test_body_that_is_no_ballot_is_a_clear_400(client, member, body):
    poll = an_open_poll()
    refused = client.put(f"/api/v1/polls/{poll.public_id}/ballot/", body, content_type="application/json")
    assert refused.status_code == 400
    assert refused.headers["Content-Type"].startswith("application/problem+json")


def test_unknown_poll_is_a_404_everywhere(client, member):
    for answer in (
        client.get("/sondages/aaaaaaaaaaaa/rien/"),
        client.get("/api/v1/polls/aaaaaaaaaaaa/"),
        client.get("/api/v1/polls/aaaaaaaaaaaa/results/"),
        client.put("/api/v1/polls/aaaaaaaaaaaa/ballot/", {"options": []}, content_type="application/json"),
        client.post("/sondages/aaaaaaaaaaaa/bulletin/", {"options": "x"}),
    ):
        assert answer.status_code == 404


def test_form_without_its_token_is_refused():
    from django.test import Client

    client, poll = Client(enforce_csrf_checks=True), an_open_poll()
    client.force_login(a_member())
    assert post(client, poll, options_of(poll)[:1]).status_code == 403
    assert not Ballot.objects.exists()


# Results


def test_results_are_hidden_by_the_policy_and_say_when_they_appear(client, member):
    poll = an_open_poll(results_policy="after_close")
    refused = client.get(f"/api/v1/polls/{poll.public_id}/results/")
    assert (refused.status_code, refused.json()["code"]) == (403, "results_hidden")
    assert refused.json()["appears"] == "after_close"
    assert refused.json()["appears_at"] == timezone.localtime(poll.closes_at).isoformat()


def test_page_and_api_show_the_result_alike(client, member):
    poll = an_open_poll(results_policy="after_vote")
    votes(poll, 1, customers=8, prospects=9)
    votes(poll, 0, customers=7, prospects=6)
    votes(poll, 2, customers=5, prospects=5)
    assert "résultat provisoire" not in client.get(poll.get_absolute_url()).content.decode()
    assert client.get(f"/api/v1/polls/{poll.public_id}/results/").json()["appears"] == "after_vote"
    assert put(client, poll, options_of(poll)[1:2]).json()["results_visible"] is True
    page = client.get(poll.get_absolute_url()).content.decode()
    assert "résultat provisoire" in page
    assert "Sur 35 bulletins" in page, "five behind, and five at a time"
    assert "Clients et prospects" not in page
    assert client.get(f"/api/v1/polls/{poll.public_id}/results/").json()["ballots"] == 35
    close(poll, by=a_product_owner())
    page = client.get(poll.get_absolute_url()).content.decode()
    assert "Clients et prospects" in page
    assert "43,9\u00a0%" in page, "18 of 41, to one place, in the table"
    result = client.get(f"/api/v1/polls/{poll.public_id}/results/").json()
    first = result["questions"][0]["options"][0]
    assert (result["ballots"], first["votes"], first["share"]) == (41, 18, round(18 / 41, 4))
    kind = result["questions"][0]["breakdowns"][0]
    assert [group["ballots"] for group in kind["groups"]] == [21, 20]


def test_decision_is_read_by_everyone(client):
    poll = a_decided_poll()
    page = client.get(poll.get_absolute_url()).content.decode()
    assert "Notre décision" in page
    assert "frais offerts au printemps" in page
    assert client.get(f"/api/v1/polls/{poll.public_id}/").json()["decision"]["text"].startswith("Nous lançons")


def test_nothing_public_names_a_voter(client):
    """Page, list, API and result of a poll, before and after the close: no voter, no key, no receipt of another."""
    owner, poll = a_product_owner(), an_open_poll(results_policy="always")
    voters = votes(poll, 0, customers=6, prospects=6)
    client.force_login(owner)
    for step in ("open", "closed"):
        if step == "closed":
            close(poll, by=owner)
        for path in (
            "/sondages/", poll.get_absolute_url(), "/api/v1/polls/", f"/api/v1/polls/{poll.public_id}/",
            f"/api/v1/polls/{poll.public_id}/results/",
        ):  # fmt: skip
            text = client.get(path).content.decode()
            for voter in voters:
                assert voter.nickname not in text
                assert voter.public_id not in text
            for ballot in Ballot.objects.all():
                assert ballot.receipt not in text
                assert ballot.voter_key not in text


# What one reads of one's own answer


def test_page_names_each_wrong_answer_at_its_question_and_on_top(client, member):
    poll = an_open_poll(questions=[a_question(text="Laquelle ?"), a_question(text="Notez", method="score")])
    first, second = poll.questions.all()
    page = client.post(f"/sondages/{poll.public_id}/bulletin/", {}).content.decode()
    for question, said in (
        (first, "Choisissez une option avant de voter."),
        (second, "Donnez une note avant de voter."),
    ):
        assert f'href="#question-{question.public_id}"' in page
        assert page.count(said) == 2
    assert "Votre bulletin n’est pas encore déposé" in page
    told = client.put(
        f"/api/v1/polls/{poll.public_id}/ballot/", {"answers": {}}, content_type="application/json"
    ).json()  # fmt: skip
    assert [fault["question"] for fault in told["faults"]] == [first.public_id, second.public_id]


@pytest.mark.parametrize(("method", "said"), [
    ("single", ["Votre choix"]), ("ranking", ["Vous\xa0: 1er", "Vous\xa0: 2e"]),
    ("score", ["Vous\xa0: 5 sur 5", "Vous\xa0: 2 sur 5"]), ("points", ["Vous\xa0: 70 points", "Vous\xa0: 30 points"]),
])  # fmt: skip
def test_result_says_beside_each_option_what_ones_own_ballot_gave_it(client, member, method, said):
    poll = an_open_poll(method=method, options=["A", "B"])
    question, (a, b) = poll.questions.get(), options_of(poll)
    mine = {
        "single": Answer(options=[a]), "ranking": Answer(ranks=[[a], [b]]), "score": Answer(numbers={a: 5, b: 2}),
        "points": Answer(numbers={a: 70, b: 30}),
    }[method]  # fmt: skip
    for voter in [member, *(a_member() for _ in range(9))]:
        cast_ballot(poll.public_id, answers={question.public_id: mine}, by=voter)
    page = client.get(poll.get_absolute_url()).content.decode()
    tags = page.split('id="result"')[1]
    assert [tags.count(f"</svg>{one}</span>") for one in said] == [1] * len(said)
    assert tags.count("tag--part") == len(said)
    assert "Votre réponse est enregistrée" in page.split('id="result"')[0]


def test_who_may_not_answer_reads_every_question_with_its_options(client, member):
    a_member(kind="prospect")
    poll = an_open_poll(kinds=["prospect"], questions=[
        a_question(["Oui", "Non"], text="Êtes-vous d’accord ?"), a_question(["Mardi", "Jeudi"], text="Quel jour ?"),
    ])  # fmt: skip
    page = client.get(poll.get_absolute_url()).content.decode()
    for word in ("Ce qui est demandé", "Êtes-vous d’accord", "Oui", "Quel jour", "Jeudi"):
        assert word in page


@pytest.mark.parametrize(
    ("method", "css"), [("single", "choice"), ("ranking", "rank"), ("score", "choice"), ("points", "choice")]
)
def test_texts_of_a_poll_in_another_language_than_the_page_say_so(client, member, method, css):
    french = an_open_poll(title="Quel cadeau vous ferait vraiment plaisir ?", intro="Dites-nous.", method=method)
    english = an_open_poll(title="Which gift would you like to have?", intro="Tell us.", method=method)
    for code, other, own in (("en", french, english), ("fr", english, french)):
        with translation.override(code):
            for poll, lang in ((other, f' lang="{other.language}"'), (own, "")):
                page = client.get(poll.get_absolute_url()).content.decode()
                assert f'<h1 class="mt-3 title-measure"{lang}>' in page and f'<div class="lede"{lang}>' in page
                option = re.search(rf'<\w+ class="{css}__t"([^>]*)>80', page)[1]
                assert (f'lang="{poll.language}"' in option) == bool(lang)
                listed = client.get(reverse("polls:list")).content.decode()
                assert f'href="{poll.get_absolute_url()}"{lang}>' in listed


@pytest.mark.parametrize("method", ["single", "ranking", "score", "points"])
def test_tables_and_charts_of_a_result_say_the_language_of_the_poll(client, method):
    """Every option and question that stands by itself, in the result's tables, in those behind charts and in the desk's."""
    owner = a_product_owner()
    poll = an_open_poll(by=owner, options=("Une carte", "Un livret"), method=method, results_policy="always", ties=True)
    card, book = options_of(poll)
    for kind, first, other in (("customer", card, book), ("prospect", book, card)) * 7:
        answer = {
            "single": Answer(options=[first]), "ranking": Answer(ranks=[[first], [other]]),
            "score": Answer(numbers={first: 5, other: 3}), "points": Answer(numbers={first: 60, other: 40}),
        }[method]  # fmt: skip
        cast_ballot(poll.public_id, answers={poll.questions.get().public_id: answer}, by=a_member(kind=kind))
    close(poll, by=owner)
    client.force_login(owner)
    for code in ("en", "fr"):
        owner.language = code
        owner.save()
        with translation.override(code):
            for address in (poll.get_absolute_url(), reverse("polls_studio:live", args=[poll.public_id])):
                page = client.get(address).content.decode()
                names = re.findall(r"<([^<>]*)>(?:Une carte|Un livret)</(?:th|b|p|span)>", page)
                assert len(names) >= 4 and any(tag.startswith("th ") for tag in names)
                bare = [tag for tag in names if ('lang="fr"' in tag) != (code == "en")]
                assert bare == [], (address, bare)
                captions = re.findall(r"<caption>(.*?)</caption>", page)
                titled = [one for one in captions if "vraiment plaisir" in one]
                assert all(one.startswith('<span lang="fr">Quel') == (code == "en") for one in titled)


@pytest.mark.parametrize(("method", "said"), [("ranking", 4), ("points", 2)])
def test_what_only_a_screen_reader_says_of_an_option_is_in_the_options_language(client, method, said):
    """Names of menus and buttons are texts, which can be marked, and no attributes, which cannot."""
    poll = an_open_poll(options=("Une carte", "Un livret"), method=method, ties=True, blanks=True)
    for code in ("en", "fr"):
        with translation.override(code):
            ballot = (
                client.get(poll.get_absolute_url())
                .content.decode()
                .partition("<form class=")[2]
                .partition("</form>")[0]
            )
        assert not re.search(r'aria-label="[^"]*Une carte', ballot)
        hidden = re.findall(r'<span class="visually-hidden"[^>]*>([^<]*(?:<span[^>]*>)?Une carte)', ballot)
        assert len(hidden) == said + (method == "ranking")
        assert all(one.endswith('<span lang="fr">Une carte') == (code == "en") for one in hidden)


@pytest.mark.parametrize("method", ["single", "ranking", "score"])
def test_names_of_options_in_sentences_of_a_result_are_in_the_polls_language(client, method):
    """What groups say differently, between whom it is tied, who leads: on the poll's page and the desk's of the decision."""
    owner = a_product_owner()
    options = ("Une carte", "Un <b>livret</b>")
    poll = an_open_poll(by=owner, options=options, method=method, results_policy="always", ties=True, blanks=True)
    card, book = options_of(poll)
    for kind, first, other in (
        [("customer", card, book), ("prospect", book, card)] * 3 + [("customer", book, card), ("prospect", card, book)]
    ) * 6:
        answer = {
            "single": Answer(options=[first]), "ranking": Answer(ranks=[[first], [other]]),
            "score": Answer(numbers={first: 5, other: 3}),
        }[method]  # fmt: skip
        cast_ballot(poll.public_id, answers={poll.questions.get().public_id: answer}, by=a_member(kind=kind))
    close(poll, by=owner)
    client.force_login(owner)
    for code, opening in (("en", "“"), ("fr", "«\u00a0")):
        owner.language = code
        owner.save()
        with translation.override(code):
            for address in (poll.get_absolute_url(), reverse("polls_studio:decide", args=[poll.public_id])):
                page = client.get(address).content.decode()
                assert "<b>livret" not in page
                quoted = re.findall(rf"{opening}(<span[^>]*>)?(?:Une carte|Un &lt;b&gt;livret)", page)
                assert quoted and set(quoted) == {'<span lang="fr">' if code == "en" else ""}, (address, quoted)
            line = page.partition('class="dk-panel c5')[2].partition("<br>")[2].partition("</li>")[0]
            assert ('<span lang="fr">Un' in line) == (code == "en")


def test_options_that_lead_to_a_question_and_the_one_retained_say_the_language_of_the_poll(client, member):
    owner = a_product_owner()
    questions = [
        a_question(({"text": "Une carte", "key": "card"}, "Un livret"), text="Que voulez-vous ?"),
        a_question(("Rouge", "Bleue"), text="Sa couleur ?", only_if=["card"]),
    ]
    poll = an_open_poll(by=owner, questions=questions)
    client.force_login(member)
    with translation.override("en"):
        page = client.get(poll.get_absolute_url()).content.decode()
        assert '“<span lang="fr">Une carte</span>”' in page
    why = "Nous lançons la carte au printemps, parce que vous la voulez."
    decided = decide(close(poll, by=owner), why, retained=options_of(poll)[0], by=owner)
    for code, shown in (("en", '<b><span lang="fr">Une carte</span></b>'), ("fr", "<b>Une carte</b>")):
        with translation.override(code):
            assert shown in client.get(decided.get_absolute_url()).content.decode()


def test_decision_in_another_language_than_the_page_says_so(client):
    poll = a_decided_poll()
    with translation.override("en"):
        assert '<div class="letter__body" lang="fr">' in client.get(poll.get_absolute_url()).content.decode()
    with translation.override("fr"):
        assert '<div class="letter__body">' in client.get(poll.get_absolute_url()).content.decode()
