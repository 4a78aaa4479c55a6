"""Groups that share a known total: none of fewer than five is shown, nor given away by a subtraction."""

from itertools import product

import pytest

from core.suppressing import hide_small


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([20, 12, 9, 7], [20, 12, 9, 7]),
        ([20, 12, 9, 2], [20, 12, None, None]),  # 2 alone would be the total less the others
        ([20, 3, 4, 7], [20, None, None, 7]),
        ([20, 1, 1, 7], [20, None, None, None]),  # two hidden that hold two people are one each
        ([20, 12, 0, 0], [20, 12, 0, 0]),
        ([3, 0, 0], [None, None, None]),  # so few in all: not even that they are of one group
        ([6, 0, 0], [6, 0, 0]),
        ([], []),
    ],
)
def test_what_is_shown(counts, shown):
    assert hide_small(counts, 5) == shown


def test_no_small_group_can_be_computed():
    for counts in product(range(9), repeat=4):
        shown = hide_small(list(counts), 5)
        hidden = [count for count, seen in zip(counts, shown, strict=True) if seen is None]
        assert all(seen is None or seen == 0 or seen >= 5 for seen in shown)
        if hidden and sum(counts) >= 5:
            assert len(hidden) >= 2
            assert sum(hidden) >= 5
