"""What notifications keep about members: exported on demand, deleted on erasure."""

from core import privacy

from ..models import Notification, Preference


def register_all() -> None:
    privacy.register(
        Notification, export=_told, erase=lambda member: Notification.objects.filter(member=member).delete()
    )
    privacy.register(Preference, export=_wishes, erase=lambda member: Preference.objects.filter(member=member).delete())


def _told(member) -> list[dict]:
    return [
        {"id": row.public_id, "kind": row.kind, "topic": row.topic, "at": row.created_at.isoformat(),
         "read": row.read_at.isoformat() if row.read_at else None,
         "mailed": row.mailed_at.isoformat() if row.mailed_at else None}
        for row in Notification.objects.filter(member=member)
    ]  # fmt: skip


def _wishes(member) -> list[dict]:
    return [
        {"topic": row.topic, "inbox": row.inbox, "mail": row.mail, "since": row.at.isoformat()}
        for row in Preference.objects.filter(member=member)
    ]
