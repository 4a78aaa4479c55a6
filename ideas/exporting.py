"""A view of the queue as a file: the same ideas in the same order, no cell that a spreadsheet would run.

CSV leaves row by row, whatever its size. XLSX is written to disk row by row, up to XLSX_MOST rows: a spreadsheet of more
helps nobody, and the reader is told to narrow the view or to take CSV.
"""

import csv
from collections.abc import Iterator
from datetime import datetime
from tempfile import TemporaryFile
from typing import Any, BinaryIO

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from core.errors import DomainError, require
from core.events import publish
from core.sheets import cell

from .events import IdeasExported
from .permissions import can_export
from .queueing import Asked

XLSX_MOST, CHUNK = 20_000, 1_000


class _Echo:
    """What `csv` writes to: it gives the line back, to be sent on."""

    def write(self, line: str) -> str:
        return line


def heads() -> list[str]:
    return [
        str(head) for head in (
            _("Number"), _("Title"), _("Text"), _("Theme"), _("State"), _("Visibility"), _("Posted"), _("Author"), _("Votes"),
            _("Votes on behalf"), _("Comments"), _("In charge"), _("Promised for"), _("Answered"), _("Came from"),
            _("Votes there"), _("Author there"), _("Address"),
        )
    ]  # fmt: skip


def rows_in(query: Asked, user: Any, now: datetime) -> QuerySet:
    """What `user` may take away of the view. Raises NotAllowed."""
    require(can_export(user))
    rows = query.ideas(user, now).select_related("category", "assignee", "author", "origin")
    return rows.defer(None).defer("assignee__password", "author__password")


def note(query: Asked, kind: str, user: Any) -> None:
    """That the view was taken away, for the audit."""
    publish(IdeasExported(view=query.url(), kind=kind), by=user)


def lines(rows: QuerySet, address: str) -> Iterator[list[Any]]:
    for idea in rows.iterator(chunk_size=CHUNK):
        origin = getattr(idea, "origin", None)
        yield [
            idea.public_id, idea.title, idea.body, idea.category.name, idea.get_state_display(), idea.get_visibility_display(),
            _day(idea.created_at), str(idea.author), idea.vote_score, getattr(idea, "votes_on_behalf_count", 0),
            idea.comment_count, str(idea.assignee or ""), _day(idea.promise_due_at), _day(idea.answered_at),
            origin.get_source_display() if origin else "", origin.votes if origin else "",
            origin.author_name if origin else "", address + idea.get_absolute_url(),
        ]  # fmt: skip


def _day(moment: datetime | None) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M") if moment else ""


def csv_lines(rows: QuerySet, address: str) -> Iterator[str]:
    writer = csv.writer(_Echo(), delimiter=";")
    yield "\ufeff" + writer.writerow([cell(head) for head in heads()])
    for line in lines(rows, address):
        yield writer.writerow([cell(value) for value in line])


def xlsx_file(rows: QuerySet, address: str) -> BinaryIO:
    """Raises `too_many_rows` (409) past XLSX_MOST."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    if rows[XLSX_MOST : XLSX_MOST + 1].exists():
        raise DomainError(
            _("This view holds more than 20,000 ideas: take it as CSV, or choose a theme."),
            code="too_many_rows",
            status=409,
        )
    book = Workbook(write_only=True)
    sheet = book.create_sheet(pgettext("sheet", "Ideas"))
    sheet.freeze_panes = "A2"
    bold = [WriteOnlyCell(sheet, value=head) for head in heads()]
    for head in bold:
        head.font = Font(bold=True)
    sheet.append(bold)
    for line in lines(rows, address):
        sheet.append([_in_sheet(value) for value in line])
    out = TemporaryFile()  # noqa: SIM115 - FileResponse closes it when it has been sent
    book.save(out)
    out.seek(0)
    return out


def _in_sheet(value: Any) -> Any:
    """Numbers stay numbers; texts lose the control characters that a sheet may not hold."""
    return value if isinstance(value, int) else ILLEGAL_CHARACTERS_RE.sub("", cell(value))
