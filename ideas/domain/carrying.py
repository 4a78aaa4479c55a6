"""What a merge makes of promises: nothing is answered by it.

The duplicate's running clock goes on. Where the idea that stays is owed an answer, it carries that clock: of its own and those
it carries, the earliest is the one that runs. Where it was answered, the merge brings the duplicate that answer. The merge keeps
what clock it gave and what stood before, so parting gives both back. Callers hold the row of the idea that stays.
"""

from datetime import datetime

from ..models import Idea, Merge, OfficialAnswer
from ..states import AWAITING, MergedPromise


def is_owed(idea: Idea) -> bool:
    return idea.answered_at is None and idea.state in AWAITING


def due_after(canonical: Idea, *duplicates: Idea) -> datetime | None:
    """The day by which the idea that stays would have to be answered, were these merged into it."""
    if not is_owed(canonical):
        return None
    clocks = [one.promise_due_at for one in (canonical, *duplicates) if one.promise_due_at and not one.answered_at]
    return min(clocks, default=None)


def take_over(merge: Merge, duplicate: Idea, canonical: Idea) -> None:
    """Write down what becomes of the duplicate's running promise, and have the idea that stays carry it."""
    if not duplicate.promise_due_at or duplicate.answered_at:
        return
    if canonical.answered_at:
        merge.promise = MergedPromise.ANSWERED
    else:
        merge.promise = MergedPromise.CARRIED if is_owed(canonical) else MergedPromise.DECIDED
    merge.save(update_fields=["promise"])
    if merge.promise == MergedPromise.CARRIED:
        wind(canonical)


def give_back(merge: Merge, canonical: Idea) -> None:
    """Parted: the idea that stays goes on without the clock of this duplicate, whose own row was never touched."""
    if merge.promise == MergedPromise.CARRIED:
        wind(canonical, parted=merge)


def carry_again(merge: Merge, canonical: Idea) -> None:
    """The parting is undone."""
    if merge.promise == MergedPromise.CARRIED:
        wind(canonical)


def carry_after_all(canonical: Idea, since: datetime) -> None:
    """The answer of that moment is undone: what was merged into an answered idea since then is owed an answer again."""
    waiting = Merge.objects.filter(canonical=canonical, undone_at__isnull=True, at__gte=since)
    if is_owed(canonical) and waiting.filter(promise=MergedPromise.ANSWERED).update(promise=MergedPromise.CARRIED):
        wind(canonical)


def wind(canonical: Idea, *, parted: Merge | None = None) -> None:
    """Set the clock to the earliest of its own and those it carries; where it was answered meanwhile, that of its answer."""
    if canonical.is_withdrawn:
        return
    answer = canonical.answers.filter(undone_at__isnull=True).last() if canonical.answered_at else None  # the first one
    running = answer.promise_due_at if answer else canonical.promise_due_at
    merges = Merge.objects.filter(canonical=canonical, undone_at__isnull=True, promise=MergedPromise.CARRIED)
    carried = [one for one in merges.select_related("duplicate__category").order_by("pk") if one != parted]
    giver = next((one for one in [*carried, parted] if one and running and one.given_due_at == running), None)
    own = (giver.stood_due_at, giver.stood_started_at) if giver else (running, canonical.promise_started_at)
    first = min(carried, key=lambda one: one.duplicate.promise_due_at, default=None)
    due, started = own
    if first and (due is None or first.duplicate.promise_due_at < due):
        due, started = first.duplicate.promise_due_at, first.duplicate.promise_start
        first.given_due_at, first.given_started_at = due, started
        first.stood_due_at, first.stood_started_at = own
        first.save(update_fields=["given_due_at", "given_started_at", "stood_due_at", "stood_started_at"])
    if answer:
        OfficialAnswer.objects.filter(pk=answer.pk).update(promise_due_at=due)
    else:
        canonical.promise_due_at = due
    canonical.promise_started_at = started
    canonical.save(update_fields=["promise_due_at", "promise_started_at"])
