"""Taking small cells out of a published table, so that neither a cell nor a difference tells on someone.

Primary and complementary suppression of a frequency table whose margins are published (A. Hundepool et al., *Statistical
Disclosure Control*, Wiley 2012, ch. 4), in its simplest safe form: each row and each column that hides anything hides two cells
or more, that hold enough people between them: no sum minus the rest gives a hidden cell, nor a handful of people. Nor do the
sums of several lines together: no hidden cell is the only one that joins two sets of lines.
"""

Table = list[list[int | None]]
Place = tuple[int, int]  # row, column


def suppress(table: list[list[int]], smallest: int) -> Table:
    """The table with None for what is not shown, where each person of a group stands in one of its rows.

    Row 0 holds the groups' sizes, the other rows a count for each group; the sums of rows are known to the reader, and so
    may be those of columns. A group smaller than `smallest` goes whole. A row of nobody is known to be 0 in every cell: it
    hides nothing and is no cover for what is hidden.
    """
    return _hidden_in(table, table, [row for row in range(1, len(table)) if any(table[row])], smallest, columns=True)


def suppress_several(table: list[list[int]], smallest: int, most: int) -> Table:
    """The same where each person of a group stands in one to `most` of its rows: a row is then a table of its own, of those who
    are in it and those of the group who are not.

    One tells the other, so a cell hides as many people as the fewer of the two: of 8 who all chose an option, nobody is left who
    did not, and it is known of each of them. A row of nobody, or of everyone in all groups, is known from its sum. Where almost
    all stand in one row, or almost all in `most`, the sums of columns are as good as known, and are lines too.
    """
    if not table or not table[0]:
        return [list(row) for row in table]
    sizes, counts = table[0], table[1:]
    everyone, all_told = sum(sizes), sum(map(sum, counts))
    held = [sizes, *([min(n, size - n) for n, size in zip(row, sizes, strict=True)] for row in counts)]
    rows = [place for place, row in enumerate(counts, 1) if 0 < sum(row) < everyone]
    bound = min(all_told - everyone, most * everyone - all_told) < smallest
    return _hidden_in(table, held, rows, smallest, columns=bound)


def suppress_numbers(table: list[list[int]], constant: list[list[bool]], smallest: int, *, columns: bool) -> Table:
    """The same of means, where a cell counts those who gave a number. `constant`, of each row but the first: whether all of a
    group gave the same one, which is then known of each of them, and what its cell hides is nobody. Where all groups together
    gave the same, their mean tells it anyway, and the caller says False. `columns`: the sums of the numbers of a group are known.
    """
    held = [list(row) for row in table]
    for row, same in enumerate(constant, 1):
        held[row] = [0 if one else n for n, one in zip(table[row], same, strict=True)]
    rows = [row for row in range(1, len(table)) if any(table[row])]
    return _hidden_in(table, held, rows, smallest, columns=columns)


def _hidden_in(
    table: list[list[int]], held: list[list[int]], rows: list[int], smallest: int, *, columns: bool
) -> Table:
    """`held`: how many people a cell hides; `rows`: those that tell anything; `columns`: their sums may be known, as rows' are."""
    shown: Table = [list(row) for row in table]
    if not table or not table[0]:
        return shown
    width = len(table[0])
    for column in range(width):
        if table[0][column] < smallest:
            _hide(shown, rows, (0, column))
    if width < 2:
        return shown  # one group alone is the whole: it shows nothing that the total does not
    for row in rows:
        for column in range(width):
            if held[row][column] < smallest:
                shown[row][column] = None
    lines = [[(row, column) for column in range(width)] for row in [0, *rows]]
    columns = columns and bool(rows)
    if columns:
        lines += [[(row, column) for row in rows] for column in range(width)]
    # Each round hides one cell more or is the last.
    while companion := _companion(lines, shown, held, smallest, columns=columns):
        _hide(shown, rows, companion)
    return shown


def _companion(
    lines: list[list[Place]], shown: Table, held: list[list[int]], smallest: int, *, columns: bool
) -> Place | None:
    """What to hide next: the smallest cell left beside too little that is hidden."""
    hidden = {place for line in lines for place in line if shown[place[0]][place[1]] is None}
    for line in lines:
        inside = hidden.intersection(line)
        few = len(inside) < 2 or sum(held[row][column] for row, column in inside) < smallest
        if inside and few and len(inside) < len(line):
            return _smallest(set(line) - hidden, held)
    for place in sorted(hidden) if columns else ():
        beside = {one for line in lines if place in line for one in line} - hidden
        if beside and _joins_alone(place, hidden):
            return _smallest(beside, held)
    return None


def _smallest(places: set[Place], held: list[list[int]]) -> Place:
    return min(places, key=lambda place: (held[place[0]][place[1]], place))


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
