"""What each member wishes to be told, and when by mail."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from core.errors import Invalid, NotSignedIn, require
from core.hearing import reads_wishes

from ..models import Notification, Preference
from ..states import DEFAULTS, FIXED, Rhythm, Topic, Wish, topics_for

ALL = "all"
SUMMARIES = (Rhythm.DAILY, Rhythm.WEEKLY)


def wishes_of(member: Any) -> dict[str, Wish]:
    """The member's wish per topic, defaults filled in."""
    chosen = {row.topic: Wish(row.inbox, row.mail) for row in Preference.objects.filter(member=member)}
    return {topic: chosen.get(topic, DEFAULTS[topic]) for topic in topics_for(member)}


def wishes_for(topics: set[str], member_ids: list[int]) -> Mapping[tuple[int, str], Wish]:
    """Wishes that differ from the defaults, by (member, topic), for a whole chunk of people in one query."""
    rows = Preference.objects.filter(member_id__in=member_ids, topic__in=topics - FIXED)
    return {(row.member_id, row.topic): Wish(row.inbox, row.mail) for row in rows}


@reads_wishes
def but_the_unwilling(members: QuerySet, topic: str) -> QuerySet:
    """The members of the queryset less those who want this topic neither in their inbox nor by mail."""
    if topic in FIXED:
        return members
    chosen = Preference.objects.filter(member=OuterRef("pk"), topic=topic)
    nothing = {"inbox": False, "mail": Rhythm.NEVER}
    if DEFAULTS[Topic(topic)] == Wish(**nothing):  # who chose nothing hears nothing
        return members.filter(Exists(chosen.exclude(**nothing)))
    return members.filter(~Exists(chosen.filter(**nothing)))


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
def choose_all(wishes: Mapping[str, Wish], *, by: Any) -> None:
    """Several topics at once, or none of them."""
    for topic, wish in wishes.items():
        choose(topic, inbox=wish.inbox, mail=wish.mail, by=by)


@transaction.atomic
def stop_mail(member: Any, topic: str) -> None:
    """No more mail of this topic; the inbox keeps it. Doing it again changes nothing.

    The signed link in the mail is the right to do so, and to take it back (`resume_mail`).
    """
    if topic not in Topic.values or topic in FIXED:
        raise Invalid(_("The law asks us to send this one: it cannot be stopped."), code="fixed_topic")
    wish = wishes_of(member).get(topic, DEFAULTS[Topic(topic)])
    if wish.mail != Rhythm.NEVER:
        _set(member, topic, wish.inbox, Rhythm.NEVER, before=wish.mail)


@transaction.atomic
def stop_mails(member: Any, what: str) -> None:
    """What a mail's link names: one topic, all that comes with a summary ("daily", "weekly"), or "all"."""
    for topic in topics_named(member, what):
        stop_mail(member, topic)


@transaction.atomic
def resume_mails(member: Any, what: str) -> None:
    """Mail again as it was before the link stopped it. What waited meanwhile is not sent after all."""
    stopped = Preference.objects.filter(member=member, mail=Rhythm.NEVER).exclude(mail_before="")
    if what in Topic.values:
        stopped = stopped.filter(topic=what)
    elif what in SUMMARIES:
        stopped = stopped.filter(mail_before=what)
    for row in stopped:
        _set(member, row.topic, row.inbox, row.mail_before)


def topics_named(member: Any, what: str) -> list[Topic]:
    """The topics that a link would stop now."""
    if what in Topic.values:
        return [Topic(what)]
    wishes = wishes_of(member)
    return [topic for topic, wish in wishes.items() if what == ALL or wish.mail == what]


def is_stopped(member: Any, what: str) -> bool:
    """Whether the link was followed before, so that its page offers to take it back."""
    stopped = Preference.objects.filter(member=member, mail=Rhythm.NEVER).exclude(mail_before="")
    if what in Topic.values:
        return stopped.filter(topic=what).exists()
    return not topics_named(member, what) and stopped.exists()


def stop_all_mail(member: Any) -> None:
    stop_mails(member, ALL)


def _set(member: Any, topic: str, inbox: bool, mail: str, *, before: str = "") -> None:
    """What waits to be mailed follows the new wish; what was wanted at once is not held back for a digest's hour."""
    wish = {"inbox": inbox, "mail": mail, "mail_before": before}
    Preference.objects.update_or_create(member=member, topic=topic, defaults=wish)
    waiting = Notification.objects.filter(member=member, topic=topic, mailed_at__isnull=True)
    if mail != Rhythm.NOW:
        waiting.exclude(mail=Rhythm.NEVER).update(mail=mail)
