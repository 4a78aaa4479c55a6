"""Support by group where it is large: kept, counted again when votes have come, and said of when it is."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.worker import Worker
from ideas.backoffice.reading import support_of
from ideas.domain import tallying
from ideas.domain.evidence import course_of, evidence_of, support_by_group
from ideas.domain.tallying import count_again, count_all, is_old, keep_tallies, kept_tally, outdated
from ideas.models import Idea, SupportTally
from tests.factories.ideas import an_idea
from tests.factories.members import a_member, a_product_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def idea(monkeypatch):
    """An idea with more supporters than are counted at once."""
    monkeypatch.setattr(tallying, "LIVE_UP_TO", 5)
    idea = an_idea()
    supported(idea, 8)
    return Idea.objects.get(pk=idea.pk)


def supported(idea, number, **fields):
    for _each in range(number):
        idea.votes.up(a_member(**fields).pk)


def test_few_supporters_are_counted_when_asked():
    idea = an_idea()
    supported(idea, 3)
    idea.refresh_from_db()
    assert evidence_of(idea).as_of is None and support_by_group(idea).community == 3


def test_many_supporters_are_counted_in_the_background_and_give_the_same(idea):
    before = support_by_group(idea), course_of(idea)
    keep_tallies()
    Worker(batch=True).run()
    assert kept_tally(idea) is not None and outdated() == []
    assert (support_by_group(idea), course_of(idea)) == before
    assert support_of(idea, kept_tally(idea)).total == 8


def test_kept_figures_are_read_in_one_query(idea, django_assert_num_queries):
    count_all()
    with django_assert_num_queries(1):
        support_of(idea, kept_tally(idea))
    with django_assert_num_queries(1):
        tallying.tally_of(idea)


def test_votes_that_came_since_are_told_once_enough_have_come(idea):
    count_all()
    supported(idea, 4)
    idea.refresh_from_db()
    assert outdated() == [] and support_by_group(idea).community == 8
    supported(idea, 1)
    assert outdated() == [idea.pk]
    keep_tallies()
    Worker(batch=True).run()
    assert support_by_group(Idea.objects.get(pk=idea.pk)).community == 13


@pytest.mark.parametrize(
    ("votes", "counted", "age", "expected"),
    [
        (20_100, 20_000, 0, False),
        (20_200, 20_000, 0, True),
        (19_800, 20_000, 0, True),
        (104, 100, 0, False),
        (105, 100, 0, True),
        (100, 100, 25, True),
    ],
)
def test_a_hundredth_or_five_votes_or_a_day_make_figures_old(votes, counted, age, expected):
    assert is_old(votes, counted, timezone.now() - timedelta(hours=age)) is expected


def test_counting_again_is_idempotent_and_survives_the_idea(idea):
    count_again(idea.pk)
    count_again(idea.pk)
    count_again(0)
    assert SupportTally.objects.count() == 1


def test_recount_makes_all_anew_and_drops_what_is_not_needed(idea):
    small = an_idea()
    SupportTally.objects.create(idea=small, votes=1, counted_at=timezone.now())
    SupportTally.objects.create(
        idea=idea, votes=8, people=[[False, "customer", "private", "", "", 99]], counted_at=timezone.now()
    )
    assert count_all() == 1
    assert support_by_group(idea).community == 8 and not SupportTally.objects.filter(idea=small).exists()


def test_small_groups_of_kept_figures_are_hidden(idea):
    supported(idea, 2, segment="student")
    count_again(idea.pk)
    groups = [cell.people for cell in support_by_group(idea).groups]
    assert 2 not in groups and groups.count(None) == 2


def test_pages_and_api_say_of_when_the_figures_are(client, idea):
    count_all()
    client.force_login(a_product_owner())
    at = SupportTally.objects.get().counted_at
    whole = client.get(reverse("ideas_desk:all_evidence", args=[idea.public_id])).content.decode()
    assert "comptés à nouveau" in whole
    assert "Compté le" in client.get(reverse("ideas_desk:evidence", args=[idea.public_id])).content.decode()
    said = client.get(reverse("api_desk_evidence", args=[idea.public_id])).json()["as_of"]
    assert said and said[:16] == timezone.localtime(at).isoformat()[:16]
