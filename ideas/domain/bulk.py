"""One move over many ideas: started by a person, made by the worker a few ideas at a time, stopped or taken back as a whole.

Each chunk is one transaction with the note that it ran, so a worker that dies leaves it done or not begun, and the next one
goes on. An idea is a line: done, refused with its reason, or changed since it was chosen. One refusal stops nothing. Each move
is the verb that makes it alone, so it stands in the idea's history and tells its people once.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core.errors import DomainError, Invalid, KeyReused, NotFound, require
from core.events import job, later, publish
from core.incoming import only_text
from core.shield import refuse_private

from ..events import BulkStarted, BulkStopped, BulkUndone
from ..models import BULK_MAX, BulkLine, BulkRun, Idea, IdeaMove
from ..permissions import can_note
from ..states import IN_BULK, BulkState, LineResult
from .bulk_moves import NOT_POSSIBLE, BulkMove, find_bulk_move, undo_step
from .triaging import MARKED, ChangedMeanwhile, make_version, unchanged

CHUNK = 20  # ideas in one transaction: short enough that nobody waits for their locks


def start_bulk(
    move: str,
    ideas: QuerySet,
    values: Mapping[str, Any],
    *,
    by: Any,
    seen: Mapping[str, str] | None = None,
    key: str | None = None,
) -> BulkRun:
    """Queue the move over these ideas. `seen` are their versions as they were chosen (public id → version); now, if not given.

    The same `key` gives back the run that it started. Raises NotAllowed, Invalid, PrivateData, `too_many_ideas`.
    """
    require(can_note(by))  # who only reads starts nothing ...
    chosen = find_bulk_move(move)
    require(chosen.allows(by))  # ... nor who makes no such move; each idea's verb asks for its own right again
    values = _named(chosen, values)
    if key and (before := BulkRun.objects.filter(by=by, key=key).first()):
        return _same(before, move, values)
    lines = _lines(without_beside(ideas, chosen, read_values(chosen, values)), seen or {})
    try:
        with transaction.atomic():
            run = BulkRun.objects.create(by=by, move=move, values=values, total=len(lines), key=key or None)
            BulkLine.objects.bulk_create(
                (BulkLine(run=run, idea_id=pk, seen=version) for pk, version in lines), batch_size=1000
            )
            publish(BulkStarted(run.pk, move, len(lines)), by=by)
            later(run_bulk, run.pk)
    except IntegrityError:  # the same key, sent twice at once: the other one started it
        return _same(BulkRun.objects.get(by=by, key=key), move, values)
    return run


def read_values(move: BulkMove, values: Mapping[str, Any]) -> dict:
    """What was typed, read by the move's form and checked as it is for one idea alone. Raises Invalid, PrivateData."""
    values = _named(move, values)
    refuse_private(**{name: value if isinstance(value, str) else "\n".join(value) for name, value in values.items()})
    return move.read(values)


def without_beside(ideas: QuerySet, move: BulkMove, said: dict) -> QuerySet:
    """The chosen ones less those that the move touches beside them: an idea that stays is none of those that leave."""
    beside = move.beside(said)
    return ideas.exclude(pk__in=beside) if beside else ideas


def _named(move: BulkMove, values: Mapping[str, Any]) -> dict[str, Any]:
    """What the move's form has a field for, and nothing else that was sent."""
    values = _plain(values)
    return {name: values[name] for name in move.names(values) if name in values}


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """What a form posts: text, or a list of texts."""
    return {
        name: [_said(one) for one in value] if isinstance(value, (list, tuple)) else _said(value)
        for name, value in values.items()
        if value is not False
    }


def _said(value: Any) -> str:
    return "" if value is None else only_text(str(value))


def _same(run: BulkRun, move: str, values: Mapping[str, Any]) -> BulkRun:
    if run.move != move or run.values != values:
        raise KeyReused()
    return run


def _lines(ideas: QuerySet, seen: Mapping[str, str]) -> list[tuple[int, str]]:
    """(key, version) of each idea, in the list's order."""
    rows = read_chosen(ideas.select_related(None).only("public_id", "state", "visibility", *MARKED))
    return [(idea.pk, seen.get(idea.public_id, make_version(idea, idea.newest or 0))[:60]) for idea in rows]


def read_chosen(ideas: QuerySet) -> list[Idea]:
    """The ideas, each with its `newest` step. Raises Invalid where there are none, or too many."""
    moves = IdeaMove.objects.filter(idea=OuterRef("pk"), undone_at__isnull=True).order_by("-pk").values("pk")[:1]
    rows = list(ideas.annotate(newest=Subquery(moves))[: BULK_MAX + 1])
    if not rows:
        raise Invalid(_("Choose at least one idea."), code="no_idea", field="ideas")
    if len(rows) > BULK_MAX:
        raise Invalid(
            _("A bulk move takes 5,000 ideas at most. Narrow the view."), code="too_many_ideas", field="ideas"
        )
    return rows


@job
def run_bulk(run_id: int) -> None:
    """Make the move on the next ideas of the run, then queue the rest."""
    run = BulkRun.objects.select_for_update().get(pk=run_id)
    if run.state not in IN_BULK:
        return
    lines = list(run.lines.filter(result=LineResult.WAITING).select_related("idea").order_by("pk")[:CHUNK])
    with translation.override(run.by.language):
        _hold(lines, run)
        for line in lines:
            _make(run, line)
    BulkLine.objects.bulk_update(lines, ["result", "words", "undo_kind", "undo_key", "at"])
    results = [line.result for line in lines]
    run.done += results.count(LineResult.DONE)
    run.refused += results.count(LineResult.REFUSED)
    run.changed += results.count(LineResult.CHANGED)
    run.state = BulkState.RUNNING
    if len(lines) < CHUNK:
        run.state, run.finished_at = BulkState.DONE, timezone.now()
    run.save(update_fields=["done", "refused", "changed", "state", "finished_at"])
    if run.state == BulkState.RUNNING:
        later(run_bulk, run.pk)


def _hold(lines: list[BulkLine], run: BulkRun) -> None:
    """Lock what this chunk touches, always in the order of the keys: two runs over the same ideas never wait for each other."""
    keys = {line.idea_id for line in lines}
    try:
        move = find_bulk_move(run.move)
        keys |= set(move.beside(move.read(run.values))) | set(move.leads_to(keys))
    except DomainError:
        pass  # each line is refused with that reason
    list(Idea.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk").values_list("pk"))


def _make(run: BulkRun, line: BulkLine) -> None:
    """The move on one idea, in a savepoint of its own."""
    line.at = timezone.now()
    try:
        with unchanged(line.idea, line.seen) as idea:
            move = find_bulk_move(run.move)
            if not move.offered(run.by, idea):
                raise DomainError(NOT_POSSIBLE, status=409)
            if move.doing and _done_since(run, idea, move.doing):
                raise ChangedMeanwhile()
            done = move.run(idea, move.read(run.values), run.by)
    except ChangedMeanwhile:
        line.result, line.words = LineResult.CHANGED, _("Somebody changed it since you chose it: nothing was done.")
    except DomainError as refusal:
        line.result, line.words = LineResult.REFUSED, str(refusal)[:300]
    else:
        line.result, line.undo_kind, line.undo_key = LineResult.DONE, done.kind[:20], done.key[:40]


def _done_since(run: BulkRun, idea: Idea, doing: str) -> bool:
    """Whether somebody did the same thing with the idea after this run was asked for: theirs stays."""
    return idea.deeds.filter(kind=doing, at__gt=run.created_at, undone_at__isnull=True).exists()


@transaction.atomic
def stop_bulk(run: BulkRun, *, by: Any) -> BulkRun:
    """Make no more of it; what is done stays. Raises NotFound, `bulk_over` (409)."""
    run = _own(run, by)
    if run.state not in IN_BULK:
        raise DomainError(_("This run is over already."), code="bulk_over", status=409)
    run.lines.filter(result=LineResult.WAITING).update(result=LineResult.STOPPED)
    run.state, run.finished_at = BulkState.STOPPED, timezone.now()
    run.save(update_fields=["state", "finished_at"])
    publish(BulkStopped(run.pk), by=by)
    return run


@transaction.atomic
def undo_bulk(run: BulkRun, *, by: Any) -> int:
    """Stop the run and take back what it did, within LAB["UNDO_SECONDS"] of its start; how many ideas stand as before.

    Nobody has been told: notices leave after those seconds. What cannot be taken back (a tag, a note) stays, and its line says so.
    Raises NotFound, `no_undo`, `too_late_to_undo` (409).
    """
    run = _own(run, by)
    if not _is_undoable(run):
        raise DomainError(
            _("This move has no undo: stop the run, then put back what it did."), code="no_undo", status=409
        )
    if run.state == BulkState.UNDONE or not can_undo(run):
        raise DomainError(_("Too late to undo: people are being told."), code="too_late_to_undo", status=409)
    run.lines.filter(result=LineResult.WAITING).update(result=LineResult.STOPPED)
    lines = list(run.lines.filter(result=LineResult.DONE).order_by("pk"))
    _hold(lines, run)
    for line in lines:  # the oldest first: its seconds end first
        _take_back(line, by)
    BulkLine.objects.bulk_update(lines, ["result", "words"])
    taken = sum(line.result == LineResult.UNDONE for line in lines)
    run.state, run.finished_at, run.done = BulkState.UNDONE, timezone.now(), run.done - taken
    run.save(update_fields=["state", "finished_at", "done"])
    publish(BulkUndone(run.pk, taken), by=by)
    return taken


def _take_back(line: BulkLine, by: Any) -> None:
    if not line.undo_kind:
        line.words = _("This move cannot be taken back: it stays.")
        return
    try:
        with transaction.atomic():
            if undo_step(line.undo_kind, line.undo_key, by) is None:
                raise DomainError(_("There is nothing left to undo."))
    except DomainError as refusal:
        line.words = str(refusal)[:300]
    else:
        line.result = LineResult.UNDONE


def _is_undoable(run: BulkRun) -> bool:
    try:
        return find_bulk_move(run.move).undoable
    except DomainError:
        return False  # a move that is made no more


def can_undo(run: BulkRun) -> bool:
    """Its move is one that can be taken back, and its seconds are not over."""
    return _is_undoable(run) and run.state != BulkState.UNDONE and seconds_left(run) > 0


def seconds_left(run: BulkRun) -> int:
    """Of the ten in which the whole can be taken back; they run from its start, as its first move's do."""
    until = run.created_at + timedelta(seconds=settings.LAB["UNDO_SECONDS"])
    return max(0, int((until - timezone.now()).total_seconds()))


def _own(run: BulkRun, by: Any) -> BulkRun:
    row = BulkRun.objects.select_for_update().filter(pk=run.pk, by=by).first()
    require(row is not None, NotFound())
    return row


def runs_of(user: Any) -> QuerySet:
    """One's own runs, the newest first."""
    return BulkRun.objects.filter(by=user).order_by("-id")


def find_run(public_id: str, *, user: Any) -> BulkRun:
    """One's own run; another's is not found."""
    run = BulkRun.objects.filter(public_id=public_id, by=user).first()
    require(run is not None, NotFound())
    return run
