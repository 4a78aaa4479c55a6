"""Whether groups answer differently, and how much."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from .special import chi_square_tail

LEAST_EXPECTED, USUAL_EXPECTED, UNDER_USUAL = 1, 5, 0.2  # Cochran's rule


class Size(StrEnum):
    """How large a difference is, whatever the number of ballots."""

    NEGLIGIBLE = "negligible"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


class Procedure(StrEnum):
    """Which test it is, and by it which effect: Cramér's V of choices, epsilon-squared of ranks, eta-squared of means."""

    CHI_SQUARE = "chi_square"
    KRUSKAL_WALLIS = "kruskal_wallis"
    BROWN_FORSYTHE = "brown_forsythe"


@dataclass(frozen=True)
class Difference:
    """A test of whether groups differ. `p`: how often chance alone would show a difference as great, were there none.

    `effect`: how large it is, from 0 to 1, whatever the number of ballots; `size`, the same in a word. `df2` is that of F alone.
    """

    statistic: float
    df: int
    p: float
    effect: float
    size: Size
    kind: Procedure = Procedure.CHI_SQUARE
    df2: float | None = None


def compare(table: Sequence[Sequence[int]]) -> Difference | None:
    """Pearson's chi-square test of a table of counts, rows by columns (options by groups), each person in one cell only.

    X² = Σ (observed − expected)² / expected with (r − 1)(c − 1) degrees of freedom, without Yates's correction. K. Pearson,
    Philosophical Magazine 50 (1900), 157–175; the degrees of freedom are R. A. Fisher's (1922). Cramér's V is
    sqrt(X² / (n·min(r − 1, c − 1))): H. Cramér, *Mathematical Methods of Statistics*, Princeton 1946, ch. 21.

    Rows and columns without anybody are left out. None where there is nothing to compare, or too few for the test by
    Cochran's rule: no expected count under 1, and at most a fifth of them under 5 (W. G. Cochran, "Some Methods for
    Strengthening the Common χ² Tests", Biometrics 10 (1954), 417–451).
    """
    observed = [list(row) for row in table if any(row)]
    observed = [
        list(row) for row in zip(*(column for column in zip(*observed, strict=True) if any(column)), strict=True)
    ]
    if len(observed) < 2 or len(observed[0]) < 2:
        return None
    rows, columns = [sum(row) for row in observed], [sum(column) for column in zip(*observed, strict=True)]
    n = sum(rows)
    expected = [[row * column / n for column in columns] for row in rows]
    if not enough(expected):
        return None
    statistic = sum(
        (seen - awaited) ** 2 / awaited
        for seen_row, awaited_row in zip(observed, expected, strict=True)
        for seen, awaited in zip(seen_row, awaited_row, strict=True)
    )
    shorter = min(len(rows), len(columns)) - 1
    df = (len(rows) - 1) * (len(columns) - 1)
    v = min(1.0, sqrt(statistic / (n * shorter)))
    return Difference(statistic, df, chi_square_tail(statistic, df), v, size_of(v, shorter))


def enough(expected: Sequence[Sequence[float]]) -> bool:
    """Cochran's rule, as `compare` says it."""
    cells = [cell for row in expected for cell in row]
    few = sum(cell < USUAL_EXPECTED for cell in cells)
    return min(cells) >= LEAST_EXPECTED and few <= UNDER_USUAL * len(cells)


def size_of(v: float, shorter: int) -> Size:
    """Cohen's words for V, where `shorter` = min(r − 1, c − 1).

    J. Cohen, *Statistical Power Analysis for the Behavioral Sciences*, 2nd ed. 1988, ch. 7: w = 0.1 small, 0.3 medium, 0.5
    large; and V = w / sqrt(shorter).
    """
    w = v * sqrt(shorter)
    for least, size in ((0.5, Size.LARGE), (0.3, Size.MEDIUM), (0.1, Size.SMALL)):
        if w >= least - 1e-12:
            return size
    return Size.NEGLIGIBLE


def compare_choices(chosen: Sequence[Sequence[int]], sizes: Sequence[int]) -> list[Difference | None]:
    """Where several may be chosen: for each option, chosen or not by group; `sizes` are the ballots of each group.

    One table of all options would count a person several times, which the test does not bear. Adjust the p-values with
    `holm` before any is called a difference.
    """
    return [compare([row, [size - n for size, n in zip(sizes, row, strict=True)]]) for row in chosen]


def holm(ps: Sequence[float]) -> list[float]:
    """p-values adjusted for being many, in the order given: the chance that any one of them misleads stays under the level.

    The k-th smallest of m times (m − k + 1), never less than the one before, at most 1. S. Holm, "A Simple Sequentially
    Rejective Multiple Test Procedure", Scandinavian Journal of Statistics 6 (1979), 65–70.
    """
    adjusted, highest = [0.0] * len(ps), 0.0
    for rank, place in enumerate(sorted(range(len(ps)), key=lambda place: ps[place])):
        highest = max(highest, min(1.0, (len(ps) - rank) * ps[place]))
        adjusted[place] = highest
    return adjusted
