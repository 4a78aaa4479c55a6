"""The shares of the real audience, from the bank's own file: read with its accents and commas, refused line by line."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from core.errors import ImpossibleMove, NotAllowed
from polls.domain.closing import close, reopen
from polls.domain.deciding import decide
from polls.domain.results import summarise
from polls.domain.tallying import STRATA, recount
from polls.domain.weighting import BadWeights, WeightsStand, drop_weights, read_weights, set_weights, template
from polls.models import AudienceShare, Poll, Tally
from tests.factories.members import a_member, a_product_owner, an_auditor
from tests.factories.polls import a_draft, an_open_poll, votes

pytestmark = pytest.mark.django_db
FRENCH = "\ufeffTranche d’âge;Produit;Part (%)\r\n18–25 ans;Compte courant;40\r\n60 ans et plus;Épargne;59,8\r\n"
ENGLISH = "age,product,share\n18-25,account,0.4\n60+,savings,0.6\n"


@pytest.fixture
def owner():
    return a_product_owner()


def shares(text):
    return {(row.age_band, row.product): round(float(row.share), 3) for row in read_weights(text)}


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH,
        "age\tproduct\tshare\n18-25\taccount\t40 %\n60+\tsavings\t60 %\n",
        "part;produit;âge\n\n0,4;compte;18 à 25 ans\n\n0,6;livret;60 +\n",
        'age,product,share\n18-25,account,"40,0"\n60+,savings,"60,0"\n',
    ],
)
def test_file_is_read_in_both_languages_with_commas_semicolons_or_tabs(text):
    assert shares(text) == {("18-25", "account"): 0.4, ("60+", "savings"): 0.6}


def test_rounding_of_the_file_is_spread_over_its_lines():
    found = shares(FRENCH)
    assert found == {("18-25", "account"): 0.401, ("60+", "savings"): 0.599}
    assert abs(sum(row.share for row in read_weights(FRENCH)) - 1) < Decimal("0.000001")


def test_who_did_not_say_and_who_holds_nothing_have_their_line():
    assert shares("âge;produit;part\nnon renseigné;;30\n26-39;-;70") == {("", ""): 0.3, ("26-39", ""): 0.7}


def lines_of(text):
    with pytest.raises(BadWeights) as refusal:
        read_weights(text)
    assert refusal.value.code == "bad_weights"
    return {fault["line"]: fault["message"] for fault in refusal.value.extra["lines"]}


def test_every_wrong_line_is_named_with_its_number():
    faults = lines_of(
        "âge;produit;part\n18-25;compte;20\n17-25;compte;20\n26-39;bitcoin;20\n\n40-59;crédit;beaucoup\n18-25;account;20\n"
        "60+;livret;-3\n60+;assurance\n40-59;livret;120\n"
    )
    assert sorted(faults) == [3, 4, 6, 7, 8, 9, 10]
    assert "17-25" in faults[3]
    assert "bitcoin" in faults[4]
    assert "déjà à la ligne 2" in faults[7]


@pytest.mark.parametrize(
    "text",
    [
        "", "\ufeff \n", "bonjour", "a;b;c\n1;2;3", "age;product;share\n", "age;product;share\n18-25;account;90",
        "age;product;share\n18-25;account;99,4", "age;product;share\n18-25;account;NaN", "\x00", "x" * 30_000,
        "age;product;share\n" + "18-25;account;1\n" * 60, "age;product;share\n18-25;account;1e999999",
        'age,product,share\n"18-25,account,1', "age;product;share\n18-25;account;１００",
    ],
)  # fmt: skip
def test_what_is_no_table_of_weights_is_refused_and_never_breaks(text):
    try:
        read_weights(text)
    except BadWeights as refusal:
        assert str(refusal)
    else:
        assert "１００" in text  # full-width figures are figures


def test_weights_are_kept_counted_replaced_and_taken_away(owner):
    poll = an_open_poll(by=owner)
    votes(poll, 0, customers=3, age_band="18-25", product="account")
    poll = set_weights(poll, FRENCH, by=owner)
    assert poll.weighted
    stratum = Tally.objects.filter(poll=poll, dimension="stratum", option=None, question=None, key="")
    assert stratum.get(cell="18-25/account").count == 3
    votes(poll, 1, customers=1, age_band="60+", product="savings")
    assert stratum.get(cell="60+/savings").count == 1
    assert recount(poll) == 0
    set_weights(poll, "age,product,share\n26-39,,1", by=owner)
    assert AudienceShare.objects.get().stratum == "26-39/"
    poll = drop_weights(poll, by=owner)
    assert not poll.weighted
    assert not AudienceShare.objects.exists()
    assert recount(poll) == 0


def test_refused_file_leaves_the_weights_as_they_were(owner):
    poll = set_weights(a_draft(by=owner), ENGLISH, by=owner)
    with pytest.raises(BadWeights):
        set_weights(poll, "age,product,share\n26-39,,0.2", by=owner)
    assert AudienceShare.objects.filter(poll=poll).count() == 2
    assert Poll.objects.get().weighted


def test_weights_no_longer_change_once_it_is_decided(owner):
    poll = decide(close(an_open_poll(by=owner), by=owner), "Nous lançons les frais offerts au printemps.", by=owner)
    for change in (lambda: set_weights(poll, ENGLISH, by=owner), lambda: drop_weights(poll, by=owner)):
        with pytest.raises(ImpossibleMove):
            change()


@pytest.mark.parametrize("who", [a_member, an_auditor])
def test_others_weigh_nothing(who):
    with pytest.raises(NotAllowed):
        set_weights(an_open_poll(), ENGLISH, by=who())


def test_template_names_every_stratum_and_lines_left_without_a_figure_are_passed_over():
    rows = template()
    assert len(rows) == len(STRATA) + 1
    assert lines_of("\n".join(";".join(row) for row in rows)) == {}
    rows[1][2] = "100 %"
    assert shares("\n".join(";".join(row) for row in rows)) == {("", ""): 1}


# What weights could tell


WEIGHTED = "age,product,share\n18-25,account,{one}\n26-39,savings,{others}\n"


def weighted_shares(poll):
    found = summarise(Poll.objects.with_questions().get(pk=poll.pk)).questions[0].weighted
    return {row.option.text: round(row.value or 0, 6) for row in found.rows}


def one_among_many(owner):
    """One person of 18–25 with an account, who chose the second option; twelve others who chose the first."""
    poll = an_open_poll(by=owner, options=["Espèces", "Voyage"])
    votes(poll, 0, customers=12, age_band="26-39", product="savings")
    votes(poll, 1, customers=1, age_band="18-25", product="account")
    return poll


@pytest.mark.parametrize("one", ["0.998", "0.001"])
def test_no_weight_singles_one_ballot_out(owner, one):
    """All the weight to the one person, or nearly none: either would tell their choice."""
    poll = one_among_many(owner)
    set_weights(poll, WEIGHTED.format(one=one, others=round(1 - float(one), 4)), by=owner)
    close(poll, by=owner)
    assert weighted_shares(poll) == {"Espèces": round(12 / 13, 6), "Voyage": round(1 / 13, 6)}


def test_no_weight_leaves_a_single_ballot_out(owner):
    poll = one_among_many(owner)
    votes(poll, 0, customers=9, age_band="40-59", product="loan")
    set_weights(poll, "age,product,share\n26-39,savings,0.6\n40-59,loan,0.4", by=owner)
    close(poll, by=owner)
    assert weighted_shares(poll)["Voyage"] > 0, "the one without a share is weighed with others"


def test_weights_that_were_read_are_not_replaced_and_once_taken_away_do_not_come_back(owner):
    poll = one_among_many(owner)
    text = WEIGHTED.format(one="0.4", others="0.6")
    set_weights(poll, text, by=owner)
    set_weights(poll, text, by=owner)  # nobody reads them before the close
    close(poll, by=owner)
    other = WEIGHTED.format(one="0.5", others="0.5")
    for _ in range(2):
        with pytest.raises(WeightsStand) as refusal:
            set_weights(poll, other, by=owner)
        assert (refusal.value.code, refusal.value.status) == ("weights_stand", 409)
        drop_weights(poll, by=owner)


def test_weights_come_once_after_the_close(owner):
    poll = close(one_among_many(owner), by=owner)
    text = WEIGHTED.format(one="0.4", others="0.6")
    assert set_weights(poll, text, by=owner).weighted
    with pytest.raises(WeightsStand):
        set_weights(poll, text, by=owner)


def test_weights_of_a_first_close_stand_when_it_is_opened_again(owner):
    poll = one_among_many(owner)
    text = WEIGHTED.format(one="0.4", others="0.6")
    set_weights(poll, text, by=owner)
    poll = reopen(close(poll, by=owner), closes_at=timezone.now() + timedelta(days=1), by=owner)
    with pytest.raises(WeightsStand):
        set_weights(poll, text, by=owner)
