from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from ideas.domain.moving import answer_officially, undo_answer
from ideas.domain.promising import start_promises
from ideas.models import Idea, OfficialAnswer
from tests.factories.ideas import an_idea
from tests.factories.members import a_product_owner

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
