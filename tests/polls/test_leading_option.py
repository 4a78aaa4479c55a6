"""Who is said to be ahead: never on the word of a few, over a rival that reaches as high, or against the method's own winner."""

import re

import pytest
from django.urls import reverse

from core.words import typographic
from polls.charting import charts_of
from polls.domain.answering import Answer
from polls.domain.closing import close
from polls.domain.results import headlines_of, summarise
from polls.domain.results.figures import Mean, leader
from polls.domain.voting import cast_ballot
from polls.models import Option, Poll
from polls.templatetags.polls import in_one_line
from tests.factories.members import a_member, a_product_owner
from tests.factories.polls import an_open_poll, options_of

pytestmark = pytest.mark.django_db
TWO = ("Appli", "Agence")


def says(poll, *ballots):
    """Each of `ballots`: numbers in the options' order, None without one, and by how many."""
    question = poll.questions.get()
    for *numbers, times in ballots:
        given = {one: n for one, n in zip(options_of(poll), numbers, strict=True) if n is not None}
        for _ in range(times):
            cast_ballot(poll.public_id, answers={question.public_id: Answer(numbers=given)}, by=a_member())


def told(poll, client):
    """Who is ahead by each of those who say so, and the page; they say the same."""
    owner = a_product_owner()
    close(poll, by=owner)
    poll = Poll.objects.with_ballot_count().with_questions().get(pk=poll.pk)
    summary = summarise(poll)
    found = summary.questions[0]
    [headline] = headlines_of([poll]).values()
    [sent] = client.get(reverse("api_poll_results", args=[poll.public_id])).json()["questions"]
    drawn = [row.label for row in charts_of(summary, found)["result"].rows if row.win]
    page = client.get(poll.get_absolute_url()).content.decode()
    names = {option.public_id: option.text for option in found.question.options.all()}
    ahead = found.winner.text if found.winner else None
    assert (headline.ahead.option.text if headline.ahead else None) == ahead
    assert (names[sent["winner"]] if sent["winner"] else None) == ahead
    assert drawn == ([ahead] if ahead else [])
    marked = re.findall(
        r'<li class="result"><p class="result__t"><span><span[^>]*>([^<]*)(?:(?!</li>).)*bars--win', page
    )
    assert marked == drawn
    client.force_login(owner)
    line = in_one_line(found)
    deciding = client.get(reverse("polls_studio:decide", args=[poll.public_id])).content.decode()
    assert typographic(line) in deciding
    assert line.startswith("En tête") is bool(ahead)
    return found, page


def test_two_people_who_agree_are_not_ahead_of_forty_and_of_the_method(client):
    poll = an_open_poll(options=TWO, method="score", blanks=True, results_policy="always")
    says(poll, (5, None, 31), (4, None, 7), (5, 5, 1), (4, 5, 1))
    found, page = told(poll, client)
    app, branch = options_of(poll)
    assert found.shares[0].option.public_id == branch and found.shares[0].value == 5
    assert (found.shares[0].low, found.shares[0].high) == (1, 5), "of two people it could be anything"
    assert found.scores.winner.public_id == app
    assert found.winner is None
    assert "Agence" in found.scores.reason and typographic(found.scores.reason) in page


def test_mean_that_is_surely_higher_is_not_ahead_where_another_wins_by_the_method(client):
    """The mean leaves blanks out: six who know the branch like it better than forty like the app."""
    poll = an_open_poll(options=TWO, method="score", blanks=True, results_policy="always")
    says(poll, (3, None, 40), (2, 5, 20))
    found, _page = told(poll, client)
    assert found.shares[0].option.text == "Agence" and found.shares[0].low > found.shares[1].high
    assert found.scores.winner.text == "Appli"
    assert found.winner is None


def test_method_s_winner_with_the_mean_that_is_surely_higher_is_ahead(client):
    poll = an_open_poll(options=TWO, method="score", results_policy="always")
    says(poll, (5, 2, 8), (4, 3, 4))
    found, _page = told(poll, client)
    assert found.winner.text == found.scores.winner.text == "Appli"
    assert found.scores.reason == ""


def test_tie_by_the_method_has_nobody_ahead(client):
    """In totals, two by two and in fives alike: the mean, which leaves blanks out, says no more than that."""
    poll = an_open_poll(options=TWO, method="score", blanks=True, results_policy="always")
    says(poll, (5, None, 10), (None, 5, 10))
    found, _page = told(poll, client)
    assert found.scores.winner is None and found.winner is None


def test_method_s_winner_without_a_sure_mean_is_told_as_such_in_one_line(client):
    poll = an_open_poll(options=TWO, method="score", results_policy="always")
    says(poll, (4, 3, 4), (3, 4, 3))
    found, _page = told(poll, client)
    assert found.winner is None and found.scores.winner.text == "Appli"
    assert "STAR" in in_one_line(found) and "Appli" in in_one_line(found)


def test_points_too_close_are_said_to_be_without_a_first_two(client):
    poll = an_open_poll(options=("A", "B", "C"), method="points", results_policy="always")
    says(poll, (40, 35, 25, 4), (30, 35, 35, 4))
    found, page = told(poll, client)
    assert found.winner is None
    assert "Aucune option n’est nettement en tête." in page and "Les deux premières" not in page


def mean(text, *numbers):
    return Mean(Option(text=text, pk=len(text)), len(numbers), sum(numbers), sum(n * n for n in numbers))


def test_leader_is_ahead_of_all_others_and_not_of_the_second_alone():
    first, second = mean("first", *[4] * 77, *[5] * 23), mean("other", *[4] * 70, *[3] * 30)
    wide = mean("a wide one", 5, 5, 5, 1, 1, 1, 5, 5)
    assert wide.value < second.value < first.value and wide.high > first.low > second.high
    assert leader([first, second]) == first.option
    assert leader([second, wide, first]) is None


@pytest.mark.parametrize("numbers", [(1,), (1, 1), (1, 1, 2, 1)])
def test_rival_that_few_scored_could_be_anything(numbers):
    first = mean("first", *[5] * 50, *[4] * 50)
    assert leader([first, mean("other", *[2] * 60, *[3] * 30)]) == first.option
    assert leader([first, mean("other", *numbers)]) is None


@pytest.mark.parametrize("n", [2, 4])
def test_nobody_leads_by_the_word_of_fewer_than_five(n):
    assert leader([mean("first", *[5] * n), mean("other", *[1] * 40, *[2] * 40)]) is None
