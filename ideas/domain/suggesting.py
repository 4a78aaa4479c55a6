"""Suggested merges: new ideas are compared with those that stand, in the background; staff accept or dismiss.

A suggestion expires where nobody decides. A pair that was dismissed, or parted again after a merge, does not come back.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from core.errors import DomainError, require
from core.events import handles, publish
from core.schedule import every

from ..events import IdeaEdited, IdeaPosted, MergeDismissed
from ..models import Deed, Idea, MergeSuggestion
from ..permissions import can_triage
from ..search import likeness, similar
from ..states import MOVES, Doing, State, Suggested, Visibility
from .moving import lock
from .recording import check_note, record_deed, restores

LOOKED_AT = 5
FROM_SCORE = 55  # of 100: below, two out of three pairs are about different things
KEPT = timedelta(days=30)


@handles(IdeaPosted, IdeaEdited)
def look_for_duplicates(event: IdeaPosted | IdeaEdited, *, event_id: UUID) -> None:
    idea = Idea.objects.filter(pk=event.idea_id).first()
    if idea:
        suggest_merges(idea)


def suggest_merges(idea: Idea) -> list[MergeSuggestion]:
    """Write down what looks like the idea; the younger of two is the duplicate. Done twice, changes nothing."""
    if idea.visibility != Visibility.PUBLIC or State.MERGED not in MOVES[idea.state]:
        return []
    now, rows = timezone.now(), []
    for other in similar(idea.title, LOOKED_AT, leave_out=idea):
        score = round(100 * likeness(idea.title, other.title))
        if score < FROM_SCORE or getattr(other, "circle_id", None) != getattr(idea, "circle_id", None):
            continue
        older, younger = sorted((idea, other), key=lambda one: (one.created_at, one.pk))
        if State.MERGED not in MOVES[younger.state]:
            older, younger = younger, older
        rows.append(MergeSuggestion(
            duplicate=younger, canonical=older, score=min(score, 100), at=now, expires_at=now + KEPT,
        ))  # fmt: skip
    known = _known([idea.pk, *(row.duplicate_id for row in rows), *(row.canonical_id for row in rows)])
    fresh = [row for row in rows if frozenset((row.duplicate_id, row.canonical_id)) not in known]
    MergeSuggestion.objects.bulk_create(fresh, ignore_conflicts=True)
    return list(MergeSuggestion.objects.filter(public_id__in=[row.public_id for row in fresh]))


def _known(keys: list[int]) -> set[frozenset[int]]:
    """Pairs that were suggested before, either way round."""
    rows = MergeSuggestion.objects.filter(duplicate__in=keys, canonical__in=keys)
    return {frozenset(pair) for pair in rows.values_list("duplicate_id", "canonical_id")}


def dismiss_merge(suggestion: MergeSuggestion, *, by: Any, reason: str = "") -> Deed:
    """They are two ideas: the pair does not come back. Raises NotAllowed, `suggestion_closed` (409), PrivateData."""
    require(can_triage(by, suggestion.duplicate))
    reason = check_note(reason)
    with transaction.atomic():
        duplicate = lock(suggestion.duplicate)
        suggestion = MergeSuggestion.objects.select_for_update().select_related("canonical").get(pk=suggestion.pk)
        if suggestion.state != Suggested.OPEN:
            raise DomainError(gettext("This suggestion was settled already."), code="suggestion_closed", status=409)
        suggestion.state, suggestion.decided_by, suggestion.decided_at = Suggested.DISMISSED, by, timezone.now()
        suggestion.save(update_fields=["state", "decided_by", "decided_at"])
        title = suggestion.canonical.title
        deed = record_deed(
            duplicate, Doing.DISMISSED, lambda: gettext("not the same as “%(title)s”") % {"title": title}, by=by,
            reason=reason, suggestion=suggestion.pk,
        )  # fmt: skip
        publish(MergeDismissed(duplicate.pk, suggestion.canonical_id), by=by)
    return deed


def dismiss_merges(duplicate: Idea, *, by: Any, reason: str = "") -> Deed:
    """None of the ideas suggested for it is the same: one deed for all. Raises as `dismiss_merge`."""
    require(can_triage(by, duplicate))
    reason = check_note(reason)
    with transaction.atomic():
        duplicate = lock(duplicate)
        rows = list(suggestions_for(duplicate).select_for_update(of=("self",)).select_related("canonical"))
        if not rows:
            raise DomainError(gettext("This suggestion was settled already."), code="suggestion_closed", status=409)
        MergeSuggestion.objects.filter(pk__in=[row.pk for row in rows]).update(
            state=Suggested.DISMISSED, decided_by=by, decided_at=timezone.now()
        )
        titles = "”, “".join(row.canonical.title for row in rows)
        deed = record_deed(
            duplicate, Doing.DISMISSED, lambda: gettext("not the same as “%(title)s”") % {"title": titles}, by=by,
            reason=reason, suggestion=[row.pk for row in rows],
        )  # fmt: skip
        for row in rows:
            publish(MergeDismissed(duplicate.pk, row.canonical_id), by=by)
    return deed


def suggestions_for(duplicate: Idea) -> Any:
    """What this idea is suggested to be merged into, the likest first."""
    return MergeSuggestion.objects.open().filter(duplicate=duplicate).order_by("-score", "id")


def canonicals_of(duplicates: Iterable[int]) -> set[int]:
    """Keys of all that these ideas may be merged into, to lock them together and in one order."""
    return set(MergeSuggestion.objects.open().filter(duplicate__in=duplicates).values_list("canonical_id", flat=True))


@restores(Doing.DISMISSED)
def _suggest_again(idea: Idea, deed: Deed) -> None:
    kept = deed.before["suggestion"]
    MergeSuggestion.objects.filter(pk__in=kept if isinstance(kept, list) else [kept]).update(
        state=Suggested.OPEN, decided_by=None, decided_at=None
    )


@every(hours=6)
def expire_suggestions() -> int:
    """Close what nobody decided in time, and what has lost one of its ideas; how many."""
    late = MergeSuggestion.objects.filter(state=Suggested.OPEN, expires_at__lte=timezone.now())
    gone = MergeSuggestion.objects.filter(state=Suggested.OPEN).exclude(
        pk__in=MergeSuggestion.objects.open().values("pk")
    )
    return (late | gone).update(state=Suggested.EXPIRED)
