"""Many ideas into one that stays: what that would make, before anything is merged. The worker then merges them one by one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.errors import DomainError, require

from ..models import Idea
from ..permissions import can_triage
from .carrying import due_after
from .following import Audience, audience_of_many
from .merging import require_can_stay, require_mergeable
from .voting import voters_of


@dataclass(frozen=True)
class MergesPreview:
    """`going` are merged into `canonical`, `refused` are not, each with its reason; `together` people then support it, each
    counted once; `audience` hear of it; an answer is owed by `due_at`, if one is."""

    canonical: Idea
    going: list[Idea]
    refused: list[tuple[Idea, DomainError]]
    together: int
    audience: Audience
    due_at: datetime | None


def preview_merges(ideas: Iterable[Idea], canonical: Idea, *, by: Any) -> MergesPreview:
    """What merging these ideas would make, whether or not the one that stays is among them; as many queries for two as for many.

    Raises NotAllowed, and what is wrong with the idea that stays: `merge_unseen`, `merge_chain` (409), ImpossibleMove.
    """
    require(can_triage(by, canonical))
    require_can_stay(canonical)
    going, refused = [], []
    for idea in ideas:
        if idea.pk == canonical.pk:
            continue
        try:
            require_mergeable(idea, canonical)
        except DomainError as refusal:
            refused.append((idea, refusal))
        else:
            going.append(idea)
    together = voters_of(canonical, beside=[idea.pk for idea in going]).count()
    audience = audience_of_many(going, by=by)
    return MergesPreview(canonical, going, refused, together, audience, due_after(canonical, *going))
