"""Runs over the same ideas at the same time, and a colleague beside them: none lost, none doubled, and each loser is told why."""

import threading
from contextlib import suppress

import pytest
from django.db import connection

from ideas.domain import bulk
from ideas.domain.moving import move_idea
from ideas.domain.triaging import ChangedMeanwhile, unchanged, version_of
from ideas.models import BulkLine, BulkRun, Deed, Idea, IdeaMove
from ideas.states import State
from tests.core.processes import wait_until, workers
from tests.factories.ideas import an_idea
from tests.factories.members import a_product_owner

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
WHY = "Nous l’avons décidé avec l’équipe concernée."
SAID = {"reason": WHY, "silent": "on"}


def over(*runs):
    return lambda: BulkRun.objects.filter(pk__in=[run.pk for run in runs], state="done").count() == len(runs)


def losers():
    return BulkLine.objects.exclude(result="done")


def test_two_runs_over_the_same_ideas_make_one_move_on_each():
    for _row in range(60):
        an_idea()
    ideas = Idea.objects.all()
    first = bulk.start_bulk("decline", ideas.order_by("pk"), SAID, by=a_product_owner())
    second = bulk.start_bulk("review", ideas.order_by("-pk"), SAID, by=a_product_owner())
    with workers(3):
        wait_until(over(first, second))
    assert IdeaMove.objects.count() == 60
    assert IdeaMove.objects.values("idea").distinct().count() == 60
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.done + second.done, first.changed + second.changed) == (60, 60)
    assert losers().count() == 60
    assert all(losers().values_list("words", flat=True))
    declined = Idea.objects.filter(state=State.DECLINED).count()
    assert (declined, Idea.objects.filter(state=State.UNDER_REVIEW).count()) == (first.done, second.done)


def test_two_runs_that_give_the_same_ideas_away_give_each_once():
    for _row in range(40):
        an_idea()
    owners = a_product_owner(), a_product_owner()
    runs = [
        bulk.start_bulk("assign", Idea.objects.order_by(order), {"assignee": owner.public_id}, by=owner)
        for owner, order in zip(owners, ("pk", "-pk"), strict=True)
    ]
    with workers(2):
        wait_until(over(*runs))
    assert Deed.objects.count() == 40
    assert losers().filter(result="changed").count() == 40
    for run, owner in zip(runs, owners, strict=True):
        run.refresh_from_db()
        assert Idea.objects.filter(assignee=owner).count() == run.done


def test_run_beside_single_moves_loses_and_doubles_none():
    ideas = [an_idea() for _row in range(40)]
    seen = {idea.pk: version_of(idea) for idea in ideas}
    by, won = a_product_owner(), []
    run = bulk.start_bulk("decline", Idea.objects.order_by("pk"), SAID, by=a_product_owner())

    def one_by_one():
        for idea in reversed(ideas):
            with suppress(ChangedMeanwhile), unchanged(idea, seen[idea.pk]) as held:
                move_idea(held, State.UNDER_REVIEW, reason=WHY, by=by, silent=True)
                won.append(idea.pk)
        connection.close()

    with workers(2):
        colleague = threading.Thread(target=one_by_one)
        colleague.start()
        colleague.join()
        wait_until(over(run))
    run.refresh_from_db()
    assert IdeaMove.objects.count() == 40
    assert (run.done, run.changed) == (40 - len(won), len(won))
    assert set(losers().values_list("idea_id", flat=True)) == set(won)
