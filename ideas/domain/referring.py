"""Where a reader came from, kept as host and kind, counted by day: no query in the request, and nothing about a person.

Reads are counted in memory and written by a thread of each process every LAB_REFERRALS_SECONDS; a process that is killed
loses the last of them, which a count of visits can bear.
"""

import atexit
import re
import threading
from collections import Counter
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection, transaction
from django.utils import timezone

from core.shield import scan

from ..models import Idea
from ..states import Origin

MOST_KEYS = 5_000  # in memory between two writings: more are counted without their host
SEARCH = ("google.", "bing.", "duckduckgo.", "qwant.", "ecosia.", "yahoo.", "startpage.", "brave.")
SOCIAL = (
    "facebook.", "instagram.", "linkedin.", "lnkd.in", "twitter.", "t.co", "x.com", "reddit.", "youtube.", "whatsapp.",
    "mastodon.", "bsky.", "tiktok.", "pinterest.",
)  # fmt: skip
MAIL = ("mail.", "webmail.", "outlook.", "gmail.", "orange.fr/mail")
BOT = re.compile(r"bot|crawl|spider|preview|monitor", re.I)
HOST = re.compile(r"[a-z0-9](?:[a-z0-9.\-]{0,58}[a-z0-9])?")
UPSERT = """
    INSERT INTO ideas_referral (idea_id, day, kind, host, reads) VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (idea_id, day, kind, host) DO UPDATE SET reads = ideas_referral.reads + excluded.reads
"""
_lock = threading.Lock()
_reads: Counter = Counter()
_writer: threading.Thread | None = None


def note_read(request: Any, idea: Idea) -> None:
    """Count one reading of the idea's page, if it came from elsewhere."""
    if (
        request.method != "GET"
        or request.headers.get("Sec-Purpose")
        or BOT.search(request.headers.get("User-Agent", ""))
    ):
        return
    origin = origin_of(request)
    if origin is None:
        return
    key = (idea.pk, timezone.localdate(), *origin)
    with _lock:
        if key not in _reads and len(_reads) >= MOST_KEYS:
            key = (idea.pk, key[1], Origin.SITE.value, "")
        _reads[key] += 1
    _start_writer()


def origin_of(request: Any) -> tuple[str, str] | None:
    """(kind, host): by the address's `utm_source` or `ref`, else by the Referer; None for a step within the site."""
    said = request.GET.get("utm_source") or request.GET.get("ref") or ""
    if said:
        return Origin.CAMPAIGN.value, clean(said)
    referer = request.headers.get("Referer", "")
    if not referer:
        return None
    try:
        host = (urlsplit(referer).hostname or "").removeprefix("www.")
    except ValueError:
        return None
    if not host or host == request.get_host().partition(":")[0].removeprefix("www."):
        return None
    return kind_of(host), clean(host)


def kind_of(host: str) -> str:
    for kind, signs in ((Origin.MAIL, MAIL), (Origin.SEARCH, SEARCH), (Origin.SOCIAL, SOCIAL)):
        if any(host == sign or host.startswith(sign) or f".{sign}" in f".{host}" for sign in signs):
            return kind.value
    return Origin.SITE.value


def clean(text: str) -> str:
    """A host or a campaign's name; "" for what could be anything else: an address, a name, a long number."""
    text = text.strip().lower()[:60].replace(" ", "-").replace("_", "-")
    if not HOST.fullmatch(text) or sum(char.isdigit() for char in text) > 5 or scan(text):
        return ""
    return text


def flush() -> int:
    """Write what was counted; how many lines. What cannot be written now is kept for the next time."""
    with _lock:
        taken = dict(_reads)
        _reads.clear()
    if not taken:
        return 0
    try:
        there = set(Idea.objects.filter(pk__in={key[0] for key in taken}).values_list("pk", flat=True))
        rows = [[*key, reads] for key, reads in sorted(taken.items()) if key[0] in there]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(UPSERT, rows)
    except DatabaseError:
        with _lock:
            _reads.update(taken)
        return 0
    return len(rows)


def _start_writer() -> None:
    """One thread for each process, begun by its first reader (after a server forked). None where the setting is 0."""
    global _writer
    if _writer is not None or not settings.LAB_REFERRALS_SECONDS:
        return
    with _lock:
        if _writer is None:
            _writer = threading.Thread(target=_write_for_ever, name="referrals", daemon=True)
            _writer.start()
            atexit.register(flush)


def _write_for_ever() -> None:
    pause = threading.Event()
    while not pause.wait(settings.LAB_REFERRALS_SECONDS):
        flush()
        close_old_connections()
