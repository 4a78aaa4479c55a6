"""Telling many people one thing, each once: rows in bulk, a chunk per job, and a mail job for those who want it at once."""

from collections import defaultdict
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from core.events import later
from members.models import Member

from ..models import Notification
from ..states import DEFAULTS, Rhythm, Wish
from .mailing import mail_at_once
from .preferring import wishes_for

CHUNK = 500
MAILS_PER_JOB = 25


@dataclass(frozen=True)
class News:
    """What is told. `mine` are the members it touches as its own author, under `my_topic`; all others under `topic`."""

    kind: str
    topic: str
    key: str
    subject_type: str = ""
    subject_id: int = 0
    payload: dict[str, Any] = field(default_factory=dict)
    mine: frozenset[int] = frozenset()
    my_topic: str = ""
    event_id: UUID | str | None = None
    at: datetime | None = None

    def topic_for(self, member_id: int) -> str:
        return self.my_topic if member_id in self.mine else self.topic


def tell(audience: Any, news: News, *, after: int = 0, but: Container[int] = ()) -> int | None:
    """Tell the next chunk of `audience` (a queryset of members), those with a key over `after`, leaving out `but`.

    Returns the last key told if more people may follow, else None: the caller queues itself again with it. Telling twice
    changes nothing. Erased, closed and unconfirmed accounts are told nothing, whatever the audience says.
    """
    living = audience.living().filter(pk__gt=after).order_by("pk").distinct()
    members = list(living.values_list("pk", flat=True)[:CHUNK])
    if not members:
        return None
    tell_each({pk: news for pk in members if pk not in but})
    return members[-1] if len(members) == CHUNK else None


@transaction.atomic
def tell_each(news_of: Mapping[int, News]) -> None:
    """Tell each of these members their own news, a chunk of them at most. Who was told under the same key is told no more."""
    rows = _rows(news_of)
    Notification.objects.bulk_create(rows, ignore_conflicts=True)
    wanting: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        if row.mail == Rhythm.NOW:
            wanting[row.dedupe_key].append(row.member_id)
    for key, members in wanting.items():
        for start in range(0, len(members), MAILS_PER_JOB):
            later(mail_at_once, key, members[start : start + MAILS_PER_JOB])


def _rows(news_of: Mapping[int, News]) -> list[Notification]:
    topics = {topic for news in news_of.values() for topic in (news.topic, news.my_topic or news.topic)}
    wishes, rows = wishes_for(topics, list(news_of)), []
    for member_id, news in news_of.items():
        now = news.at or timezone.now()
        topic = news.topic_for(member_id)
        wish: Wish = wishes.get((member_id, topic), DEFAULTS[topic])
        if not wish.inbox and wish.mail == Rhythm.NEVER:
            continue
        rows.append(
            Notification(
                member_id=member_id, kind=news.kind, topic=topic, subject_type=news.subject_type,
                subject_id=news.subject_id, payload=news.payload, dedupe_key=news.key, event_id=news.event_id,
                created_at=now, in_inbox=wish.inbox, mail=wish.mail,
            )
        )  # fmt: skip
    return rows


def only(*member_ids: int | None) -> Any:
    """An audience of these members."""
    return Member.objects.filter(pk__in=[pk for pk in member_ids if pk])
