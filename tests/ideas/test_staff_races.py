"""Staff’s votes are counted apart, whoever joins or leaves the bank while votes come and go."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection

from core.roles import ADMINISTRATOR, EXPERT
from ideas.domain.quarantining import release_votes, set_votes_aside
from ideas.models import Idea
from members.domain.appointing import set_roles
from tests.factories.ideas import an_idea
from tests.factories.members import a_member, a_moderator, a_staff_member, an_expert
from tests.ideas.test_races import mixed, toggles, unvote, vote, votes_on
from tests.racing import at_once, people, while_held

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
row_locks = pytest.mark.skipif(
    connection.vendor == "sqlite",
    reason="one writer at a time: the second cannot begin before the first has ended, so there is nothing to hold",
)


@pytest.fixture(autouse=True)
def fresh_content_types():
    """Other tests' flush gives content types new keys."""
    ContentType.objects.clear_cache()


@pytest.fixture(autouse=True)
def no_drift():
    """Whatever happened, the counters are what the rows say."""
    yield
    call_command("recount", check=True)


def test_staff_votes_follow_who_joins_and_leaves_the_bank_while_votes_come_and_go():
    ideas, crowd = [an_idea() for _n in range(3)], people(8)
    admin = a_staff_member(ADMINISTRATOR, is_superuser=True)
    for who in crowd:
        vote(ideas[0], who)

    def appoint(who, roles):
        set_roles(who, roles, by=admin)

    jobs = toggles(ideas, crowd, times=6)
    jobs += [lambda who=who, roles=roles: appoint(who, roles) for who in crowd for roles in ([EXPERT], [], [EXPERT])]
    assert set(at_once(mixed(jobs))) == {"ok"}
    for who in crowd:
        appoint(who, [EXPERT])
    for idea in ideas:
        idea.refresh_from_db()
        assert idea.staff_votes == idea.vote_score == votes_on(idea).count()


@row_locks
def test_vote_given_while_its_voter_joins_the_staff_is_counted_as_of_staff():
    """The one who votes has been read as a customer; the vote waits for the appointment, and reads their row again."""
    idea, who = an_idea(), a_member()
    admin = a_staff_member(ADMINISTRATOR, is_superuser=True)
    while_held(lambda: set_roles(who, [EXPERT], by=admin), lambda: vote(idea, who))
    assert Idea.objects.get(pk=idea.pk).staff_votes == 1


@row_locks
def test_appointment_waits_for_the_vote_that_is_being_given_and_takes_it_along():
    idea, who = an_idea(), a_member()
    admin = a_staff_member(ADMINISTRATOR, is_superuser=True)
    while_held(lambda: vote(idea, who), lambda: set_roles(who, [EXPERT], by=admin))
    assert Idea.objects.get(pk=idea.pk).staff_votes == 1


def test_staff_votes_set_aside_and_withdrawn_at_once_leave_nothing():
    idea, staff, moderator = an_idea(), [an_expert() for _n in range(6)], a_moderator()
    for who in staff:
        vote(idea, who)
    jobs = [lambda who=who: unvote(idea, who) for who in staff]
    jobs += [lambda who=who: set_votes_aside(idea, [who.pk], batch=f"b{who.pk}") for who in staff]
    jobs += [lambda who=who: release_votes(idea, batch=f"b{who.pk}", by=moderator) for who in staff]
    assert set(at_once(mixed(jobs))) == {"ok"}
    assert Idea.objects.values_list("vote_score", "staff_votes").get(pk=idea.pk) == (0, 0)
