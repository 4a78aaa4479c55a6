"""The stored tallies: moved with each ballot, made anew from the ballots, and compared with them."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, QuerySet

from members.states import AgeBand, Kind, Product, Segment

from ..models import Ballot, Poll, Question, Tally
from ..states import EVERYONE, Apart, Dimension, Key, State
from .answering import module_of

CELLS = {
    Dimension.ALL: [EVERYONE],
    Dimension.KIND: list(Kind.values),
    Dimension.SEGMENT: list(Segment.values),
    Dimension.AGE: ["", *AgeBand.values],
    Dimension.APART: list(Apart.values),
}
STRATA = [f"{age}/{product}" for age in ["", *AgeBand.values] for product in ["", *Product.values]]
# Who was preferred to whom is counted where a ranking is worked out: n² counts for each cell would be many elsewhere.
PAIRS_IN = (Dimension.ALL, Dimension.KIND)

Slot = tuple[int | None, int | None, str]  # question pk, option pk, key
BALLOTS: Slot = (None, None, Key.VOTES)
MOVES: Slot = (None, None, Key.MOVES)


def is_counted_in(slot: Slot, dimension: str) -> bool:
    """Whether this dimension keeps a count of this slot."""
    if slot[2].startswith(">"):
        return dimension in PAIRS_IN
    return dimension == Dimension.ALL or slot != MOVES


def counts_of(questions: Iterable[Question], choices: Mapping) -> Counter:
    """What a ballot with these choices counts for: {slot: n}. Each question has its options in `options.all()`."""
    counts: Counter = Counter({BALLOTS: 1})
    for question in questions:
        kept = choices.get(question.public_id)
        if kept is None:
            continue
        counts[question.pk, None, Key.VOTES] = 1
        for (option, key), n in module_of(question).count(question.options.all(), kept).items():
            counts[question.pk, option, key] = n
    return counts


def slots_of(questions: Iterable[Question]) -> list[Slot]:
    """Every count that a poll of these questions has in one cell. Each question has its options in `options.all()`."""
    slots: list[Slot] = [BALLOTS, MOVES]
    for question in questions:
        slots.append((question.pk, None, Key.VOTES))
        slots += [(question.pk, option, key) for option, key in module_of(question).keys(question.options.all())]
    return slots


def _questions_of(poll: Poll) -> list[Question]:
    return list(Question.objects.filter(poll=poll).prefetch_related("options"))


def cells_of(poll: Poll, ballot: Ballot) -> list[tuple[str, str]]:
    """The cells a ballot stands in; that of weights only where the poll has weights."""
    cells = ballot.cells(poll.counts_in)
    return cells if poll.weighted else [cell for cell in cells if cell[0] != Dimension.STRATUM]


def prepare(poll: Poll) -> None:
    """Make every count of the poll at zero, so that a ballot only updates."""
    cells = CELLS | ({Dimension.STRATUM: STRATA} if poll.weighted else {})
    Tally.objects.bulk_create(
        [
            Tally(poll=poll, question_id=slot[0], option_id=slot[1], key=slot[2], dimension=dimension, cell=cell)
            for slot in slots_of(_questions_of(poll))
            for dimension, names in cells.items()
            if is_counted_in(slot, dimension)
            for cell in names
        ],
        ignore_conflicts=True,
    )


# In SQL, for one reason: a ballot moves some hundreds of counts under the poll’s lock, and an update put together from as many
# conditions takes several times as long as this join. SQLite knows UPDATE … FROM since 3.33 (2020).
MOVE = """UPDATE polls_tally SET
    count = polls_tally.count + step.n,
    shown = CASE WHEN {turning} THEN polls_tally.waiting ELSE polls_tally.shown END,
    waiting = CASE WHEN {turning} THEN polls_tally.count + step.n ELSE polls_tally.waiting END
FROM (
    SELECT column1 AS question, column2 AS option, column3 AS key, column4 AS dimension, column5 AS cell, column6 AS n
    FROM (VALUES {rows}) AS given
) AS step
WHERE polls_tally.poll_id = %s AND COALESCE(polls_tally.question_id, 0) = step.question
    AND COALESCE(polls_tally.option_id, 0) = step.option AND polls_tally.key = step.key
    AND polls_tally.dimension = step.dimension AND polls_tally.cell = step.cell
"""


def move(
    poll: Poll,
    cells: Sequence[tuple[str, str]],
    steps: Mapping[Slot, int],
    *,
    turning: Sequence[Slot] = (),
    turning_in: Collection[str] = (Dimension.ALL,),
) -> None:
    """One update: each count of `steps` moves by its step, in each of the cells. The caller holds the poll's lock.

    `MOVES` goes up by one besides. `turning`: the same update also publishes the totals that waited, and has these wait
    (`results/publishing.py`), in those of the cells that are of the dimensions `turning_in`; it is every slot of the poll.
    Counts that were never prepared are made from the ballots instead.
    """
    steps = {slot: step for slot, step in steps.items() if step} | {MOVES: 1}
    moves = {
        (slot, dimension, cell): step
        for dimension, cell in cells
        for slot, step in steps.items()
        if is_counted_in(slot, dimension)
    }
    turned = [(dimension, cell) for dimension, cell in cells if turning and dimension in turning_in]
    moves = {
        (slot, dimension, cell): 0 for dimension, cell in turned for slot in turning if is_counted_in(slot, dimension)
    } | moves
    shift(poll, moves, turning_in={dimension for dimension, _cell in turned})


def shift(poll: Poll, moves: Mapping[tuple[Slot, str, str], int], *, turning_in: Collection[str] = ()) -> None:
    """One update: each of these counts, by slot, dimension and cell, moves by so much. The rest as in `move`."""
    if not moves:
        return
    names = ", ".join(sorted(f"'{Dimension(dimension).value}'" for dimension in turning_in))
    sql = MOVE.format(
        rows=", ".join(["(%s, %s, %s, %s, %s, %s)"] * len(moves)),
        turning=f"step.dimension IN ({names})" if names else "1 = 0",
    )
    params = [
        value
        for ((question, option, key), dimension, cell), n in moves.items()
        for value in (question or 0, option or 0, str(key), str(dimension), cell, n)
    ]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*params, poll.pk])
        moved = cursor.rowcount
    if moved != len(moves):
        recount(poll)


def count_ballots(poll: Poll, ballots: QuerySet[Ballot] | None = None) -> Counter:
    """{(slot, dimension, cell): count} from the ballots themselves, or from these of them."""
    questions = _questions_of(poll)
    counts: Counter = Counter()
    ballots = Ballot.objects.filter(poll=poll) if ballots is None else ballots
    for ballot in ballots.defer("poll", "words").iterator(chunk_size=5000):
        found = counts_of(questions, ballot.choices)
        for dimension, cell in cells_of(poll, ballot):
            for slot, n in found.items():
                if is_counted_in(slot, dimension):
                    counts[slot, dimension, cell] += n
    return counts


@transaction.atomic
def recount(poll: Poll) -> int:
    """Make the stored tallies what the ballots say; how many counts were wrong. `MOVES` is a clock, and keeps its hour."""
    poll = Poll.objects.select_for_update().get(pk=poll.pk)
    prepare(poll)
    truth, wrong = count_ballots(poll), []
    for tally in Tally.objects.filter(poll=poll).exclude(key=Key.MOVES):
        slot = (tally.question_id, tally.option_id, tally.key)
        right = truth.pop((slot, tally.dimension, tally.cell), 0)
        if tally.count != right:
            tally.count = right
            wrong.append(tally)
    Tally.objects.bulk_update(wrong, ["count"], batch_size=500)
    # A cell of a profile that is no longer offered still counts.
    missing = [
        Tally(
            poll=poll, question_id=slot[0], option_id=slot[1], key=slot[2], dimension=dimension, cell=cell, count=count
        )
        for (slot, dimension, cell), count in truth.items()
    ]
    Tally.objects.bulk_create(missing)
    if poll.state == State.OPEN:
        _publish_first(poll)
    if poll.runoffs and (wrong or missing):
        poll.runoffs = {}  # of other ballots than those counted now
        poll.save(update_fields=["runoffs"])
    return len(wrong) + len(missing)


def publish_anew(poll: Poll, *kinds: str) -> None:
    """While the poll is open: who is counted has changed, by a whole step of ballots or more. The totals as they are now, and those
    of these kinds of `Apart`, are published at once, where they hold two steps of ballots; nothing, where they hold fewer."""
    step = settings.LAB["RESULT_STEP"]
    for dimension, cell in ((Dimension.ALL, EVERYONE), *((Dimension.APART, kind) for kind in kinds)):
        rows = Tally.objects.filter(poll=poll, dimension=dimension, cell=cell)
        whole = rows.filter(question=None, option=None, key=Key.VOTES).values_list("count", flat=True).first() or 0
        told = F("count") if whole >= 2 * step else 0
        rows.update(shown=told, waiting=told)


def _publish_first(poll: Poll) -> None:
    """Where ballots came in without `move`, as in bulk, and nothing was published: all but the last ones are, of those counted and
    of each kind counted apart. Which ones are the last says their key, and so nothing."""
    by_cell: dict[tuple[str, str], list[Tally]] = {}
    for row in Tally.objects.filter(poll=poll, dimension__in=[Dimension.ALL, Dimension.APART]):
        by_cell.setdefault((row.dimension, row.cell), []).append(row)
    for (dimension, cell), rows in by_cell.items():
        inside = Ballot.objects.filter(poll=poll)
        inside = inside.counted(poll.counts_in) if dimension == Dimension.ALL else inside.filter(apart=cell)
        _publish_first_of(poll, dimension, cell, rows, inside.order_by("voter_key"))


def _publish_first_of(poll: Poll, dimension: str, cell: str, rows: Sequence[Tally], inside: QuerySet[Ballot]) -> None:
    step = settings.LAB["RESULT_STEP"]
    ballots = next(row.count for row in rows if (row.question_id, row.option_id, row.key) == BALLOTS)
    if ballots < 2 * step or any(row.waiting for row in rows):
        return
    then = count_ballots(poll, inside[: ballots - step])
    for row in rows:
        row.shown = row.waiting = then[(row.question_id, row.option_id, row.key), dimension, cell]
    Tally.objects.bulk_update(rows, ["shown", "waiting"], batch_size=500)
