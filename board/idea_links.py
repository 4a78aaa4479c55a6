"""On an idea's path: the boards that decided on the subject it speaks for, with the way to their minutes."""

from django.urls import reverse
from django.utils.translation import gettext as _

from ideas.links import Row, as_rows, register

from .models import Placement, Quarter
from .states import DECIDED, Column, QuarterState


def _rows(idea, user):
    """Published minutes alone: what a board prepares is nobody's business yet."""
    decided = Placement.objects.filter(
        item__evidence__idea=idea, quarter__state=QuarterState.PUBLISHED, column__in=DECIDED
    )
    return as_rows(decided, "board", at="quarter__published_at", text="item__title", one="quarter__code", two="column")


def _leg(row: Row) -> dict:
    title = _("Before the board of %(quarter)s") % {"quarter": Quarter(code=row.one).label}
    text = _("“%(subject)s”: %(column)s.") % {"subject": row.text, "column": str(Column(row.two).label).lower()}
    return {
        "icon": "candidate", "title": title, "text": text, "url": reverse("board:minutes", args=[row.one]),
        "link": _("Read the minutes"),
    }  # fmt: skip


def register_all() -> None:
    register("board", rows=_rows, leg=_leg)
