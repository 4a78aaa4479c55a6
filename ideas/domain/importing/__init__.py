"""Ideas from a file of Canny, Fider, UserVoice or any CSV: reading (files.py), mapping (mapping.py), taking in (taking_in.py)."""

from .files import Row, read_rows
from .taking_in import Line, Outcome, Report, import_rows

__all__ = ["Line", "Outcome", "Report", "Row", "import_rows", "read_rows"]
