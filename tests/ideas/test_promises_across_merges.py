"""A merge is no answer: the promise of the merged idea goes on, is counted once, and parting gives both back exactly."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from core.errors import DomainError
from ideas.domain.escalating import escalate_promises
from ideas.domain.merging import merge_idea, preview_merge, undo_merge, undo_unmerge, unmerge_idea
from ideas.domain.moving import answer_officially, move_idea, undo_answer
from ideas.domain.promise_report import report
from ideas.domain.promising import start_promises
from ideas.models import Escalation, Idea, Merge, OfficialAnswer
from tests.factories.ideas import a_category, an_idea
from tests.factories.members import a_product_owner

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")
WHY = "C’est la même demande, réunie en une seule."
NOW = datetime(2026, 11, 20, 12, tzinfo=PARIS)


def at(month, day):
    return datetime(2026, month, day, 12, tzinfo=PARIS)


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=True) as moved:
        yield moved


@pytest.fixture
def owner():
    return a_product_owner()


def promised(due, **fields):
    started = {"promise_due_at": due, "promise_started_at": due - timedelta(days=15)} if due else {}
    return an_idea(**started, **fields)


def fresh(idea):
    return Idea.objects.get(pk=idea.pk)


def merged(goes, stays, by):
    return merge_idea(fresh(goes), fresh(stays), reason=WHY, by=by)


def parted(goes, by):
    return unmerge_idea(fresh(goes), reason=WHY, by=by)


def clock_of(idea):
    idea = fresh(idea)
    return idea.promise_due_at, idea.promise_started_at


def counted(now=None):
    whole = report(at(9, 1).date(), at(12, 31).date(), now=now or timezone.now()).whole
    return whole.kept, whole.late, whole.owed, whole.decided


EARLY, LATE = at(11, 25), at(12, 5)


@pytest.mark.parametrize(
    ("own", "brought", "runs"),
    [
        (None, EARLY, EARLY), (LATE, EARLY, EARLY), (EARLY, LATE, EARLY), (EARLY, EARLY, EARLY), (EARLY, None, EARLY),
        (None, None, None), (LATE, at(11, 1), at(11, 1)),
    ],
)  # fmt: skip
def test_earlier_of_two_clocks_runs_on_and_parting_gives_both_back(clock, owner, own, brought, runs):
    stays, goes = promised(own), promised(brought)
    before = clock_of(stays), clock_of(goes)
    assert preview_merge(goes, stays, by=owner).due_at == runs
    merged(goes, stays, owner)
    assert clock_of(stays) == (runs, runs - timedelta(days=15) if runs else None)
    parted(goes, owner)
    assert (clock_of(stays), clock_of(goes)) == before


def test_overdue_promise_does_not_start_again_on_the_idea_that_stays(clock, owner):
    stays, goes = an_idea(vote_score=500), promised(at(11, 1))
    merged(goes, stays, owner)
    start_promises()
    assert clock_of(stays)[0] == at(11, 1)


@pytest.mark.parametrize("first", [0, 1, 2])
def test_several_ideas_are_parted_in_any_order_and_the_clock_is_that_of_those_that_are_left(clock, owner, first):
    stays, days = promised(at(12, 20)), [at(12, 10), at(12, 1), at(12, 5)]
    others = [promised(day) for day in days]
    for other in others:
        merged(other, stays, owner)
    assert clock_of(stays)[0] == at(12, 1)
    left = dict(zip(others, days, strict=True))
    for other in [*others[first:], *others[:first]]:
        parted(other, owner)
        assert clock_of(other)[0] == left.pop(other)
        assert clock_of(stays)[0] == min([at(12, 20), *left.values()])
    assert clock_of(stays) == (at(12, 20), at(12, 5))


def test_undoing_a_merge_and_undoing_a_parting_leave_the_clocks_as_they_were(clock, owner):
    stays, goes = promised(LATE), promised(EARLY)
    undo_merge(merged(goes, stays, owner), by=owner)
    assert (clock_of(stays)[0], clock_of(goes)[0]) == (LATE, EARLY)
    merged(goes, stays, owner)
    undo_unmerge(parted(goes, owner), by=owner)
    assert clock_of(stays)[0] == EARLY
    parted(goes, owner)
    assert (clock_of(stays)[0], clock_of(goes)[0]) == (LATE, EARLY)


def test_clock_that_started_for_both_together_stays_with_the_idea_that_stays(clock, owner):
    stays, goes = an_idea(vote_score=500), an_idea()
    merged(goes, stays, owner)
    Idea.objects.filter(pk=stays.pk).update(vote_score=500)
    start_promises()
    due = clock_of(stays)[0]
    parted(goes, owner)
    assert due and clock_of(stays)[0] == due and clock_of(goes)[0] is None


def test_answer_is_measured_by_the_clock_it_had_and_parting_measures_it_by_its_own(clock, owner):
    stays, goes = promised(LATE), promised(EARLY)
    merged(goes, stays, owner)
    clock.move_to(at(11, 28))
    answer_officially(stays, body=WHY, by=owner)
    assert OfficialAnswer.objects.get().promise_due_at == EARLY and counted() == (0, 1, 0, 0)
    parted(goes, owner)
    assert OfficialAnswer.objects.get().promise_due_at == LATE and counted() == (1, 0, 1, 0)
    assert clock_of(goes)[0] == EARLY and fresh(goes).answered_at is None


def test_promise_that_was_missed_when_merged_counts_as_missed_and_once(clock, owner):
    stays, goes = an_idea(), promised(at(11, 1))
    assert counted() == (0, 0, 1, 0)
    merged(goes, stays, owner)
    assert counted() == (0, 1, 0, 0)
    answer_officially(stays, body=WHY, by=owner)
    assert counted() == (0, 1, 0, 0)


def test_own_promise_of_the_idea_that_carries_a_missed_one_counts_by_its_own_day(clock, owner):
    stays, goes = promised(LATE), promised(at(11, 1))
    merged(goes, stays, owner)
    assert counted() == (0, 1, 0, 0) and counted(at(12, 20)) == (0, 1, 1, 0)
    answer = answer_officially(stays, body=WHY, by=owner)
    assert counted() == (1, 1, 0, 0)
    undo_answer(answer, by=owner)
    move_idea(stays, "declined", reason=WHY, by=owner)
    assert counted() == (0, 1, 0, 1)


def test_two_missed_promises_are_two_even_when_merged(clock, owner):
    stays, goes = promised(at(11, 5)), promised(at(11, 1))
    assert counted() == (0, 0, 2, 0)
    merged(goes, stays, owner)
    assert counted() == (0, 1, 1, 0)
    answer_officially(stays, body=WHY, by=owner)
    assert counted() == (0, 2, 0, 0)


def test_promise_that_still_ran_is_carried_on_and_counts_once_by_what_becomes_of_it(clock, owner):
    stays, goes = an_idea(), promised(EARLY)
    merged(goes, stays, owner)
    assert counted() == (0, 0, 0, 0) and counted(at(11, 30)) == (0, 0, 1, 0)
    answer_officially(stays, body=WHY, by=owner)
    assert counted() == (1, 0, 0, 0)


@pytest.mark.parametrize(("due", "found"), [(EARLY, (1, 0, 0, 0)), (at(11, 1), (0, 1, 0, 0))])
def test_merge_into_an_answered_idea_answers_and_keeps_a_promise_only_in_time(clock, owner, due, found):
    stays, goes = an_idea(), promised(due)
    answer_officially(stays, body=WHY, by=owner)
    merged(goes, stays, owner)
    assert counted() == found and clock_of(stays)[0] is None
    parted(goes, owner)
    assert clock_of(goes)[0] == due and counted() == (0, 0, int(due < NOW), 0)


def test_answer_that_is_undone_after_a_merge_leaves_the_promise_running(clock, owner):
    stays, goes = an_idea(), promised(EARLY)
    answer = answer_officially(stays, body=WHY, by=owner)
    merged(goes, stays, owner)
    undo_answer(answer, by=owner)
    assert clock_of(stays)[0] == EARLY and counted() == (0, 0, 0, 0)


@pytest.mark.parametrize(("due", "found"), [(EARLY, (0, 0, 0, 1)), (at(11, 1), (0, 1, 0, 0))])
def test_merge_into_an_idea_decided_without_a_letter_decides_or_stays_missed(clock, owner, due, found):
    stays, goes = an_idea(state="planned"), promised(due)
    merged(goes, stays, owner)
    assert counted() == found and clock_of(stays)[0] is None


def test_merge_of_before_counts_as_decided_where_it_came_in_time_alone(clock, owner):
    for due in (EARLY, at(11, 1)):
        merged(promised(due), an_idea(), owner)
    Merge.objects.update(promise="", given_due_at=None)
    Idea.objects.filter(merged_into__isnull=True).update(promise_due_at=None)
    assert counted() == (0, 1, 0, 1)


def test_report_costs_the_same_queries_however_many_are_merged(clock, owner, django_assert_num_queries):
    for many in (1, 4):
        stays = promised(LATE, assignee=owner)
        for _each in range(many):
            merged(promised(at(11, 1), assignee=owner), stays, owner)
        with django_assert_num_queries(6):
            report(at(9, 1).date(), NOW.date(), now=NOW)


def test_who_was_told_of_the_overdue_promise_is_not_told_again_and_another_owner_is(clock, owner):
    theme = a_category(owner=owner, manager=a_product_owner())
    stays, elsewhere = an_idea(category=theme), an_idea(category=a_category(owner=a_product_owner()))
    ours, theirs = (promised(at(11, 1), category=theme) for _each in range(2))
    assert escalate_promises() == 4
    merged(ours, stays, owner)
    assert escalate_promises() == 0
    merged(theirs, elsewhere, owner)
    assert escalate_promises() == 2 and Escalation.objects.filter(idea=elsewhere).count() == 2


def test_merged_idea_is_answered_on_the_one_that_stays(client, clock, owner):
    stays, goes = an_idea(), promised(EARLY)
    merged(goes, stays, owner)
    with pytest.raises(DomainError) as refusal:
        answer_officially(fresh(goes), body=WHY, by=owner)
    assert (refusal.value.code, refusal.value.status) == ("idea_merged", 409)


def test_page_and_api_say_by_when_an_answer_is_then_due(client, clock, owner):
    client.force_login(owner)
    stays, goes = an_idea(), promised(EARLY)
    asked = {"idea": goes.public_id, "move": "merge", "into": stays.public_id}
    page = client.get(reverse("ideas_desk:index"), asked).content.decode()
    assert "Notre réponse est alors due pour le" in page and "25 novembre" in page
    preview = client.get(f"/api/v1/desk/ideas/{goes.public_id}/merge/?into={stays.public_id}").json()
    assert preview["due_at"].startswith("2026-11-25")
