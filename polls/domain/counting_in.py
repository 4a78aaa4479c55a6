"""Counting in, after all, ballots that were counted apart: of young accounts or of a burst, for a reason that everyone reads."""

from collections import Counter
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, ImpossibleMove, Invalid, require
from core.events import publish
from core.shield import for_public, refuse_private
from members.models import Member

from ..events import BallotsCountedIn
from ..models import Ballot, Poll, Tally, pack
from ..permissions import can_run_polls
from ..states import Apart, Dimension, Key, State
from .tallying import publish_anew, recount

CAN_COUNT = (Apart.NEW, Apart.BURST)  # the bank's own people never
SHORTEST, LONGEST = 10, 280
GROUPS = ("kind", "segment", "age_band")  # what tables are broken down by after the close
CHUNK = 2_000


class TooFewApart(DomainError):
    """So few would move that the totals before and after would tell what they chose."""

    code, status = "too_few_apart", 409
    message = _(
        "So few ballots are concerned that the totals before and after would tell what they chose. They stay as they are."
    )


class CountStands(ImpossibleMove):
    code = "count_stands"
    message = _(
        "The poll was opened again: who is counted no longer changes, for the totals before and after would tell what the few "
        "who came since chose."
    )


@transaction.atomic
def count_in(poll: Poll, kinds: Iterable[str], *, reason: str, by: Member) -> Poll:
    """Have ballots of these kinds of `Apart` counted, and those of the others apart; the reason stands on the poll's page.

    From the opening to the decision; recounted under the poll's lock. Naming no kind sets all apart again, with a reason too.
    Never of a poll that was opened again: the ballots that came since could be read in the totals before and after.
    Raises NotAllowed, ImpossibleMove, CountStands, TooFewApart, Invalid (`staff_apart`, `unknown_kind`, `too_short`, `too_long`),
    PrivateData.
    """
    require(can_run_polls(by))
    kinds, reason = _checked(kinds), _read(reason)
    poll = Poll.objects.select_for_update().get(pk=poll.pk)
    if poll.current_state not in (State.OPEN, State.CLOSED):
        raise ImpossibleMove(_("Ballots are counted in between the opening and the decision."))
    require(poll.reopened_at is None, CountStands())
    moved = set(kinds) ^ set(poll.counts_in)
    if not moved:
        message = _("Nothing changes: these ballots are counted so already.")
        raise Invalid(message, field="kinds", code="nothing_changes")
    if would_tell(poll, moved):
        raise TooFewApart()
    there = apart_in(poll)
    poll.counted_in_early = pack([*poll.counted_in_early.split(), *(kind for kind in moved if not there[kind])])
    poll.counted_in, poll.counted_in_reason = pack(kinds), for_public(reason)
    poll.save(update_fields=["counted_in", "counted_in_reason", "counted_in_early"])
    recount(poll)
    if poll.is_open and any(there[kind] for kind in moved):
        publish_anew(poll)
    publish(BallotsCountedIn(poll_id=poll.pk, kinds=" ".join(sorted(kinds)), reason=poll.counted_in_reason), by=by)
    return poll


def said_of(poll: Poll) -> str:
    """What the bank changed about who is counted, for everyone who sees the result; "" where it changed nothing.

    The reason is `counted_in_reason`.
    """
    if not poll.counted_in_reason:
        return ""
    if poll.counted_in:
        return str(_("The bank counts in ballots of young accounts that were kept apart"))
    return str(_("The bank keeps apart again ballots of young accounts that it had counted in"))


def _checked(kinds: Iterable[str]) -> list[str]:
    kinds = list(kinds)
    if Apart.STAFF in kinds:
        raise Invalid(_("Ballots of the bank’s own people stay apart."), field="kinds", code="staff_apart")
    if any(kind not in CAN_COUNT for kind in kinds):
        raise Invalid(_("Choose among the ballots counted apart."), field="kinds", code="unknown_kind")
    return kinds


def _read(reason: str) -> str:
    reason = " ".join((reason or "").split())
    if len(reason) < SHORTEST:
        message = _("Say why in a sentence: everyone reads it on the poll’s page.")
        raise Invalid(message, field="reason", code="too_short")
    if len(reason) > LONGEST:
        raise Invalid(_("Keep the reason under 280 characters."), field="reason", code="too_long")
    refuse_private(reason=reason)
    return reason


def would_tell(poll: Poll, kinds: Iterable[str]) -> bool:
    """Whether moving the ballots of these kinds tells on someone: of 1 to `SMALLEST_CELL` - 1 ballots of one kind, in all or of
    those who answered one of the questions; or, once tables by group are published, of one group in one of them.

    Of each kind by itself: the team reads the totals with each of them (`results/aside.py`), and would know the rest by that.
    """
    smallest = settings.LAB["SMALLEST_CELL"]
    moving = Ballot.objects.filter(poll=poll, apart__in=list(kinds)).order_by()
    cells: Counter = Counter()
    for kind, choices, *group in moving.values_list("apart", "choices", *GROUPS).iterator(chunk_size=CHUNK):
        tables = ["all", *zip(GROUPS, group, strict=True)] if poll.is_over else ["all"]
        cells.update((kind, table, question) for table in tables for question in ("", *choices))
    return any(0 < ballots < smallest for ballots in cells.values())


def apart_in(poll: Poll) -> dict[str, int]:
    """How many ballots of each kind of `Apart` the poll holds, counted in or not. One query."""
    found = Tally.objects.filter(
        poll=poll, question__isnull=True, option__isnull=True, dimension=Dimension.APART, key=Key.VOTES
    )
    counts = dict(found.values_list("cell", "count"))
    return {kind: counts.get(kind, 0) for kind in Apart.values}
