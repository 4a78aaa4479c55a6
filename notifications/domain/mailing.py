"""Mail: one look, two languages, at least once each, with the same Message-ID if it is sent again.

A mail is marked as sent right after it left. A worker that dies in between sends it a second time; mail programs show one
of the two, for their Message-ID is the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core.brand import brand
from core.events import job

from ..models import Notification
from ..signing import stop_path
from ..states import FIXED, Rhythm, Topic
from .presenting import Note, present


def site_url() -> str:
    return settings.SITE_URL.rstrip("/")


def domain() -> str:
    return urlsplit(site_url()).hostname or "lab.example"


@job(in_transaction=False)
def mail_at_once(key: str, member_ids: list[int]) -> None:
    """Send what is told under `key` to these members. Who was written to, or wants no mail any more, is left alone."""
    rows = Notification.objects.to_mail(Rhythm.NOW).filter(dedupe_key=key, member_id__in=member_ids)
    rows = list(rows.select_related("member"))
    faults = []
    with get_connection() as connection:
        for language in sorted({row.member.language for row in rows}):
            with translation.override(language):
                for note in present((row for row in rows if row.member.language == language), to_mail=True):
                    try:
                        if not note.is_gone:
                            letter_of(note).send(connection)
                    except OSError as error:  # smtplib's errors are OSErrors
                        faults.append(error)
                        continue
                    mark_mailed([note])
    if faults:
        raise faults[0]


def mark_mailed(notes: Iterable[Note]) -> None:
    keys = [note.row.pk for note in notes]
    Notification.objects.filter(pk__in=keys, mailed_at__isnull=True).update(mailed_at=timezone.now())


@dataclass(frozen=True)
class Letter:
    """A mail before it is sent, in the active language."""

    member: Any
    subject: str
    template: str
    context: dict
    message_id: str
    topic: str = ""
    summary: str = ""  # the rhythm, of a digest

    def _whole(self, stop: str) -> dict:
        return self.context | {
            "member": self.member, "subject": self.subject, "stop_url": stop, "site_url": site_url(),
            "brand": brand(), "language": translation.get_language(),
            "topic": Topic(self.topic).label if self.topic else "",
        }  # fmt: skip

    def text(self, stop: str) -> str:
        """Without its looks; `stop` is the link that stops such mail."""
        return render_to_string(f"notifications/mail/{self.template}.txt", self._whole(stop))

    def send(self, connection: Any) -> None:
        stop = f"{site_url()}{stop_path(self.member, self.topic or self.summary)}" if self.topic not in FIXED else ""
        context = self._whole(stop)
        headers = {"Message-ID": self.message_id, "Auto-Submitted": "auto-generated"}
        if stop:
            headers |= {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
        message = EmailMultiAlternatives(
            subject=" ".join(self.subject.splitlines()),
            body=self.text(stop),
            to=[self.member.email],
            headers=headers,
            connection=connection,
        )
        message.attach_alternative(render_to_string(f"notifications/mail/{self.template}.html", context), "text/html")
        message.send()


def letter_of(note: Note) -> Letter:
    """The mail of one notification."""
    said, row = note.said, note.row
    subject = _("%(lead)s: “%(title)s”") % {"lead": said.lead, "title": said.title} if said.title else said.lead
    message_id = f"<{row.public_id}.{row.member.public_id}@{domain()}>"
    return Letter(row.member, subject, "notification", {"note": note, "said": said}, message_id, row.topic)
