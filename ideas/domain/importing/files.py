"""A file as rows. Each tool names its columns in its own way; what a row holds is the same for all."""

import csv
import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO
from itertools import islice

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext_lazy as _

from core.errors import Invalid

from ...models.imported import Source
from ...search.words import fold

MOST_BYTES, MOST_ROWS, MOST_COLUMNS = 20_000_000, 20_000, 200
CELL_MAX = 20_000
# What a column is called, in the order of preference; without accents, capitals, spaces and signs.
COMMON = {
    "external_id": ("id", "identifiant", "reference", "numero", "number"),
    "title": ("title", "titre", "name", "sujet", "subject", "idea", "idee"),
    "body": ("details", "description", "body", "text", "texte", "corps", "content"),
    "category": ("category", "categorie", "theme", "board", "forum", "tags"),
    "state": ("status", "state", "etat", "statut"),
    "votes": ("votes", "votecount", "votescount", "score", "soutiens"),
    "author": ("author", "auteur", "authorname", "createdby", "user", "username"),
    "created_at": ("createdat", "created", "date", "creele", "createddate"),
    "duplicate_of": (),
}
COLUMNS: dict[str, dict[str, tuple[str, ...]]] = {
    Source.CANNY: {
        "external_id": ("postid", "id", "url", "posturl"), "title": ("title", "posttitle"),
        "body": ("details", "description", "postdetails"), "category": ("category", "categoryname", "board", "boardname"),
        "state": ("status", "poststatus"), "votes": ("votes", "votecount", "score"),
        "author": ("authorname", "author", "createdby"), "created_at": ("created", "createdat", "postcreated", "createddate"),
        "duplicate_of": ("mergedinto",),
    },
    Source.FIDER: {
        "external_id": ("number",), "title": ("title",), "body": ("description",), "category": ("tags",),
        "state": ("status",), "votes": ("votescount", "votes"), "author": ("createdby",), "created_at": ("createdat",),
        "duplicate_of": ("originalnumber",),
    },
    Source.USERVOICE: {
        "external_id": ("suggestionid", "id"), "title": ("suggestiontitle", "title"),
        "body": ("suggestionbody", "suggestiontext", "description", "text", "body"),
        "category": ("suggestioncategoryname", "category", "categoryname", "suggestionforumname", "forum"),
        "state": ("suggestionstatusname", "status", "statusname"),
        "votes": ("suggestionvotes", "suggestionsupporterscount", "suggestionvotescount", "votes", "votecount", "supporters"),
        "author": ("username", "suggestioncreatorname", "creatorname", "createdby", "author"),
        "created_at": ("suggestioncreatedtimestamp", "suggestioncreatedat", "createdat", "created"),
        "duplicate_of": ("suggestionparentid",),
    },
    Source.CSV: COMMON,
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One row as the other tool wrote it; `number` is its line in the file, from 2.

    `unread` names the cells that say something which is no number or no day of the past: "votes", "created_at".
    """

    number: int
    external_id: str
    title: str
    body: str
    category: str
    state: str
    votes: int
    author: str
    created_at: datetime | None
    duplicate_of: str = ""
    unread: tuple[str, ...] = ()


def read_rows(raw: bytes, source: str) -> list[Row]:
    """The rows of a file. Raises Invalid (`not_a_csv`, `file_too_large`, `no_title_column`) saying what to do."""
    if len(raw) > MOST_BYTES:
        raise Invalid(_("This file is too large: 20 MB at most. Split it in two."), code="file_too_large", field="file")
    text = _decoded(raw)
    csv.field_size_limit(1_000_000)
    try:
        rows = (line[:MOST_COLUMNS] for line in csv.reader(StringIO(text, newline=""), _dialect(text)))
        # One more than may be: millions of empty or tiny lines are never held at once.
        lines = list(islice((line for line in rows if any(cell.strip() for cell in line)), MOST_ROWS + 2))
    except csv.Error as error:
        raise _not_a_csv() from error
    if len(lines) < 2:
        raise _not_a_csv()
    if len(lines) > MOST_ROWS + 1:
        raise Invalid(_("This file holds too many rows: 20,000 at most."), code="file_too_large", field="file")
    places = _places(lines[0], source)
    if "title" not in places:
        raise Invalid(
            _("No column holds titles. The first line must name the columns, one of them “title”."),
            code="no_title_column", field="file",
        )  # fmt: skip
    return [_row(number, line, places) for number, line in enumerate(lines[1:], 2)]


def _not_a_csv() -> Invalid:
    return Invalid(
        _("This is not a CSV file with a line of titles and at least one row."), code="not_a_csv", field="file"
    )


def _decoded(raw: bytes) -> str:
    if b"\x00" in raw[:2000] and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _not_a_csv()
    for encoding in ("utf-16",) if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252"):
        try:
            return raw.decode(encoding).replace("\x00", "")
        except UnicodeDecodeError:
            continue
    raise _not_a_csv()


def _dialect(text: str) -> type[csv.Dialect]:
    """By the sign that the first line holds most often: the csv module's own guess is often wrong on long texts."""
    first = text.partition("\n")[0]
    sign = max(",;\t", key=first.count)

    class Guessed(csv.excel):
        delimiter = sign

    return Guessed


def _places(head: list[str], source: str) -> dict[str, int]:
    names = [re.sub(r"[^a-z0-9]", "", fold(name)) for name in head]
    places = {}
    for field, known in COLUMNS[source].items():
        there = [name for name in (*known, *COMMON[field]) if name in names]
        if there:
            places[field] = names.index(there[0])
    return places


def _row(number: int, line: list[str], places: dict[str, int]) -> Row:
    def cell(field: str) -> str:
        place = places.get(field, -1)
        text = line[place][:CELL_MAX].strip() if 0 <= place < len(line) else ""
        return text[1:] if text[:2] in ("'=", "'+", "'-", "'@") else text  # an export's guard against formulas

    title, body = " ".join(cell("title").split()), cell("body").replace("\r\n", "\n")
    unread = tuple(
        name for name, said in (("votes", _number(cell("votes"))), ("created_at", _moment(cell("created_at"))))
        if cell(name) and said is None
    )  # fmt: skip
    return Row(
        number=number, external_id=cell("external_id")[:200] or _made_id(title, body), title=title, body=body,
        category=cell("category"), state=cell("state")[:60], votes=_number(cell("votes")) or 0, author=cell("author")[:120],
        created_at=_moment(cell("created_at")), duplicate_of=cell("duplicate_of"), unread=unread,
    )  # fmt: skip


def _made_id(title: str, body: str) -> str:
    """Where the file has no identifiers: the same text is the same idea."""
    return "text:" + hashlib.sha256(f"{fold(title)}\n{fold(body)}".encode()).hexdigest()[:32]


def _number(text: str) -> int | None:
    digits = re.sub(r"[\s\u202f\u00a0,]", "", text).partition(".")[0]
    # Python refuses to read numbers of thousands of digits: nine are more than any count of votes.
    known = digits.isascii() and digits.isdigit()
    return min(int(digits.lstrip("0")[:9] or "0"), 10_000_000) if known else None


def _moment(text: str) -> datetime | None:
    """ISO dates, those of spreadsheets (31/12/2024) and of mail headers; None for another, or one to come."""
    found = _parsed(text)
    if found is None:
        return None
    found = found if found.tzinfo else found.replace(tzinfo=UTC)
    return found if datetime(1995, 1, 1, tzinfo=UTC) < found < timezone.now() else None


def _parsed(text: str) -> datetime | None:
    text = text.strip().removesuffix(" UTC")
    try:
        found = parse_datetime(text)
        if found:
            return found
        day = parse_date(text)
        if day:
            return datetime(day.year, day.month, day.day, 12)
    except ValueError:
        return None
    for pattern in (
        "%d/%m/%Y",
        "%d/%m/%Y %H:%M",
        "%Y-%m-%d %H:%M:%S %z",
        "%B %d, %Y",
        "%b %d, %Y",
        "%a, %d %b %Y %H:%M:%S %z",
    ):
        try:
            return datetime.strptime(text, pattern)
        except ValueError:
            continue
    return None
