"""The freeze: inputs, weights, notes and placements kept as they were, with a hash that changes if a comma does.

The snapshot holds no name: the notes of each factor are sorted, so that what is published tells who scored nothing. Its
canonical form (keys sorted, no space, UTF-8) is the very file that the minutes offer: `sha256sum` of it gives the hash.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, require
from core.events import publish

from ..events import QuarterFrozen
from ..models import Evidence, Placement, Quarter
from ..permissions import can_chair
from ..states import DECIDED, Column, QuarterState
from .locking import lock_quarter
from .scoring import Total, notes_of, totals_of

SCHEMA = 1
COLUMNS = list(Column.values)


@dataclass(frozen=True)
class Verification:
    """`is_intact`: the stored snapshot still has the stored hash. `drift`: what the tables now say otherwise."""

    is_intact: bool
    drift: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        return self.is_intact and not self.drift


def freeze_quarter(quarter: Quarter, *, by: Any, foreword: str = "") -> Quarter:
    """Keep everything as it is; from now on nothing in the quarter moves.

    Raises NotAllowed, ImpossibleMove, `quarter_frozen`, `reasons_missing` (409, with the subjects' ids), PrivateData.
    """
    from core.shield import for_public, refuse_private

    require(can_chair(by))
    refuse_private(foreword=foreword)
    with transaction.atomic():
        quarter = lock_quarter(quarter)
        quarter.move_to(QuarterState.FROZEN)
        silent = [
            row.item for row in quarter.placements.select_related("item") if row.column in DECIDED and not row.reason
        ]
        if silent:
            raise DomainError(
                _("%(count)s decisions have no public reason yet.") % {"count": len(silent)},
                code="reasons_missing", status=409, extra={"items": [item.public_id for item in silent]},
            )  # fmt: skip
        quarter.frozen_at, quarter.frozen_by = timezone.now(), by
        quarter.foreword = for_public(foreword.strip())
        keep(quarter)
        publish(QuarterFrozen(quarter.pk, quarter.hash), by=by)
    return quarter


def keep(quarter: Quarter) -> None:
    """Write the snapshot and its hash on a quarter that is frozen (and unsaved as such)."""
    quarter.snapshot = snapshot_of(quarter)
    quarter.hash = hash_of(quarter.snapshot)
    quarter.save(update_fields=["state", "frozen_at", "frozen_by", "foreword", "snapshot", "hash"])


def snapshot_of(quarter: Quarter) -> dict:
    """All that the decisions rest on, as plain JSON."""
    placements = list(Placement.objects.filter(quarter=quarter).on_wall().with_evidence())
    placements.sort(key=lambda row: (COLUMNS.index(row.column), row.rank, row.pk))
    factors = list(quarter.factors.all())
    totals = totals_of(quarter, placements, factors)
    scorers = quarter.scores.values("member").distinct().count()
    return {
        "schema": SCHEMA,
        "quarter": quarter.code,
        "frozen_at": quarter.frozen_at.isoformat(),
        "capacity": quarter.capacity,
        "demand_reference": quarter.demand_reference,
        "scorers": scorers,
        "foreword": quarter.foreword,
        "factors": [{"key": factor.key, "weight": factor.weight} for factor in factors],
        "items": [_kept(row, totals[row.item_id], place) for place, row in _placed(placements)],
    }


def _placed(placements: list[Placement]):
    """Each placement with its place in its column, from 1."""
    place, column = 0, None
    for row in placements:
        place = place + 1 if row.column == column else 1
        column = row.column
        yield place, row


def _kept(row: Placement, total: Total, place: int) -> dict:
    return {
        "id": row.item.public_id,
        "title": row.item.title,
        "column": row.column,
        "place": place,
        "effort": row.effort,
        "carried_over": row.carried_over,
        "reason": row.reason,
        "people": total.demand.people,
        "staff": total.demand.staff,
        "score": total.score,
        "factors": [
            {"key": part.key, "weight": part.weight, "value": part.value, "notes": list(part.notes),
             "abstained": part.abstained}
            for part in total.parts
        ],
        "evidence": [_proof(proof) for proof in row.item.proofs],
    }  # fmt: skip


def _proof(proof: Evidence) -> dict:
    kept = {"kind": proof.kind, "weight": proof.weight}
    if proof.idea_id:
        return kept | {"id": proof.idea.public_id, "title": proof.idea.title, "votes": proof.idea.vote_score}
    if proof.poll_id:
        return kept | {"id": proof.poll.public_id, "title": proof.poll.title}
    return kept | {"title": proof.note}


def canonical(snapshot: dict) -> bytes:
    """The one way to write a snapshot: keys sorted, no space, UTF-8."""
    return json.dumps(snapshot, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def hash_of(snapshot: dict) -> str:
    return hashlib.sha256(canonical(snapshot)).hexdigest()


def verify_quarter(quarter: Quarter) -> Verification:
    """Recompute the hash, and hold the snapshot against the tables: placements, weights, notes. Anyone may verify."""
    if not quarter.snapshot or not quarter.hash:
        raise DomainError(_("This quarter is not frozen yet."), code="not_frozen", status=409)
    return Verification(hash_of(quarter.snapshot) == quarter.hash, tuple(_drift(quarter)))


def _drift(quarter: Quarter):
    kept = quarter.snapshot
    if kept["capacity"] != quarter.capacity:
        yield "capacity"
    if [(row["key"], row["weight"]) for row in kept["factors"]] != list(quarter.factors.values_list("key", "weight")):
        yield "factors"
    items = {row["id"]: row for row in kept["items"]}
    rows = list(quarter.placements.select_related("item"))
    if {row.item.public_id for row in rows} != set(items):
        yield "items"
        return
    notes = notes_of(quarter)
    for row in rows:
        frozen = items[row.item.public_id]
        if (row.column, row.effort, row.reason) != (frozen["column"], frozen["effort"], frozen["reason"]):
            yield f"placement {row.item.public_id}"
        given = {key: sorted(note for note in values if note is not None) for key, values in notes[row.item_id].items()}
        if any(given.get(part["key"], []) != part["notes"] for part in frozen["factors"]):
            yield f"notes {row.item.public_id}"
