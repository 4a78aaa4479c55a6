"""The desk's page of a result tells what the poll's own page tells: why an option won, how, and the weighted figures."""

import re

import pytest
from django.urls import reverse

from polls.domain.answering import Answer
from polls.domain.closing import close
from polls.domain.weighting import set_weights
from polls.states import Method, ResultsPolicy
from tests.factories.members import a_product_owner
from tests.factories.polls import an_open_poll, options_of, votes
from tests.polls.test_results_of_methods import says
from tests.polls.test_ties import ranked

pytestmark = pytest.mark.django_db
TOO_CLOSE = "trop proches pour être départagées"


@pytest.fixture
def owner(client):
    owner = a_product_owner()
    client.force_login(owner)
    return owner


def pages(client, poll):
    """The poll's own page, the desk's, and the piece that the desk asks for again."""
    return [
        client.get(address).content.decode()
        for address in (
            poll.get_absolute_url(), reverse("polls_studio:live", args=[poll.public_id]),
            reverse("polls_studio:figures", args=[poll.public_id]),
        )
    ]  # fmt: skip


def same_in(texts, pattern):
    """What each of the pages has of this shape: the same."""
    found = [re.findall(pattern, text, re.DOTALL) for text in texts]
    assert found[0] and found.count(found[0]) == len(found), found
    return "".join(found[0])


def test_run_off_tells_its_rounds_and_why_a_tie_was_broken(client, owner):
    poll = an_open_poll(by=owner, options="ABC", method=Method.RANKING, results_policy=ResultsPolicy.ALWAYS)
    ranked(poll, ("ABC", 3), ("BAC", 2), ("CAB", 2))
    texts = pages(client, poll)
    said = "plus de bulletins préfèrent chacune des autres à égalité"
    assert said in same_in(texts, '<dl class="stack gap-3 small">.*?</dl>')
    rounds = same_in(texts, '<ol class="rounds list">.*?</figure>')
    assert said in rounds and "Tour 2" in rounds and "gagne" in rounds
    assert "duels" in same_in(texts, '<table class="table matrix duels">.*?</table>')


def test_run_off_without_a_winner_says_between_whom_and_not_that_margins_meet(client, owner):
    poll = an_open_poll(by=owner, options="AB", method=Method.RANKING, results_policy=ResultsPolicy.ALWAYS)
    ranked(poll, ("AB", 3), ("BA", 3))
    _own, desk, _piece = pages(client, poll)
    assert "Aucune règle ne les départage" in desk and TOO_CLOSE not in desk


def test_star_tells_its_run_off_and_why_a_tie_was_broken(client, owner):
    poll = an_open_poll(
        by=owner, options=("Appli", "Agence", "Site"), method=Method.SCORE, blanks=True, results_policy=ResultsPolicy.ALWAYS
    )  # fmt: skip
    app, branch, site = options_of(poll)
    says(poll, Answer(numbers={app: 5, branch: 3, site: 1}), 4)
    says(poll, Answer(numbers={app: 3, branch: 4}), 4)
    close(poll, by=owner)
    texts = pages(client, poll)
    assert "(STAR)" in same_in(texts, '<p class="strong">[^<]*\\(STAR\\)[^<]*</p>')
    assert "32 contre 28" in same_in(texts, '<p class="small soft">[^<]*32 contre 28[^<]*</p>')
    assert "STAR compte une option sans note pour 0" in same_in(texts, '<p class="small soft">STAR compte[^<]*</p>')
    assert "Comment les notes se répartissent" in texts[1]


def test_star_without_a_winner_says_between_whom_and_not_that_margins_meet(client, owner):
    poll = an_open_poll(by=owner, options=("Appli", "Agence"), method=Method.SCORE, results_policy=ResultsPolicy.ALWAYS)
    app, branch = options_of(poll)
    says(poll, Answer(numbers={app: 5, branch: 3}), 3)
    says(poll, Answer(numbers={app: 3, branch: 5}), 3)
    close(poll, by=owner)
    _own, desk, _piece = pages(client, poll)
    assert "Aucune règle ne les départage" in desk and TOO_CLOSE not in desk


def test_weighted_result_is_the_chart_and_the_table_of_the_polls_own_page(client, owner):
    poll = an_open_poll(by=owner, results_policy=ResultsPolicy.ALWAYS)
    votes(poll, 0, customers=6, age_band="18-25", product="account")
    votes(poll, 1, customers=9, age_band="60+", product="account")
    set_weights(poll, "age;product;share\n18-25;account;70\n60+;account;30", by=owner)
    close(poll, by=owner)
    texts = pages(client, poll)
    weighted = same_in(texts, "<h3>Redressé.*?</figure>")
    assert weighted.count("bars--thin") == 6 and "<table" in weighted and "weighted.png" in weighted
    assert "échantillon aléatoire" in texts[1]


def test_choices_still_say_that_their_margins_meet(client, owner):
    poll = an_open_poll(by=owner)
    for place in (0, 1):
        votes(poll, place, customers=5)
    close(poll, by=owner)
    assert TOO_CLOSE in pages(client, poll)[1]


def test_desk_shows_the_result_with_and_without_staff_while_the_poll_is_open_and_after(client, owner):
    poll = an_open_poll(by=owner, results_policy=ResultsPolicy.ALWAYS)
    address = reverse("polls_studio:counting", args=[poll.public_id])
    votes(poll, 0, customers=11)
    for _ in range(4):
        says(poll, Answer(options=options_of(poll)[1:2]), 1, is_staff=True)
    assert "Tel que publié" not in client.get(address).content.decode()
    says(poll, Answer(options=options_of(poll)[1:2]), 6, is_staff=True)
    page = client.get(address).content.decode()
    assert re.search(r"Tel que publié \(5\).*Avec[^<]*\(10\).*100,0.*50,0", page, re.DOTALL)
    assert "cinq bulletins de retard" in page
    close(poll, by=owner)
    page = client.get(address).content.decode()
    assert re.search(r"Tel que publié \(11\).*Avec[^<]*\(21\)", page, re.DOTALL)
    assert "Tel que publié" not in client.get(poll.get_absolute_url()).content.decode(), "for the team alone"


def test_desk_says_how_many_are_apart_and_not_what_they_chose_where_they_are_few(client, owner):
    poll = an_open_poll(by=owner, results_policy=ResultsPolicy.ALWAYS)
    votes(poll, 0, customers=6)
    says(poll, Answer(options=options_of(poll)[1:2]), 4, is_staff=True)
    close(poll, by=owner)
    page = client.get(reverse("polls_studio:counting", args=[poll.public_id])).content.decode()
    assert '<td class="n">4</td>' in page and "Tel que publié" not in page
    assert "Aucun total avec ou sans ces bulletins" in page


def test_sealed_poll_that_is_open_has_no_totals_with_and_without(client, owner):
    poll = an_open_poll(by=owner, sealed=True)
    votes(poll, 0, customers=11)
    says(poll, Answer(options=options_of(poll)[1:2]), 11, is_staff=True)
    page = client.get(reverse("polls_studio:counting", args=[poll.public_id])).content.decode()
    assert "Tel que publié" not in page and "personne ne voit le décompte avant la clôture" in page
