"""The triage's move "to the board": a new subject, or joining one that is before it."""

from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from ideas.backoffice import moves
from ideas.backoffice.forms import TellingForm
from ideas.backoffice.moves.base import EACH, PEOPLE, done_deed, people_told, public_reason
from ideas.models import Idea
from ideas.states import MOVES, State

from ..domain.items import quarter_in_progress
from ..domain.taking import take_to_board
from ..models import EFFORT_MAX, BoardItem
from ..permissions import can_make_items

SHOWN = 60


def open_items():
    """Subjects that may be joined: those on the wall of the quarter in progress, and those that wait for one."""
    quarter = quarter_in_progress()
    waiting = BoardItem.objects.filter(placements__isnull=True)
    if quarter:
        waiting = waiting | BoardItem.objects.filter(placements__quarter=quarter)
    return waiting.distinct().order_by("title", "id")


class BoardForm(TellingForm):
    item = forms.ModelChoiceField(
        label=_("Subject of the board"), queryset=BoardItem.objects.none(), to_field_name="public_id", required=False,
        empty_label=_("A new subject, from this idea"),
    )  # fmt: skip
    effort = forms.IntegerField(
        label=_("Effort of a new subject, in points"), required=False, min_value=1, max_value=EFFORT_MAX, initial=5,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    field_order = ("item", "effort", "reason", "silent")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = open_items()


def _take(idea: Idea, said: dict, by: Any) -> moves.Done:
    told = people_told(idea, said, by)
    deed = take_to_board(
        idea, by=by, reason=said["reason"], item=said.get("item"), effort=said.get("effort") or 5,
        silent=said.get("silent", False),
    )  # fmt: skip
    return done_deed(gettext("“%(title)s” goes before the board.") % {"title": idea.title}, deed, told)


def _can_take(user: Any, idea: Idea) -> bool:
    return can_make_items(user) and State.CANDIDATE in MOVES[idea.state] and not idea.is_withdrawn


BOARD = moves.Move(
    "board", "c", "scale", pgettext_lazy("desk", "To the board"), pgettext_lazy("desk", "Send to the board"),
    BoardForm, _can_take, _take, hears=PEOPLE, tells=True, allows=can_make_items, leads_to=State.CANDIDATE, check=public_reason,
    undoable=True, bulk=EACH,
)  # fmt: skip
