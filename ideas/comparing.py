"""Two texts side by side, word by word: what stayed, what went, what came."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from .models import Idea, IdeaVersion
from .permissions import can_read_all, is_signed_in

SAME, GONE, NEW = "same", "gone", "new"
PIECES = re.compile(r"\s+|\w+(?:[’'\-]\w+)*|[^\w\s]")


@dataclass(frozen=True)
class Piece:
    """A run of words: `kind` is same, gone or new."""

    kind: str
    text: str


def differences(before: str, after: str) -> list[Piece]:
    """The two texts as one list of runs. Spaces between two words that went, or came, belong to them."""
    old, new = PIECES.findall(before), PIECES.findall(after)
    found: list[Piece] = []
    for kind, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new).get_opcodes():
        if kind == "equal":
            found.append(Piece(SAME, "".join(old[old_from:old_to])))
            continue
        if old_to > old_from:
            found.append(Piece(GONE, "".join(old[old_from:old_to])))
        if new_to > new_from:
            found.append(Piece(NEW, "".join(new[new_from:new_to])))
    return _joined(found)


def _joined(pieces: list[Piece]) -> list[Piece]:
    """A single space that stayed between two changes is part of them: « le grand → un petit » reads as one change."""
    found: list[Piece] = []
    gone = new = ""
    for at, piece in enumerate(pieces):
        between = piece.kind == SAME and piece.text.isspace() and "\n" not in piece.text and 0 < at < len(pieces) - 1
        if piece.kind == GONE or between:
            gone += piece.text
        if piece.kind == NEW or between:
            new += piece.text
        if piece.kind == SAME and not between:
            found += _change(gone, new)
            gone = new = ""
            found.append(piece)
    return found + _change(gone, new)


def _change(gone: str, new: str) -> list[Piece]:
    return [Piece(kind, text) for kind, text in ((GONE, gone), (NEW, new)) if text]


def versions_shown(idea: Idea, user: Any):
    """The versions that the reader of the idea may see: those that others had seen and no moderator has hidden; all for its
    author and staff."""
    rows = IdeaVersion.objects.filter(idea=idea).select_related("category")
    if can_read_all(user) or (is_signed_in(user) and idea.author_id == user.pk):
        return rows
    return rows.filter(is_shown=True, hidden_at__isnull=True)


def as_only_version(idea: Idea) -> IdeaVersion:
    """An idea that was never changed is its own first version."""
    return IdeaVersion(
        idea=idea, number=1, title=idea.title, body=idea.body, category=idea.category, at=idea.created_at,
        alts=[image.alt for image in idea.images.all()], language=idea.language,
    )  # fmt: skip


@dataclass(frozen=True)
class Comparison:
    """What changed between two versions, part by part; a part that stayed is empty."""

    before: IdeaVersion
    after: IdeaVersion
    title: list[Piece]
    body: list[Piece]
    category: list[Piece]
    alts: list[Piece]

    @property
    def is_empty(self) -> bool:
        return not (self.title or self.body or self.category or self.alts)


def compare(before: IdeaVersion, after: IdeaVersion) -> Comparison:
    def part(one: str, other: str) -> list[Piece]:
        return differences(one, other) if one != other else []

    names = [(GONE, before.category.name), (NEW, after.category.name)] if before.category != after.category else []
    return Comparison(
        before, after, part(before.title, after.title), part(before.body, after.body),
        [Piece(*name) for name in names], part("\n".join(before.alts), "\n".join(after.alts)),
    )  # fmt: skip
