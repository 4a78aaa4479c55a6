"""What the groups of a breakdown say differently, tested and put in plain words: never more than the data say."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from core.words import number, percent
from members.states import AgeBand, Kind, Segment

from ...models import Option, Question
from ...states import Dimension, Method
from ..counting.differing import Difference, Size, compare, compare_choices, holm

if TYPE_CHECKING:
    from .breakdowns import Breakdown, Group

LEVEL = 0.05  # of all the tests of one question together
SUBJECTS: dict[tuple[str, str], Any] = {
    (Dimension.KIND, Kind.CUSTOMER): pgettext_lazy("who", "Customers"),
    (Dimension.KIND, Kind.PROSPECT): pgettext_lazy("who", "Prospects"),
    (Dimension.SEGMENT, Segment.PRIVATE): pgettext_lazy("who", "Private individuals"),
    (Dimension.SEGMENT, Segment.PROFESSIONAL): pgettext_lazy("who", "Professionals"),
    (Dimension.SEGMENT, Segment.STUDENT): pgettext_lazy("who", "Students"),
}


@dataclass(frozen=True)
class Finding:
    """One test: of all options together (`option` None), or of one. `p` is adjusted for the tests beside it.

    `who` names the group that stands out, with its share and that of all the others, between 0 and 1. `leads`: the option is
    also ahead of the others within that group; a group may choose more often than others what few of it prefer.
    """

    test: Difference
    p: float
    option: Option | None
    standout: Option
    dimension: str
    who: str
    share: float
    others: float
    leads: bool

    @property
    def is_real(self) -> bool:
        """Chance alone would show as much less than once in twenty."""
        return self.p < LEVEL

    @property
    def is_large_enough(self) -> bool:
        """Real, and worth a word: of thousands of ballots a hair's breadth is more than chance."""
        return self.is_real and self.test.size != Size.NEGLIGIBLE

    @property
    def p_in_words(self) -> str:
        """« p < 0,001 » or « p = 0,034 »: a chance that is rounded to nothing is not none."""
        return f"p < {number(0.001, 3)}" if self.p < 0.001 else f"p = {number(self.p, 3)}"

    @property
    def sentence(self) -> str:
        if not self.is_real:
            return _("Nothing here says that these groups see it differently: chance alone shows gaps like these.")
        who = SUBJECTS.get((self.dimension, self.who)) or _age_in_words(self.who)
        decimals = 1 if self.test.size == Size.NEGLIGIBLE else 0
        told = {
            "who": who, "option": self.standout.text, "share": percent(100 * self.share, decimals),
            "others": percent(100 * self.others, decimals),
        }  # fmt: skip
        if self.test.size == Size.NEGLIGIBLE:
            return (
                _(
                    "%(who)s choose “%(option)s” barely more often: %(share)s, against %(others)s of the others. "
                    "The gap is real, but tiny."
                )
                % told
            )
        if self.test.size == Size.SMALL:
            return (
                _("%(who)s choose “%(option)s” a little more often: %(share)s, against %(others)s of the others.")
                % told
            )
        if self.leads:
            return _("%(who)s clearly prefer “%(option)s”: %(share)s, against %(others)s of the others.") % told
        return _("%(who)s choose “%(option)s” clearly more often: %(share)s, against %(others)s of the others.") % told


def _age_in_words(code: str) -> str:
    if not code:
        return pgettext("who", "Those who did not say their age")
    return pgettext("who", "People aged %(ages)s") % {"ages": AgeBand(code).label}


def find(
    question: Question, groups: Sequence["Group"], counts: Sequence[Sequence[int]], dimension: str
) -> list[Finding]:
    """Test a table that is shown whole; `counts` are options by groups. Nothing where too few are in it. Ask `is_tested` first.

    Where each ballot has one choice, one test of all options; where it may have several, a test for each option. Scores
    and points are means, which this test does not compare.
    """
    options = _options_of(groups)
    sizes = [group.ballots or 0 for group in groups]
    if question.method == Method.MULTIPLE:
        tests = compare_choices(counts, sizes)
        return [
            _finding(test, options[row], options, groups, counts, sizes, dimension, row)
            for row, test in enumerate(tests)
            if test
        ]
    test = compare(counts)
    return [_finding(test, None, options, groups, counts, sizes, dimension)] if test else []


def is_tested(question: Question) -> bool:
    """Of choices, and of the first places of a ranking that each ballot gives to one option."""
    if question.method == Method.RANKING:
        return not question.ties
    return question.method in (Method.SINGLE, Method.MULTIPLE)


def _options_of(groups: Sequence["Group"]) -> list[Option]:
    return [figure.option for figure in groups[0].shares.values()]


def _finding(
    test: Difference,
    option: Option | None,
    options: Sequence[Option],
    groups: Sequence["Group"],
    counts: Sequence[Sequence[int]],
    sizes: Sequence[int],
    dimension: str,
    only: int | None = None,
) -> Finding:
    """Names the group and the option where a group stands furthest above the others."""
    whole = sum(sizes)
    places = [
        (row, column)
        for row in (range(len(options)) if only is None else [only])
        for column, size in enumerate(sizes)
        if 0 < size < whole
    ]

    def shares(place: tuple[int, int]) -> tuple[float, float]:
        row, column = place
        mine, size = counts[row][column], sizes[column]
        return mine / size, (sum(counts[row]) - mine) / (whole - size)

    row, column = max(places, key=lambda place: shares(place)[0] - shares(place)[1])
    share, others = shares((row, column))
    leads = groups[column].leader == options[row]
    return Finding(test, test.p, option, options[row], dimension, groups[column].code, share, others, leads)


def adjust(breakdowns: Sequence["Breakdown"]) -> list["Breakdown"]:
    """All tests of one question together, by Holm's method: many looks at one answer find something by chance."""
    found = [finding for breakdown in breakdowns for finding in breakdown.findings]
    adjusted = iter(holm([finding.test.p for finding in found]))
    return [
        replace(breakdown, findings=[replace(finding, p=next(adjusted)) for finding in breakdown.findings])
        for breakdown in breakdowns
    ]
