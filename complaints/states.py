"""Where a complaint stands, and the moves between."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    OPENED = "opened", pgettext_lazy("complaint", "To acknowledge")
    ACKNOWLEDGED = "acknowledged", pgettext_lazy("complaint", "To answer")
    ANSWERED = "answered", pgettext_lazy("complaint", "Answered")
    CLOSED = "closed", pgettext_lazy("complaint", "Closed")


# An answer within the days of the acknowledgement stands for both.
MOVES: dict[str, frozenset[str]] = {
    State.OPENED: frozenset({State.ACKNOWLEDGED, State.ANSWERED}),
    State.ACKNOWLEDGED: frozenset({State.ANSWERED}),
    State.ANSWERED: frozenset({State.CLOSED}),
    State.CLOSED: frozenset(),
}
UNANSWERED = (State.OPENED, State.ACKNOWLEDGED)


class Outcome(models.TextChoices):
    ACCEPTED = "accepted", pgettext_lazy("complaint", "Accepted")
    REFUSED = "refused", pgettext_lazy("complaint", "Refused")


class Clock(models.TextChoices):
    ACKNOWLEDGE = "acknowledge", _("Acknowledgement")
    ANSWER = "answer", pgettext_lazy("complaint", "Answer")
