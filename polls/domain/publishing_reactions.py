"""What of the reactions to visuals is published: as of the ballots (`results/publishing.py`), two published tables of a visual
differ by what LAB["RESULT_STEP"] members or more did, or by nothing. So nobody who knows who has just reacted reads it off the
figures, not by moving their own reaction either: someone who moves many times is one who moved.

- While the poll is open counts are published a step late and a step at a time: `waiting` is what comes next.
- So the counts of the close, which hold every reaction, differ by a whole step from those that were shown, and are published once.
- A poll that is opened again has published those of its first close (`keep_reactions_as_published`). Where fewer than a step have
  moved by the next close, they stay, and `held_back` says how many are not in them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import F, FilteredRelation, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from ..models import Poll, Question, VisualCount, VisualReaction


@dataclass(frozen=True)
class Shown:
    """The counts of a visual that may be shown, by kind; none under LAB["SMALLEST_CELL"] reactions."""

    counts: dict[str, int]
    held_back: int = 0


def reactions_to(questions: Iterable[Question], poll: Poll, user: Any) -> dict[int, tuple[str, Shown]]:
    """{question's key: this user's own reaction ("" for none), and what may be shown now to whoever reads}.

    No query where the questions were read `with_reactions` of this user, one otherwise. Ask `can_see_results` before the counts
    are shown.
    """
    rows = list(questions)
    if not all(hasattr(row, "mine") for row in rows):
        rows = with_reactions(Question.objects.filter(pk__in=[row.pk for row in rows]), poll, user)
    return {row.pk: (row.mine or "", _shown(row, poll)) for row in rows}


def with_reactions(rows: QuerySet[Question], poll: Poll, user: Any) -> QuerySet[Question]:
    """Questions of this poll with what `reactions_to` says of them, in the same query."""
    rows = rows.select_related("visual_count")
    if user.is_authenticated:
        mine = FilteredRelation("reactions", condition=Q(reactions__member=user))
        rows = rows.annotate(by_me=mine, mine=F("by_me__kind"))
    else:
        rows = rows.annotate(mine=Value(""))
    moved = Coalesce(Subquery(VisualCount.objects.moved_at(OuterRef("pk"))), 0) if poll.is_counted else Value(0)
    return rows.annotate(moved=moved)


def _shown(question: Question, poll: Poll) -> Shown:
    count = getattr(question, "visual_count", None)
    if count is None:
        return Shown({})
    if not poll.is_counted:
        return Shown(count.shown)
    count.moved = question.moved
    return _of_the_close(count)


def _of_the_close(count: VisualCount) -> Shown:
    """`count` is read `with_moved()`."""
    if _is_enough(count) and count.moved >= settings.LAB["RESULT_STEP"]:
        return Shown(count.counts)
    return Shown(count.shown, held_back=count.moved if count.shown and count.counts != count.shown else 0)


def _is_enough(count: VisualCount) -> bool:
    return sum(count.counts.values()) >= settings.LAB["SMALLEST_CELL"]


def step_on(count: VisualCount) -> bool:
    """Someone has moved: what was waiting is published, if a step of members have moved since it was counted. Whether it was.

    The poll's lock is held.
    """
    moved = VisualReaction.objects.filter(question=count.question_id, counted=True)
    if since := count.waiting_at or count.shown_at:
        moved = moved.filter(at__gt=since)
    if not _is_enough(count) or moved.count() < settings.LAB["RESULT_STEP"]:
        return False
    steps = count.waiting_at is not None
    if steps:
        count.shown, count.shown_at = count.waiting, count.waiting_at
    count.waiting, count.waiting_at = count.counts, timezone.now()
    count.save(update_fields=["shown", "shown_at", "waiting", "waiting_at"])
    return steps


def keep_reactions_as_published(poll: Poll) -> None:
    """Before a closed poll takes reactions again: what was to be read until now is what was published so far."""
    for count in VisualCount.objects.filter(question__poll=poll).with_moved():
        found = _of_the_close(count)
        if found.counts == count.counts and count.moved:
            count.shown, count.shown_at, count.waiting, count.waiting_at = found.counts, timezone.now(), {}, None
            count.save(update_fields=["shown", "shown_at", "waiting", "waiting_at"])
