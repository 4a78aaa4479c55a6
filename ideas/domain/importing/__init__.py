"""Ideas from a file of Canny, Fider, UserVoice or any CSV: reading (files.py), mapping (mapping.py), taking in (taking_in.py)."""

from .files import Row, read_rows
from .keeping import forget_rows, keep_rows, kept_rows, read_for_a_page
from .taking_in import Line, Outcome, Report, import_rows

__all__ = [
    "Line", "Outcome", "Report", "Row", "forget_rows", "import_rows", "keep_rows", "kept_rows", "read_for_a_page", "read_rows",
]  # fmt: skip
