"""What a ranking, scores, points and weights give, from ballots cast for real."""

import pytest
from django.urls import reverse

from polls.charting import charts_of
from polls.domain.answering import Answer
from polls.domain.closing import close
from polls.domain.results import headlines_of, summarise
from polls.domain.results.runoffs import keep_runoffs
from polls.domain.voting import cast_ballot
from polls.models import AudienceShare, Poll
from polls.states import Method
from tests.factories.members import a_member, a_product_owner
from tests.factories.polls import an_open_poll, options_of, votes

pytestmark = pytest.mark.django_db
CITIES = ("Memphis", "Nashville", "Chattanooga", "Knoxville")


def result_of(poll, *, closed=True):
    if closed:
        close(poll, by=a_product_owner())
    return summary_of(poll).questions[0]


def summary_of(poll):
    return summarise(Poll.objects.with_ballot_count().with_questions().get(pk=poll.pk))


def says(poll, answer, times, **member):
    question = poll.questions.get()
    for _ in range(times):
        cast_ballot(poll.public_id, answers={question.public_id: answer}, by=a_member(**member))


def ranks(poll, order, times):
    ids = options_of(poll)
    says(poll, Answer(ranks=[[ids[place]] for place in order]), times)


@pytest.fixture
def tennessee():
    """The capital of Tennessee, the textbook election, at a fifth of its hundred ballots but for rounding: 42, 26, 15 and 17 %."""
    poll = an_open_poll(options=CITIES, method=Method.RANKING)
    for order, times in (((0, 1, 2, 3), 8), ((1, 2, 3, 0), 5), ((2, 3, 1, 0), 3), ((3, 2, 1, 0), 4)):
        ranks(poll, order, times)
    return poll


def test_ranking_has_a_condorcet_winner_who_is_not_first_on_most_ballots(tennessee):
    found = result_of(tennessee)
    names = {option.text: figure.votes for figure in found.shares for option in [figure.option]}
    assert names == {"Memphis": 8, "Nashville": 5, "Chattanooga": 3, "Knoxville": 4}
    assert found.ranking.beats_all.text == "Nashville"
    assert [[option.text for option in place] for place in found.ranking.places] == [
        ["Nashville"], ["Chattanooga"], ["Knoxville"], ["Memphis"],
    ]  # fmt: skip
    assert found.shares[0].option.text == "Nashville", "the method says who is first, not the first choices"
    assert found.ranking.borda[0][0].text == "Nashville"


def test_instant_run_off_is_told_round_by_round_after_the_close(tennessee):
    assert result_of(tennessee, closed=False).ranking.rounds == [], "while open it would tell the last ballots"
    ranking = result_of(tennessee).ranking
    assert ranking.survivor.text == "Knoxville"
    assert [option.text for option in ranking.rounds[0].out] == ["Chattanooga"]


def test_run_off_of_a_large_poll_is_the_worker_s(tennessee, monkeypatch):
    from polls.domain.results import summary

    monkeypatch.setattr(summary, "AT_ONCE", 10)
    assert result_of(tennessee).ranking.runoff_later
    keep_runoffs(tennessee.pk)
    ranking = result_of(tennessee, closed=False).ranking
    assert not ranking.runoff_later
    assert ranking.survivor.text == "Knoxville"


def test_scores_have_a_mean_a_median_and_a_winner_by_star():
    poll = an_open_poll(options=("Appli", "Agence"), method=Method.SCORE)
    app, branch = options_of(poll)
    says(poll, Answer(numbers={app: 5, branch: 2}), 4)
    says(poll, Answer(numbers={app: 3, branch: 4}), 3)
    found = result_of(poll)
    first = found.scores.options[0]
    assert (first.option.text, first.counts, first.median) == ("Appli", {1: 0, 2: 0, 3: 3, 4: 0, 5: 4}, 5)
    assert round(first.figure.value, 3) == round(29 / 7, 3)
    assert found.scores.winner.text == "Appli"
    assert found.scores.preferred == (4, 3)


@pytest.mark.parametrize("method", ["score", "points"])
def test_criteria_of_a_consultation_are_no_candidates_and_none_of_them_wins(client, method):
    """How clear and how moving a campaign is are two sides of it; of two offers scored in a poll one wins."""
    answer = {"score": (5, 2), "points": (80, 20)}[method]
    for consultation in (True, False):
        poll = an_open_poll(
            options=("Claire", "Émouvante"), method=method, consultation=consultation, results_policy="always",
            title=f"Qu’en pensez-vous ? {consultation}",
        )  # fmt: skip
        says(poll, Answer(numbers=dict(zip(options_of(poll), answer, strict=True))), 12)
        found = result_of(poll)
        page = client.get(poll.get_absolute_url()).content.decode()
        [told] = client.get(reverse("api_poll_results", args=[poll.public_id])).json()["questions"]
        [headline] = headlines_of([Poll.objects.with_questions().get(pk=poll.pk)]).values() or [None]
        assert bool(found.winner) is bool(told["winner"]) is bool(headline) is ("bars--win" in page) is not consultation
        assert [bar.win for bar in charts_of(summary_of(poll), found)["result"].rows] == [not consultation, False]
        assert "trop proches" not in page
        if method == "score":
            assert ("STAR" in page) is bool(found.scores.winner) is bool(told["scores"]["winner"]) is not consultation
            assert found.scores.options[0].median == 5, "how they spread is told all the same"


def test_question_of_a_consultation_that_has_candidates_has_a_winner():
    poll = an_open_poll(options=("Oui", "Non"), consultation=True)
    votes(poll, 0, customers=12)
    assert result_of(poll).winner.text == "Oui"


def test_points_have_a_mean_over_all_who_shared_and_a_spread():
    poll = an_open_poll(options=("Appli", "Agence"), method=Method.POINTS)
    app, branch = options_of(poll)
    says(poll, Answer(numbers={app: 100}), 3)
    says(poll, Answer(numbers={app: 40, branch: 60}), 3)
    first, second = result_of(poll).shares
    assert (first.option.text, first.value, second.value) == ("Appli", 70, 30)
    assert round(first.spread, 2) == 32.86
    assert first.low < 70 < first.high <= 100


def test_prospects_who_prefer_another_offer_are_said_so_in_plain_words():
    poll = an_open_poll(options=("Espèces", "Voyage"))
    votes(poll, 0, customers=30, prospects=8)
    votes(poll, 1, customers=10, prospects=24)
    kind = result_of(poll).by_kind
    finding = kind.findings[0]
    assert finding.is_real
    assert finding.test.df == 1
    assert (finding.who, finding.standout.text) in {("customer", "Espèces"), ("prospect", "Voyage")}
    assert "nettement" in finding.sentence


def test_groups_that_do_not_differ_are_said_not_to():
    poll = an_open_poll(options=("Espèces", "Voyage"))
    votes(poll, 0, customers=20, prospects=14)
    votes(poll, 1, customers=18, prospects=15)
    finding = result_of(poll).by_kind.findings[0]
    assert not finding.is_real
    assert "hasard" in finding.sentence


def test_a_table_with_a_hidden_cell_is_not_tested():
    poll = an_open_poll(options=("Espèces", "Voyage", "Livret"))
    votes(poll, 0, customers=20, prospects=20)
    votes(poll, 1, customers=20, prospects=20)
    votes(poll, 2, customers=20, prospects=2)
    kind = result_of(poll).breakdowns[0]
    assert kind.anything_hidden
    assert kind.findings == []


def test_page_says_of_a_hidden_cell_that_it_is_hidden_and_that_this_is_why_there_is_no_test(client):
    """Twenty customers who chose the third are not too few: they hide two prospects. One word for both, or the larger would
    tell how small the other is."""
    poll = an_open_poll(options=("Espèces", "Voyage", "Livret"), results_policy="always")
    votes(poll, 0, customers=20, prospects=20)
    votes(poll, 1, customers=20, prospects=20)
    votes(poll, 2, customers=20, prospects=2)
    result_of(poll)
    page = client.get(poll.get_absolute_url()).content.decode()
    assert "masqué" in page and "trop peu" not in page
    assert "Des chiffres sont masqués" in page and "Trop peu de personnes" not in page


def by_kind_of(poll, client):
    """The table by kind as the result has it, the API and the file of all figures: cells by option, None where hidden."""
    kind = next(one for one in result_of(poll).breakdowns if one.by == "kind")
    cells = {whole.option.text: [figure.shown for figure in row] for whole, row in kind.rows}
    [sent] = client.get(reverse("api_poll_results", args=[poll.public_id])).json()["questions"]
    told = next(one for one in sent["breakdowns"] if one["by"] == "kind")
    for group in told["groups"]:
        for option in group["options"]:
            place = [one["code"] for one in told["groups"]].index(group["code"])
            assert (option["interval"] is not None) is cells[option["text"]][place]
    lines = client.get(reverse("polls:results", args=[poll.public_id])).content.decode().splitlines()
    for text, shown in cells.items():
        rows = [line for line in lines if "by-kind" in line and f";{text};" in line]
        assert any(line[-1].isdigit() for line in rows) is any(shown), rows
    return kind, cells


def chooses(poll, places, customers=0, prospects=0):
    ids = options_of(poll)
    for kind, times in (("customer", customers), ("prospect", prospects)):
        says(poll, Answer(options=[ids[place] for place in places]), times, kind=kind)


def test_option_that_all_prospects_chose_is_hidden_by_group_and_stays_in_the_total(client):
    """Eight of eight is each of them; seven of eight is the one who did not."""
    poll = an_open_poll(options=("Espèces", "Voyage", "Livret"), method="multiple", results_policy="always")
    chooses(poll, (0, 1), customers=12, prospects=7)
    chooses(poll, (0,), customers=5, prospects=1)
    chooses(poll, (1, 2), customers=10)
    kind, cells = by_kind_of(poll, client)
    assert cells == {"Espèces": [False, False], "Voyage": [False, False], "Livret": [False, False]}
    assert [whole.votes for whole, _row in kind.rows] == [29, 25, 10]


def test_options_that_enough_chose_and_enough_did_not_are_shown_by_group(client):
    poll = an_open_poll(options=("Espèces", "Voyage", "Livret"), method="multiple", results_policy="always")
    chooses(poll, (0, 1), customers=12, prospects=7)
    chooses(poll, (0,), customers=8, prospects=6)
    chooses(poll, (1,), customers=9, prospects=6)
    chooses(poll, (0, 1, 2), customers=5, prospects=1)
    _kind, cells = by_kind_of(poll, client)
    assert cells == {"Espèces": [True, True], "Voyage": [True, True], "Livret": [False, False]}


def test_option_that_the_whole_poll_chose_is_no_secret_of_a_group(client):
    poll = an_open_poll(options=("Espèces", "Voyage"), method="multiple", results_policy="always")
    chooses(poll, (0, 1), customers=12, prospects=6)
    chooses(poll, (0,), customers=12, prospects=6)
    _kind, cells = by_kind_of(poll, client)
    assert cells == {"Espèces": [True, True], "Voyage": [True, True]}


def test_option_that_all_prospects_put_first_with_another_is_hidden_by_group(client):
    poll = an_open_poll(options=("A", "B", "C"), method="ranking", ties=True, results_policy="always")
    one, two, three = options_of(poll)
    for kind, order, times in (("customer", [[one, two], [three]], 10), ("customer", [[three], [one, two]], 10),
                               ("prospect", [[one, two], [three]], 6), ("prospect", [[one], [two, three]], 6)):  # fmt: skip
        says(poll, Answer(ranks=order), times, kind=kind)
    _kind, cells = by_kind_of(poll, client)
    assert cells == {"A": [False, False], "B": [True, True], "C": [False, False]}


@pytest.mark.parametrize(
    ("method", "given", "hidden"),
    [
        ("score", {"customer": [((5, 2), 9), ((3, 4), 6)], "prospect": [((5, 2), 4), ((5, 3), 4)]}, {"A"}),
        ("points", {"customer": [((50, 30, 20), 9), ((40, 30, 30), 9)], "prospect": [((60, 10, 30), 4), ((60, 30, 10), 4)]},
         {"A", "B"}),
        ("score", {"customer": [((5, 2), 9), ((5, 4), 6)], "prospect": [((5, 2), 4), ((5, 3), 4)]}, set()),
    ],
)  # fmt: skip
def test_mean_of_a_group_that_gave_all_the_same_is_hidden_unless_all_did(client, method, given, hidden):
    poll = an_open_poll(
        options=("A", "B", "C")[: 2 if method == "score" else 3], method=method, results_policy="always"
    )
    for kind, rows in given.items():
        for numbers, times in rows:
            says(poll, Answer(numbers=dict(zip(options_of(poll), numbers, strict=True))), times, kind=kind)
    kind, cells = by_kind_of(poll, client)
    assert {text for text, shown in cells.items() if not all(shown)} == hidden
    assert all(not any(cells[text]) for text in hidden)
    assert all(whole.shown for whole, _row in kind.rows)


def test_weights_give_each_age_and_product_its_real_part():
    poll = an_open_poll(options=("Espèces", "Voyage"))
    Poll.objects.filter(pk=poll.pk).update(weighted=True)
    for age, share in (("18-25", "0.8"), ("60+", "0.2")):
        AudienceShare.objects.create(poll=poll, age_band=age, product="", share=share)
    from polls.domain.tallying import recount

    recount(Poll.objects.get(pk=poll.pk))
    ids = options_of(poll)
    for chosen, age, times in ((0, "18-25", 8), (1, "18-25", 2), (0, "60+", 3), (1, "60+", 27)):
        for _ in range(times):
            cast_ballot(poll.public_id, [ids[chosen]], by=a_member(age_band=age))
    found = result_of(poll)
    raw = {figure.option.text: figure.share for figure in found.shares}
    weighted = {row.option.text: row.value for row in found.weighted.rows}
    assert raw["Espèces"] == 11 / 40
    assert weighted["Espèces"] == pytest.approx(0.8 * 0.8 + 0.2 * 0.1)
    assert found.weighted.effective < 40
    assert found.weighted.largest == pytest.approx(3.2)
    assert found.weighted.usable
