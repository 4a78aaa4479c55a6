"""What is said of the quarterly board."""

from typing import Any

from django.utils.translation import gettext as _

from board.models import Quarter
from board.states import QuarterState

from . import SPEAKERS, Said, Speaker, found


def load(rows: list) -> dict[int, Quarter]:
    published = Quarter.objects.filter(state=QuarterState.PUBLISHED).defer("snapshot")
    return found(published, {row.subject_id for row in rows})


def say(row: Any, loaded: dict[int, Quarter], reader: Any) -> Said | None:
    quarter = loaded.get(row.subject_id)
    if quarter is None:
        return None
    lead = _("The board has decided")
    title = _("Minutes of %(quarter)s") % {"quarter": quarter.label}
    body = _("What the bank takes up, what it puts off, and why.")
    return Said(lead, title, body, quarter.get_absolute_url(), "book", "is-planned", quarter.code)


SPEAKERS["quarter"] = Speaker(load, say)
