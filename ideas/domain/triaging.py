"""Two colleagues at one idea: a decision is made on what its maker saw, or not at all."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from core.text import whole

from ..models import Idea
from ..states import State, Visibility
from .moving import lock


class ChangedMeanwhile(DomainError):
    """The idea is no longer as it was shown (409). Nothing was done; what was typed is to be kept."""

    code, status = "changed_meanwhile", 409
    message = _("Somebody changed this idea meanwhile: nothing was done. Your text is kept.")


# What a colleague or the author may change without a step of the path.
MARKED = ("edited_at", "answered_at", "assignee_id", "category_id")


def version_of(idea: Idea) -> str:
    """What a form carries to say which idea it was filled on (see `make_version`)."""
    last = idea.moves.filter(undone_at__isnull=True).values_list("pk", flat=True).last() or 0
    return make_version(idea, last)


def make_version(idea: Idea, last_move_id: int) -> str:
    """State, visibility, the newest step that stands, and a mark each of text, official answer, who carries it and theme.

    Tags and notes are not in it: two people's add up. The marks say that something changed, and not from what.
    """
    marks = "-".join(_mark(getattr(idea, name)) for name in MARKED)
    return f"{idea.state}.{idea.visibility}.{last_move_id}.{marks}"


def _mark(value: Any) -> str:
    return hashlib.sha256(str(value).encode()).hexdigest()[:5] if value else "0"


@dataclass(frozen=True)
class Seen:
    """A version, read again. `changed` names what of MARKED is no more what it was."""

    state: str
    visibility: str
    last_move_id: int
    changed: tuple[str, ...]


def read_version(idea: Idea, seen: str) -> Seen | None:
    """What the form was filled on, beside what the idea is now; None if it is no version."""
    state, visibility, last, marks = (seen.split(".") + [""] * 4)[:4]
    if state not in State.values or visibility not in Visibility.values or whole(last, 18) is None:
        return None
    before = marks.split("-")
    if len(before) != len(MARKED):
        return Seen(state, visibility, int(last), ())
    now = [_mark(getattr(idea, name)) for name in MARKED]
    return Seen(
        state,
        visibility,
        int(last),
        tuple(name for name, *two in zip(MARKED, before, now, strict=True) if len({*two}) > 1),
    )


@contextmanager
def unchanged(idea: Idea, seen: str) -> Iterator[Idea]:
    """Hold the idea while a verb runs, if it is still what was `seen`; raises ChangedMeanwhile."""
    with transaction.atomic():
        idea = lock(idea)
        if seen != version_of(idea):
            raise ChangedMeanwhile()
        yield idea
