"""When a colleague acted first: who, when, and what is different now."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext, pgettext

from ..domain.triaging import read_version
from ..history import Entry
from ..models import Idea
from ..states import Visibility


@dataclass(frozen=True)
class Conflict:
    """`who` is empty when a step was taken back, which leaves no name on the timeline."""

    who: str
    at: datetime | None
    reason: str
    state_before: str
    visibility_before: str
    into: Idea | None
    others: list[tuple[Any, str]] = field(default_factory=list)  # what else is new: its name, and how it is now

    @property
    def visibility_label(self) -> str:
        return Visibility(self.visibility_before).label


def conflict_of(idea: Idea, feed: Sequence[Entry], seen: str) -> Conflict | None:
    """What happened since `seen` (the form's version of the idea); None if that cannot be read."""
    before = read_version(idea, seen)
    if before is None:
        return None
    newer = [step for step in feed if step.kind == "move" and step.pk > before.last_move_id]
    if before.visibility != idea.visibility:
        newer += [step for step in feed if step.kind == "moderation" and step.after == idea.visibility][-1:]
    if "answered_at" in before.changed:
        newer += [step for step in feed if step.kind == "answer"][-1:]
    if {"assignee_id", "category_id"} & {*before.changed}:
        newer += [step for step in feed if step.kind == "deed"][-1:]
    newest = max(newer, key=lambda step: step.at, default=None)
    who, at = (newest.who, newest.at) if newest else ("", None)
    given = [step for step in newer if step.kind != "answer"]  # an answer is no reason: it has a line of its own
    reason = max(given, key=lambda step: step.at).text if given else ""
    if not newest and "edited_at" in before.changed:
        who, at = str(idea.author), idea.edited_at
    others = _others(idea, feed, before.changed)
    return Conflict(who, at, reason, before.state, before.visibility, idea.merged_into, others)


def _others(idea: Idea, feed: Sequence[Entry], changed: Sequence[str]) -> list[tuple[Any, str]]:
    """What the step and its reason do not say."""
    answer = next((step.text for step in reversed(feed) if step.kind == "answer"), "")
    now = {
        "edited_at": (pgettext("desk", "Text"), gettext("changed by its author: read it again")),
        "answered_at": (pgettext("desk", "Official answer"), Truncator(answer).chars(140) or gettext("taken back")),
        "assignee_id": (pgettext("desk", "Carried by"), str(idea.assignee) if idea.assignee else gettext("nobody")),
        "category_id": (pgettext("desk", "Theme"), str(idea.category)),
    }
    return [now[name] for name in changed]
