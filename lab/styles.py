"""The site's one stylesheet: the parts in static/lab/css/ joined in order. No bundler: joining and trimming is all it does."""

import re
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "static" / "lab"
BUILT = FOLDER / "dist" / "lab.css"
ORDER = "@layer tokens, base, layout, components, utilities;"
# Inside a layer the later part wins, so the order is part of the design. A part not named here comes before the last.
PARTS = (
    *("tokens", "base", "layout", "header", "bottom-bar", "footer", "page-head", "notebook"),
    *(
        "icon",
        "button",
        "sheet",
        "state",
        "tag",
        "vote",
        "slip",
        "course",
        "path",
        "letter",
        "people",
        "meter",
        "field",
    ),
    *("choice", "result", "table", "notice", "tabs", "ledger", "home", "beta", "roadmap", "door", "styleguide"),
    *("ballot", "rank", "score", "share", "standings", "ticket", "minutes", "inbox"),
)
LAST = "utilities"


def parts() -> list[Path]:
    """The parts in the order in which they are joined."""
    names = {path.stem for path in (FOLDER / "css").glob("*.css")}
    others = sorted(names - {*PARTS, LAST})
    return [FOLDER / "css" / f"{name}.css" for name in (*PARTS, *others, LAST)]


def joined() -> str:
    """All parts as one text, without comments and indents."""
    text = "\n".join(part.read_text() for part in parts())
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    lines = (line.strip() for line in text.splitlines())
    return ORDER + "\n" + "\n".join(line for line in lines if line) + "\n"
