"""The worker is killed in the middle of 200 notifications: none is lost, none is doubled."""

import os
import signal
from collections import Counter

import pytest
from django_tasks_db.models import DBTaskResult

from ideas.domain.moving import move_idea
from ideas.domain.voting import cast_vote
from ideas.states import State
from notifications.models import Notification
from tests.core.processes import wait_until, workers
from tests.factories.ideas import a_category, an_idea
from tests.factories.members import a_member, a_product_owner

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True), pytest.mark.concurrency]
IDEAS, VOTERS = 40, 4  # 40 × (4 voters and the author) = 200 notifications


def test_worker_killed_in_the_middle_of_200_notifications_loses_and_doubles_none():
    DBTaskResult.objects.all().delete()
    theme, author, owner = a_category(), a_member(), a_product_owner()
    voters = [a_member() for _number in range(VOTERS)]
    for _number in range(IDEAS):
        idea = an_idea(category=theme, author=author)
        for voter in voters:
            cast_vote(idea, by=voter)
        move_idea(idea, State.UNDER_REVIEW, reason="Nous étudions votre idée avec l’équipe.", by=owner)

    def count() -> int:
        return Notification.objects.count()

    for target in (25, 75, 125):
        with workers() as [process]:
            wait_until(lambda target=target: count() >= target)
            os.kill(process.pid, signal.SIGKILL)
    assert count() < 200
    with workers():
        wait_until(lambda: not DBTaskResult.objects.filter(status__in=["READY", "RUNNING"]).exists())
    told = Counter(Notification.objects.values_list("member_id", "subject_id"))
    assert (len(told), set(told.values())) == (200, {1})
    assert Notification.objects.filter(mailed_at__isnull=False).count() == 200
    assert not DBTaskResult.objects.failed().exists()
