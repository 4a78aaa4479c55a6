"""What voters wrote, as a file to sort and to work through: no name, no choice, no cell that a spreadsheet would run."""

from collections.abc import Iterator
from typing import Any

from django.http import FileResponse, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.errors import DomainError, NotFound, require
from core.events import publish
from core.sheets import as_csv

from .domain.reading_words import Text, all_words
from .events import WordsExported
from .exporting import CSV, KINDS, XLSX, book_of
from .models import Poll

XLSX_MOST = 20_000


def heads() -> list[str]:
    return [_("Question"), pgettext("column", "Written under"), _("Text"), pgettext("column", "Times")]


def lines(texts: list[Text]) -> Iterator[list[str]]:
    for one in texts:
        under = one.section.option.text if one.section.option else _("Comment")
        yield [str(one.section.question), under, one.text, str(one.times)]


def words_file(poll: Poll, kind: str, *, by: Any) -> HttpResponse | FileResponse:
    """The words of a poll whole; who took them and as what is noted for the audit.

    Raises as `all_words`, and NotFound (`unknown_format`), `too_many_rows`: then nothing left the house, and nothing is noted.
    """
    texts = all_words(poll, by=by)
    require(kind in KINDS, NotFound(code="unknown_format"))
    name = f"mots-{poll.public_id}-{timezone.localdate():%Y-%m-%d}.{kind}"
    headers = {"Cache-Control": "private, no-store"}
    if kind == "csv":
        headers["Content-Disposition"] = f'attachment; filename="{name}"'
        answer: Any = HttpResponse(as_csv(heads(), lines(texts)), content_type=CSV, headers=headers)
        publish(WordsExported(poll_id=poll.pk, kind=kind), by=by)
        return answer
    if len(texts) > XLSX_MOST:
        raise DomainError(_("More than 20,000 answers: take them as CSV."), code="too_many_rows", status=409)
    file = book_of(_("Written answers"), (heads(), *lines(texts)))
    answer = FileResponse(file, as_attachment=True, filename=name, content_type=XLSX, headers=headers)
    publish(WordsExported(poll_id=poll.pk, kind=kind), by=by)
    return answer
