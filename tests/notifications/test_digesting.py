from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from notifications.domain.digesting import last_hour, queue_digests
from notifications.domain.preferring import choose
from notifications.models import Notification
from notifications.states import Rhythm, Topic
from tests.factories.members import a_member
from tests.factories.notifications import a_notification
from tests.factories.polls import a_decided_poll

from .working import work

pytestmark = pytest.mark.django_db
SATURDAY = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("rhythm", "now", "due"),
    [
        (Rhythm.DAILY, SATURDAY, "2026-11-20T18:00:00+01:00"),
        (Rhythm.DAILY, SATURDAY + timedelta(hours=6), "2026-11-21T18:00:00+01:00"),
        (Rhythm.WEEKLY, SATURDAY, "2026-11-20T18:00:00+01:00"),
        (Rhythm.WEEKLY, SATURDAY - timedelta(days=2), "2026-11-13T18:00:00+01:00"),
        (Rhythm.DAILY, datetime(2026, 7, 1, 15, 59, tzinfo=UTC), "2026-06-30T18:00:00+02:00"),
        (Rhythm.DAILY, datetime(2026, 7, 1, 16, 0, tzinfo=UTC), "2026-07-01T18:00:00+02:00"),
    ],
)
def test_digest_is_due_at_six_in_the_evening_in_paris(rhythm, now, due):
    assert last_hour(rhythm, now) == datetime.fromisoformat(due)


def digest(rhythm=Rhythm.DAILY, until=None):
    queue_digests(rhythm, until or timezone.now())
    work()


def test_digest_groups_by_subject_newest_first_and_comes_once():
    member, poll = a_member(), a_decided_poll()
    now = timezone.now()
    a_notification(member, poll=poll, mail=Rhythm.DAILY, kind="poll_closed", created_at=now - timedelta(hours=5))
    a_notification(member, mail=Rhythm.DAILY, poll=a_decided_poll(title="Où ouvrir plus tard le soir ?"),
                   created_at=now - timedelta(hours=3))  # fmt: skip
    a_notification(member, poll=poll, mail=Rhythm.DAILY, created_at=now - timedelta(hours=1))
    digest()
    digest(until=timezone.now())
    [message] = mail.outbox
    assert "3 nouvelles" in message.subject
    body = message.body
    assert body.count("Quel cadeau vous ferait vraiment plaisir ?") == 1
    assert body.index("Quel cadeau") < body.index("est clos") < body.index("Où ouvrir")


def test_same_hour_is_sent_once_among_several_workers():
    a_notification(mail=Rhythm.DAILY, created_at=timezone.now() - timedelta(hours=1))
    until = timezone.now()
    queue_digests(Rhythm.DAILY, until)
    queue_digests(Rhythm.DAILY, until)
    work()
    assert len(mail.outbox) == 1


def test_nothing_new_sends_nothing():
    a_notification(mail=Rhythm.WEEKLY, created_at=timezone.now() - timedelta(hours=1))
    digest(Rhythm.DAILY)
    assert mail.outbox == []


def test_who_stopped_mail_gets_no_digest():
    note = a_notification(mail=Rhythm.DAILY, created_at=timezone.now() - timedelta(hours=1))
    choose(Topic.POLLS, inbox=True, mail=Rhythm.NEVER, by=note.member)
    digest()
    assert mail.outbox == []


def test_digest_has_a_way_out_of_all_mail_and_a_stable_id():
    note = a_notification(mail=Rhythm.DAILY, created_at=timezone.now() - timedelta(hours=1))
    until = timezone.now()
    digest(until=until)
    Notification.objects.update(mailed_at=None)
    from notifications.domain.digesting import send_digests

    send_digests(Rhythm.DAILY, until.isoformat(), [note.member_id])
    first, second = mail.outbox
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]
    assert "List-Unsubscribe" in first.extra_headers
