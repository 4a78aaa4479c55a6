"""How the turnout grew: kept by day once each, published in whole steps, to those whom the results policy lets see it."""

import csv as reader
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO
from itertools import pairwise

import pytest
import time_machine
from django.urls import reverse
from PIL import Image

from core.worker import Worker
from polls.domain.closing import close
from polls.domain.counting_in import count_in
from polls.domain.growing import days_of, growth_of, keep_days, keep_days_of_all
from polls.domain.opening import audience_of
from polls.domain.results import summarise
from polls.domain.voting import cast_ballot
from polls.models import Participation, Poll
from polls.states import ResultsPolicy
from tests.factories.members import a_member, a_product_owner
from tests.factories.polls import an_open_poll, options_of, votes

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 2, 10, tzinfo=UTC)


def at(day, hour=10):
    """So many days after the Monday on which every poll here opens."""
    return MONDAY + timedelta(days=day, hours=hour - 10)


@pytest.fixture(autouse=True)
def three_weeks_later():
    """The tests count in days of that November, whenever they run."""
    with time_machine.travel(at(20)):
        yield


@pytest.fixture
def poll():
    poll = an_open_poll(results_policy=ResultsPolicy.ALWAYS, closes_at=at(60))
    Poll.objects.filter(pk=poll.pk).update(opens_at=MONDAY, closes_at=at(60))
    return Poll.objects.get(pk=poll.pk)


def came(poll, *days):
    """So many took part on each day from the Monday on."""
    for place, people in enumerate(days):
        for voter in votes(poll, 0, customers=people):
            Participation.objects.filter(poll=poll, member=voter).update(at=at(place))


def kept(poll, now):
    keep_days(poll.pk, now)
    return Poll.objects.get(pk=poll.pk)


def points(poll):
    found = growth_of(poll)
    return [people for _day, people in found.points] if found else None


def test_sums_go_by_whole_steps(poll):
    came(poll, 4, 1, 9, 0, 3)
    poll = kept(poll, at(5))
    assert growth_of(poll).points == [(at(place).date(), people) for place, people in enumerate((0, 5, 10, 10, 15))]


def test_today_is_not_told_before_it_is_over(poll):
    came(poll, 6, 6)
    assert points(kept(poll, at(1, 22))) == [5]
    assert points(kept(poll, at(2))) == [5, 10]


def test_two_curves_read_at_any_time_differ_by_whole_steps_or_by_nothing(poll):
    curves = []
    for day in range(1, 6):
        came(poll, *[0] * (day - 1), 3)
        curves.append(points(kept(poll, at(day))) or [0] * day)
    for older, newer in pairwise(curves):
        assert newer[: len(older)] == older, "what was published stays as it was"
        assert (newer[-1] - older[-1]) % 5 == 0


def test_day_that_is_kept_is_not_counted_again_when_a_member_is_erased(poll):
    came(poll, 5)
    poll = kept(poll, at(1))
    assert points(poll) == [5]
    gone = Participation.objects.filter(poll=poll).first()
    gone.delete()
    assert points(kept(poll, at(3))) == [5, 5, 5]
    assert sum(days_of(Poll.objects.get(pk=poll.pk)).values()) == 5, "nor for the team"


def test_last_day_is_told_with_the_close_and_goes_on_after_a_re_opening(poll):
    came(poll, 5, 7)
    Poll.objects.filter(pk=poll.pk).update(closes_at=at(1, 18), state="closed")
    poll = kept(poll, at(1, 19))
    assert points(poll) == [5, 10]
    Poll.objects.filter(pk=poll.pk).update(closes_at=at(60), state="open", reopened_at=at(1, 20))
    for voter in votes(poll, 0, customers=3):
        Participation.objects.filter(poll=poll, member=voter).update(at=at(1, 21))
    assert points(kept(poll, at(2, 1))) == [5, 15], "12 and 3 more on the same day"
    assert sum(Poll.objects.get(pk=poll.pk).arrivals.values()) == 15


def test_the_bank_s_own_people_are_left_out(poll):
    came(poll, 5)
    cast_ballot(poll.public_id, options_of(poll)[:1], by=a_product_owner())
    Participation.objects.filter(poll=poll).update(at=at(0))
    assert kept(poll, at(1)).arrivals == {"2026-11-02": 5}


def test_curve_counts_the_ballots_that_the_turnout_counts(poll, settings, client):
    """Those of accounts opened just before are in neither, until the bank counts them in: then in both, on the days they came."""
    settings.LAB = settings.LAB | {"BALLOT_ACCOUNT_HOURS": 24, "BALLOT_BURST": 10**6}
    old = {"date_joined": at(-90)}
    for day, many in ((0, 6), (1, 7)):
        for voter in [*votes(poll, 0, customers=many, **old), *votes(poll, 1, customers=5, date_joined=at(19, 22))]:
            Participation.objects.filter(poll=poll, member=voter).update(at=at(day))
    poll = kept(poll, at(3))
    assert poll.arrivals == {"2026-11-02": 6, "2026-11-02/new": 5, "2026-11-03": 7, "2026-11-03/new": 5}
    assert (points(poll), list(days_of(poll).values())) == ([5, 10, 10], [6, 7])
    count_in(poll, ["new"], reason="Ces comptes viennent de notre invitation en agence.", by=a_product_owner())
    poll = Poll.objects.with_ballot_count().with_questions().get(pk=poll.pk)
    assert (points(poll), list(days_of(poll).values())) == ([10, 20, 20], [11, 12])
    told = client.get(reverse("api_poll_results", args=[poll.public_id])).json()
    assert summarise(poll).came == sum(days_of(poll).values()) == 23
    assert told["growth"]["points"][-1]["people"] == 20
    rows = client.get(files(poll)["csv"]).content.decode()
    assert rows.splitlines()[-1].strip() == "2026-11-04;20"
    assert "dont le bulletin compte" in client.get(poll.get_absolute_url()).content.decode()


def test_turnout_of_an_open_poll_is_told_against_those_invited_by_now(poll):
    """As it is at the close, so that it does not jump there."""
    a_member()
    before = poll.audience_size
    for _ in range(3):
        a_member()
    poll = kept(poll, at(1))
    assert poll.audience_size == audience_of(poll).count() > before
    assert close(poll, by=a_product_owner()).audience_size == poll.audience_size


def test_long_polls_go_by_week_then_by_month(poll):
    came(poll, 5)
    poll = kept(poll, at(1))
    poll.counted_until = at(100)
    weeks = growth_of(poll).points
    assert weeks[0][0].weekday() == 6 and weeks[1][0] - weeks[0][0] == timedelta(days=7)
    assert weeks[-1][0] == at(100).date(), "the last one as far as it is counted"
    poll.counted_until = at(500)
    assert [day.isoformat() for day, _people in growth_of(poll).points[:2]] == ["2026-11-30", "2026-12-31"]


def test_worker_counts_days_that_are_over_and_leaves_the_others_alone(poll, django_assert_num_queries):
    came(poll, 5)
    draft = an_open_poll(results_policy=ResultsPolicy.ALWAYS)
    Poll.objects.filter(pk=poll.pk).update(closes_at=at(1))
    keep_days_of_all()
    assert Poll.objects.get(pk=poll.pk).arrivals == {"2026-11-02": 5}
    assert Poll.objects.get(pk=draft.pk).counted_until is None, "opened today"
    with django_assert_num_queries(1):  # nothing is left to count
        keep_days_of_all()


def test_close_counts_the_last_day(poll):
    opened = an_open_poll(results_policy=ResultsPolicy.ALWAYS)
    votes(opened, 0, customers=6)
    close(opened, by=a_product_owner())
    Worker(batch=True).run()
    assert points(Poll.objects.get(pk=opened.pk)) == [5]


def test_curve_is_read_without_a_query_of_its_own(poll, django_assert_num_queries):
    came(poll, 7, 8)
    poll = Poll.objects.with_ballot_count().with_questions().get(pk=kept(poll, at(2)).pk)
    with django_assert_num_queries(0):
        growth_of(poll)
    assert summarise(poll).growth.points[-1][1] == 15


def files(poll, face="polls:growth"):
    return {kind: reverse(face, args=[poll.public_id, kind]) for kind in ("csv", "svg", "png")}


@pytest.mark.parametrize("face", ["polls:growth", "api_poll_growth"])
def test_page_has_a_chart_with_its_table_and_files_and_the_api_has_the_points(client, poll, face):
    came(poll, 9, 8)
    poll = kept(poll, at(2))
    page = client.get(poll.get_absolute_url()).content.decode()
    assert "Comment la participation a grandi" in page and "growth__curve" in page
    assert all(address in page for address in files(poll).values())
    answers = {kind: client.get(address) for kind, address in files(poll, face).items()}
    rows = list(reader.reader(StringIO(answers["csv"].content.decode().lstrip("\ufeff")), delimiter=";"))
    assert rows == [["Jour", "Membres, en tout"], ["2026-11-02", "5"], ["2026-11-03", "15"]]
    assert "15 personnes" in answers["svg"].content.decode().replace("\u00a0", " ")
    assert Image.open(BytesIO(answers["png"].content)).width == 1920
    told = client.get(reverse("api_poll_results", args=[poll.public_id])).json()["growth"]
    assert told == {"step": 5, "points": [{"day": "2026-11-02", "people": 5}, {"day": "2026-11-03", "people": 15}]}
    whole = client.get(reverse("polls:results", args=[poll.public_id])).content.decode()
    assert "growth;2026-11-03;;Membres, en tout;15" in whole


@pytest.mark.parametrize("face", ["polls:growth", "api_poll_growth"])
@pytest.mark.parametrize("kind", ["csv", "svg", "png", "exe"])
def test_hidden_result_hides_how_it_grew(client, poll, face, kind):
    came(poll, 9, 8)
    poll = kept(poll, at(2))
    Poll.objects.filter(pk=poll.pk).update(results_policy=ResultsPolicy.AFTER_CLOSE)
    assert client.get(reverse(face, args=[poll.public_id, kind])).status_code == 403
    page = client.get(poll.get_absolute_url()).content.decode()
    assert "growth__curve" not in page and "graphiques" not in page


def test_too_few_have_no_curve(client, poll):
    came(poll, 4)
    poll = kept(poll, at(1))
    assert {client.get(address).status_code for address in files(poll).values()} == {404}
    assert client.get(reverse("api_poll_results", args=[poll.public_id])).json()["growth"] is None


def test_team_sees_each_day_with_what_came_since_the_last_count(poll, django_assert_num_queries):
    came(poll, 4, 3)
    poll = kept(poll, at(1))
    with django_assert_num_queries(1):
        assert list(days_of(poll).values()) == [4, 3]
