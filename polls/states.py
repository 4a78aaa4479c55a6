"""The words of a poll: where it stands, how one answers, who sees the result when."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """What is stored. The server's clock has the last word: see `Poll.current_state`."""

    DRAFT = "draft", pgettext_lazy("poll", "Draft")
    SCHEDULED = "scheduled", pgettext_lazy("poll", "Scheduled")
    OPEN = "open", pgettext_lazy("poll", "Open")
    CLOSED = "closed", pgettext_lazy("poll", "Closed")
    DECIDED = "decided", pgettext_lazy("poll", "Decided")


MOVES = {
    State.DRAFT: {State.SCHEDULED, State.OPEN},
    State.SCHEDULED: {State.DRAFT, State.OPEN},
    State.OPEN: {State.CLOSED},
    State.CLOSED: {State.DECIDED},
    State.DECIDED: set(),
}


class Method(models.TextChoices):
    """How a question is answered. Only what can be answered, counted and shown is listed."""

    SINGLE = "single", pgettext_lazy("poll method", "One choice")
    MULTIPLE = "multiple", pgettext_lazy("poll method", "Several choices")


class ResultsPolicy(models.TextChoices):
    """When the result appears. After the close, *after my vote* shows it to everyone."""

    ALWAYS = "always", _("At any time")
    AFTER_VOTE = "after_vote", _("After one’s own vote")
    AFTER_CLOSE = "after_close", _("After the close")
    STAFF_ONLY = "staff_only", _("To the team alone")


class Dimension(models.TextChoices):
    """What ballots are counted by. `apart` counts those that are in no published total: the bank's own people."""

    ALL = "all", _("Everyone")
    KIND = "kind", _("Customers and prospects")
    SEGMENT = "segment", _("Profile")
    AGE = "age", _("Age")
    APART = "apart", _("Counted apart")


class Drawing(models.TextChoices):
    """Drawings of the house that may stand beside an option which has no picture."""

    CASH = "cash", _("Banknote")
    TRAVEL = "travel", _("Travel")
    GROW = "grow", _("Savings that grow")
    CARD = "d-card", _("Bank card")
    ROUND = "d-round", _("Rounding up")
    PHONE = "phone", _("Telephone")
    JAR = "jar", _("Money jar")


APART_STAFF = "staff"
EVERYONE = ""  # the one cell of Dimension.ALL
