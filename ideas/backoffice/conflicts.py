"""When a colleague acted first: who, when, and what is different now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ..models import Idea
from ..states import State, Visibility
from .reading import Entry


@dataclass(frozen=True)
class Conflict:
    """`who` is empty when a step was taken back, which leaves no name on the timeline."""

    who: str
    at: datetime | None
    reason: str
    state_before: str
    visibility_before: str
    into: Idea | None

    @property
    def visibility_label(self) -> str:
        return Visibility(self.visibility_before).label


def conflict_of(idea: Idea, feed: Sequence[Entry], seen: str) -> Conflict | None:
    """What happened since `seen` (the form's version of the idea); None if that cannot be read."""
    state, _dot, rest = seen.partition(".")
    visibility, _dot, last = rest.partition(".")
    if state not in State.values or visibility not in Visibility.values or not last.isdigit():
        return None
    newer = [step for step in feed if step.kind == "move" and step.pk > int(last)]
    if visibility != idea.visibility:
        newer += [step for step in feed if step.kind == "moderation" and step.after == idea.visibility][-1:]
    newest = max(newer, key=lambda step: step.at, default=None)
    if not newest:
        return Conflict("", None, "", state, visibility, idea.merged_into)
    return Conflict(newest.who, newest.at, newest.text, state, visibility, idea.merged_into)
