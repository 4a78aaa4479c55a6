"""Why a method that met a tie chose as it did, or could not, in words. A tie that no rule breaks is told, and nothing made up."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.words import number

from ..counting.runoff import Rule
from ..counting.scores import Decided
from ..wording import listed

if TYPE_CHECKING:
    from .methods import Round, Scores

TIES = {
    Rule.EARLIER: _(
        "Tied for the fewest votes: %(tied)s. %(out)s goes out, having had the fewest in an earlier round."
    ),
    Rule.TOGETHER: _(
        "Tied for the fewest votes: %(tied)s. They go out together: even all their votes are fewer than any other’s."
    ),
    Rule.PAIRS: _(
        "Tied for the fewest votes: %(tied)s. %(out)s goes out: two by two, more ballots prefer each of the others that "
        "are tied."
    ),
}
NOBODY_LEFT = _("No ballot is left that names an option still in: there is no winner.")
TIED = _("Tied: %(options)s. No rule separates them, so this method has no winner.")
STAR_TIED = _("Tied by score, then run-off (STAR): %(options)s. No rule separates them, so this method has no winner.")
STAR_TIED_FOR_A_PLACE = _(
    "Tied for a place in the run-off (STAR): %(options)s. No rule separates them, so this method has no winner."
)
STAR_BY_THE_TOTAL = _(
    "As many score one higher as the other: “%(winner)s” has the higher total, %(ours)s against %(theirs)s."
)
STAR_BY_THE_HIGHEST = _(
    "As many score one higher as the other, and their totals are equal: “%(winner)s” has more of the highest score."
)
AT_ODDS = _(
    "“%(other)s” has the higher mean, and “%(winner)s” wins by score, then run-off (STAR): neither is said to be ahead."
)


def of_round(found: "Round") -> str:
    """Why those who went out of a round of the instant run-off went, where they were tied; why a last round has no winner.

    Nothing of a round that needed no rule but the fewest votes, or in which one has more than half.
    """
    if found.rule == Rule.NOBODY:
        return str(NOBODY_LEFT)
    if found.rule == Rule.TIE:
        return TIED % {"options": listed(found.tied)}
    sentence = TIES.get(found.rule)
    return sentence % {"tied": listed(found.lowest), "out": listed(found.out)} if sentence else ""


def of_star(found: "Scores") -> str:
    """By which rule a tie in STAR was broken, or between whom it stands; that another has the higher mean; nothing otherwise."""
    if found.decided == Decided.TIE:
        sentence = STAR_TIED if len(found.finalists) == 2 else STAR_TIED_FOR_A_PLACE
        return sentence % {"options": listed(found.tied)}
    if found.winner is None or len(found.finalists) < 2:
        return ""
    place = found.finalists.index(found.winner)
    if found.decided == Decided.TOTAL:
        ours, theirs = number(found.totals[place]), number(found.totals[1 - place])
        return STAR_BY_THE_TOTAL % {"winner": found.winner.text, "ours": ours, "theirs": theirs}
    if found.decided == Decided.HIGHEST:
        return STAR_BY_THE_HIGHEST % {"winner": found.winner.text}
    return AT_ODDS % {"other": found.at_odds.text, "winner": found.winner.text} if found.at_odds else ""
