"""Where a complaint stands, and the moves between."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    OPENED = "opened", pgettext_lazy("complaint", "To acknowledge")
    ACKNOWLEDGED = "acknowledged", pgettext_lazy("complaint", "To answer")
    ANSWERED = "answered", pgettext_lazy("complaint", "Answered")
    CLOSED = "closed", pgettext_lazy("complaint", "Closed")
    TURNED_BACK = "turned_back", pgettext_lazy("complaint", "Turned back")


# An answer within the days of the acknowledgement stands for both.
MOVES: dict[str, frozenset[str]] = {
    State.OPENED: frozenset({State.ACKNOWLEDGED, State.ANSWERED, State.TURNED_BACK}),
    State.ACKNOWLEDGED: frozenset({State.ANSWERED, State.TURNED_BACK}),
    State.ANSWERED: frozenset({State.CLOSED}),
    State.CLOSED: frozenset(),
    State.TURNED_BACK: frozenset(),  # opened by mistake; the same text may become a complaint of its own again
}
UNANSWERED = (State.OPENED, State.ACKNOWLEDGED)


class Outcome(models.TextChoices):
    ACCEPTED = "accepted", pgettext_lazy("complaint", "Accepted")
    REFUSED = "refused", pgettext_lazy("complaint", "Refused")


class Clock(models.TextChoices):
    ACKNOWLEDGE = "acknowledge", _("Acknowledgement")
    ANSWER = "answer", pgettext_lazy("complaint", "Answer")


def warning_days(clock: str) -> int:
    """So many days before this clock ends, who handles the complaint is told; 0: only once it has run out."""
    return settings.LAB[f"COMPLAINT_WARN_{clock.upper()}_DAYS"]
