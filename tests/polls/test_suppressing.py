from itertools import product
from random import Random

import pytest

from core.suppressing import suppress, suppress_numbers, suppress_several
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


def test_few_people_are_not_given_away_by_what_is_shown_of_their_line():
    """Hidden alone, the one professional and the one student would both be who is left of the total: both chose A."""
    assert all(cell is None for row in suppress([[50, 1, 1], [30, 1, 1], [20, 0, 0]], 5)[:2] for cell in row)
    shown = suppress([[60, 60, 60], [20, 20, 20], [38, 39, 20], [2, 1, 20]], 5)
    assert shown[3] == [None, None, None], "3 would be left of the total for two cells"


def test_option_that_nobody_chose_is_shown_as_such_and_hides_no_other():
    assert suppress([[50, 30], [20, 18], [30, 12], [0, 0]], 5) == [[50, 30], [20, 18], [30, 12], [0, 0]]
    assert suppress([[50, 3], [25, 2], [25, 1], [0, 0]], 5) == [[None, None], [None, None], [None, None], [0, 0]]


def test_cell_that_several_sums_together_would_give_is_not_hidden_alone_between_them():
    table = [[112] * 4, [3, 9, 40, 40], [9, 3, 3, 40], [40, 40, 3, 9], [40, 40, 9, 3], [20, 20, 57, 20]]
    shown = suppress(table, 5)
    # Rows 1 and 2 less columns 0 and 1 would leave row 2, column 2.
    between = {(row, column) for row, column in hidden(shown) if (row in (1, 2)) != (column in (0, 1))}
    assert (2, 2) in between and len(between) > 1


@pytest.mark.parametrize("choices", [(0, 1, 3, 6, 9, 40), (0, 0, 1, 2, 2, 30), (5, 12, 40, 40, 40, 3)])
def test_no_table_lets_a_few_people_be_worked_out(choices):
    """On random tables: what a line hides is of two cells and five people or more, or it is the whole line."""
    random = Random(4)
    for _ in range(300):
        rows, width = random.randint(2, 6), random.randint(2, 5)
        counts = [[random.choice(choices) for _ in range(width)] for _ in range(rows)]
        table = [[sum(row[c] for row in counts) for c in range(width)], *counts]
        shown = suppress(table, 5)
        some = [r for r in range(1, rows + 1) if any(table[r])]
        assert all(shown[r] == table[r] for r in range(1, rows + 1) if r not in some)
        for r, c in product([0, *some], range(width)):
            assert shown[r][c] is None or shown[r][c] >= 5
            assert shown[0][c] is not None or shown[r][c] is None
        lines = [[(r, c) for c in range(width)] for r in [0, *some]]
        lines += [[(r, c) for r in some] for c in range(width)]
        for line in lines:
            inside = hidden(shown) & set(line)
            if inside and len(inside) < len(line):
                assert len(inside) >= 2
                assert sum(table[r][c] for r, c in inside) >= 5


# Where one may choose several


def test_option_that_all_of_a_group_chose_tells_on_each_of_them():
    assert suppress_several([[40, 8], [30, 8], [20, 7]], 5, 2) == [[40, 8], [None, None], [None, None]]
    shown = suppress_several([[40, 20, 20], [20, 20, 11], [20, 10, 11]], 5, 2)
    assert shown == [[40, 20, 20], [20, None, None], [20, 10, 11]], "with a companion, and no other option is touched"


def test_option_of_everyone_or_of_nobody_is_known_from_its_total():
    table = [[40, 8], [40, 8], [0, 0]]
    assert suppress_several(table, 5, 2) == table
    assert suppress_several([[40, 20, 3, 2], [40, 20, 3, 2], [0, 0, 0, 0]], 5, 2)[0] == [40, 20, None, None]


def test_few_who_chose_an_option_are_hidden_as_those_who_did_not():
    for few in (0, 1, 4, 16, 19, 20):
        assert suppress_several([[40, 20], [20, few], [20, 10]], 5, 2)[1] == [None, None]
    assert suppress_several([[40, 20], [20, 5], [20, 15]], 5, 2) == [[40, 20], [20, 5], [20, 15]]


@pytest.mark.parametrize(
    ("table", "most"),
    [
        ([[30, 30], [15, 14], [9, 14], [6, 2]], 3),  # each chose one, though they may more
        ([[30, 30], [15, 14], [10, 15], [6, 3]], 3),  # all but two
        ([[30, 30], [15, 16], [21, 16], [24, 28]], 2),  # each chose two, as many as one may
    ],
)
def test_where_each_chose_as_many_the_sum_of_a_group_gives_no_hidden_cell(table, most):
    shown = suppress_several(table, 5, most)
    assert shown[3] == [None, None]
    assert [row for row in shown[1:] if row != [None, None]] != shown[1:3], (
        "a column's sum less two would give the third"
    )


@pytest.mark.parametrize("parts", [(0.5, 0.2, 0.9), (0.05, 1, 0.5), (0, 0.6, 0.97)])
@pytest.mark.parametrize("most", [1, 2, 4])
def test_no_table_of_several_choices_lets_a_few_be_worked_out(parts, most):
    """On ballots drawn at random: neither who chose nor who did not is few, in a cell or in what a line hides."""
    random = Random(7)
    for _ in range(150):
        width, options = random.randint(2, 5), random.randint(2, 5)
        sizes = [random.choice((2, 5, 8, 20, 60)) for _ in range(width)]
        counts = [[0] * width for _ in range(options)]
        for column, size in enumerate(sizes):
            for _ballot in range(size):
                wanted = [one for one in range(options) if random.random() < parts[one % 3]] or [0]
                for one in wanted[:most]:
                    counts[one][column] += 1
        table = [sizes, *counts]
        shown = suppress_several(table, 5, min(most, options))
        some = [r for r in range(1, options + 1) if 0 < sum(table[r]) < sum(sizes)]
        for r, c in product(some, range(width)):
            assert shown[r][c] is None or min(shown[r][c], sizes[c] - shown[r][c]) >= 5
            assert shown[0][c] is not None or shown[r][c] is None
        for r in some:
            inside = [c for c in range(width) if shown[r][c] is None]
            if inside and len(inside) < width:
                assert len(inside) >= 2
                assert sum(table[r][c] for c in inside) >= 5
                assert sum(sizes[c] - table[r][c] for c in inside) >= 5
        told = sum(map(sum, counts))
        if min(told - sum(sizes), min(most, options) * sum(sizes) - told) < 5:
            for c in range(width):
                inside = [r for r in some if shown[r][c] is None]
                assert not inside or len(inside) == len(some) or len(inside) >= 2


# Means


def test_mean_of_a_group_that_gave_all_the_same_is_hidden_with_another():
    same = [[False, True, False], [False, False, False]]
    shown = suppress_numbers([[30, 8, 9], [30, 8, 9], [30, 8, 9]], same, 5, columns=False)
    assert shown == [[30, 8, 9], [30, None, None], [30, 8, 9]]
    assert suppress_numbers([[30, 8], [30, 8]], [[False, True]], 5, columns=False) == [[30, 8], [None, None]]


def test_mean_of_few_is_hidden_however_large_their_group():
    shown = suppress_numbers([[30, 20, 20], [30, 4, 20]], [[False] * 3], 5, columns=False)
    assert shown == [[30, 20, 20], [30, None, None]]


def test_points_of_a_group_make_a_hundred_each_so_one_mean_is_not_hidden_alone():
    table, same = [[30, 20], [30, 20], [30, 20], [30, 20]], [[False, True], [False, False], [False, False]]
    assert [row.count(None) for row in suppress_numbers(table, same, 5, columns=False)] == [0, 2, 0, 0]
    assert [row.count(None) for row in suppress_numbers(table, same, 5, columns=True)][1:].count(2) == 2


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    # Newcombe, Statistics in Medicine 17 (1998), table I, method 3 (Wilson score, no continuity correction).
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_interval_agrees_with_published_values(successes, trials, low, high):
    assert wilson(successes, trials) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))
