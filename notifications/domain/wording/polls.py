"""What is said of polls. Never a result: pages show those to whom the poll's own policy allows."""

from typing import Any

from django.utils.translation import gettext as _

from core.text import excerpt
from core.words import left
from polls.models import Poll
from polls.permissions import can_see
from polls.states import State

from . import SPEAKERS, Said, Speaker, found


def load(rows: list) -> dict[int, Poll]:
    return found(Poll.objects.exclude(state=State.DRAFT), {row.subject_id for row in rows})


def say(row: Any, loaded: dict[int, Poll], reader: Any) -> Said | None:
    poll = loaded.get(row.subject_id)
    if poll is None or not can_see(reader, poll):
        return None
    css, body = "is-candidate", ""
    if row.kind == "poll_opened":
        lead = _("A poll for you")
        body = left(poll.closes_at).capitalize() if poll.is_open else _("It is closed.")
    elif row.kind == "poll_decided":
        lead, body, css = _("The bank has decided, and says why"), excerpt(poll.decision, 240), "is-delivered"
    else:
        lead, body = _("The poll you answered is closed"), _("Thank you. We will tell you what the bank decides.")
    icon = "official" if row.kind == "poll_decided" else "poll"
    return Said(lead, poll.title, body, poll.get_absolute_url(), icon, css, poll.public_id)


SPEAKERS["poll"] = Speaker(load, say)
