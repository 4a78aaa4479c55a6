"""What is said of the quarterly board."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from board.models import Quarter
from board.states import QuarterState
from core.templatetags.ui import state_word
from core.text import excerpt
from ideas.models import IdeaMove
from ideas.permissions import can_see
from ideas.states import State, Visibility

from ...states import Topic
from . import SPEAKERS, Line, Said, Speaker, found


def load(rows: list) -> dict[str, dict[int, Any]]:
    published = Quarter.objects.filter(state=QuarterState.PUBLISHED).defer("snapshot")
    moves = {key for row in rows for key in row.payload.get("moves", ())}
    return {
        "quarter": found(published, {row.subject_id for row in rows}),
        "move": found(IdeaMove.objects.select_related("idea"), moves),
    }


def say(row: Any, loaded: dict[str, dict[int, Any]], reader: Any) -> Said | None:
    quarter = loaded["quarter"].get(row.subject_id)
    if quarter is None:
        return None
    title = _("Minutes of %(quarter)s") % {"quarter": quarter.label}
    if row.kind == "quarter_decisions":
        return _decisions(row, quarter, title, loaded["move"], reader)
    body = _("What the bank takes up, what it puts off, and why.")
    return Said(_("The board has decided"), title, body, quarter.get_absolute_url(), "book", "is-planned", quarter.code)


def _decisions(row: Any, quarter: Quarter, title: str, moves: dict[int, IdeaMove], reader: Any) -> Said | None:
    """Of those of the reader's ideas that can still be read, each with what became of it; merged ones are told by the merge."""
    steps = [moves[key] for key in row.payload["moves"] if key in moves]
    steps = [
        step for step in steps
        if not step.undone_at and not step.idea.merged_into_id and step.idea.visibility == Visibility.PUBLIC
        and can_see(reader, step.idea)
    ]  # fmt: skip
    if not steps:
        return None
    lines = tuple(
        Line(step.idea.title, _became(step), step.idea.get_absolute_url(), step.idea.language) for step in steps
    )
    count = len(lines)
    if row.topic == Topic.MY_IDEA:
        lead = ngettext(
            "The board has decided on an idea of yours",
            "The board has decided on %(n)s ideas, yours among them",
            count,
        )
    else:
        lead = ngettext(
            "The board has decided on an idea you follow", "The board has decided on %(n)s ideas you follow", count
        )
    body = " ".join(_("“%(title)s”: %(text)s") % {"title": line.title, "text": line.text} for line in lines)
    return Said(
        lead % {"n": count}, title, body, quarter.get_absolute_url(), "book", "is-planned", quarter.code, lines
    )  # fmt: skip


def _became(step: IdeaMove) -> str:
    put_off = step.from_state == step.to_state == State.CANDIDATE
    word = _("put off") if put_off else state_word(step.to_state)
    return f"{word}. {excerpt(step.reason, 200)}"


SPEAKERS["quarter"] = Speaker(load, say)
