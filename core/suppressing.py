"""Taking small cells out of a published table, so that neither a cell nor a difference tells on someone.

Primary and complementary suppression of a frequency table whose margins are published (A. Hundepool et al., *Statistical
Disclosure Control*, Wiley 2012, ch. 4), in its simplest safe form: each row and each column that hides anything hides two cells
or more, that hold enough people between them: no sum minus the rest gives a hidden cell, nor a handful of people. Nor do the
sums of several lines together: no hidden cell is the only one that joins two sets of lines.
"""

Table = list[list[int | None]]
Place = tuple[int, int]  # row, column


def suppress(table: list[list[int]], smallest: int) -> Table:
    """The table with None for what is not shown.

    Row 0 holds the groups' sizes, the other rows a count for each group; the sums of rows are known to the reader, and so
    may be those of columns. A group smaller than `smallest` goes whole. A row of nobody is known to be 0 in every cell: it
    hides nothing and is no cover for what is hidden.
    """
    shown: Table = [list(row) for row in table]
    if not table or not table[0]:
        return shown
    width = len(table[0])
    rows = [row for row in range(1, len(table)) if any(table[row])]
    for column in range(width):
        if table[0][column] < smallest:
            _hide(shown, rows, (0, column))
    if width < 2:
        return shown  # one group alone is the whole: it shows nothing that the total does not
    for row in rows:
        for column in range(width):
            if table[row][column] < smallest:
                shown[row][column] = None
    lines = [[(row, column) for column in range(width)] for row in [0, *rows]]
    lines += [[(row, column) for row in rows] for column in range(width)]
    # Each round hides one cell more or is the last.
    while companion := _companion(lines, shown, table, smallest):
        _hide(shown, rows, companion)
    return shown


def _companion(lines: list[list[Place]], shown: Table, table: list[list[int]], smallest: int) -> Place | None:
    """What to hide next: the smallest cell left beside too little that is hidden."""
    hidden = {place for line in lines for place in line if shown[place[0]][place[1]] is None}
    for line in lines:
        inside = hidden.intersection(line)
        few = len(inside) < 2 or sum(table[row][column] for row, column in inside) < smallest
        if inside and few and len(inside) < len(line):
            return _smallest(set(line) - hidden, table)
    for place in sorted(hidden):
        beside = {one for line in lines if place in line for one in line} - hidden
        if beside and _joins_alone(place, hidden):
            return _smallest(beside, table)
    return None


def _smallest(places: set[Place], table: list[list[int]]) -> Place:
    return min(places, key=lambda place: (table[place[0]][place[1]], place))


def _joins_alone(place: Place, hidden: set[Place]) -> bool:
    """Whether no other way leads from its row to its column over hidden cells.

    The sums of the rows that can be reached, less those of the columns, then leave this one cell.
    """
    others = hidden - {place}
    rows, columns = {place[0]}, set[int]()
    while reached := {column for row, column in others if row in rows} - columns:
        columns |= reached
        rows |= {row for row, column in others if column in columns}
    return place[1] not in columns


def _hide(shown: Table, rows: list[int], place: Place) -> None:
    """A cell; the size of a group takes the group along."""
    row, column = place
    for line in [0, *rows] if row == 0 else [row]:
        shown[line][column] = None


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
