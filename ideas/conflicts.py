"""When a colleague acted first: what is different since the idea was read, by whom and when; for the desk's page and its API."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext, pgettext

from .domain.triaging import Seen, read_version
from .history import Entry, last_move
from .models import Idea
from .states import Doing, State, Visibility

WHAT = ("state", "visibility", "text", "answer", "assignee", "category")


@dataclass(frozen=True)
class Change:
    """One thing that is no more as it was read: its stable name (WHAT), how it is now in the reader's `words`.

    `before` and `after` are states or visibilities; of a carrier and a theme `after` is the id and `before` is not kept. `who` is
    empty when a step was taken back, which leaves no name on the timeline.
    """

    what: str
    words: str
    before: str = ""
    after: str = ""
    who: str = ""
    role: str = ""
    at: datetime | None = None
    reason: str = ""
    label: Any = ""  # of what has no row of its own in the page's table


@dataclass(frozen=True)
class Conflict:
    changes: tuple[Change, ...]
    before: Seen
    into: Idea | None

    @property
    def newest(self) -> Change | None:
        """What the colleague did last; what the author did, where no colleague did anything."""
        dated = [change for change in self.changes if change.at]
        by_staff = [change for change in dated if change.what != "text"]
        return max(by_staff or dated, key=lambda change: change.at, default=None)

    @property
    def who(self) -> str:
        return self.newest.who if self.newest else ""

    @property
    def at(self) -> datetime | None:
        return self.newest.at if self.newest else None

    @property
    def reason(self) -> str:
        dated = [change for change in self.changes if change.at and change.what not in ("text", "answer")]
        newest = max(dated, key=lambda change: change.at, default=None)
        return newest.reason if newest else ""

    @property
    def visibility_label(self) -> str:
        return Visibility(self.before.visibility).label

    @property
    def others(self) -> list[Change]:
        """What the state and the visibility do not say."""
        return [change for change in self.changes if change.what not in ("state", "visibility")]


def conflict_of(idea: Idea, feed: Sequence[Entry], seen: str) -> Conflict | None:
    """What happened since `seen` (the version that was read); None if that cannot be read."""
    before = read_version(idea, seen)
    if before is None:
        return None
    changes = (*_of_the_path(idea, feed, before), *(_marked(idea, feed, name) for name in before.changed))
    return Conflict(changes, before, idea.merged_into)


def _of_the_path(idea: Idea, feed: Sequence[Entry], before: Seen) -> list[Change]:
    changes = []
    if before.state != idea.state or before.last_move_id != last_move(feed):
        words = f"{State(before.state).label} → {idea.get_state_display()}"
        steps = [step for step in feed if step.kind == "move" and step.pk > before.last_move_id]
        changes.append(Change("state", words, before.state, idea.state, **_by(steps)))
    if before.visibility != idea.visibility:
        words, steps = str(idea.get_visibility_display()), [step for step in feed if step.kind == "moderation"]
        by = _by([step for step in steps if step.after == idea.visibility])
        changes.append(Change("visibility", words, before.visibility, idea.visibility, **by))
    return changes


def _marked(idea: Idea, feed: Sequence[Entry], name: str) -> Change:
    """What a mark of the version tells: that it is another one, and not which it was."""
    if name == "edited_at":
        words, label = gettext("changed by its author: read it again"), pgettext("desk", "Text")
        return Change("text", words, who=str(idea.author), at=idea.edited_at, label=label)
    if name == "answered_at":
        answers, label = [step for step in feed if step.kind == "answer"], pgettext("desk", "Official answer")
        words = Truncator(answers[-1].text if answers else "").chars(140) or gettext("taken back")
        by = _by(_unless_undone(answers, idea.answers)) | {"reason": ""}
        return Change("answer", words, label=label, **by)
    if name == "assignee_id":
        words, after = (str(idea.assignee), idea.assignee.public_id) if idea.assignee else (gettext("nobody"), "")
        by = _by(_deeds(idea, feed, Doing.ASSIGNED))
        return Change("assignee", words, after=after, label=pgettext("desk", "Carried by"), **by)
    by = _by(_deeds(idea, feed, Doing.CATEGORY))
    return Change("category", str(idea.category), after=idea.category.slug, label=pgettext("desk", "Theme"), **by)


def _deeds(idea: Idea, feed: Sequence[Entry], kind: str) -> list[Entry]:
    steps = [step for step in feed if step.kind == "deed" and step.before == kind]
    return _unless_undone(steps, idea.deeds.filter(kind=kind))


def _unless_undone(steps: list[Entry], rows: Any) -> list[Entry]:
    """None of these, where a later one was taken back since: it stands as before, and by nobody's step."""
    gone = rows.filter(undone_at__isnull=False).order_by("undone_at").last()
    return [] if gone and (not steps or gone.undone_at > steps[-1].at) else steps


def _by(steps: Sequence[Entry]) -> dict:
    """Who made the newest of these, when and why."""
    newest = steps[-1] if steps else None
    return {"who": newest.who, "role": newest.role, "at": newest.at, "reason": newest.text} if newest else {}
