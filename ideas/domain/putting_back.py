"""Putting back what a run over many ideas did, once its ten seconds are over and people have heard of it.

It is a run of its own: each idea gets a new step with the reason, on its history like any other, and its people are told unless
it is silent. What a colleague has changed since stays as they left it, and its line says so. What was said stays said: an
official answer is followed by another one, a note is answered by a note.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from core.errors import DomainError, NotFound, require
from members.models import Member

from ..models import BulkLine, BulkRun, Category, Deed, Idea, Merge, Routing, Tag, VoteOnBehalf
from ..permissions import can_triage
from ..states import LineResult, Visibility
from . import bulk, bulk_moves
from .assigning import assign_idea
from .filing import file_idea
from .merging import unmerge_idea
from .moderating import restore_idea
from .moving import changed_since, check_reason, record_move, require_standing
from .routing import withdraw_question
from .tagging import tag_idea
from .urgency import lift_urgency, raise_urgency
from .voting_for_others import take_back_votes

NAME = "put-back"
Way = Callable[..., Any]
_ways: dict[str, Way] = {}
_checks: dict[str, Callable[[str], Any]] = {}


class Back:
    """What one line left behind, named by the moves' `undo_kind`; nothing to take back in its seconds: those were the run's."""

    words = kind = key = ""


def puts_back(*moves: str, check: Callable[[str], Any] = check_reason) -> Callable[[Way], Way]:
    """Register `way(idea, line, reason=…, silent=…, by=…)` for these moves; raises `changed_since` (409). The last one counts.

    `check(reason)`: what the verb that it calls asks of the reason, asked once before anything begins.
    """

    def register(way: Way) -> Way:
        _ways.update(dict.fromkeys(moves, way))
        _checks.update(dict.fromkeys(moves, check))
        return way

    return register


def lines_to_put_back(run: BulkRun):
    """What it did that still stands as far as the run knows; none where such moves cannot be put back."""
    return run.lines.filter(result=LineResult.DONE) if run.move in _ways else run.lines.none()


def can_put_back(run: BulkRun) -> bool:
    return not run.is_under_way and not bulk.can_undo(run) and lines_to_put_back(run).exists()


def put_back(run: BulkRun, *, reason: str, by: Any, silent: bool = False, key: str | None = None) -> BulkRun:
    """Start the run that puts one's own run back.

    Raises NotFound, NotAllowed, Invalid, PrivateData, `bulk_under_way`, `nothing_to_put_back` (409).
    """
    require(run.by_id == by.pk, NotFound())
    require(bulk_moves.find_bulk_move(run.move).allows(by))
    check_reason(reason)
    _checks.get(run.move, check_reason)(reason)
    if run.is_under_way:
        raise DomainError(_("This run is still under way. Stop it first."), code="bulk_under_way", status=409)
    before = BulkRun.objects.filter(by=by, key=key).exists() if key else False
    if not before and not lines_to_put_back(run).exists():
        raise DomainError(_("Nothing of this run is left to put back."), code="nothing_to_put_back", status=409)
    ideas = Idea.objects.filter(pk__in=lines_to_put_back(run).values("idea")).order_by("pk")
    values = {"run": run.public_id, "reason": reason} | ({"silent": "on"} if silent else {})
    return bulk.start_bulk(NAME, ideas, values, by=by, key=key)


def _read(values: Mapping[str, Any]) -> dict:
    said = {"run": str(values.get("run", ""))[:12], "reason": check_reason(str(values.get("reason", "")))}
    return said | {"silent": bool(values.get("silent"))}


@transaction.atomic
def _one(idea: Idea, said: dict, by: Any) -> Back:
    line = BulkLine.objects.select_for_update(of=("self",)).select_related("run").filter(
        run__public_id=said["run"], run__by=by, idea=idea
    ).first()  # fmt: skip
    way = _ways.get(line.run.move) if line else None
    if not way or line.result != LineResult.DONE:
        raise DomainError(_("Nothing of this run is left to put back."), code="nothing_to_put_back", status=409)
    way(idea, line, reason=said["reason"], silent=said["silent"], by=by)
    line.result, line.words = LineResult.UNDONE, _("Put back later, with a reason.")
    line.save(update_fields=["result", "words"])
    return Back()


def _beside(said: dict) -> list[int]:
    """Ideas that others were merged into by the run: parting them touches both."""
    lines = BulkLine.objects.filter(run__public_id=said["run"], run__move__in=("merge", "accept"), undo_kind="merge")
    merges = Merge.objects.filter(duplicate__in=lines.values("idea"), undone_at__isnull=True)
    return list(merges.values_list("canonical_id", flat=True).distinct())


bulk_moves.add(
    bulk_moves.BulkMove(
        NAME,
        pgettext_lazy("desk", "Put back"),
        _read,
        _one,
        lambda user, idea: bulk.can_note(user, idea),
        lambda values: ("run", "reason", "silent"),
        beside=_beside,
    )
)


@puts_back("review", "board", "decline")
def _along(idea: Idea, line: BulkLine, *, reason: str, silent: bool, by: Any) -> None:
    """To the state it had, by a step that says so; as a parting does, this may lead where no other move leads."""
    require(can_triage(by, idea))
    require_standing(idea)
    step = idea.moves.filter(undone_at__isnull=True).last()
    if not step or step.public_id != line.undo_key:
        raise changed_since()
    record_move(idea, step.from_state, reason=reason, by=by, silent=silent)


@puts_back("merge", "accept")
def _part(idea: Idea, line: BulkLine, *, reason: str, silent: bool, by: Any) -> None:
    merge = Merge.objects.filter(duplicate=idea, undone_at__isnull=True).first()
    if not merge or merge.by_id != by.pk or merge.at < line.run.created_at:
        raise changed_since()
    unmerge_idea(idea, reason=reason, by=by, silent=silent)


def deed_of(line: BulkLine) -> Deed:
    """Raises `changed_since` where the move left none: the idea was so already."""
    deed = Deed.objects.filter(public_id=line.undo_key, undone_at__isnull=True).first()
    if not deed:
        raise changed_since()
    return deed


@puts_back("assign")
def _hand_back(idea: Idea, line: BulkLine, *, reason: str, silent: bool, by: Any) -> None:
    before = deed_of(line).before
    if idea.assignee_id != before["after"]:
        raise changed_since()
    to = Member.objects.living().filter(pk=before["assignee"]).first()
    assign_idea(idea, to, by=by, reason=reason, silent=silent)


@puts_back("file")
def _file_back(idea: Idea, line: BulkLine, *, reason: str, silent: bool, by: Any) -> None:
    before = deed_of(line).before
    if idea.category_id != before["after"]:
        raise changed_since()
    file_idea(idea, Category.objects.get(pk=before["category"]), by=by, reason=reason, silent=silent)


@puts_back("tag")
def _untag(idea: Idea, line: BulkLine, *, reason: str, silent: bool, by: Any) -> None:
    before = deed_of(line).before
    tags = Tag.objects.in_bulk([*before["added"], *before["removed"]])
    add, remove = ([tags[pk] for pk in before[name] if pk in tags] for name in ("removed", "added"))
    if not tag_idea(idea, add=add, remove=remove, by=by, reason=reason):
        raise changed_since()


@puts_back("route")
def _unask(idea: Idea, line: BulkLine, *, reason: str, silent: bool, by: Any) -> None:
    routing = Routing.objects.filter(pk=deed_of(line).before.get("routing")).first()
    if not routing:
        raise changed_since()
    withdraw_question(routing, by=by, reason=reason)


@puts_back("for-others")
def _uncount(idea: Idea, line: BulkLine, *, reason: str, silent: bool, by: Any) -> None:
    vote = VoteOnBehalf.objects.filter(pk=deed_of(line).before.get("vote"), taken_back_at__isnull=True).first()
    if not vote:
        raise changed_since()
    take_back_votes(vote, by=by, reason=reason)


@puts_back("hide", "remove")
def _show(idea: Idea, line: BulkLine, *, reason: str, silent: bool, by: Any) -> None:
    made = {"hide": Visibility.HIDDEN, "remove": Visibility.REMOVED}[line.run.move]
    step = idea.moderations.last()
    if idea.visibility != made or not step or step.by_id != by.pk or step.at < line.run.created_at:
        raise changed_since()
    restore_idea(idea, reason=reason, by=by)


@puts_back("urgent")
def _calm(idea: Idea, line: BulkLine, *, reason: str, silent: bool, by: Any) -> None:
    lift_urgency(idea, reason=reason, by=by)


@puts_back("calm")
def _alarm(idea: Idea, line: BulkLine, *, reason: str, silent: bool, by: Any) -> None:
    raise_urgency(idea, reason=reason, by=by, silent=silent)
