"""What the groups of a breakdown say differently, tested; `saying.py` puts it in plain words, never more than the data say.

| method | test, from the stored tallies |
|---|---|
| one choice | chi-square of all options together |
| several choices, rankings with ties | chi-square of each option: chosen, or ranked first, or not |
| rankings without ties | chi-square of all first places together |
| scores | Kruskal–Wallis of each option, from how many gave each score |
| points | Brown–Forsythe of each option, from sums and sums of squares |

A table of which anything is hidden is not tested: no word and no statistic says more than the cells that are shown.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ...models import Option, Question
from ...states import Method
from ..answering.scoring import SCORES
from ..counting.differing import Difference, Size, compare, compare_choices, holm
from ..counting.means import Moments, compare_means
from ..counting.ranks import Scores, compare_scores, superiority
from .figures import Mean
from .publishing import Published
from .saying import numbers_of, sentence_of

if TYPE_CHECKING:
    from .breakdowns import Breakdown, Group

LEVEL = 0.05  # of all the tests of one question together


@dataclass(frozen=True)
class Finding:
    """One test: of all options together (`option` None), or of one. `p` is adjusted for the tests beside it.

    `who` names the group that stands out of the others, `ours` its figure and `others` that of all the others: shares between
    0 and 1, or means, of which `higher` says which is. `leads`: the option is also ahead of the others within that group; a
    group may choose more often than others what few of it prefer. `p_of_one`: of that group against all the others, adjusted for
    having been chosen among several; where it may be chance, no group is named. `alone` is that test: how wide the gap is that
    the sentence gives.
    """

    test: Difference
    p: float
    option: Option | None
    standout: Option
    method: str
    dimension: str
    who: str
    ours: float
    others: float
    leads: bool = False
    higher: bool = True
    p_of_one: float = 0.0
    alone: Difference | None = None

    @property
    def is_real(self) -> bool:
        """Chance alone would show as much less than once in twenty."""
        return self.p < LEVEL

    @property
    def stands_out(self) -> bool:
        """Whether the group named is itself another than the others, and in the way that its figure says."""
        return self.p_of_one < LEVEL and (self.ours > self.others) == self.higher

    @property
    def is_large_enough(self) -> bool:
        """Real, and worth a word: of thousands of ballots a hair's breadth is more than chance."""
        return self.is_real and self.size != Size.NEGLIGIBLE

    @property
    def size(self) -> Size:
        """Of what the sentence says: of the gap of the group that it names, or else of the whole."""
        return self.alone.size if self.alone and self.stands_out else self.test.size

    @property
    def sentence(self) -> str:
        return sentence_of(self)

    @property
    def test_in_words(self) -> str:
        return numbers_of(self)


@dataclass(frozen=True)
class Grouped:
    """One option by groups: what each group gave it, as a test wants it, and each group's mean."""

    option: Option
    given: list
    means: list[Mean]


def find(
    question: Question, groups: Sequence["Group"], counts: Sequence[Sequence[int]], dimension: str
) -> list[Finding]:
    """Test choices or first places in a table that is shown whole; `counts` are options by groups. Nothing where too few are in it.

    Where each ballot has one choice, one test of all options; where it may have several, or tie them, a test for each option.
    """
    options = _options_of(groups)
    sizes = [group.ballots or 0 for group in groups]
    if has_several(question):
        tests = compare_choices(counts, sizes)
        return [
            _finding(question, test, options[row], options, groups, counts, sizes, dimension, row)
            for row, test in enumerate(tests)
            if test
        ]
    test = compare(counts)
    return [_finding(question, test, None, options, groups, counts, sizes, dimension)] if test else []


def find_in_numbers(
    published: Published, question: Question, groups: Sequence["Group"], dimension: str
) -> list[Finding]:
    """Test the scores or points that each group gave, an option at a time. As `find` otherwise."""
    compared: tuple[Callable, Callable] = (
        (compare_scores, _way_of_scores) if question.method == Method.SCORE else (compare_means, _way_of_means)
    )
    found = [
        _in_numbers(question, one, groups, dimension, *compared)
        for one in _given(published, question, groups, dimension)
    ]
    return [finding for finding in found if finding]


def _given(published: Published, question: Question, groups: Sequence["Group"], dimension: str) -> list[Grouped]:
    grouped = []
    for option in _options_of(groups):
        means = [mean for group in groups if isinstance(mean := group.shares[option.pk], Mean)]
        given: list = [(mean.n or 0, mean.total, mean.squares) for mean in means]
        if question.method == Method.SCORE:
            given = [
                {n: published.votes(question.pk, option.pk, str(n), dimension, group.code) for n in SCORES}
                for group in groups
            ]
        grouped.append(Grouped(option, given, means))
    return grouped


def _in_numbers(
    question: Question, one: Grouped, groups: Sequence["Group"], dimension: str, compare_all: Callable, way: Callable
) -> Finding | None:
    test = compare_all(one.given)
    if test is None:
        return None
    places = [place for place, mean in enumerate(one.means) if mean.n]
    given = [one.given[place] for place in places]
    ways = [
        way(own, _summed([other for at, other in enumerate(given) if at != place])) for place, own in enumerate(given)
    ]
    # Of two groups either stands as far from the other: the one that gives more is named.
    first = max(range(len(places)), key=lambda place: (round(abs(ways[place]), 12), ways[place]))
    rest = _summed([other for at, other in enumerate(given) if at != first])
    alone = compare_all([given[first], rest])
    mine, theirs = one.means[places[first]], [one.means[place] for at, place in enumerate(places) if at != first]
    others = sum(mean.total for mean in theirs) / sum(mean.n or 0 for mean in theirs)
    return Finding(
        test, test.p, one.option, one.option, question.method, dimension, groups[places[first]].code, mine.value, others,
        higher=ways[first] > 0, alone=alone,
        p_of_one=min(1.0, alone.p * (len(places) if len(places) > 2 else 1)) if alone else 1.0,
    )  # fmt: skip


def _summed(groups: Sequence[Scores] | Sequence[Moments]):
    """All of several groups together."""
    if isinstance(groups[0], tuple):
        return tuple(map(sum, zip(*groups, strict=True)))
    return {score: sum(group[score] for group in groups) for score in groups[0]}


def _way_of_scores(group: Scores, others: Scores) -> float:
    return superiority(group, others)


def _way_of_means(group: Moments, others: Moments) -> float:
    return group[1] / group[0] - others[1] / others[0]


def is_alike(question: Question, groups: Sequence["Group"], counts: Sequence[Sequence[int]]) -> bool:
    """Whether everyone in a table answered the same, so that there is no difference to test, however many they are."""
    if question.method in (Method.SCORE, Method.POINTS):
        means = [[group.shares[option.pk] for group in groups] for option in _options_of(groups)]
        return all(_is_one_number(row) for row in means)
    sizes = [group.ballots or 0 for group in groups]
    if has_several(question):
        return all(not any(row) or list(row) == sizes for row in counts)
    return sum(any(row) for row in counts) == 1


def _is_one_number(means: Sequence) -> bool:
    n, total = sum(mean.n or 0 for mean in means), sum(mean.total for mean in means)
    return n * sum(mean.squares for mean in means) == total * total


def has_several(question: Question) -> bool:
    """Whether one ballot may stand in several cells of a column."""
    return question.method == Method.MULTIPLE or (question.method == Method.RANKING and question.ties)


def _options_of(groups: Sequence["Group"]) -> list[Option]:
    return [figure.option for figure in groups[0].shares.values()]


def _finding(
    question: Question,
    test: Difference,
    option: Option | None,
    options: Sequence[Option],
    groups: Sequence["Group"],
    counts: Sequence[Sequence[int]],
    sizes: Sequence[int],
    dimension: str,
    only: int | None = None,
) -> Finding:
    """Names the group and the option with the widest gap of those that are sure, if any is.

    The test of all options together says only that something differs. Which group does is a look of its own at each of its
    cells (that group against all the others, chosen or not), adjusted by Bonferroni for the cells that were looked at: a
    handful of people with a wide gap proves nothing, whatever the larger groups do beside them.
    """
    rows, columns = range(len(options)) if only is None else [only], [at for at, size in enumerate(sizes) if size]
    cells = [_cell(counts[row], sizes, row, column) for row in rows for column in columns]
    # Two shares that make a whole, and two groups that face each other, are one look and not two.
    looks = (len(rows) if len(rows) > 2 else 1) * (len(columns) if len(columns) > 2 else 1)
    sure = [cell for cell in cells if cell.gap > 0 and cell.alone and cell.alone.p * looks < LEVEL]
    first = max(sure or cells, key=lambda cell: cell.gap)
    leads = groups[first.column].leader == options[first.row]
    return Finding(
        test, test.p, option, options[first.row], question.method, dimension, groups[first.column].code,
        first.share, first.others, leads, alone=first.alone, p_of_one=min(1.0, first.alone.p * looks) if first.alone else 1.0,
    )  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """An option by a group: its share in it and in all the others, and the test of the two; None where there are too few."""

    row: int
    column: int
    share: float
    others: float
    alone: Difference | None

    @property
    def gap(self) -> float:
        return self.share - self.others


def _cell(chosen: Sequence[int], sizes: Sequence[int], row: int, column: int) -> Cell:
    mine, size = chosen[column], sizes[column]
    theirs, rest = sum(chosen) - mine, sum(sizes) - size
    [alone] = compare_choices([[mine, theirs]], [size, rest])
    return Cell(row, column, mine / size, theirs / rest, alone)


def adjust(breakdowns: Sequence["Breakdown"]) -> list["Breakdown"]:
    """All tests of one question together, by Holm's method: many looks at one answer find something by chance."""
    found = [finding for breakdown in breakdowns for finding in breakdown.findings]
    adjusted = iter(holm([finding.test.p for finding in found]))
    return [
        replace(breakdown, findings=[replace(finding, p=next(adjusted)) for finding in breakdown.findings])
        for breakdown in breakdowns
    ]
