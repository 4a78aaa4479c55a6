"""The bank may count ballots that were counted apart, with a reason everyone reads, and never so that a ballot shows."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.errors import ImpossibleMove, Invalid, NotAllowed
from core.models import Event
from core.shield import PrivateData
from polls.domain.closing import close, reopen
from polls.domain.counting_in import CountStands, TooFewApart, apart_in, count_in, would_tell
from polls.domain.deciding import decide
from polls.domain.results import both_ways, published
from polls.domain.tallying import recount
from polls.domain.voting import cast_ballot
from polls.models import Ballot, Poll, Tally
from tests.factories.members import a_member, a_product_owner, an_auditor
from tests.factories.polls import a_draft, a_question, an_open_poll, options_of, votes

pytestmark = pytest.mark.django_db
WHY = "Ces comptes viennent de notre invitation en agence du 12 novembre."


@pytest.fixture(autouse=True)
def rules(settings):
    settings.LAB = settings.LAB | {"BALLOT_ACCOUNT_HOURS": 24, "BALLOT_BURST": 10**6}


@pytest.fixture
def owner():
    return a_product_owner(date_joined=timezone.now() - timedelta(days=90))


def of_old(poll, many=6):
    votes(poll, 0, customers=many, date_joined=timezone.now() - timedelta(days=90))


def of_today(poll, *, many, kind="prospect", **fields):
    for _ in range(many):
        cast_ballot(poll.public_id, options_of(poll)[1:2], by=a_member(kind=kind, **fields))


def counted(poll):
    return Tally.objects.get(poll=poll, dimension="all", option=None, question=None, key="").count


def test_new_accounts_are_counted_in_with_a_reason_and_set_apart_again(owner):
    poll = an_open_poll(by=owner)
    of_old(poll)
    of_today(poll, many=5)
    assert apart_in(poll) == {"staff": 0, "new": 5, "burst": 0}
    assert counted(poll) == 6
    poll = count_in(poll, ["new"], reason=f"  {WHY}  ", by=owner)
    assert counted(poll) == 11
    assert (poll.counts_in, poll.counted_in_reason) == (("new",), WHY)
    assert recount(poll) == 0
    count_in(poll, [], reason="L’invitation n’était pas la nôtre.", by=owner)
    assert counted(poll) == 6
    assert [event.payload["kinds"] for event in Event.objects.filter(name="BallotsCountedIn").order_by("at")] == [
        "new",
        "",
    ]


def test_ballots_that_come_later_are_counted_as_the_bank_decided(owner):
    poll = an_open_poll(by=owner)
    count_in(poll, ["new"], reason=WHY, by=owner)
    of_today(poll, many=1)
    assert counted(poll) == 1


@pytest.mark.parametrize("many", [1, 4])
def test_so_few_that_the_difference_would_tell_stay_apart(owner, many):
    poll = an_open_poll(by=owner)
    of_old(poll)
    of_today(poll, many=many)
    with pytest.raises(TooFewApart):
        count_in(poll, ["new"], reason=WHY, by=owner)
    assert counted(poll) == 6
    assert Poll.objects.get().counted_in_reason == ""


def test_after_the_close_no_group_may_tell_on_one_of_them(owner):
    """Tables by group are published then: one prospect among five who are counted in would be read off them."""
    poll = an_open_poll(by=owner)
    of_old(poll)
    of_today(poll, many=5, kind="customer")
    of_today(poll, many=1, kind="prospect")
    assert not would_tell(poll, ["new"])
    poll = close(poll, by=owner)
    with pytest.raises(TooFewApart):
        count_in(poll, ["new"], reason=WHY, by=owner)


def test_staff_are_never_counted_in(owner):
    with pytest.raises(Invalid) as refusal:
        count_in(an_open_poll(by=owner), ["staff"], reason=WHY, by=owner)
    assert refusal.value.code == "staff_apart"


@pytest.mark.parametrize(
    ("kinds", "reason", "code"),
    [
        (["old"], WHY, "unknown_kind"),
        (["new"], "Oui.", "too_short"),
        (["new"], "x" * 281, "too_long"),
        ([], WHY, "nothing_changes"),
    ],
)
def test_what_cannot_be_is_refused_with_its_code(owner, kinds, reason, code):
    with pytest.raises(Invalid) as refusal:
        count_in(an_open_poll(by=owner), kinds, reason=reason, by=owner)
    assert refusal.value.code == code


def test_reason_holds_nothing_private(owner):
    with pytest.raises(PrivateData):
        count_in(an_open_poll(by=owner), ["new"], reason="La carte 4111 1111 1111 1111 a voté.", by=owner)


def test_after_the_decision_and_before_the_opening_nothing_is_counted_in(owner):
    decided = decide(close(an_open_poll(by=owner), by=owner), "Nous lançons les frais offerts au printemps.", by=owner)
    for poll in (decided, a_draft(by=owner)):
        with pytest.raises(ImpossibleMove):
            count_in(poll, ["new"], reason=WHY, by=owner)


@pytest.mark.parametrize("who", [a_member, an_auditor])
def test_others_count_nothing_in(who):
    with pytest.raises(NotAllowed):
        count_in(an_open_poll(), ["new"], reason=WHY, by=who())


def read_again(poll):
    return Poll.objects.with_questions().get(pk=poll.pk)


def published_in(both):
    return [round(figure.percent) for _option, figure, _others in both.pairs[0].rows]


def otherwise(both, kind):
    """Ballots, and the shares of the options, of the first question with or without that kind; None where it is not told."""
    kinds = [way.kind for way in both.ways]
    if kind not in kinds:
        return None
    place = kinds.index(kind)
    return both.ways[place].ballots, [round(others[place].percent) for _option, _figure, others in both.pairs[0].rows]


def of_staff(poll, many):
    for _ in range(many):
        cast_ballot(poll.public_id, options_of(poll)[2:3], by=a_product_owner())


def test_team_sees_the_totals_with_and_without_each_kind_after_the_close(owner):
    poll = an_open_poll(by=owner)
    of_old(poll, many=6)
    of_today(poll, many=6)
    of_staff(poll, 6)
    close(poll, by=owner)
    both = both_ways(read_again(poll))
    assert (both.ballots, published_in(both)) == (6, [100, 0, 0])
    assert (otherwise(both, "new"), otherwise(both, "staff")) == ((12, [50, 50, 0]), (12, [50, 0, 50]))
    assert otherwise(both, "burst") is None
    count_in(poll, ["new"], reason=WHY, by=owner)
    both = both_ways(read_again(poll))
    assert (both.ballots, published_in(both)) == (12, [50, 50, 0])
    assert otherwise(both, "new") == (6, [100, 0, 0]), "without them, now that they are in"
    assert otherwise(both, "staff") == (18, [33, 33, 33])


def test_while_the_poll_is_open_each_kind_follows_five_of_its_own_ballots_late(owner):
    """Whoever reads the totals before and after a colleague answers learns nothing of that one ballot."""
    poll = an_open_poll(by=owner)
    of_old(poll, 12)
    seen = []
    for _ballot in range(16):
        of_staff(poll, 1)
        both = both_ways(read_again(poll))
        seen.append(otherwise(both, "staff")[0] - both.ballots if both else 0)
    assert seen == [0] * 9 + [5] * 5 + [10] * 2
    assert both.ballots == published(read_again(poll)).ballots == 5


def test_while_the_poll_is_open_a_ballot_changed_shows_with_the_next_five_alone(owner):
    poll = an_open_poll(by=owner)
    of_old(poll, 12)
    colleagues = [a_product_owner() for _ in range(12)]
    for one in colleagues:
        cast_ballot(poll.public_id, options_of(poll)[2:3], by=one)
    before = both_ways(read_again(poll))
    cast_ballot(poll.public_id, options_of(poll)[1:2], by=colleagues[0])
    assert otherwise(both_ways(read_again(poll)), "staff") == otherwise(before, "staff")


def test_once_who_is_counted_was_changed_young_ballots_wait_for_the_close(owner):
    poll = an_open_poll(by=owner)
    of_old(poll, 12)
    of_today(poll, many=12)
    of_staff(poll, 12)
    assert otherwise(both_ways(read_again(poll)), "new")
    count_in(poll, ["new"], reason=WHY, by=owner)
    both = both_ways(read_again(poll))
    assert otherwise(both, "new") is None and otherwise(both, "staff")
    close(poll, by=owner)
    assert otherwise(both_ways(read_again(poll)), "new") == (12, [100, 0, 0])


def test_kind_counted_in_before_it_had_a_ballot_is_never_told_apart(owner):
    """Its ballots came into the published totals one by one: a total without it may differ by one from those."""
    poll = an_open_poll(by=owner)
    count_in(poll, ["new"], reason=WHY, by=owner)
    of_old(poll, 12)
    of_today(poll, many=6)
    close(poll, by=owner)
    assert both_ways(read_again(poll)) is None


def test_two_kinds_move_together_only_where_each_has_five(owner):
    """The team reads the totals with one of them: what is left would be the other's."""
    poll = an_open_poll(by=owner)
    of_old(poll)
    of_today(poll, many=6)
    of_today(poll, many=2)
    Ballot.objects.filter(pk__in=Ballot.objects.filter(apart="new").values_list("pk", flat=True)[:2]).update(
        apart="burst"
    )
    recount(poll)
    close(poll, by=owner)
    assert otherwise(both_ways(read_again(poll)), "new") == (12, [50, 50, 0])
    with pytest.raises(TooFewApart):
        count_in(poll, ["new", "burst"], reason=WHY, by=owner)


def test_answers_of_a_kind_to_a_question_that_few_of_it_answered_are_not_told(owner):
    questions = [
        a_question(("Oui", "Non"), text="Une carte ?"),
        a_question(("Rouge", "Bleue"), text="Sa couleur ?", required=False),
    ]
    poll = an_open_poll(by=owner, questions=questions)
    yes, _no, red, _blue = options_of(poll)
    for place in range(6):
        cast_ballot(poll.public_id, [yes, red], by=a_member(date_joined=timezone.now() - timedelta(days=90)))
        cast_ballot(poll.public_id, [yes, red] if place < 2 else [yes], by=a_product_owner())
    close(poll, by=owner)
    assert [pair.question.text for pair in both_ways(read_again(poll)).pairs] == ["Une carte ?"]


@pytest.mark.parametrize("many", [0, 4])
def test_so_few_apart_are_shown_in_no_pair_of_totals(owner, many):
    poll = an_open_poll(by=owner)
    of_old(poll)
    of_today(poll, many=many)
    close(poll, by=owner)
    assert both_ways(read_again(poll)) is None


def test_poll_that_was_opened_again_has_had_its_pair(owner):
    """Another one would differ from the first by the few who came since."""
    poll = an_open_poll(by=owner)
    of_old(poll)
    of_today(poll, many=5)
    poll = reopen(close(poll, by=owner), closes_at=timezone.now() + timedelta(days=1), by=owner)
    of_today(poll, many=1)
    close(poll, by=owner)
    assert both_ways(read_again(poll)) is None


def test_both_ways_are_one_query(owner):
    poll = an_open_poll(by=owner)
    of_old(poll)
    of_today(poll, many=5)
    close(poll, by=owner)
    poll = read_again(poll)
    with CaptureQueriesContext(connection) as captured:
        both_ways(poll)
    assert len(captured) == 1


def test_so_few_answers_to_one_question_stay_apart_though_the_ballots_are_many(owner):
    questions = [
        a_question(("Oui", "Non"), text="Une carte ?"),
        a_question(("Rouge", "Bleue"), text="Sa couleur ?", required=False),
    ]
    poll = an_open_poll(by=owner, questions=questions)
    yes, _no, red, _blue = options_of(poll)
    old = timezone.now() - timedelta(days=90)
    for _ in range(6):
        cast_ballot(poll.public_id, [yes, red], by=a_member(date_joined=old))
    for answers in ([yes, red], *[[yes]] * 5):
        cast_ballot(poll.public_id, answers, by=a_member())
    with pytest.raises(TooFewApart):
        count_in(poll, ["new"], reason=WHY, by=owner)
    for _ in range(4):
        cast_ballot(poll.public_id, [yes, red], by=a_member())
    assert count_in(poll, ["new"], reason=WHY, by=owner).counts_in == ("new",)


def test_once_opened_again_nobody_is_counted_in_or_out_any_more(owner):
    """The pair of totals was read with six young ballots; with one more ballot since, those counted in would give it away."""
    poll = an_open_poll(by=owner)
    of_old(poll, 8)
    of_today(poll, many=6)
    close(poll, by=owner)
    assert otherwise(both_ways(read_again(poll)), "new")[0] == 14
    reopen(poll, closes_at=timezone.now() + timedelta(days=1), by=owner)
    of_old(poll, 1)
    poll = close(Poll.objects.get(pk=poll.pk), by=owner)
    with pytest.raises(CountStands) as refusal:
        count_in(poll, ["new"], reason=WHY, by=owner)
    assert (refusal.value.code, refusal.value.status) == ("count_stands", 409)
    assert published(poll).ballots == 8
