"""Files as the other tools write them (tests/ideas/files/), nearly the same ideas in each."""

from pathlib import Path

FOLDER = Path(__file__).parent / "files"
CANNY, FIDER, USERVOICE, PLAIN = (
    (FOLDER / f"{name}.csv").read_text() for name in ("canny", "fider", "uservoice", "plain")
)
