from itertools import product
from random import Random

import pytest

from core.suppressing import suppress
from polls.domain.counting.intervals import wilson


def hidden(table):
    return {(r, c) for r, row in enumerate(table) for c, cell in enumerate(row) if cell is None}


def test_table_of_large_cells_is_shown_whole():
    table = [[742, 486], [326, 238], [215, 190], [201, 58]]
    assert suppress(table, 5) == table


def test_small_cell_takes_a_companion_in_its_row_and_in_its_column():
    shown = suppress([[60, 40], [30, 25], [20, 12], [10, 3]], 5)
    assert (3, 1) in hidden(shown)
    assert (3, 0) in hidden(shown), "its row's total minus the other cell would give it"
    assert len({row for row, column in hidden(shown) if column == 1}) >= 2, "so would its group's size minus the rest"


def test_group_under_five_goes_whole_and_takes_another_along():
    shown = suppress([[50, 30, 4], [25, 20, 2], [25, 10, 2]], 5)
    assert all(row[2] is None for row in shown)
    assert shown[0].count(None) == 2


def test_two_groups_of_which_one_is_tiny_are_not_compared():
    assert all(cell is None for row in suppress([[50, 3], [25, 2], [25, 1]], 5) for cell in row)


def test_no_table_lets_a_small_cell_be_worked_out():
    """On random tables: nothing under five is shown, and no row or column hides one cell alone."""
    random = Random(4)
    for _ in range(400):
        rows, width = random.randint(2, 6), random.randint(2, 5)
        counts = [[random.choice((0, 1, 3, 6, 9, 40)) for _ in range(width)] for _ in range(rows)]
        table = [[sum(row[c] for row in counts) for c in range(width)], *counts]
        shown = suppress(table, 5)
        for r, c in product(range(rows + 1), range(width)):
            assert shown[r][c] is None or shown[r][c] >= 5
        for row in shown:
            assert row.count(None) != 1
        for c in range(width):
            column = [row[c] for row in shown[1:]]
            assert column.count(None) != 1 or len(column) == 1


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    # Newcombe, Statistics in Medicine 17 (1998), table I, method 3 (Wilson score, no continuity correction).
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_interval_agrees_with_published_values(successes, trials, low, high):
    assert wilson(successes, trials) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))
