"""The stored tallies: moved with each ballot, made anew from the ballots, and compared with them."""

from collections import Counter
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import Case, F, IntegerField, Q, Value, When

from members.states import AgeBand, Kind, Segment

from ..models import Ballot, Option, Poll, Tally
from ..states import APART_STAFF, Dimension

CELLS = {
    Dimension.ALL: [""],
    Dimension.KIND: list(Kind.values),
    Dimension.SEGMENT: list(Segment.values),
    Dimension.AGE: ["", *AgeBand.values],
    Dimension.APART: [APART_STAFF],
}


def prepare(poll: Poll) -> None:
    """Make every count of the poll at zero, so that a ballot only updates."""
    options = [None, *Option.objects.filter(question__poll=poll).values_list("pk", flat=True)]
    Tally.objects.bulk_create(
        [
            Tally(poll=poll, option_id=option, dimension=dimension, cell=cell)
            for option in options
            for dimension, cells in CELLS.items()
            for cell in cells
        ],
        ignore_conflicts=True,
    )


def move(poll: Poll, cells: list[tuple[str, str]], *, plus: set[int], minus: set[int], new: bool) -> None:
    """One update: a vote more for the options in `plus`, one less for those in `minus`, a ballot more if `new`.

    The caller holds the poll's lock. Counts that were never prepared are made from the ballots instead.
    """
    where = reduce(or_, (Q(dimension=dimension, cell=cell) for dimension, cell in cells))
    which = Q(option_id__in=plus | minus) | (Q(option__isnull=True) if new else Q(pk__in=[]))
    step = Case(When(option_id__in=minus, then=Value(-1)), default=Value(1), output_field=IntegerField())
    moved = Tally.objects.filter(where, which, poll=poll).update(count=F("count") + step)
    if moved != len(cells) * (len(plus | minus) + new):
        recount(poll)


def count_ballots(poll: Poll) -> Counter:
    """{(option pk or None, dimension, cell): count} from the ballots themselves."""
    keys = dict(Option.objects.filter(question__poll=poll).values_list("public_id", "pk"))
    counts: Counter = Counter()
    for ballot in Ballot.objects.filter(poll=poll).defer("poll").iterator(chunk_size=5000):
        chosen = [keys[option] for options in ballot.choices.values() for option in options]
        for dimension, cell in ballot.cells():
            counts.update((option, dimension, cell) for option in [None, *chosen])
    return counts


@transaction.atomic
def recount(poll: Poll) -> int:
    """Make the stored tallies what the ballots say; how many counts were wrong."""
    Poll.objects.select_for_update().get(pk=poll.pk)
    prepare(poll)
    truth, wrong = count_ballots(poll), []
    for tally in Tally.objects.filter(poll=poll):
        right = truth.pop((tally.option_id, tally.dimension, tally.cell), 0)
        if tally.count != right:
            tally.count = right
            wrong.append(tally)
    Tally.objects.bulk_update(wrong, ["count"], batch_size=500)
    # A cell of a profile that is no longer offered still counts.
    missing = [
        Tally(poll=poll, option_id=option, dimension=dimension, cell=cell, count=count)
        for (option, dimension, cell), count in truth.items()
    ]
    Tally.objects.bulk_create(missing)
    return len(wrong) + len(missing)
