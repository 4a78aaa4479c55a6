"""What breaks a tie, and how a tie that nothing breaks is told: on the page, in each file and by the API."""

import importlib

import pytest
from django.apps import apps
from django.urls import reverse

from polls.domain.answering import Answer
from polls.domain.closing import close
from polls.domain.results.runoffs import keep_runoffs
from polls.domain.tallying import recount
from polls.models import Poll, Tally
from polls.states import Method, ResultsPolicy
from tests.factories.members import a_product_owner
from tests.factories.polls import an_open_poll, options_of

from .counting.test_scores import FOUR, RUNNER_UP_TIE
from .test_results_of_methods import result_of, says

pytestmark = pytest.mark.django_db


def words(text):
    """With plain spaces, whichever the catalog puts beside French marks."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_blank_is_a_zero_for_star_and_in_no_mean():
    """The Equal Vote Coalition's published “Runnerup tie” (`counting/test_scores.py`), its zeros left blank."""
    poll = an_open_poll(options=FOUR, method=Method.SCORE, blanks=True)
    for row in RUNNER_UP_TIE:
        scores = {option: score for option, score in zip(options_of(poll), row, strict=True) if score}
        says(poll, Answer(numbers=scores), 1)
    found = result_of(poll)
    assert [option.text for option in found.scores.finalists] == ["Allison", "Bill"]
    assert (found.scores.preferred, found.scores.winner.text) == ((5, 5), "Allison")
    assert (found.scores.decided, found.scores.totals) == ("total", (41, 32))
    assert "41 contre 32" in found.scores.reason
    assert round(next(one.value for one in found.shares if one.option.text == "Bill"), 3) == round(32 / 7, 3)
    assert recount(poll) == 0


def test_star_without_a_winner_says_between_whom():
    poll = an_open_poll(options=("Appli", "Agence"), method=Method.SCORE)
    app, branch = options_of(poll)
    says(poll, Answer(numbers={app: 5, branch: 3}), 3)
    says(poll, Answer(numbers={app: 3, branch: 5}), 3)
    scores = result_of(poll).scores
    assert (scores.winner, scores.decided) == (None, "tie")
    assert "À égalité" in scores.reason and "« Appli » et « Agence »" in words(scores.reason)


def test_ranking_says_which_options_share_the_first_place(client):
    poll = an_open_poll(
        options=("Appli", "Agence", "Courrier"), method=Method.RANKING, results_policy=ResultsPolicy.ALWAYS
    )
    app, branch, mail = options_of(poll)
    says(poll, Answer(ranks=[[app], [branch], [mail]]), 3)
    says(poll, Answer(ranks=[[branch], [app], [mail]]), 3)
    result_of(poll)
    page = words(client.get(poll.get_absolute_url()).content.decode())
    assert "« Appli » et « Agence » partagent la première place : le classement ne les départage pas." in page
    owner = a_product_owner()
    client.force_login(owner)
    assert (
        "partagent la première place"
        in client.get(reverse("polls_studio:decide", args=[poll.public_id])).content.decode()
    )


def test_option_that_nobody_scored_is_said_to_have_no_score(client):
    poll = an_open_poll(
        options=("Appli", "Agence"), method=Method.SCORE, blanks=True, results_policy=ResultsPolicy.ALWAYS
    )
    says(poll, Answer(numbers={options_of(poll)[0]: 4}), 6)
    found = result_of(poll)
    assert [option.text for option in found.unscored] == ["Agence"]
    page = words(client.get(poll.get_absolute_url()).content.decode())
    assert "Personne n’a noté : <b>Agence</b>." in page and "aucune note" in page
    assert "0,0 sur 5" not in page and "0 bulletin," not in page


def ranked(poll, *rows):
    """Ballots as "ABC" from the first down, each with how many cast it."""
    names = dict(zip("ABCD", options_of(poll), strict=False))
    for row, n in rows:
        says(poll, Answer(ranks=[[names[one]] for one in row]), n)
    return result_of(poll).ranking


def test_tie_in_the_run_off_is_broken_by_an_earlier_round_and_says_so():
    poll = an_open_poll(options="ABCD", method=Method.RANKING, blanks=True)
    ranking = ranked(poll, ("A", 5), ("BC", 3), ("CB", 2), ("DC", 1))
    first, second, *_rest = ranking.rounds
    assert (first.rule, first.reason) == ("fewest", "")
    assert (second.rule, [option.text for option in second.out]) == ("earlier", ["C"])
    assert words(second.reason).startswith("À égalité pour le moins de voix : « B » et « C ». « C » sort")
    assert "tour précédent" in second.reason


def test_tie_in_the_run_off_of_two_that_nobody_needs_sends_both_out():
    poll = an_open_poll(options="ABCD", method=Method.RANKING, blanks=True)
    ranking = ranked(poll, ("A", 4), ("B", 4), ("CA", 1), ("D", 1))
    assert ranking.rounds[0].rule == "together"
    assert "Elles sortent ensemble" in ranking.rounds[0].reason
    assert ranking.survivor.text == "A"


def test_tie_in_the_run_off_goes_by_pairs_where_rounds_say_nothing():
    poll = an_open_poll(options="ABC", method=Method.RANKING)
    ranking = ranked(poll, ("ABC", 3), ("BAC", 2), ("CAB", 2))
    assert (ranking.rounds[0].rule, [option.text for option in ranking.rounds[0].out]) == ("pairs", ["C"])
    assert "deux à deux" in ranking.rounds[0].reason


def test_run_off_that_nothing_decides_has_no_winner_and_says_between_whom():
    poll = an_open_poll(options="AB", method=Method.RANKING)
    ranking = ranked(poll, ("AB", 3), ("BA", 3))
    assert ranking.survivor is None
    assert [option.text for option in ranking.runoff_tie.tied] == ["A", "B"]
    assert words(ranking.runoff_tie.reason).startswith("À égalité : « A » et « B ».")


def test_rounds_kept_before_rules_were_still_read():
    poll = an_open_poll(options="AB", method=Method.RANKING)
    ranked(poll, ("AB", 4), ("BA", 3))
    keep_runoffs(poll.pk)
    kept = Poll.objects.get(pk=poll.pk)
    for told in kept.runoffs["questions"].values():
        for one in told["rounds"]:
            del one["rule"], one["tied"]
    kept.save(update_fields=["runoffs"])
    ranking = result_of(poll, closed=False).ranking
    assert (ranking.survivor.text, ranking.rounds[0].rule, ranking.rounds[0].reason) == ("A", "", "")


def address(poll, kind):
    return reverse("polls:chart", args=[poll.public_id, poll.questions.get().public_id, "rounds", kind])


def test_tie_is_told_on_the_page_in_each_file_and_by_the_api(client):
    poll = an_open_poll(options="ABC", method=Method.RANKING, results_policy=ResultsPolicy.ALWAYS)
    ranked(poll, ("ABC", 3), ("BAC", 2), ("CAB", 2))
    page = client.get(poll.get_absolute_url()).content.decode()
    said = "plus de bulletins préfèrent chacune des autres à égalité"
    assert page.count(said) == 3, "beside the name of the winner, under its round, and in the table"
    for kind in ("svg", "csv"):
        assert said in client.get(address(poll, kind)).content.decode().replace("\n", " ")
    told = client.get(reverse("api_poll_results", args=[poll.public_id])).json()["questions"][0]["ranking"]["runoff"]
    assert (told[0]["rule"], told[0]["tied"]) == ("pairs", []) and said in told[0]["reason"]


def test_tie_that_nothing_breaks_is_told_as_a_tie_without_a_winner(client):
    poll = an_open_poll(options="AB", method=Method.RANKING, results_policy=ResultsPolicy.ALWAYS)
    ranked(poll, ("AB", 3), ("BA", 3))
    page = client.get(poll.get_absolute_url()).content.decode()
    assert "Aucune règle ne les départage" in page
    assert "l’emporte" not in page and "Tour 1 :" not in page
    csv = client.get(address(poll, "csv")).content.decode()
    assert csv.count("à égalité, pas de vainqueur") == 2
    told = client.get(reverse("api_poll_results", args=[poll.public_id])).json()["questions"][0]["ranking"]
    assert (told["runoff_winner"], told["runoff"][0]["rule"]) == (None, "tie")
    assert set(told["runoff"][0]["tied"]) == set(options_of(poll))


def test_page_says_what_a_blank_counts_for_before_the_vote_and_after_it(client):
    poll = an_open_poll(
        options=("Appli", "Agence"), method=Method.SCORE, blanks=True, results_policy=ResultsPolicy.ALWAYS
    )
    assert "il compte pour 0" in client.get(poll.get_absolute_url()).content.decode()
    app, branch = options_of(poll)
    says(poll, Answer(numbers={app: 5}), 6)
    says(poll, Answer(numbers={branch: 4}), 1)
    close(poll, by=a_product_owner())
    page = client.get(poll.get_absolute_url()).content.decode()
    assert "STAR compte une option sans note pour 0" in page
    told = client.get(reverse("api_poll_results", args=[poll.public_id])).json()["questions"][0]["scores"]
    assert (told["preferred"], told["winner"], told["decided"]) == ([6, 1], app, "preferred")


def test_polls_counted_before_a_blank_was_a_zero_are_counted_anew_and_back():
    poll = an_open_poll(options=("Appli", "Agence"), method=Method.SCORE, blanks=True)
    app, branch = options_of(poll)
    says(poll, Answer(numbers={app: 5, branch: 2}), 2)
    says(poll, Answer(numbers={app: 3}), 4)
    migration = importlib.import_module("polls.migrations.0010_blanks_count_as_zero")
    pairs = Tally.objects.filter(poll=poll, key__startswith=">", dimension__in=["all", "kind"]).order_by("-count")
    assert list(pairs.values_list("count", flat=True)[:2]) == [6, 6]
    migration.backwards(apps, None)
    assert list(pairs.values_list("count", flat=True)[:3]) == [2, 2, 0], "only those that score both"
    migration.forwards(apps, None)
    assert list(pairs.values_list("count", flat=True)[:2]) == [6, 6]
    assert recount(poll) == 0
