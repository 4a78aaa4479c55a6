"""Figures by group: customers and prospects first. No cell stands for fewer than five people, and no subtraction gives one back.

Where one may choose several, or tie them, an option's cell tells as well of those who did not choose it: both are five or more, or
known from the total (of an option that everyone chose, or nobody). A mean tells what each one gave where all of a group gave the
same: it is hidden, unless all of the poll did. The totals of the poll are its result, and are published whatever they say.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.suppressing import Table, suppress, suppress_numbers, suppress_several
from members.states import AgeBand, Kind, Segment

from ...models import Option, Question
from ...states import Dimension, Key, Method
from .differences import Finding, find, find_in_numbers, has_several, is_alike
from .figures import Figure, Mean, Share, leader
from .methods import figure_of
from .publishing import Published

GROUPS: dict[str, list[tuple[str, Any]]] = {
    Dimension.KIND: [(Kind.CUSTOMER, _("Customers")), (Kind.PROSPECT, _("Prospects"))],
    Dimension.SEGMENT: [
        (Segment.PRIVATE, _("Private individuals")),
        (Segment.PROFESSIONAL, _("Professionals")),
        (Segment.STUDENT, _("Students")),
    ],
    Dimension.AGE: [*AgeBand.choices, ("", pgettext_lazy("age", "Not said"))],
}


@dataclass(frozen=True)
class Group:
    """A column of a breakdown: customers, say. `ballots`: those that answered the question; None: not shown."""

    code: str
    label: Any
    ballots: int | None
    shares: dict[int, Figure]  # by option pk

    @property
    def leader(self) -> Option | None:
        return leader(list(self.shares.values()))


@dataclass(frozen=True)
class Breakdown:
    by: str
    label: Any
    groups: list[Group]
    rows: list[tuple[Figure, list[Figure]]] = field(default_factory=list)  # the whole, then each group
    findings: list[Finding] = field(default_factory=list)
    tested: bool = (
        False  # whether there are groups to test; no findings: too few for it, all `alike`, or figures are hidden
    )
    alike: bool = False  # everyone answered the same: there is no difference to test

    @property
    def told(self) -> list[Finding]:
        """What is worth a sentence: the differences that are more than chance; where there is none, the nearest to one."""
        real = [finding for finding in self.findings if finding.is_real]
        return real or sorted(self.findings, key=lambda finding: finding.p)[:1]

    @property
    def anything_hidden(self) -> bool:
        return any(not figure.shown for _whole, row in self.rows for figure in row)

    @property
    def shown(self) -> bool:
        """Anything but options that nobody chose, of which the whole says as much."""
        return any(figure.shown for whole, row in self.rows if _anyone(whole) for figure in row)


def break_down(published: Published, question: Question, figures: Sequence[Figure], smallest: int) -> list[Breakdown]:
    """One table for each dimension that may be shown: none before the close."""
    if not published.final:
        return []
    return [
        _table(published, question, figures, dimension, smallest)
        for dimension in GROUPS
        if dimension not in published.withheld
    ]


def _table(
    published: Published, question: Question, figures: Sequence[Figure], dimension: str, smallest: int
) -> Breakdown:
    """Options by groups, with the groups' sizes as its first row; small cells are taken out of it with their companions."""
    key = Key.FIRST if question.method == Method.RANKING else Key.VOTES
    sizes = [(code, label, published.answered(question.pk, dimension, code)) for code, label in GROUPS[dimension]]
    sizes = [(code, label, size) for code, label, size in sizes if size]
    counts = [
        [published.votes(question.pk, figure.option.pk, key, dimension, code) for code, _label, _size in sizes]
        for figure in figures
    ]
    told = [
        [figure_of(published, question, figure.option, dimension, code) for code, _label, _size in sizes]
        for figure in figures
    ]
    table = _taken_out(question, [[size for _code, _label, size in sizes], *counts], figures, told, smallest)
    columns = []
    for place, (code, label, _size) in enumerate(sizes):
        cells = {
            figure.option.pk: _shown(
                row_of_figures[place],
                # What is known to be 0 is not hidden, but its margin would tell how many the group are.
                is_shown=row[place] is not None and table[0][place] is not None,
            )
            for figure, row_of_figures, row in zip(figures, told, table[1:], strict=True)
        }
        columns.append(Group(code, label, table[0][place], cells))
    rows = [(figure, [column.shares[figure.option.pk] for column in columns]) for figure in figures]
    breakdown = Breakdown(dimension, Dimension(dimension).label, columns, rows, tested=len(columns) > 1)
    if breakdown.anything_hidden or not breakdown.tested:
        return breakdown
    if is_alike(question, columns, counts):
        return replace(breakdown, alike=True)
    if question.method in (Method.SCORE, Method.POINTS):
        return replace(breakdown, findings=find_in_numbers(published, question, columns, dimension))
    return replace(breakdown, findings=find(question, columns, counts, dimension))


def _taken_out(
    question: Question,
    table: list[list[int]],
    figures: Sequence[Figure],
    told: Sequence[Sequence[Figure]],
    smallest: int,
) -> Table:
    """The table of counts without its small cells, by what a cell of this method tells."""
    if question.method in (Method.SCORE, Method.POINTS):
        constant = [
            [_is_constant(cell) and not _is_constant(whole) for cell in row]
            for whole, row in zip(figures, told, strict=True)
        ]
        # The points that a group gave make a hundred each: one mean is what the others leave.
        return suppress_numbers(table, constant, smallest, columns=question.method == Method.POINTS)
    if has_several(question):
        most = question.most if question.method == Method.MULTIPLE else None
        return suppress_several(table, smallest, min(most or len(figures), len(figures)))
    return suppress(table, smallest)


def _is_constant(figure: Figure) -> bool:
    return isinstance(figure, Mean) and not figure.spread


def _shown(figure: Figure, *, is_shown: bool) -> Figure:
    """The figure, or its place left empty."""
    if is_shown:
        return figure
    return Mean(figure.option, None, top=figure.top) if isinstance(figure, Mean) else Share(figure.option, None, None)


def _anyone(whole: Figure) -> bool:
    return bool(whole.total if isinstance(whole, Mean) else whole.votes)
