"""Votes by 32 threads, and merges while votes arrive: none lost, none doubled, the counter is the rows."""

import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from vote.models import Vote

from core.errors import DomainError
from ideas import drills
from ideas.domain.merging import merge_idea, unmerge_idea
from ideas.domain.voting import cast_vote, voters_of, withdraw_vote
from ideas.models import Idea
from ideas.querysets import votes_of_ideas
from members.models import Member
from tests.factories.ideas import an_idea
from tests.factories.members import a_member, a_product_owner

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
THREADS = 32


@pytest.fixture(autouse=True)
def fresh_content_types():
    """Other tests' flush gives content types new keys."""
    ContentType.objects.clear_cache()


def people(number: int) -> list[Member]:
    first = a_member()
    rows = [Member(email=f"foule{first.pk}-{n}@example.org", nickname=f"Foule {first.pk}-{n}") for n in range(number)]
    return Member.objects.bulk_create(rows)


def at_once(jobs):
    """Run the jobs in 32 threads, each with its own connection; the first error is raised."""

    def run(job):
        try:
            return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(run, jobs))


def votes_on(idea) -> int:
    kind = ContentType.objects.get_for_model(Idea)
    return Vote.objects.filter(content_type=kind, object_id=idea.pk).count()


def test_r1_five_hundred_people_voting_four_times_at_once_count_five_hundred():
    outcome = drills.hot_idea(people=500, times=4)
    assert (outcome.rows, outcome.counter, outcome.drift) == (500, 500, [])
    assert outcome.broken == [] and not outcome.refused


def test_r2_mixed_votes_and_withdrawals_leave_every_counter_equal_to_its_rows():
    outcome = drills.mixed(operations=3_000, people=60, ideas=12)
    assert outcome.rows == outcome.counter > 0 and outcome.drift == []
    assert outcome.broken == [] and not outcome.refused


def test_drills_leave_nothing_behind():
    drills.hot_idea(people=5, times=2)
    drills.clear()
    assert not Idea.objects.exists() and not votes_of_ideas().exists()
    assert not Member.objects.filter(email__endswith="@drill.invalid").exists()


def test_toggles_of_many_people_leave_the_counter_equal_to_the_rows():
    ideas, crowd, dice = [an_idea() for _n in range(3)], people(40), random.Random(11)

    def toggles(who):
        for _time in range(12):
            idea = Idea.objects.get(pk=dice.choice(ideas).pk)
            dice.choice((cast_vote, withdraw_vote))(idea, by=who)

    at_once([lambda who=who: toggles(who) for who in crowd])
    for idea in ideas:
        idea.refresh_from_db()
        assert idea.vote_score == idea.num_vote_up == votes_on(idea)
    call_command("recount", check=True)


def test_same_person_in_32_threads_votes_once():
    idea, member = an_idea(), a_member()
    at_once([lambda: cast_vote(Idea.objects.get(pk=idea.pk), by=member)] * THREADS)
    idea.refresh_from_db()
    assert (idea.vote_score, votes_on(idea)) == (1, 1)


def test_merge_while_votes_arrive_counts_each_person_once():
    stays, goes, crowd, owner = an_idea(), an_idea(), people(60), a_product_owner()

    def vote(idea, who):
        try:
            cast_vote(Idea.objects.get(pk=idea.pk), by=who)
        except DomainError as refusal:
            assert refusal.code == "idea_merged"

    jobs = [lambda who=who, idea=idea: vote(idea, who) for who in crowd for idea in (stays, goes)]
    random.Random(3).shuffle(jobs)
    jobs.insert(40, lambda: merge_idea(goes, stays, reason="C’est la même demande que l’autre.", by=owner))
    at_once(jobs)
    stays.refresh_from_db()
    assert stays.vote_score == voters_of(stays).count() == 60
    call_command("recount", check=True)


def test_votes_on_an_idea_that_stands_for_others_are_counted_right_while_many_vote_again():
    """Who has voted already and votes again must not write an older count over the newer one."""
    stays, goes, crowd, owner = an_idea(), an_idea(), people(80), a_product_owner()
    early = crowd[:20]
    for who in early:
        cast_vote(goes, by=who)
    merge_idea(goes, stays, reason="C’est la même demande que l’autre.", by=owner)
    jobs = [lambda who=who: cast_vote(Idea.objects.get(pk=stays.pk), by=who) for who in crowd] * 3
    random.Random(5).shuffle(jobs)
    at_once(jobs)
    stays.refresh_from_db()
    assert stays.vote_score == voters_of(stays).count() == 80
    unmerge_idea(goes, reason="Ce sont deux besoins, finalement.", by=owner)
    counts = dict(Idea.objects.values_list("pk", "vote_score"))
    assert counts == {stays.pk: 80, goes.pk: 20}
    call_command("recount", check=True)
