"""Digests: one mail a day or a week at most, at six in the evening, and none if there is nothing to say."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.core.mail import get_connection
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.events import job, later
from core.schedule import claim, every

from ..models import Notification
from ..states import Rhythm
from .mailing import Letter, domain, mark_mailed
from .presenting import Note, Thread, present

MEMBERS_PER_JOB = 25
WEEKDAY = 4  # weekly digests leave on Friday


def hour() -> int:
    return settings.LAB.get("DIGEST_HOUR", 18)


def last_hour(rhythm: str, now: datetime) -> datetime:
    """When the digest of this rhythm was last due, at `now`."""
    local = timezone.localtime(now)
    due = timezone.make_aware(datetime.combine(local.date(), time(hour())))
    if due > now:
        due = timezone.make_aware(datetime.combine(local.date() - timedelta(days=1), time(hour())))
    if rhythm == Rhythm.WEEKLY:
        back = (due.weekday() - WEEKDAY) % 7
        due = timezone.make_aware(datetime.combine(timezone.localtime(due).date() - timedelta(days=back), time(hour())))
    return due


@every(minutes=5)
def send_due_digests() -> None:
    """Queue the digests whose hour has come; each hour is claimed once, however many workers look."""
    for rhythm in (Rhythm.DAILY, Rhythm.WEEKLY):
        queue_digests(rhythm, last_hour(rhythm, timezone.now()))


@transaction.atomic
def queue_digests(rhythm: str, until: datetime) -> None:
    if not claim(f"notifications.digest.{rhythm}", since=until - timedelta(seconds=1), at=until):
        return
    waiting = Notification.objects.to_mail(rhythm).filter(created_at__lt=until)
    members = list(waiting.order_by("member_id").values_list("member_id", flat=True).distinct())
    for start in range(0, len(members), MEMBERS_PER_JOB):
        later(send_digests, rhythm, until.isoformat(), members[start : start + MEMBERS_PER_JOB])


@job(in_transaction=False)
def send_digests(rhythm: str, until: str, member_ids: list[int]) -> None:
    """One mail to each of these members, of what was told before `until` and has not been mailed."""
    rows = Notification.objects.to_mail(rhythm).filter(created_at__lt=until, member_id__in=member_ids)
    rows = list(rows.select_related("member"))
    by_member: dict[int, list[Notification]] = {}
    for row in rows:
        by_member.setdefault(row.member_id, []).append(row)
    faults = []
    with get_connection() as connection:
        for mine in by_member.values():
            with translation.override(mine[0].member.language):
                notes = present(mine, to_mail=True)
                try:
                    if shown := [note for note in notes if not note.is_gone]:
                        digest_of(shown, rhythm, until).send(connection)
                except OSError as error:
                    faults.append(error)
                    continue
                mark_mailed(notes)
    if faults:
        raise faults[0]


def threads_of(notes: list[Note]) -> list[Thread]:
    """Grouped by subject, the newest first."""
    found: dict[tuple, Thread] = {}
    for note in notes:
        if note.subject in found:
            found[note.subject].others.append(note)
        else:
            found[note.subject] = Thread(note)
    return list(found.values())


def digest_of(notes: list[Note], rhythm: str, until: str) -> Letter:
    member, count = notes[0].row.member, len(notes)
    if rhythm == Rhythm.DAILY:
        subject = ngettext("Your day at the Lab: one thing new", "Your day at the Lab: %(n)s things new", count)
    else:
        subject = ngettext("Your week at the Lab: one thing new", "Your week at the Lab: %(n)s things new", count)
    context = {"threads": threads_of(notes), "rhythm": rhythm, "lead": _("Here is what moved on.")}
    message_id = f"<digest.{rhythm}.{until[:10]}.{member.public_id}@{domain()}>"
    return Letter(member, subject % {"n": count}, "digest", context, message_id, summary=rhythm)
