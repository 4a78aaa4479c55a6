"""What is said of groups that differ: in plain words, and never more than the figures say."""

from html import unescape

import pytest
from django.urls import reverse
from django.utils.translation import override

from core.words import NO_BREAK
from polls.domain.answering import Answer
from polls.domain.counting.differing import Difference, Procedure, Size, compare, holm
from polls.domain.results.breakdowns import Group
from polls.domain.results.differences import Finding, find
from polls.domain.results.figures import Share
from polls.models import Option, Question
from tests.factories.polls import an_open_poll, options_of

from .test_results_of_methods import result_of, says

pytestmark = pytest.mark.django_db


def said(**counts: tuple[int, ...]) -> tuple[str, str]:
    """The finding on groups that chose A, B, C so often, customers and prospects or others: in French and in English."""
    options = [Option(pk=place, text="ABC"[place]) for place in range(len(next(iter(counts.values()))))]
    groups = [
        Group(code, code, sum(of), {one.pk: Share(one, n, sum(of)) for one, n in zip(options, of, strict=True)})
        for code, of in counts.items()
    ]
    dimension = "kind" if "customer" in counts else "segment"
    [finding] = find(Question(method="single"), groups, list(zip(*counts.values(), strict=True)), dimension)
    with override("fr"):
        french = finding.sentence.replace(NO_BREAK, " ")
    with override("en"):
        return french, finding.sentence


def test_group_prefers_what_is_ahead_within_it():
    french, english = said(customer=(300, 300, 200), prospect=(50, 500, 50))
    assert french == ("Les futurs clients préfèrent nettement « B » : 83 %, contre 38 % des autres.")
    assert english == "Prospects clearly prefer “B”: 83%, against 38% of the others."


def test_group_does_not_prefer_what_it_only_chooses_more_often_than_others():
    french, english = said(customer=(550, 50, 400), prospect=(950, 50, 0))
    assert french == ("Les clients choisissent nettement plus souvent « C » : 40 %, contre 0 % des autres.")
    assert english == "Customers choose “C” clearly more often: 40%, against 0% of the others."


def test_tiny_difference_that_is_not_chance_is_said_to_be_both():
    french, english = said(customer=(5000, 5000), prospect=(4800, 5200))
    assert "hasard" not in french and "chance" not in english
    assert french == (
        "Les clients choisissent à peine plus souvent « A » : 50,0 %, contre 48,0 % des autres. "
        "L’écart est réel, mais minime."
    )
    assert english == (
        "Customers choose “A” barely more often: 50.0%, against 48.0% of the others. The gap is real, but tiny."
    )


def test_difference_that_may_be_chance_is_said_to_be_no_more():
    french, english = said(customer=(50, 50), prospect=(48, 52))
    assert "hasard" in french and "chance alone" in english


# Scores, points and ranks, from ballots


def compared(method, **given):
    """The breakdown by kind of a poll in which so many of each kind gave A and B these numbers: {"customer": [((5, 2), 20), …]}."""
    poll = an_open_poll(options=("A", "B"), method=method, results_policy="always")
    ids = options_of(poll)
    for kind, rows in given.items():
        for numbers, times in rows:
            says(poll, Answer(numbers={one: n for one, n in zip(ids, numbers, strict=True) if n}), times, kind=kind)
    return poll, result_of(poll).breakdowns[0]


def test_score_that_a_group_gives_higher_is_said_with_both_means(client):
    poll, kind = compared(
        "score",
        customer=[((2, 3), 11), ((2, 4), 1), ((3, 3), 8)],
        prospect=[((5, 3), 8), ((4, 3), 7), ((3, 4), 1)],
    )
    [finding] = [one for one in kind.told if one.is_real]
    assert plain(finding.sentence) == (
        "Les futurs clients donnent une note nettement plus haute à « A » : 4,4 en moyenne, contre 2,4 pour les autres."
    )
    with override("en"):
        assert finding.sentence == "Prospects score “A” clearly higher: 4.4 on average, against 2.4 for the others."
    page = plain(client.get(poll.get_absolute_url()).content.decode())
    assert plain(finding.sentence) in page and "« A » : H de Kruskal-Wallis" in page
    [told] = [one for one in told_by_api(client, poll)["findings"] if one["real"]]
    assert (told["test"], told["group"], told["df"], told["df2"]) == ("kruskal_wallis", "prospect", 1, None)
    assert (told["size"], told["chi_square"], told["cramers_v"]) == ("large", None, None)
    assert told["statistic"] == round(finding.test.statistic, 4) and told["effect"] == round(finding.test.effect, 4)


def test_scores_of_several_options_are_adjusted_together():
    _poll, kind = compared(
        "score", customer=[((2, 3), 9), ((2, 4), 1), ((4, 3), 10)], prospect=[((4, 3), 12), ((3, 4), 5)]
    )
    raw = [finding.test.p for finding in kind.findings]
    assert len(raw) == 2 and [finding.p for finding in kind.findings] == holm(raw)


def test_groups_that_score_alike_are_said_not_to_differ_once(client):
    poll, kind = compared("score", customer=[((2, 3), 10), ((4, 1), 10)], prospect=[((2, 1), 9), ((4, 3), 9)])
    assert [finding.is_real for finding in kind.findings] == [False, False]
    assert plain(client.get(poll.get_absolute_url()).content.decode()).count("le hasard seul donne des écarts") == 1


def test_points_that_a_group_gives_more_of_are_said_with_both_means(client):
    poll, kind = compared("points", customer=[((100, 0), 8), ((80, 20), 8)], prospect=[((10, 90), 8), ((40, 60), 8)])
    sentences = {plain(finding.sentence) for finding in kind.told}
    assert sentences == {
        "Les clients donnent nettement plus de points à « A » : 90,0 points en moyenne, contre 25,0 points pour les autres.",
        "Les futurs clients donnent nettement plus de points à « B » : 75,0 points en moyenne, contre 10,0 points pour les autres.",
    }
    assert "F de Brown-Forsythe" in plain(client.get(poll.get_absolute_url()).content.decode())
    assert {one["test"] for one in told_by_api(client, poll)["findings"]} == {"brown_forsythe"}


def test_first_places_that_may_be_tied_are_tested_an_option_at_a_time():
    poll = an_open_poll(options=("A", "B", "C"), method="ranking", ties=True)
    one, two, three = options_of(poll)
    for kind, ranks, times in (
        ("customer", [[one, two], [three]], 12), ("customer", [[three], [one, two]], 5), ("prospect", [[three], [one, two]], 12),
        ("prospect", [[two, three], [one]], 8), ("prospect", [[one], [two, three]], 5),
    ):  # fmt: skip
        says(poll, Answer(ranks=ranks), times, kind=kind)
    kind = result_of(poll).breakdowns[0]
    assert {finding.option.text for finding in kind.findings} == {"A", "B", "C"}
    [first] = [finding for finding in kind.findings if finding.option.text == "A"]
    assert first.test == compare([[12, 5], [5, 20]])
    assert plain(first.sentence) == (
        "Les clients classent nettement plus souvent « A » en premier : 71 %, contre 20 % des autres."
    )


def test_group_of_several_is_named_only_where_it_stands_out_itself():
    """Three profiles that differ together; no one of them from the two others."""
    finding = a_finding_on_scores(p_of_one=0.2)
    assert "aucun ne se distingue" in finding.sentence
    assert "nettement plus haute" in a_finding_on_scores(p_of_one=0.01).sentence


def test_mean_that_says_the_contrary_of_the_ranks_names_no_group():
    assert "aucun ne se distingue" in a_finding_on_scores(ours=2.9, others=3.1).sentence


def test_score_of_which_a_figure_is_hidden_is_not_tested(client):
    poll, kind = compared("score", customer=[((2, 3), 12), ((3, 3), 8)], prospect=[((5, 3), 3)])
    assert kind.anything_hidden and kind.findings == []
    assert told_by_api(client, poll)["findings"] == []
    assert "Kruskal" not in client.get(poll.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("method", "numbers"), [("score", (4, 4)), ("points", (50, 50)), ("single", (1, 0)), ("multiple", (1, 1))]
)
def test_where_everyone_answers_the_same_there_is_no_difference_to_test(client, method, numbers):
    if method in ("score", "points"):
        poll, kind = compared(method, customer=[(numbers, 9)], prospect=[(numbers, 8)])
    else:
        poll = an_open_poll(options=("A", "B"), method=method, results_policy="always")
        chosen = [one for one, n in zip(options_of(poll), numbers, strict=True) if n]
        for of in ("customer", "prospect"):
            says(poll, Answer(options=chosen), 8, kind=of)
        kind = result_of(poll).breakdowns[0]
    assert kind.alike and kind.findings == []
    page = plain(client.get(poll.get_absolute_url()).content.decode())
    assert "il n’y a pas de différence à vérifier" in page and "Trop peu de personnes" not in page
    assert told_by_api(client, poll)["alike"]


def test_where_too_few_answer_differently_it_is_said_that_they_are_too_few(client):
    poll, kind = compared("score", customer=[((2, 3), 6), ((4, 1), 6)], prospect=[((2, 1), 3), ((4, 3), 2)])
    assert not kind.alike and kind.findings == []
    assert "Trop peu de personnes" in client.get(poll.get_absolute_url()).content.decode()


def plain(text):
    return unescape(text).replace(NO_BREAK, " ").replace("\u202f", " ")


def told_by_api(client, poll):
    told = client.get(reverse("api_poll_results", args=[poll.public_id])).json()
    return told["questions"][0]["breakdowns"][0]


def a_finding_on_scores(**told):
    test = Difference(12.0, 2, 0.002, 0.2, Size.MEDIUM, Procedure.KRUSKAL_WALLIS)
    option = Option(pk=1, text="A")
    told = {"ours": 3.4, "others": 3.1, "p_of_one": 0.01} | told
    return Finding(test, 0.002, option, option, "score", "segment", "student", **told)


def test_handful_with_a_wide_gap_is_not_named_for_what_larger_groups_do():
    """13 students prove nothing; that 500 private and 500 professionals differ does."""
    french, english = said(private=(250, 250), professional=(150, 350), student=(8, 5))
    assert "tudiants" not in french and "Students" not in english
    assert english == "Professionals choose “B” a little more often: 70%, against 50% of the others."


def test_groups_that_differ_without_one_that_stands_out_are_not_told_apart():
    """R's chisq.test: X² = 10.60, df 4, p = 0.031 of the whole; of none of the nine cells, times nine, under 0.05."""
    french, english = said(private=(40, 31, 29), professional=(39, 42, 19), student=(25, 40, 35))
    assert english == "These groups do not all answer alike, but no single gap between them is beyond chance."
    assert (
        french
        == "Ces groupes ne répondent pas tous de même, mais aucun écart entre eux, pris seul, n’échappe au hasard."
    )
