"""What is said of polls. Never a result: pages show those to whom the poll's own policy allows."""

from typing import Any

from django.utils.translation import gettext as _

from core.text import excerpt
from core.words import left, moment
from polls.models import Participation, Poll
from polls.permissions import can_see
from polls.states import State

from . import SPEAKERS, Said, Speaker, found


def load(rows: list) -> dict[int, Poll]:
    """The polls; of those that a reminder speaks of, who has answered since: one more query, and none without a reminder."""
    polls = found(Poll.objects.exclude(state=State.DRAFT).select_related("circle"), {row.subject_id for row in rows})
    reminded = [row for row in rows if row.kind == "poll_reminder"]
    answered = set()
    if reminded:
        taken = Participation.objects.filter(
            poll__in={row.subject_id for row in reminded}, member__in={row.member_id for row in reminded}
        )
        answered = set(taken.values_list("poll_id", "member_id"))
    for poll in polls.values():
        poll.answered_by = {member for key, member in answered if key == poll.pk}
    return polls


def is_stale(row: Any, loaded: dict[int, Poll]) -> bool:
    """A reminder to who has answered since; a close that was taken back, or the taking back of a close that came again."""
    poll = loaded.get(row.subject_id)
    if poll is None:
        return False
    if row.kind == "poll_reminder":
        return not poll.is_open or row.member_id in poll.answered_by
    return (row.kind == "poll_reopened" and not poll.is_open) or (row.kind == "poll_closed" and poll.is_open)


def say(row: Any, loaded: dict[int, Poll], reader: Any) -> Said | None:
    poll = loaded.get(row.subject_id)
    if poll is None or not can_see(reader, poll):
        return None
    css = "is-delivered" if row.kind == "poll_decided" else "is-candidate"
    icon = "official" if row.kind == "poll_decided" else "poll"
    lead, body = WORDS.get(row.kind, _closed)(row, poll)
    return Said(lead, poll.title, body, poll.get_absolute_url(), icon, css, poll.public_id, language=poll.language)


def _until(poll: Poll) -> str:
    """How long one may answer; of a circle's poll, whose it is: nobody else sees it."""
    said = left(poll.closes_at).capitalize() if poll.is_open else _("It is closed.")
    if poll.circle is None:
        return said
    return _("For the members of the circle “%(circle)s”. %(until)s") % {"circle": poll.circle, "until": said}


def _opened(row: Any, poll: Poll) -> tuple[str, str]:
    return _("A poll for you"), _until(poll)


def _reminder(row: Any, poll: Poll) -> tuple[str, str]:
    lead = _("A poll waits for your answer")
    if row.member_id in poll.answered_by:
        return lead, _("You have answered since: thank you.")
    return lead, _until(poll)


def _closed(row: Any, poll: Poll) -> tuple[str, str]:
    if poll.is_open:
        return _("The poll you answered was closed"), _("It is open again, and your ballot still stands.")
    return _("The poll you answered is closed"), _("Thank you. We will tell you what the bank decides.")


def _reopened(row: Any, poll: Poll) -> tuple[str, str]:
    lead = _("The poll you answered is open again")
    if not poll.is_open:
        return lead, _("It is closed.")
    if poll.sealed:
        return lead, _("Your ballot still stands: you have nothing to do.")
    message = _("Your ballot still stands: you have nothing to do. You may change it until %(when)s.")
    return lead, message % {"when": moment(poll.closes_at)}


def _decided(row: Any, poll: Poll) -> tuple[str, str]:
    return _("The bank has decided, and says why"), excerpt(poll.decision, 240)


WORDS = {
    "poll_opened": _opened, "poll_reminder": _reminder, "poll_closed": _closed, "poll_reopened": _reopened,
    "poll_decided": _decided,
}  # fmt: skip
SPEAKERS["poll"] = Speaker(load, say, is_stale)
