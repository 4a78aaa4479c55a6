"""Keeping the meaning of titles up to date, in the background: by event for what is posted or edited, in batches for the rest."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, require
from core.events import handles, job, later
from core.schedule import every

from ..events import IdeaEdited, IdeaPosted
from ..models import Idea, IdeaVector
from ..permissions import can_triage
from ..search import semantic

BATCH = 64


@dataclass(frozen=True)
class Progress:
    """How many titles are indexed, of how many."""

    is_on: bool
    done: int
    whole: int

    @property
    def percent(self) -> int:
        return 100 * self.done // self.whole if self.whole else 100

    @property
    def is_complete(self) -> bool:
        return self.done >= self.whole


def progress() -> Progress:
    return Progress(semantic.is_on(), IdeaVector.objects.count(), Idea.objects.count())


def not_indexed() -> QuerySet:
    return Idea.objects.filter(~Exists(IdeaVector.objects.filter(idea=OuterRef("pk")))).order_by("pk")


@handles(IdeaPosted, IdeaEdited)
def index_one(event: IdeaPosted | IdeaEdited, *, event_id: Any) -> None:
    if semantic.is_on():
        _index(list(Idea.objects.filter(pk=event.idea_id).values_list("pk", "title")))


@every(minutes=15)
def index_what_is_missing() -> None:
    """What came otherwise than by posting: an import, a database filled before the encoder was installed."""
    if semantic.is_on() and not_indexed().exists():
        later(index_batch)


@job
def index_batch() -> None:
    """One batch, then the next in a task of its own, so that a worker does other work between and a death loses little."""
    if semantic.is_on() and index_some():
        later(index_batch)


def index_some(size: int = BATCH) -> int:
    """Index the next titles that have no vector; how many."""
    return _index(list(not_indexed().values_list("pk", "title")[:size]))


def _index(rows: list[tuple[int, str]]) -> int:
    if not rows:
        return 0
    now = timezone.now()
    pairs = zip(rows, semantic.vectors_of([title for _key, title in rows]), strict=True)
    vectors = [
        IdeaVector(idea_id=key, signs=signs, numbers=numbers, indexed_at=now)
        for (key, _title), (signs, numbers) in pairs
    ]
    IdeaVector.objects.bulk_create(
        vectors, update_conflicts=True, unique_fields=["idea"], update_fields=["signs", "numbers", "indexed_at"]
    )
    return len(rows)


@transaction.atomic
def index_again(*, by: Any) -> None:
    """Forget every vector and make them anew, in the background. Searching goes on by words meanwhile."""
    require(can_triage(by))
    require(semantic.is_on(), DomainError(_("The sentence encoder is not installed."), code="no_encoder", status=409))
    IdeaVector.objects.all().delete()
    later(index_batch)
