"""Files of the studio: names and answers of an open poll, weights to fill in. No cell is one that a spreadsheet would run."""

import csv
from collections.abc import Iterable, Iterator
from itertools import chain
from tempfile import TemporaryFile
from typing import Any, BinaryIO

from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from core.errors import DomainError, NotFound, require
from core.events import publish
from core.sheets import as_csv, cell
from members.models import Member

from .domain.naming import named_answers
from .domain.weighting import template
from .events import NamesExported
from .models import Ballot, Poll
from .permissions import can_read_studio
from .sheets import lines_of

XLSX_MOST, CHUNK = 20_000, 1_000
CSV, XLSX = "text/csv; charset=utf-8", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = ("csv", "xlsx")


class _Echo:
    """What `csv` writes to: it gives the line back, to be sent on."""

    def write(self, line: str) -> str:
        return line


def heads(poll: Poll) -> list[str]:
    asked = [question.text or poll.title for question in poll.questions.all()]
    return [_("Member"), pgettext("column", "When"), pgettext("ballots", "Counted"), *asked]


def in_words(poll: Poll, ballot: Ballot) -> list[str]:
    """The answer to each question as one line, "" where there is none. Comments stay without a name; words for “other” are the
    answer itself."""
    found = []
    for question in poll.questions.all():
        said = lines_of(question, ballot.choices.get(question.public_id, ()))
        other = ballot.words.get(question.public_id, {}).get("other", "")
        found.append(" · ".join([*said, other] if other else said))
    return found


def lines(poll: Poll, rows: QuerySet) -> Iterator[list[str]]:
    counts_in = poll.counts_in
    for row in rows.iterator(chunk_size=CHUNK):
        counted = _("yes") if row.ballot.is_counted(counts_in) else _("apart")
        at = timezone.localtime(row.at).strftime("%Y-%m-%d %H:%M")
        yield [row.member.display_name, at, counted, *in_words(poll, row.ballot)]


def csv_lines(poll: Poll, rows: QuerySet) -> Iterator[str]:
    writer = csv.writer(_Echo(), delimiter=";")
    yield "\ufeff" + writer.writerow([cell(head) for head in heads(poll)])
    for line in lines(poll, rows):
        yield writer.writerow([cell(value) for value in line])


def xlsx_file(poll: Poll, rows: QuerySet) -> BinaryIO:
    """Raises `too_many_rows` (409) past XLSX_MOST."""
    if rows[XLSX_MOST : XLSX_MOST + 1].exists():
        raise DomainError(_("More than 20,000 answers: take them as CSV."), code="too_many_rows", status=409)
    return book_of(pgettext("sheet", "Answers"), chain([heads(poll)], lines(poll, rows)))


def book_of(title: str, rows: Iterable[list[str]]) -> BinaryIO:
    """A spreadsheet of one sheet, its heads first, with no cell that it would run."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for line in rows:
        sheet.append([ILLEGAL_CHARACTERS_RE.sub("", cell(value)) for value in line])
    out = TemporaryFile()  # noqa: SIM115 - FileResponse closes it when it has been sent
    book.save(out)
    out.seek(0)
    return out


def names_file(poll: Poll, kind: str, *, by: Any) -> StreamingHttpResponse | FileResponse:
    """Who answered what, in a poll that said so before the vote, to take away; that names left the house is noted for the audit.

    Raises as `named_answers`, and NotFound (`unknown_format`), `too_many_rows`.
    """
    rows = named_answers(poll, by=by)
    require(kind in KINDS, NotFound(code="unknown_format"))
    name = f"sondage-{poll.public_id}-{timezone.localdate():%Y-%m-%d}.{kind}"
    headers = {"Cache-Control": "private, no-store"}
    answer: Any
    if kind == "csv":
        headers["Content-Disposition"] = f'attachment; filename="{name}"'
        answer = StreamingHttpResponse(csv_lines(poll, rows), content_type=CSV, headers=headers)
    else:
        file = xlsx_file(poll, rows)
        answer = FileResponse(file, as_attachment=True, filename=name, content_type=XLSX, headers=headers)
    publish(NamesExported(poll_id=poll.pk, kind=kind), by=by)
    return answer


def weights_file(poll: Poll, *, by: Member) -> HttpResponse:
    """A file of weights to fill in, in the reader's language, which leads back to `set_weights`. Raises NotAllowed."""
    require(can_read_studio(by))
    head, *rows = template()
    name = f"{_('weights')}-{poll.public_id}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(as_csv(head, rows), content_type=CSV, headers=headers)
