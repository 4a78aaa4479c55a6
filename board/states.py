"""Where a quarter stands, the columns of its wall, the factors of a score, the kinds of evidence."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class QuarterState(models.TextChoices):
    PREPARING = "preparing", pgettext_lazy("quarter state", "Call for subjects")
    SCORING = "scoring", pgettext_lazy("quarter state", "Private scoring")
    DECIDING = "deciding", pgettext_lazy("quarter state", "Meeting")
    FROZEN = "frozen", pgettext_lazy("quarter state", "Frozen")
    PUBLISHED = "published", pgettext_lazy("quarter state", "Published")


QUARTER_MOVES: dict[str, frozenset[str]] = {
    QuarterState.PREPARING: frozenset({QuarterState.SCORING}),
    QuarterState.SCORING: frozenset({QuarterState.DECIDING}),
    QuarterState.DECIDING: frozenset({QuarterState.FROZEN}),
    QuarterState.FROZEN: frozenset({QuarterState.PUBLISHED}),
    QuarterState.PUBLISHED: frozenset(),
}
LIVE = (QuarterState.PREPARING, QuarterState.SCORING, QuarterState.DECIDING)
KEPT = (QuarterState.FROZEN, QuarterState.PUBLISHED)
REVEALED = (QuarterState.DECIDING, *KEPT)
TAKES_SCORES = (QuarterState.SCORING, QuarterState.DECIDING)


class Column(models.TextChoices):
    CANDIDATE = "candidate", pgettext_lazy("board column", "Candidates")
    THIS_QUARTER = "this_quarter", pgettext_lazy("board column", "This quarter")
    NEXT = "next", pgettext_lazy("board column", "Next")
    LATER = "later", pgettext_lazy("board column", "Later")
    NOT_RETAINED = "not_retained", pgettext_lazy("board column", "Not retained")


LANES = (Column.THIS_QUARTER, Column.NEXT, Column.LATER)
LANE_CHOICES = [(column.value, column.label) for column in LANES]
DECIDED = (Column.THIS_QUARTER, Column.NEXT, Column.LATER, Column.NOT_RETAINED)
CARRIED_OVER = (Column.CANDIDATE, Column.NEXT, Column.LATER)


class FactorKey(models.TextChoices):
    DEMAND = "demand", pgettext_lazy("factor", "Customers’ demand")
    IMPACT = "impact", pgettext_lazy("factor", "Impact for the customer")
    REACH = "reach", pgettext_lazy("factor", "Reach")
    STRATEGIC = "strategic", pgettext_lazy("factor", "Strategic fit")
    REGULATORY = "regulatory", pgettext_lazy("factor", "Regulatory need")
    CONFIDENCE = "confidence", pgettext_lazy("factor", "Confidence")
    EFFORT = "effort", pgettext_lazy("factor", "Ease (effort inverted)")


COMPUTED = (FactorKey.DEMAND, FactorKey.EFFORT)
SCORED = tuple(key for key in FactorKey if key not in COMPUTED)
DEFAULT_WEIGHTS = {
    FactorKey.DEMAND: 25, FactorKey.IMPACT: 20, FactorKey.REACH: 15, FactorKey.STRATEGIC: 15,
    FactorKey.REGULATORY: 10, FactorKey.CONFIDENCE: 10, FactorKey.EFFORT: 5,
}  # fmt: skip
HIGHEST = 5

QUESTIONS = {
    FactorKey.DEMAND: _("How many people ask for it? Counted, each person once."),
    FactorKey.IMPACT: _("What does it change in the life of those it touches?"),
    FactorKey.REACH: _("How many customers will see it in a year?"),
    FactorKey.STRATEGIC: _("Does it serve one of the three axes of the bank’s plan?"),
    FactorKey.REGULATORY: _("Does a rule ask for it, and when?"),
    FactorKey.CONFIDENCE: _("What do we really know, and from where?"),
    FactorKey.EFFORT: _("Effort in points: the less work, the more ease."),
}
STEPS = {
    FactorKey.IMPACT: (
        pgettext_lazy("score step", "none"), pgettext_lazy("score step", "slight"), pgettext_lazy("score step", "useful"),
        pgettext_lazy("score step", "clear"), pgettext_lazy("score step", "strong"), pgettext_lazy("score step", "decisive"),
    ),
    FactorKey.REACH: ("0", _("< 1%"), _("< 5%"), _("< 15%"), _("< 40%"), pgettext_lazy("score step", "all")),
    FactorKey.STRATEGIC: (
        pgettext_lazy("score step", "no"), pgettext_lazy("score step", "from afar"), pgettext_lazy("score step", "a little"),
        pgettext_lazy("score step", "one axis"), pgettext_lazy("score step", "two"), pgettext_lazy("score step", "three"),
    ),
    FactorKey.REGULATORY: (
        pgettext_lazy("score step", "no"), pgettext_lazy("score step", "advised"), pgettext_lazy("score step", "in 3 years"),
        pgettext_lazy("score step", "in 2 years"), pgettext_lazy("score step", "in a year"), pgettext_lazy("score step", "now"),
    ),
    FactorKey.CONFIDENCE: (
        pgettext_lazy("score step", "a bet"), pgettext_lazy("score step", "opinion"), pgettext_lazy("score step", "hearsay"),
        pgettext_lazy("score step", "measured"), pgettext_lazy("score step", "tested"), pgettext_lazy("score step", "proven"),
    ),
}  # fmt: skip


class EvidenceKind(models.TextChoices):
    IDEA = "idea", pgettext_lazy("evidence", "Idea")
    POLL = "poll", pgettext_lazy("evidence", "Poll")
    NOTE = "note", pgettext_lazy("evidence", "Note")
