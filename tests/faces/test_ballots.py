"""A ballot of each method by the page: filled in, refused with what was typed kept, read again, changed."""

import re

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape

from polls.models import Ballot
from tests.factories.members import a_member, a_product_owner
from tests.factories.polls import a_consultation, a_draft, a_question, an_open_poll, options_of, visuals_of

pytestmark = pytest.mark.django_db
CARD = "4970 1012 3456 7893"
OTHER = {"text": "Autre", "is_other": True}


@pytest.fixture
def member(client):
    member = a_member()
    client.force_login(member)
    return member


def post(client, poll, sent, **told):
    return client.post(f"/sondages/{poll.public_id}/bulletin/", sent, **told)


def page_of(client, poll) -> str:
    return client.get(poll.get_absolute_url()).content.decode()


def fields(poll, kind, values) -> dict:
    question = poll.questions.get().public_id
    return {f"{kind}-{question}-{option}": value for option, value in zip(options_of(poll), values, strict=True)}


def kept(poll):
    return Ballot.objects.get(poll=poll).choices[poll.questions.get().public_id]


@pytest.mark.parametrize(
    ("method", "kind", "values", "said"),
    [
        ("ranking", "rank", ["2", "1", "3"], "1. Un an de frais offerts"),
        ("score", "score", ["5", "3", "1"], "80 € en espèces\u00a0: 5 sur 5"),
        ("points", "points", ["60", "40", "0"], "80 € en espèces\u00a0: 60 points"),
    ],
)
def test_ballot_is_put_in_read_again_and_changed(client, member, method, kind, values, said):
    poll = an_open_poll(method=method)
    assert post(client, poll, fields(poll, kind, values)).status_code == 302
    page = page_of(client, poll)
    assert said.replace(" €", "\u00a0€") in page.replace(" €", "\u00a0€").replace(" :", "\u00a0:")
    assert post(client, poll, fields(poll, kind, values[::-1])).status_code == 302
    assert Ballot.objects.count() == 1
    a, b, c = options_of(poll)
    assert (
        kept(poll)
        == {
            "ranking": [[b], [c], [a]] if values[::-1] == ["3", "1", "2"] else None,
            "score": {a: 1, b: 3, c: 5},
            "points": {b: 40, c: 60},
        }[method]
    )


@pytest.mark.parametrize("rule", [{}, {"ties": True}, {"blanks": True}, {"required": False}])
def test_ranking_begins_with_no_rank_and_nobody_gives_one_by_pressing_the_button(client, member, rule):
    """A ballot nobody made is none: every menu begins at “–” or “Choose…”, also once another question was answered."""
    poll = an_open_poll(
        questions=[
            a_question(("A", "B", OTHER), text="Classez", method="ranking", **rule),
            a_question(text="Puis", required=False),
        ]
    )
    ranking, other = poll.questions.order_by("position")
    untouched = {f"rank-{ranking.public_id}-{option}": "" for option in options_of(poll)[:3]}
    page = page_of(client, poll)
    assert re.findall(r'<option value="(\d*)" selected', page) == [""] * 3
    chosen = options_of(poll)[3]
    answer = post(client, poll, untouched | {f"options-{other.public_id}": chosen})
    if ranking.required:
        assert answer.status_code == 400 and "Classez les réponses avant de voter" in answer.content.decode()
        assert not Ballot.objects.exists()
    else:
        assert answer.status_code == 302 and Ballot.objects.get().choices == {other.public_id: [chosen]}
        assert re.findall(r'<option value="(\d*)" selected', page_of(client, poll)) == [""] * 3


@pytest.mark.parametrize(
    ("method", "kind", "values", "words"),
    [
        ("ranking", "rank", ["1", "1", "2"], "partagent une place"),
        ("ranking", "rank", ["1", "", "x"], "une place à chaque"),
        ("score", "score", ["5", "", "9"], "de 1 à 5"),
        ("points", "points", ["60", "30", "0"], "font 90"),
        ("points", "points", ["60", "-3", "beaucoup"], "de 0 à 100"),
    ],
)
def test_refused_ballot_says_why_and_keeps_what_was_typed(client, member, method, kind, values, words):
    poll = an_open_poll(method=method)
    answer = post(client, poll, fields(poll, kind, values))
    page = answer.content.decode()
    assert (answer.status_code, words in page) == (400, True)
    assert not Ballot.objects.exists()
    if method == "points":
        assert f'value="{values[0]}"' in page
    if method == "score":
        assert 'value="5" checked' in page
    if method == "ranking":
        assert '<option value="1" selected' in page


def test_several_questions_are_one_page_and_one_ballot(client, member):
    poll = an_open_poll(questions=[
        a_question(["Oui", {"text": "Non", "key": "no"}, OTHER], text="Avez-vous une carte ?"),
        a_question(["Le prix", "L’usage"], text="Pourquoi ?", only_if=["no"], comments=True),
    ])  # fmt: skip
    first, second = poll.questions.order_by("position")
    yes, no, other, price, _usage = options_of(poll)
    page = page_of(client, poll)
    assert "Répondez si vous avez choisi" in page
    assert f'data-options="{no} "' in page
    missing = post(client, poll, {f"options-{first.public_id}": no, f"comment-{second.public_id}": "Trop cher."})
    assert missing.status_code == 400
    assert "Trop cher." in missing.content.decode()
    assert not Ballot.objects.exists()
    sent = {
        f"options-{first.public_id}": no,
        f"options-{second.public_id}": price,
        f"comment-{second.public_id}": "Trop cher.",
    }
    assert post(client, poll, sent).status_code == 302
    assert Ballot.objects.get().choices == {first.public_id: [no], second.public_id: [price]}
    assert Ballot.objects.get().words == {second.public_id: {"comment": "Trop cher."}}
    words = post(client, poll, {f"options-{first.public_id}": other, f"other-{first.public_id}": "Je l’ai rendue"})
    assert words.status_code == 302
    assert Ballot.objects.get().words == {first.public_id: {"other": "Je l’ai rendue"}}
    assert yes not in str(Ballot.objects.get().choices)


def test_signed_out_voter_comes_back_to_the_ranking_and_leaves_nothing_in_the_address(client):
    poll = an_open_poll(method="ranking", comments=True)
    question = poll.questions.get().public_id
    sent = fields(poll, "rank", ["3", "1", "2"]) | {f"comment-{question}": "Un mot à moi"}
    door = post(client, poll, sent).headers["Location"]
    assert "rank-" not in door
    assert "mot" not in door
    page = page_of(client, poll)
    assert "Un mot à moi" in page
    assert page.index("Un an de frais") < page.index("80 €")


def test_open_poll_says_that_names_are_shown_before_the_vote(client, member):
    page = page_of(client, an_open_poll(confidential=False))
    assert "Votre nom figurera" in page
    assert "Jamais votre nom" not in page


def test_ballot_page_costs_the_same_for_one_question_and_for_many(client, member, django_assert_num_queries):
    for poll in (an_open_poll(), an_open_poll(questions=[a_question(["A", "B"], text=f"{n} ?") for n in range(6)])):
        page_of(client, poll)
        with django_assert_num_queries(6):
            page_of(client, poll)


@pytest.mark.parametrize("odd", ["²", "٣", "9" * 5000, "-1", "1e5", "\x00"])
@pytest.mark.parametrize(("method", "kind"), [("ranking", "rank"), ("score", "score"), ("points", "points")])
def test_what_only_looks_like_a_number_is_refused_with_its_page(client, member, method, kind, odd):
    poll = an_open_poll(method=method)
    answer = post(client, poll, fields(poll, kind, [odd, "1", odd]))
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()
    assert not Ballot.objects.exists()


@pytest.mark.parametrize("in_place", [False, True])
@pytest.mark.parametrize("part", ["other", "comment"])
def test_card_number_in_a_ballot_is_not_said_again_and_goes_masked_in_one_tap(client, member, part, in_place):
    poll = an_open_poll(options=["A", "B", OTHER], comments=True)
    question = poll.questions.get().public_id
    words = {f"other-{question}": "Un parrainage"} | {f"{part}-{question}": f"Ma carte est {CARD}"}
    sent = {"options": options_of(poll)[-1]} | words | ({"next": "/"} if in_place else {})
    refused = post(client, poll, sent, headers={"HX-Request": "true"} if in_place else {})
    page = refused.content.decode()
    assert refused.status_code == 400 and CARD not in page and CARD.replace(" ", "") not in page
    assert refused.context["error"].extra["secure_messaging"] in page
    assert f'href="#{part}-{question}"' in page and f'id="{part}-{question}"' in page
    assert page.count(f'form="ballot-form-{poll.public_id}"') == page.count(f'id="ballot-form-{poll.public_id}"') == 1
    again = {f"other-{question}": refused.context["sheets"][0].other}
    again[f"comment-{question}"] = refused.context["sheets"][0].comment
    assert "Ma carte est" in again[f"{part}-{question}"] and escape(again[f"{part}-{question}"]) in page
    post(client, poll, sent | again)
    assert Ballot.objects.get(poll=poll).words[question][part] == again[f"{part}-{question}"]


def test_private_number_is_masked_whatever_a_ballot_is_refused_for(client, member):
    poll = an_open_poll(comments=True)
    key = f"comment-{poll.questions.get().public_id}"
    for said in (f"Ma carte est {CARD}", f"Ma carte est {CARD}. " + "x" * 1000):
        page = post(client, poll, {key: said}).content.decode()
        assert "Ma carte est" in page and CARD not in page


def test_refused_ballot_leaves_no_dead_address_and_its_page_leads_to_the_poll_in_the_other_language(client, member):
    poll = an_open_poll()
    page = post(client, poll, {}).content.decode()
    assert f'href="/en/polls/{poll.public_id}/ballot/"' in page
    for place in (f"/sondages/{poll.public_id}/bulletin/", f"/en/polls/{poll.public_id}/ballot/"):
        answer = client.get(place, follow=True)
        assert (answer.status_code, answer.context["poll"]) == (200, poll)
        with translation.override("en" if place.startswith("/en/") else "fr"):
            assert answer.redirect_chain[-1][0] == poll.get_absolute_url()
    assert client.delete(f"/sondages/{poll.public_id}/bulletin/").status_code == 405
    assert client.get("/sondages/abcdefgh/bulletin/", follow=True).status_code == 404


def test_refused_reaction_and_comment_leave_no_dead_address(client, member):
    poll = a_consultation()
    visual = visuals_of(poll)[0]
    for name, ids, sent in (
        ("visual_react", [poll.public_id, visual], {"kind": "?"}),
        ("remarks", [poll.public_id], {}),
    ):
        places = []
        for code in ("fr", "en"):
            with translation.override(code):
                places.append(reverse(f"polls:{name}", args=ids))
        assert client.post(places[0], sent).status_code == 400
        for place in places:
            assert client.get(place, follow=True).context["poll"] == poll
    with translation.override("fr"):
        place = reverse("polls:visual_react", args=[poll.public_id, visual])
    assert client.get(place).url.endswith(f"#visual-{visual}")


def test_move_refused_at_the_desk_leaves_no_dead_address(client):
    owner = a_product_owner()
    client.force_login(owner)
    poll, draft = an_open_poll(by=owner), a_draft(by=owner)
    extend = reverse("polls_studio:extend", args=[poll.public_id])
    assert client.post(extend, {"closes_at": "hier"}).status_code == 400
    for name, one, tab in (
        ("extend", poll, "live"), ("close", poll, "live"), ("open", draft, "check"), ("count", poll, "counting"),
        ("weigh", poll, "counting"), ("keep", draft, "write"),
    ):  # fmt: skip
        answer = client.get(reverse(f"polls_studio:{name}", args=[one.public_id]), follow=True)
        assert answer.status_code == 200
        assert answer.redirect_chain[-1][0] == reverse(f"polls_studio:{tab}", args=[one.public_id])
    assert client.get(reverse("polls_studio:start", args=["gone"])).url == reverse("polls_studio:new")


def test_score_given_to_other_by_a_slip_can_be_taken_back(client, member):
    poll = an_open_poll(method="score", options=["A", "B", OTHER])
    one, two, other = options_of(poll)
    slip = post(client, poll, fields(poll, "score", ["5", "3", "4"]))
    offered = re.findall(r'name="score-\w+-(\w+)" value="0"', slip.content.decode())
    assert (slip.status_code, offered) == (400, [other])
    assert post(client, poll, fields(poll, "score", ["5", "3", "0"])).status_code == 302
    assert kept(poll) == {one: 5, two: 3}
    assert post(client, poll, fields(poll, "score", ["5", "0", "0"])).status_code == 400
    blanks = an_open_poll(method="score", options=["A", OTHER], blanks=True)
    assert set(re.findall(r'name="score-\w+-(\w+)" value="0"', page_of(client, blanks))) == set(options_of(blanks))
