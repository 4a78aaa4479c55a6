"""A promise that runs out is taken to the theme's owner, then to their manager, each once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from ideas.domain.escalating import escalate_promises
from ideas.domain.moving import answer_officially, undo_answer
from ideas.domain.promising import set_promise
from ideas.history import feed_of
from ideas.models import Category, Escalation
from notifications.models import Notification
from tests.factories.ideas import a_category, an_idea
from tests.factories.members import a_product_owner
from tests.notifications.working import work

pytestmark = pytest.mark.django_db
ANSWER = "Nous regardons cela avec l’équipe Cartes et revenons vers vous en décembre."


@pytest.fixture
def people():
    return a_product_owner(nickname="Nadia"), a_product_owner(nickname="Bruno")


@pytest.fixture
def theme(people):
    owner, manager = people
    return a_category(owner=owner, manager=manager)


def promised(theme, *, days_ago, days_left, **fields):
    now = timezone.now()
    started, due = now - timedelta(days=days_ago), now + timedelta(days=days_left)
    return an_idea(category=theme, promise_started_at=started, promise_due_at=due, **fields)


def steps(idea):
    return list(idea.escalations.values_list("level", flat=True))


@pytest.mark.parametrize(
    ("days_ago", "days_left", "levels"),
    [(6, 4, []), (7.01, 2.99, ["owner"]), (9, 1, ["owner"]), (10.01, -0.01, ["owner", "manager"])],
)
def test_owner_is_told_at_70_percent_and_the_manager_when_it_is_late(theme, days_ago, days_left, levels):
    idea = promised(theme, days_ago=days_ago, days_left=days_left)
    assert escalate_promises() == len(levels)
    assert steps(idea) == levels


def test_each_is_told_once(theme, people):
    promised(theme, days_ago=12, days_left=-2)
    assert escalate_promises() == 2
    assert escalate_promises() == 0
    work()
    told = Notification.objects.filter(kind="promise_escalated")
    assert sorted(told.values_list("member_id", flat=True)) == sorted(person.pk for person in people)


def test_theme_sets_its_own_thresholds(theme, people):
    idea = promised(theme, days_ago=4, days_left=6)
    assert escalate_promises() == 0
    set_promise(theme, owner_percent=20, manager_percent=40, manager=people[1], by=people[0])
    assert escalate_promises() == 2
    assert steps(idea) == ["owner", "manager"]


def test_answered_decided_or_hidden_ideas_are_not_escalated(theme):
    promised(theme, days_ago=12, days_left=-2, answered_at=timezone.now())
    promised(theme, days_ago=12, days_left=-2, state="declined")
    promised(theme, days_ago=12, days_left=-2, visibility="hidden")
    assert escalate_promises() == 0


def test_answer_taken_back_does_not_escalate_twice(theme, people):
    idea = promised(theme, days_ago=8, days_left=2)
    assert escalate_promises() == 1
    undo_answer(answer_officially(idea, body=ANSWER, by=people[0]), by=people[0])
    assert escalate_promises() == 0


def test_manager_stands_in_where_a_theme_has_no_owner(people):
    idea = promised(a_category(manager=people[1]), days_ago=8, days_left=2)
    assert escalate_promises() == 1
    assert Escalation.objects.get(idea=idea).to == people[1]


def test_theme_of_nobody_waits_until_it_has_someone(people):
    theme = a_category()
    promised(theme, days_ago=8, days_left=2)
    assert escalate_promises() == 0
    Category.objects.filter(pk=theme.pk).update(owner=people[0])
    assert escalate_promises() == 1


def test_someone_who_left_the_bank_is_not_told(people):
    owner, manager = people
    owner.is_active = False
    owner.save()
    idea = promised(a_category(owner=owner, manager=manager), days_ago=8, days_left=2)
    escalate_promises()
    assert Escalation.objects.get(idea=idea).to == manager


def test_escalation_stands_in_the_ideas_history(theme, people):
    idea = promised(theme, days_ago=12, days_left=-2)
    escalate_promises()
    written = [(entry.before, entry.who) for entry in feed_of(idea, people[0]) if entry.kind == "escalation"]
    assert written == [("owner", "Nadia"), ("manager", "Bruno")]


def test_clock_from_before_the_column_is_escalated_too(theme):
    idea = promised(theme, days_ago=12, days_left=1)
    idea.promise_started_at = None
    idea.save(update_fields=["promise_started_at"])
    assert escalate_promises() == 1


@pytest.mark.parametrize("number", [1, 3])
def test_looking_costs_the_same_for_one_promise_and_for_three(theme, django_assert_num_queries, number):
    for _each in range(number):
        promised(theme, days_ago=1, days_left=9)
    with django_assert_num_queries(2):
        escalate_promises()
