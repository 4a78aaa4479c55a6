"""One vote per member and idea, kept by the database; the count is right after any number of simultaneous votes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from vote.models import Vote

from core.errors import DomainError, NotFound, NotSignedIn, require
from members.permissions import require_taking_part

from ..models import Idea
from ..permissions import can_see, is_outside, is_signed_in
from ..querysets import counting
from ..states import OPEN_TO_VOTES
from ..votes import recount_of

READ_BACK = ("vote_score", "merged_into_id", "merged_count", "visibility", "state")


@dataclass(frozen=True)
class VoteResult:
    vote_count: int
    my_vote: bool


def cast_vote(idea: Idea, *, by: Any) -> VoteResult:
    """Support an idea. Doing it again changes nothing. Raises NotSignedIn, NotFound, Banned, `idea_merged`, `votes_closed`."""
    _require_open(idea, by)
    require_taking_part(by)
    with transaction.atomic():
        if idea.merged_count:
            idea.votes.insert(by.pk)
            return _counted_again(idea, by, my_vote=True)
        idea.votes.up(by.pk)
        return _result(idea, by, my_vote=True)


def withdraw_vote(idea: Idea, *, by: Any) -> VoteResult:
    """Take one's support back, from the idea and from those merged into it. Doing it again changes nothing.

    Who left the circle of the idea takes back what they gave; without a vote there, there is nothing (NotFound).
    """
    if is_signed_in(by) and is_outside(by, idea):
        idea = idea.merged_into or idea
        require(_votes_of_cluster(idea.pk).filter(user_id=by.pk).exists(), NotFound())
        _require_votes_open(idea)
    else:
        _require_open(idea, by)
    with transaction.atomic():
        moved = idea.votes.remove(by.pk) if idea.merged_count else idea.votes.delete(by.pk)
        if idea.merged_count or {*moved} - {idea.pk}:
            return _counted_again(idea, by, my_vote=False, moved=moved)
        return _result(idea, by, my_vote=False)


def _counted_again(idea: Idea, by: Any, *, my_vote: bool, moved: Iterable[int] = ()) -> VoteResult:
    """Others were merged into it: who supports several of them counts once, so all are counted from their rows.

    `moved`: of which ideas votes went. All the vote rows first, then the ideas in the order of their keys: nobody who locks
    several waits for us in turn.
    """
    rows = Idea.objects.select_for_update(no_key=True).filter(pk__in={idea.pk, *moved}).order_by("pk")
    rows = {row.pk: row for row in rows.only(*READ_BACK, "created_at")}
    _require_still_open(idea, rows[idea.pk])
    votes = recount_of(rows.values())[idea.pk]
    if rows[idea.pk].merged_count != idea.merged_count:  # merged or parted while we voted
        my_vote = _votes_of_cluster(idea.pk).filter(user_id=by.pk).exists()
    idea.vote_score = votes
    return VoteResult(votes, my_vote)


def _require_open(idea: Idea, by: Any) -> None:
    require(is_signed_in(by), NotSignedIn(_("Sign in to support this idea.")))
    require(can_see(by, idea), NotFound())
    _require_votes_open(idea)


def _require_votes_open(idea: Idea) -> None:
    if idea.merged_into_id:
        raise DomainError(
            _("This idea was merged into another one. Support that one instead."), code="idea_merged", status=409
        )
    if not idea.is_open_to_votes:
        raise DomainError(_("This idea takes no more votes."), code="votes_closed", status=409)


def _result(idea: Idea, by: Any, *, my_vote: bool) -> VoteResult:
    """Read the counter back; where others were merged in while we voted, count people over all of them."""
    row = Idea.objects.only(*READ_BACK).get(pk=idea.pk)
    _require_still_open(idea, row)
    if row.merged_count:
        return _counted_again(idea, by, my_vote=my_vote)
    idea.vote_score = row.vote_score
    return VoteResult(row.vote_score, my_vote)


def _require_still_open(idea: Idea, row: Idea) -> None:
    """What changed while we voted rolls the vote back."""
    if row.merged_into_id:
        raise DomainError(
            _("This idea has just been merged. Support the one that stays."), code="idea_merged", status=409
        )
    if row.visibility != idea.visibility or row.state not in OPEN_TO_VOTES:  # withdrawn, hidden or decided
        raise DomainError(_("This idea takes no more votes."), code="votes_closed", status=409)


def _votes_of_cluster(idea_id: int, without: Idea | None = None, beside: Iterable[int] = ()):
    content_type = ContentType.objects.get_for_model(Idea)
    duplicates = Idea.objects.filter(merged_into_id=idea_id).exclude(pk=without.pk if without else None)
    duplicates = list(duplicates.values_list("pk", flat=True))
    return Vote.objects.filter(content_type=content_type, object_id__in=[idea_id, *duplicates, *beside])


def voters_of(idea: Idea, *, without: Idea | None = None, beside: Iterable[int] = ()):
    """The ids of who supports the idea or one merged into it, each once, less the votes that are set aside.

    `without` one of these leaves its rows out; `beside` are keys of ideas that would be merged into it.
    """
    return counting(_votes_of_cluster(idea.pk, without, beside)).order_by().values_list("user_id", flat=True).distinct()


def recount(idea: Idea) -> int:
    """Set the counters from the rows, each person once. Call with the idea's row locked. The new count."""
    return recount_of([idea])[idea.pk]
