"""Taking small cells out of a published table, so that neither a cell nor a difference tells on someone.

Primary and complementary suppression of a frequency table whose margins are published (A. Hundepool et al., *Statistical
Disclosure Control*, Wiley 2012, ch. 4), in its simplest safe form: each row and each column that hides anything hides two cells
or more, so that no sum minus the rest gives a hidden one.
"""

Table = list[list[int | None]]


def suppress(table: list[list[int]], smallest: int) -> Table:
    """The table with None for what is not shown.

    Row 0 holds the groups' sizes, the other rows a count for each group; the sums of rows are known to the reader, and so
    may be those of columns. A group smaller than `smallest` goes whole.
    """
    shown: Table = [list(row) for row in table]
    if not table or not table[0]:
        return shown
    width = len(table[0])
    if width < 2:
        # One group alone is the whole: it shows nothing that the total does not.
        return shown if table[0][0] >= smallest else [[None] for _row in table]
    for column in range(width):
        if table[0][column] < smallest:
            for row in shown:
                row[column] = None
    for row in shown[1:]:
        for column in range(width):
            if row[column] is not None and row[column] < smallest:
                row[column] = None
    while _pair_up(shown, table):
        pass
    return shown


def _pair_up(shown: Table, table: list[list[int]]) -> bool:
    """Hide the smallest companion of a cell that is hidden alone in its row or column; whether one was."""
    lines = [[(row, column) for column in range(len(table[0]))] for row in range(len(table))]
    lines += [[(row, column) for row in range(1, len(table))] for column in range(len(table[0]))]
    for line in lines:
        hidden = [place for place in line if shown[place[0]][place[1]] is None]
        left = [place for place in line if shown[place[0]][place[1]] is not None]
        if len(hidden) == 1 and left:
            row, column = min(left, key=lambda place: (table[place[0]][place[1]], place))
            shown[row][column] = None
            if row == 0:
                for below in shown:
                    below[column] = None
            return True
    return False


def hide_small(counts: list[int], smallest: int) -> list[int | None]:
    """Counts of groups that share a known total, with None for what is not shown.

    A group of 1 to `smallest` - 1 people is hidden, and then the next smallest, until two groups or more are hidden that hold
    `smallest` people between them: the total less what is shown then says nothing of one person. Groups of nobody are shown,
    unless what is left would be one group alone. A total under `smallest` hides all.
    """
    if 0 < sum(counts) < smallest:
        return [None] * len(counts)
    hidden = {place for place, count in enumerate(counts) if 0 < count < smallest}
    rest = sorted((count, place) for place, count in enumerate(counts) if count >= smallest)
    while hidden and rest and (len(hidden) < 2 or sum(counts[place] for place in hidden) < smallest):
        hidden.add(rest.pop(0)[1])
    return [None if place in hidden else count for place, count in enumerate(counts)]
