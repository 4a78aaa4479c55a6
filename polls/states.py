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


# Between the hour of the close and the moment it is written down: see `Poll.is_counted`.
BEING_COUNTED = _("The poll is closed and its last ballots are being counted: come back in a minute.")


MOVES = {
    State.DRAFT: {State.SCHEDULED, State.OPEN},
    State.SCHEDULED: {State.DRAFT, State.OPEN},
    State.OPEN: {State.CLOSED},
    State.CLOSED: {State.DECIDED, State.OPEN},
    State.DECIDED: set(),
}


class Method(models.TextChoices):
    """How a question is answered. Each has its module in `domain/answering/`, which reads, checks and counts an answer."""

    SINGLE = "single", pgettext_lazy("poll method", "One choice")
    MULTIPLE = "multiple", pgettext_lazy("poll method", "Several choices")
    RANKING = "ranking", pgettext_lazy("poll method", "Ranking")
    SCORE = "score", pgettext_lazy("poll method", "Score from 1 to 5")
    POINTS = "points", pgettext_lazy("poll method", "100 points to share")


CHOICES = (Method.SINGLE, Method.MULTIPLE)  # those an “only if” may ask about
LOWEST_SCORE, HIGHEST_SCORE = 1, 5
POINTS = 100


class ResultsPolicy(models.TextChoices):
    """When the result appears. After the close, *after my vote* shows it to everyone."""

    ALWAYS = "always", _("At any time")
    AFTER_VOTE = "after_vote", _("After one’s own vote")
    AFTER_CLOSE = "after_close", _("After the close")
    STAFF_ONLY = "staff_only", _("To the team alone")


class Dimension(models.TextChoices):
    """What ballots are counted by.

    `apart` counts what is in no published total (see `Apart`); `stratum` (age and product together) serves the weights alone.
    """

    ALL = "all", _("Everyone")
    KIND = "kind", _("Customers and prospects")
    SEGMENT = "segment", _("Profile")
    AGE = "age", _("Age")
    STRATUM = "stratum", _("Age and product")
    APART = "apart", _("Counted apart")


class Apart(models.TextChoices):
    """Why a ballot is counted apart. Staff always are; the bank may count the others in, and says so (`Poll.counted_in`)."""

    STAFF = "staff", pgettext_lazy("ballots", "The bank’s own people")
    NEW = "new", pgettext_lazy("ballots", "Accounts opened just before")
    BURST = "burst", pgettext_lazy("ballots", "A burst of new accounts")


class Drawing(models.TextChoices):
    """Drawings of the house that may stand beside an option which has no picture."""

    CASH = "cash", _("Banknote")
    TRAVEL = "travel", _("Travel")
    GROW = "grow", _("Savings that grow")
    CARD = "d-card", _("Bank card")
    ROUND = "d-round", _("Rounding up")
    PHONE = "phone", _("Telephone")
    JAR = "jar", _("Money jar")


EVERYONE = ""  # the one cell of Dimension.ALL


class Key:
    """What a tally counts of its option, in `Tally.key`; digits are scores, and `>12` options preferred to that of pk 12."""

    VOTES = ""  # ballots that chose, ranked or scored the option, or gave it points; of no option: ballots
    FIRST = "first"  # ranked first, alone or tied
    SUM = "sum"  # of points
    SQUARES = "sq"  # of points, for their spread
    MOVES = "moves"  # of no option: ballots and changes of ballots, ever

    @staticmethod
    def over(option_pk: int) -> str:
        return f">{option_pk}"


class Feeling(models.TextChoices):
    """How a member reacts to a visual: one of these, and none by default. Each has its counter: `VisualCount.<value>`."""

    CONVINCES = "convinces", pgettext_lazy("visual", "It convinces me")
    COLD = "cold", pgettext_lazy("visual", "It leaves me cold")
    WORRIES = "worries", pgettext_lazy("visual", "It worries me")


class Visibility(models.TextChoices):
    """Of a remark. The same words as everywhere that moderators look (`core.judging`)."""

    PUBLIC = "public", pgettext_lazy("visibility", "Public")
    HELD = "held", pgettext_lazy("visibility", "Held for moderation")
    HIDDEN = "hidden", pgettext_lazy("visibility", "Hidden")
    REMOVED = "removed", pgettext_lazy("visibility", "Removed")


class Trace(models.TextChoices):
    """Of a remark that was taken away: by whom."""

    AUTHOR = "author", _("Comment deleted by its author")
    MODERATORS = "moderators", _("This comment was withdrawn by the moderators.")
