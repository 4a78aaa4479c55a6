"""Subjects of the board and the evidence they gather."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, Invalid, require
from core.events import publish
from core.shield import for_public, refuse_private
from ideas.domain.moving import lock, move_idea, record_move
from ideas.models import Idea
from ideas.states import State
from polls.models import Poll

from ..events import ItemJoined, ItemMade
from ..models import EFFORT_MAX, SUMMARY_MAX, TITLE_MAX, TITLE_MIN, BoardItem, Evidence, Placement, Quarter
from ..permissions import can_make_items
from ..states import Column, EvidenceKind
from .locking import lock_quarter

ON_THE_WAY = (State.CANDIDATE, State.PLANNED, State.IN_BETA)
WEIGHT_MAX = 3


def make_item(*, title: str, summary: str = "", by: Any, effort: int = 5, quarter: Quarter | None = None) -> BoardItem:
    """A subject without an idea yet. It stands among the candidates of `quarter`, or of the one in progress, if there is one."""
    require(can_make_items(by))
    title, summary = _check_texts(title, summary)
    with transaction.atomic():
        item = BoardItem.objects.create(title=title, summary=summary, owner=by)
        quarter = quarter or quarter_in_progress()
        if quarter:
            _place(item, quarter, effort)
        publish(ItemMade(item.pk), by=by)
    return item


def make_item_from_idea(
    idea: Idea, *, by: Any, reason: str = "", title: str = "", effort: int = 5, silent: bool = False
) -> BoardItem:
    """Take an idea to the board: it becomes a candidate with the reason, and the first evidence of a new subject.

    Done twice, gives the subject it already speaks for. Raises NotAllowed, ImpossibleMove, Invalid, PrivateData.
    """
    require(can_make_items(by))
    known = Evidence.objects.filter(idea=idea).select_related("item").first()
    if known:
        return known.item
    title, summary = _check_texts(title or idea.title, idea.body)
    with transaction.atomic():
        _make_candidate(idea, reason=reason, by=by, silent=silent)
        item = BoardItem.objects.create(title=title, summary=summary, owner=by)
        Evidence.objects.create(item=item, idea=idea, added_by=by)
        quarter = quarter_in_progress()
        if quarter:
            _place(item, quarter, effort)
        publish(ItemMade(item.pk, idea.pk), by=by)
    return item


def join_item(
    idea: Idea, item: BoardItem, *, by: Any, weight: float = 1.0, reason: str = "", silent: bool = False
) -> Evidence:
    """Add an idea to a subject's evidence; it becomes a candidate too. Raises `already_evidence` (409) if it speaks for another."""
    require(can_make_items(by))
    if not 0 <= weight <= WEIGHT_MAX:
        raise Invalid(_("A weight goes from 0 to 3."), code="bad_weight", field="weight")
    with transaction.atomic():
        known = Evidence.objects.select_for_update().filter(idea=idea).first()
        if known and known.item_id != item.pk:
            raise DomainError(
                _("This idea already speaks for another subject. Take it out of there first."),
                code="already_evidence", status=409,
            )  # fmt: skip
        if known:
            return known
        _make_candidate(idea, reason=reason, by=by, silent=silent)
        evidence = Evidence.objects.create(item=item, idea=idea, weight=weight, added_by=by)
        publish(ItemJoined(item.pk, idea.pk), by=by)
    return evidence


def join_poll(poll: Poll, item: BoardItem, *, by: Any) -> Evidence:
    """Let a poll speak for a subject: its turnout and decision are shown beside the ideas."""
    require(can_make_items(by))
    defaults = {"kind": EvidenceKind.POLL, "weight": 0, "added_by": by}
    return Evidence.objects.get_or_create(item=item, poll=poll, defaults=defaults)[0]


def note_evidence(item: BoardItem, *, note: str, by: Any) -> Evidence:
    """Something that speaks for the subject and is no idea: a branch's remark, a figure, a letter."""
    require(can_make_items(by))
    note = " ".join(note.split())
    if not 3 <= len(note) <= 280:
        raise Invalid(_("A note holds 3 to 280 characters."), code="bad_length", field="note")
    refuse_private(note=note)
    return Evidence.objects.create(item=item, kind=EvidenceKind.NOTE, note=for_public(note), weight=0, added_by=by)


def drop_evidence(evidence: Evidence, *, by: Any) -> None:
    """Take evidence out of a subject. The idea keeps its state: moving it is a decision of its own."""
    require(can_make_items(by))
    evidence.delete()


def describe_item(item: BoardItem, *, by: Any, title: str, summary: str) -> BoardItem:
    """Rewrite a subject's title and summary."""
    require(can_make_items(by))
    item.title, item.summary = _check_texts(title, summary)
    item.save(update_fields=["title", "summary"])
    return item


def quarter_in_progress() -> Quarter | None:
    """The quarter that still takes subjects."""
    return Quarter.objects.live().order_by("code").first()


def place_item(item: BoardItem, quarter: Quarter, *, by: Any, effort: int = 5) -> Placement:
    """Put a subject among a quarter's candidates. Already there, nothing changes."""
    require(can_make_items(by))
    with transaction.atomic():
        return _place(item, quarter, effort)


def _place(item: BoardItem, quarter: Quarter, effort: int) -> Placement:
    if not 1 <= effort <= EFFORT_MAX:
        raise Invalid(_("Effort goes from 1 to 99 points."), code="bad_effort", field="effort")
    quarter = lock_quarter(quarter)
    last = quarter.placements.filter(column=Column.CANDIDATE).order_by("-rank").values_list("rank", flat=True).first()
    defaults = {"effort": effort, "rank": (last or 0) + 1}
    return Placement.objects.get_or_create(quarter=quarter, item=item, defaults=defaults)[0]


def _make_candidate(idea: Idea, *, reason: str, by: Any, silent: bool) -> None:
    """Ideas on their way keep their state: evidence may join a subject that is already planned."""
    reason = reason.strip() or str(_("We are taking this idea to the next quarterly board."))
    idea = lock(idea)
    if idea.state in ON_THE_WAY:
        return
    if idea.state == State.DECLINED:
        # The only way back: it is studied again, and that is a step people see, told once with the next one.
        record_move(idea, State.UNDER_REVIEW, reason=reason, by=by, silent=True)
    move_idea(idea, State.CANDIDATE, reason=reason, by=by, silent=silent)


def _check_texts(title: str, summary: str) -> tuple[str, str]:
    title, summary = " ".join(title.split()), summary.strip()[:SUMMARY_MAX]
    if not TITLE_MIN <= len(title) <= TITLE_MAX:
        raise Invalid(_("The title needs 5 to 120 characters."), code="bad_length", field="title")
    refuse_private(title=title, summary=summary)
    return for_public(title), for_public(summary)
