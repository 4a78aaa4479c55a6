"""A developer's mailbox: the mails that the site wrote to a folder, newest first. Absent unless DEV_MAILBOX is on."""

import email
import email.policy
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

SEPARATOR = b"-" * 79
SHOWN = 50


@dataclass(frozen=True)
class Mail:
    to: str
    subject: str
    at: datetime | None
    body: str


def read_mails(folder: Path) -> list[Mail]:
    """The latest mails of the folder, newest first. One file holds all that a connection sent, each after a rule."""
    files = sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime, reverse=True) if folder.exists() else []
    mails: list[Mail] = []
    for file in files[:SHOWN]:
        pieces = [piece for piece in file.read_bytes().split(b"\n" + SEPARATOR + b"\n") if piece.strip()]
        mails += [_parsed(piece) for piece in reversed(pieces)]
    return mails[:SHOWN]


def _parsed(raw: bytes) -> Mail:
    message = email.message_from_bytes(raw.lstrip(), policy=email.policy.default)
    body = message.get_body(preferencelist=("plain", "html"))
    at = parsedate_to_datetime(message["Date"]) if message["Date"] else None
    if at and not at.tzinfo:  # « -0000 »: in UTC, of a sender who does not say where
        at = at.replace(tzinfo=UTC)
    return Mail(str(message["To"] or ""), str(message["Subject"] or ""), at, body.get_content() if body else "")


@never_cache
@require_safe
def mailbox(request):
    if not settings.DEV_MAILBOX:
        raise Http404
    return render(request, "mailbox.html", {"mails": read_mails(Path(settings.EMAIL_FILE_PATH))})
