from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from core.errors import Invalid, NotAllowed
from core.models import Event
from ideas.domain.moving import answer_officially, undo_answer
from ideas.domain.promising import set_promise, start_promises
from ideas.models import Category, Idea, OfficialAnswer
from tests.factories.ideas import a_category, an_idea
from tests.factories.members import a_member, a_moderator, a_product_owner, an_auditor

pytestmark = pytest.mark.django_db
ENOUGH = settings.LAB["PROMISE_VOTES"]
ANSWER = "Nous regardons cela avec l’équipe Cartes et revenons vers vous en décembre."


def test_idea_past_the_number_of_votes_is_promised_an_answer():
    few, many = an_idea(vote_score=ENOUGH - 1), an_idea(vote_score=ENOUGH)
    assert start_promises() == 1
    few.refresh_from_db()
    many.refresh_from_db()
    assert few.promise_due_at is None
    wanted = timezone.now() + timedelta(days=settings.LAB["PROMISE_DAYS"])
    assert abs(many.promise_due_at - wanted) < timedelta(minutes=1)


def test_clock_is_started_once():
    idea = an_idea(vote_score=ENOUGH)
    start_promises()
    due = Idea.objects.get(pk=idea.pk).promise_due_at
    assert start_promises() == 0
    assert Idea.objects.get(pk=idea.pk).promise_due_at == due


@pytest.mark.parametrize(
    "fields", [{"state": "declined"}, {"state": "delivered"}, {"visibility": "hidden"}, {"answered_at": timezone.now()}]
)
def test_nothing_is_promised_where_no_answer_is_awaited(fields):
    an_idea(vote_score=ENOUGH, **fields)
    assert start_promises() == 0


def test_answer_stops_the_clock_and_keeps_the_day_it_was_due():
    idea, owner = an_idea(vote_score=ENOUGH), a_product_owner()
    start_promises()
    due = Idea.objects.get(pk=idea.pk).promise_due_at
    answer_officially(idea, body=ANSWER, by=owner)
    assert Idea.objects.get(pk=idea.pk).promise_due_at is None
    assert OfficialAnswer.objects.get().promise_due_at == due


def test_undone_answer_lets_the_clock_run_on():
    idea, owner = an_idea(vote_score=ENOUGH), a_product_owner()
    start_promises()
    due = Idea.objects.get(pk=idea.pk).promise_due_at
    undo_answer(answer_officially(idea, body=ANSWER, by=owner), by=owner)
    idea.refresh_from_db()
    assert (idea.promise_due_at, idea.answered_at) == (due, None)


def test_theme_promises_by_its_own_figures():
    quick = a_category(promise_votes=5, promise_days=3)
    mine, other = an_idea(vote_score=5, category=quick), an_idea(vote_score=5)
    assert start_promises() == 1
    mine.refresh_from_db()
    other.refresh_from_db()
    assert other.promise_due_at is None
    assert mine.promise_due_at - mine.promise_started_at == timedelta(days=3)


def test_new_figures_hold_for_clocks_that_start_later():
    theme, owner = a_category(), a_product_owner()
    running = an_idea(vote_score=ENOUGH, category=theme)
    start_promises()
    due = Idea.objects.get(pk=running.pk).promise_due_at
    set_promise(theme, promise_votes=2, promise_days=1, by=owner)
    later = an_idea(vote_score=2, category=Category.objects.get(pk=theme.pk))
    assert start_promises() == 1
    running.refresh_from_db()
    later.refresh_from_db()
    assert running.promise_due_at == due
    assert later.promise_due_at - later.promise_started_at == timedelta(days=1)


def test_theme_without_figures_has_those_of_the_house(settings):
    settings.LAB = settings.LAB | {"PROMISE_VOTES": 7, "PROMISE_DAYS": 4}
    assert a_category().promise[:2] == (7, 4)
    assert a_category(promise_days=9).promise[:2] == (7, 9)


@pytest.mark.parametrize(
    ("figures", "code"),
    [
        ({"promise_votes": 0}, "out_of_range"),
        ({"promise_days": 366}, "out_of_range"),
        ({"owner_percent": 101}, "out_of_range"),
        ({"owner_percent": 90, "manager_percent": 80}, "owner_after_manager"),
    ],
)
def test_figures_that_make_no_sense_are_refused(figures, code):
    theme = a_category()
    with pytest.raises(Invalid) as refusal:
        set_promise(theme, by=a_product_owner(), **figures)
    assert refusal.value.code == code
    assert Category.objects.get(pk=theme.pk).promise_votes is None


@pytest.mark.parametrize("role", [a_member, a_moderator, an_auditor])
def test_only_product_owners_set_a_promise(role):
    with pytest.raises(NotAllowed):
        set_promise(a_category(), promise_days=3, by=role())


def test_change_of_a_promise_is_in_the_log_once():
    theme, owner = a_category(), a_product_owner()
    set_promise(theme, promise_days=3, by=owner)
    set_promise(theme, promise_days=3, by=owner)
    event = Event.objects.get(name="PromiseChanged")
    assert (event.payload["before"]["promise_days"], event.payload["after"]["promise_days"]) == (None, 3)
    assert event.actor == owner.public_id


def test_page_of_an_idea_says_its_themes_promise(client):
    idea = an_idea(category=a_category(promise_votes=8, promise_days=4))
    page = client.get(idea.get_absolute_url()).content.decode()
    assert "Au-delà de 8 soutiens, la banque répond en 4 jours" in page
