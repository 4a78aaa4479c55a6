"""An idea goes before the board from the triage: as a new subject, or as evidence of one that is there; undone for ten seconds."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, require
from ideas.domain.moving import changed_since, lock, record_move
from ideas.domain.putting_back import deed_of, puts_back
from ideas.domain.recording import record_deed, restores
from ideas.models import BulkLine, Deed, Idea, IdeaMove
from ideas.states import Doing

from ..models import BoardItem, Evidence, Placement, Score
from ..permissions import can_make_items
from .items import join_item, make_item_from_idea


def take_to_board(
    idea: Idea, *, by: Any, reason: str, item: BoardItem | None = None, effort: int = 5, silent: bool = False
) -> Deed:
    """Make the idea a candidate, of its own new subject or of `item`.

    Raises NotAllowed, ImpossibleMove, `already_evidence` (409), Invalid, PrivateData.
    """
    require(can_make_items(by))
    with transaction.atomic():
        idea = lock(idea)
        if Evidence.objects.filter(idea=idea).exists():
            raise DomainError(
                _("This idea already speaks for a subject of the board."), code="already_evidence", status=409
            )
        moves = set(idea.moves.values_list("pk", flat=True))
        is_new = item is None
        if item is None:
            item = make_item_from_idea(idea, by=by, reason=reason, effort=effort, silent=silent)
        else:
            join_item(idea, item, by=by, reason=reason, silent=silent)
        steps = [pk for pk in idea.moves.order_by("pk").values_list("pk", flat=True) if pk not in moves]
        title = item.title
        return record_deed(
            idea, Doing.BOARD, lambda: gettext("speaks for the subject “%(title)s”") % {"title": title}, by=by, silent=silent,
            item=item.pk, made=item.pk if is_new else None, steps=steps,
        )  # fmt: skip


def _leave(idea: Idea, deed: Deed) -> None:
    Evidence.objects.filter(idea=idea, item_id=deed.before["item"]).delete()
    if made := deed.before["made"]:
        item = BoardItem.objects.select_for_update().filter(pk=made).first()
        if item and (item.evidence.exists() or Score.objects.filter(item=item).exists()):
            raise changed_since()
        Placement.objects.filter(item_id=made).delete()
        BoardItem.objects.filter(pk=made).delete()


@puts_back("board")
def _off_the_board(idea: Idea, line: BulkLine, *, reason: str, silent: bool, by: Any) -> None:
    """Out of the subject again after people have heard of it: the way back is a step with its reason."""
    require(can_make_items(by))
    deed = deed_of(line)
    steps = list(IdeaMove.objects.filter(pk__in=deed.before["steps"], undone_at__isnull=True).order_by("pk"))
    if steps and idea.moves.filter(undone_at__isnull=True).last() != steps[-1]:
        raise changed_since()
    _leave(idea, deed)
    if steps:
        record_move(idea, steps[0].from_state, reason=reason, by=by, silent=silent)


@restores(Doing.BOARD)
def _take_back(idea: Idea, deed: Deed) -> None:
    """Out of the subject again; a subject made for it goes, unless others have worked on it meanwhile."""
    steps = list(IdeaMove.objects.filter(pk__in=deed.before["steps"], undone_at__isnull=True).order_by("pk"))
    last = idea.moves.filter(undone_at__isnull=True).last()
    if steps and last != steps[-1]:
        raise changed_since()
    _leave(idea, deed)
    if steps:
        IdeaMove.objects.filter(pk__in=[step.pk for step in steps]).update(undone_at=timezone.now())
        before = idea.moves.filter(undone_at__isnull=True).last()
        idea.state, idea.state_since = steps[0].from_state, before.at if before else idea.created_at
        idea.save(update_fields=["state", "state_since"])
