from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core import mail
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from ideas.domain.moving import move_idea
from ideas.domain.voting import cast_vote
from ideas.states import State
from lab.demo import Demo
from notifications.demo import load
from notifications.domain.presenting import present
from notifications.models import Notification
from tests.factories.betas import a_finding, a_programme, a_tester
from tests.factories.ideas import a_comment, an_idea
from tests.factories.members import a_member, a_product_owner
from tests.factories.polls import a_decided_poll, an_open_poll

from .working import work

pytestmark = pytest.mark.django_db


def test_inbox_tells_what_the_demos_past_would_have_told_and_mails_nobody():
    reader, owner = a_member(), a_product_owner()
    mine, followed = an_idea(author=reader), an_idea()
    cast_vote(followed, by=reader)
    for idea in (mine, followed):
        move_idea(idea, State.UNDER_REVIEW, reason="Nous étudions cela avec l’équipe.", by=owner)
    a_comment(mine)
    tester = a_tester(a_programme(state="running"), member=reader, state="active")
    a_finding(tester, state="confirmed")
    an_open_poll(by=owner)
    a_decided_poll(by=owner)
    demo = Demo(now=timezone.now() + timedelta(minutes=1), accounts={"cliente": reader}, say=SimpleNamespace())
    load(demo)
    assert not DBTaskResult.objects.filter(status="READY").exists()
    work()
    rows = Notification.objects.inbox_of(reader)
    assert set(rows.values_list("kind", flat=True)) == {
        "idea_moved",
        "comment_posted",
        "finding_reviewed",
        "poll_opened",
    }
    assert not any(note.is_gone for note in present(rows, reader))
    assert mail.outbox == []
