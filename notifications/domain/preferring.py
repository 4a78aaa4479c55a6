"""What each member wishes to be told, and when by mail."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.errors import Invalid, NotSignedIn, require

from ..models import Notification, Preference
from ..states import DEFAULTS, FIXED, Rhythm, Topic, Wish, topics_for


def wishes_of(member: Any) -> dict[str, Wish]:
    """The member's wish per topic, defaults filled in."""
    chosen = {row.topic: Wish(row.inbox, row.mail) for row in Preference.objects.filter(member=member)}
    return {topic: chosen.get(topic, DEFAULTS[topic]) for topic in topics_for(member)}


def wishes_for(topics: set[str], member_ids: list[int]) -> Mapping[tuple[int, str], Wish]:
    """Wishes that differ from the defaults, by (member, topic), for a whole chunk of people in one query."""
    rows = Preference.objects.filter(member_id__in=member_ids, topic__in=topics - FIXED)
    return {(row.member_id, row.topic): Wish(row.inbox, row.mail) for row in rows}


@transaction.atomic
def choose(topic: str, *, inbox: bool, mail: str, by: Any) -> None:
    """Set the member's own wish. Raises NotSignedIn, Invalid."""
    require(bool(getattr(by, "is_authenticated", False)), NotSignedIn())
    if topic not in topics_for(by):
        raise Invalid(_("This cannot be chosen."), code="unknown_topic", field="topic")
    if mail not in Rhythm.values:
        raise Invalid(_("Choose when we write to you."), code="unknown_rhythm", field="mail")
    _set(by, topic, inbox, mail)


@transaction.atomic
def stop_mail(member: Any, topic: str) -> None:
    """No more mail of this topic; the inbox keeps it. The signed link in the mail is the right to do so."""
    if topic not in Topic.values or topic in FIXED:
        raise Invalid(_("The law asks us to send this one: it cannot be stopped."), code="fixed_topic")
    inbox = Preference.objects.filter(member=member, topic=topic).values_list("inbox", flat=True).first()
    inbox = DEFAULTS[topic].inbox if inbox is None else inbox
    _set(member, topic, inbox, Rhythm.NEVER)


@transaction.atomic
def stop_all_mail(member: Any) -> None:
    for topic in topics_for(member):
        stop_mail(member, topic)


def _set(member: Any, topic: str, inbox: bool, mail: str) -> None:
    """What waits to be mailed follows the new wish; what was wanted at once is not held back for a digest's hour."""
    Preference.objects.update_or_create(member=member, topic=topic, defaults={"inbox": inbox, "mail": mail})
    waiting = Notification.objects.filter(member=member, topic=topic, mailed_at__isnull=True)
    if mail != Rhythm.NOW:
        waiting.exclude(mail=Rhythm.NEVER).update(mail=mail)
