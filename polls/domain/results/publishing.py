"""What of the tallies is published, to anyone at all: two published tables differ by `RESULT_STEP` ballots or more, or by nothing.

Someone who reads a result before and after a person they know has voted would otherwise read that person's ballot in the difference
(*differencing*: A. Hundepool et al., *Statistical Disclosure Control*, Wiley 2012, section 4.3). Hence:

- While a poll is open its totals are published `RESULT_STEP` ballots late and by so many at a time: each tally keeps the count
  that is `shown` and the one that is `waiting` to be, and both move on in the update that counts the ballot
  (`tallying.turn`). So the result after the close, which holds all ballots, differs by a whole step too.
- So are the counts of each kind counted apart, which the team alone reads (`aside.py`): five ballots of that kind at a time.
- Counts by group are published after the close alone.
- The table of the close is published once the close is written down under the poll's lock (`Poll.is_counted`, `closing.py`): a
  ballot whose clock was read just before the hour may come in just after. Until then, half a minute at most, the last step stays.
- A poll that was re-opened has published its table of the first close (`keep_as_published`). If less than a step came in
  since, that table stays, and `held_back` says how many ballots are not in it; a breakdown in which a group moved by less
  stays away.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.conf import settings
from django.db.models import BigIntegerField, CharField, F, IntegerField, Value
from django.db.models.functions import Cast, Concat, Round

from ...models import AudienceShare, Poll, Tally
from ...states import EVERYONE, Dimension, Key
from ..tallying import BALLOTS, MOVES, Slot

READ = ("question_id", "option_id", "key", "dimension", "cell", "count", "shown")
SHARE = "share"  # a row that is no count: of the poll's real audience a stratum is so many parts of `WHOLE`
WHOLE = 10**8  # as exact as AudienceShare is
Count = tuple[Slot, str, str]  # slot, dimension, cell


@dataclass(frozen=True)
class Published:
    """Counts that may be shown. `final`: of a poll whose ballots are all in. `behind`: of an older table than the ballots would
    give, which `held_back` ballots are not in, or changes alone. `withheld`: dimensions that stay away. `shares`: what part of
    the real audience each stratum is, of a weighted poll whose ballots are all in."""

    counts: Mapping[Count, int]
    final: bool
    behind: bool = False
    held_back: int = 0
    withheld: frozenset[str] = frozenset()
    shares: Mapping[str, float] = field(default_factory=dict)

    def of(self, slot: Slot, dimension: str = Dimension.ALL, cell: str = EVERYONE) -> int:
        return self.counts.get((slot, dimension, cell), 0)

    def votes(self, question: int, option: int, key: str = Key.VOTES, *where: str) -> int:
        return self.of((question, option, key), *where)

    def answered(self, question: int, *where: str) -> int:
        """The ballots that answered this question."""
        return self.of((question, None, Key.VOTES), *where)

    @property
    def ballots(self) -> int:
        return self.of(BALLOTS)

    @property
    def moves(self) -> int:
        return self.of(MOVES)

    def cells(self, dimension: str) -> dict[str, int]:
        """The ballots of each cell of a dimension."""
        return {cell: n for (slot, one, cell), n in self.counts.items() if one == dimension and slot == BALLOTS}


def published(poll: Poll, *, apart: bool = False) -> Published:
    """What may be shown of the poll's tallies now, whoever reads. One query. Ask `can_see_results` first.

    `apart`: for the team, with what is counted apart while the poll is open too; after the close that is there anyway.
    """
    rows = Tally.objects.filter(poll=poll)
    if not poll.is_counted:
        rows = rows.filter(dimension__in=[Dimension.ALL, Dimension.APART] if apart else [Dimension.ALL])
    counts = rows.values_list(*READ)
    return _published(poll, counts.union(_shares(poll), all=True) if poll.weighted and poll.is_counted else counts)


def _shares(poll: Poll):
    """The shares of the real audience, in the columns of `READ`."""
    nothing, share = Value(None, output_field=BigIntegerField()), Cast(Round(F("share") * WHOLE), BigIntegerField())
    stratum = Concat("age_band", Value("/"), "product", output_field=CharField())
    return AudienceShare.objects.filter(poll=poll).values_list(
        nothing, nothing, Value(""), Value(SHARE), stratum, share, Value(0, output_field=IntegerField())
    )


def totals_of(polls: Iterable[Poll]) -> dict[int, Published]:
    """The same for several polls, {poll's key: its totals}, without groups. One query; none for no poll."""
    polls = list(polls)
    if not polls:
        return {}
    rows: dict[int, list[tuple]] = {poll.pk: [] for poll in polls}
    for pk, *row in Tally.objects.filter(poll__in=polls, dimension=Dimension.ALL).values_list("poll_id", *READ):
        rows[pk].append(tuple(row))
    return {poll.pk: _published(poll, rows[poll.pk]) for poll in polls}


def _published(poll: Poll, rows: Iterable[tuple]) -> Published:
    now: dict[Count, int] = {}
    before: dict[Count, int] = {}
    shares: dict[str, float] = {}
    for question, option, key, dimension, cell, count, shown in rows:
        if dimension == SHARE:
            shares[cell] = count / WHOLE
            continue
        place = ((question, option, key), dimension, cell)
        now[place], before[place] = count, shown
    if not poll.is_counted:
        return Published(before, final=False)
    return replace(_of_the_close(poll, now, before), shares=shares)


def _of_the_close(poll: Poll, now: Mapping[Count, int], before: Mapping[Count, int]) -> Published:
    if poll.reopened_at is None:
        return Published(now, final=True)
    totals, clock = (BALLOTS, Dimension.ALL, EVERYONE), (MOVES, Dimension.ALL, EVERYONE)
    came = now.get(totals, 0) - before.get(totals, 0)
    step = settings.LAB["RESULT_STEP"]
    if before.get(totals, 0) and came < step and now.get(clock) != before.get(clock):
        return Published(before, final=True, behind=True, held_back=max(came, 0), withheld=_moved(now, before, step))
    return Published(now, final=True, withheld=_moved(now, before, step))


def _moved(now: Mapping[Count, int], before: Mapping[Count, int], step: int) -> frozenset[str]:
    """The dimensions in which a group that was published moved by less than a step."""
    return frozenset(
        dimension
        for (slot, dimension, cell), count in now.items()
        if slot == BALLOTS and dimension != Dimension.ALL and 0 < count - before.get((slot, dimension, cell), 0) < step
    )


def keep_as_published(poll: Poll) -> None:
    """Before a closed poll takes ballots again: the table that was to be read until now is what was published so far.

    What an earlier re-opening held back was not read, and stays behind what was.
    """
    found = published(poll)
    if not found.behind:
        rows = Tally.objects.filter(poll=poll).exclude(dimension__in=found.withheld)
        rows.update(shown=F("count"), waiting=F("count"))
