"""Publication, with four eyes: who froze cannot sign. Ideas move, their people are told, minutes and roadmap appear.

What a column means for the ideas behind a card:

| column | the idea | what its people hear |
|---|---|---|
| this quarter | candidate → planned | the reason |
| next, later | stays a candidate, as a new step with the reason | that it is put off, and why; the card is carried over |
| not retained | candidate → declined | the reason |
| candidate | nothing | nothing: it was not decided, and is carried over |

Only ideas that are candidates move: one that is already planned, in a beta or delivered keeps its state.
"""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, NotAllowed, require
from core.events import publish
from ideas.domain.following import hearers_of_many
from ideas.domain.moving import lock, record_move
from ideas.models import IdeaMove
from ideas.states import State

from ..events import QuarterPublished
from ..models import Evidence, Quarter
from ..permissions import can_sign
from ..states import DECIDED, Column, QuarterState
from .freezing import verify_quarter

BECOMES = {
    Column.THIS_QUARTER: State.PLANNED,
    Column.NEXT: State.CANDIDATE,
    Column.LATER: State.CANDIDATE,
    Column.NOT_RETAINED: State.DECLINED,
}


class FourEyes(NotAllowed):
    code = "four_eyes"
    message = _("Who froze a quarter cannot publish it too: another member of the board signs.")


@dataclass(frozen=True)
class Audience:
    """What a column's decision does: subjects, ideas that move, people who hear of it."""

    column: str
    becomes: str
    items: int
    ideas: int
    people: int


@dataclass(frozen=True)
class Preview:
    """`everyone`: all who will hear, each counted once."""

    decisions: list[Audience]
    everyone: int


@dataclass(frozen=True)
class Check:
    """A point to look at before signing. One that is not `ok` and `blocks` refuses the signature."""

    text: str
    ok: bool
    blocks: bool = True


def publish_quarter(quarter: Quarter, *, by: Any) -> Quarter:
    """Sign: move the ideas with the reasons that were frozen, tell everyone once, put up minutes and roadmap.

    Raises NotAllowed, `four_eyes` (403), ImpossibleMove (409), `hash_broken` (409) if anything moved since the freeze.
    """
    require(can_sign(by))
    with transaction.atomic():
        quarter = Quarter.objects.select_for_update().get(pk=quarter.pk)
        quarter.move_to(QuarterState.PUBLISHED)
        require(quarter.frozen_by_id != by.pk, FourEyes())
        if not verify_quarter(quarter).holds:
            raise DomainError(
                _("Something changed since the freeze: the hash no longer holds. Tell the auditors."),
                code="hash_broken", status=409,
            )  # fmt: skip
        moved = _move_ideas(quarter, by)
        quarter.published_at, quarter.published_by = timezone.now(), by
        quarter.save(update_fields=["state", "published_at", "published_by"])
        ideas, moves = tuple(move.idea_id for move in moved), tuple(move.pk for move in moved)
        publish(QuarterPublished(quarter.pk, quarter.code, quarter.hash, ideas, moves), by=by)
    return quarter


def _move_ideas(quarter: Quarter, by: Any) -> list[IdeaMove]:
    """Locked in the order of their keys, so that two publications or merges never wait for each other."""
    decisions = {row.item_id: row for row in quarter.placements.filter(column__in=DECIDED)}
    proofs = Evidence.objects.filter(item__in=decisions, idea__state=State.CANDIDATE).order_by("idea_id")
    moved = []
    for proof in proofs.select_related("idea"):
        idea, decision = lock(proof.idea), decisions[proof.item_id]
        if idea.state == State.CANDIDATE:
            to, reason = BECOMES[decision.column], decision.reason
            moved.append(record_move(idea, to, reason=reason, by=by, told_together=True))
    return moved


def preview_publication(quarter: Quarter, *, by: Any) -> Preview:
    """Who will hear that `by` publishes it: each person once per decision, and once in all, by their own wishes."""
    rows = list(quarter.placements.filter(column__in=DECIDED))
    proofs = Evidence.objects.filter(item__in=[row.item_id for row in rows], idea__state=State.CANDIDATE)
    proofs = list(proofs.select_related("idea"))
    hears = hearers_of_many([proof.idea for proof in proofs], by=by)
    decisions = []
    for column, becomes in BECOMES.items():
        items = {row.item_id for row in rows if row.column == column}
        ideas = {proof.idea_id for proof in proofs if proof.item_id in items}
        people = {member for idea, member in hears if idea in ideas}
        decisions.append(Audience(column, becomes, len(items), len(ideas), len(people)))
    return Preview(decisions, len({member for _idea, member in hears}))


def checks_before(quarter: Quarter, *, by: Any) -> list[Check]:
    """What the second person looks at before signing."""
    rows = list(quarter.placements.filter(column__in=DECIDED))
    reasons = sum(1 for row in rows if row.reason)
    effort = sum(row.effort for row in rows if row.column == Column.THIS_QUARTER)
    return [
        Check(
            _("%(reasons)s decisions of %(all)s have a public reason") % {"reasons": reasons, "all": len(rows)},
            reasons == len(rows),
        ),
        Check(_("The hash was computed again and is the same"), verify_quarter(quarter).holds),
        Check(_("Someone else froze this quarter"), quarter.frozen_by_id != by.pk),
        Check(
            _("This quarter takes %(effort)s points of %(capacity)s")
            % {"effort": effort, "capacity": quarter.capacity},
            effort <= quarter.capacity,
            blocks=False,
        ),
    ]
