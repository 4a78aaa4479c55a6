"""Notifications in words, in the reader's language, of what their subjects are now."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Notification
from .wording import SPEAKERS, Said


@dataclass(frozen=True)
class Note:
    """A row and its words. `is_gone`: its subject is no longer there for this reader."""

    row: Notification
    said: Said
    is_gone: bool = False

    @property
    def subject(self) -> tuple[str, int]:
        return self.row.subject_type, self.row.subject_id


@dataclass
class Thread:
    """What is told of one subject on one day (or week): the newest in full, the others behind it."""

    newest: Note
    others: list[Note] = field(default_factory=list)

    @property
    def is_unread(self) -> bool:
        return any(note.row.is_unread for note in (self.newest, *self.others))


@dataclass
class Group:
    """ "Today", "this week", "earlier"."""

    label: str
    threads: list[Thread] = field(default_factory=list)


def present(rows: Iterable[Notification], reader: Any = None, *, to_mail: bool = False) -> list[Note]:
    """Words for the rows, in their order, in the active language: some queries per type of subject, none per row.

    `reader` reads them all; without it each row is worded for its own member (`select_related("member")`). `to_mail`: what
    is out of date is gone too, for a mail cannot be taken back (`Speaker.is_stale`).
    """
    rows = list(rows)
    by_type: dict[str, list[Notification]] = defaultdict(list)
    for row in rows:
        by_type[row.subject_type].append(row)
    loaded = {name: SPEAKERS[name].load(some) for name, some in by_type.items() if name in SPEAKERS}
    notes = []
    for row in rows:
        said = None
        if row.subject_type in loaded:
            speaker, known = SPEAKERS[row.subject_type], loaded[row.subject_type]
            if not (to_mail and speaker.is_stale(row, known)):
                said = speaker.say(row, known, reader or row.member)
        notes.append(Note(row, said) if said else Note(row, _gone(), is_gone=True))
    return notes


def _gone() -> Said:
    return Said(_("What this was about can no longer be read."), icon="info", css="is-merged")


def grouped(notes: Iterable[Note], today: date | None = None) -> list[Group]:
    """By day as people remember it, and within it by subject, the newest first."""
    today = today or timezone.localdate()
    labels = [_("Today"), _("This week"), _("Earlier")]
    groups: dict[str, dict[tuple, Thread]] = {label: {} for label in labels}
    for note in notes:
        day = timezone.localtime(note.row.created_at).date()
        label = labels[0] if day >= today else labels[1] if day > today - timedelta(days=7) else labels[2]
        key = note.subject if note.row.subject_id else (note.row.pk,)
        thread = groups[label].get(key)
        if thread:
            thread.others.append(note)
        else:
            groups[label][key] = Thread(note)
    return [Group(label, list(threads.values())) for label, threads in groups.items() if threads]
