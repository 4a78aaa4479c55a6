"""`a_notification(member)`: told of a decided poll unless said otherwise; any field can be given."""

from django.utils import timezone

from notifications.models import Notification
from notifications.states import Rhythm, Topic

from .members import a_member
from .naming import serials
from .polls import a_decided_poll

_serials = serials()


def a_notification(member=None, *, poll=None, **fields) -> Notification:
    if "subject_type" not in fields:
        poll = poll or a_decided_poll()
        fields |= {"subject_type": "poll", "subject_id": poll.pk}
    fields.setdefault("kind", "poll_decided")
    fields.setdefault("topic", Topic.POLLS)
    fields.setdefault("mail", Rhythm.NEVER)
    fields.setdefault("created_at", timezone.now())
    fields.setdefault("dedupe_key", f"test:{next(_serials)}")
    return Notification.objects.create(member=member or a_member(), **fields)
