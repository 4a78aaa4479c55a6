"""CSV that a spreadsheet opens as it is: with a mark for UTF-8, semicolons, and no cell that it would run."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Any

RUNS = ("=", "+", "-", "@", "\t", "\r")  # how a cell begins that a spreadsheet takes for a formula


def cell(value: Any) -> str:
    """The value as text; an apostrophe before what would be a formula (OWASP, CSV injection)."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip().startswith(RUNS) and not isinstance(value, int | float) else text


def as_csv(head: Sequence[Any], rows: Iterable[Sequence[Any]]) -> str:
    out = StringIO()
    out.write("\ufeff")
    writer = csv.writer(out, delimiter=";")
    writer.writerows([[cell(value) for value in row] for row in (head, *rows)])
    return out.getvalue()
