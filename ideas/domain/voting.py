"""One vote per member and idea, kept by the database; the count is right after any number of simultaneous votes."""

from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _
from vote.models import Vote

from core.errors import DomainError, NotFound, NotSignedIn, require
from members.models import Member
from members.permissions import require_taking_part

from ..models import Idea
from ..permissions import can_see, is_signed_in
from ..querysets import counting
from ..votes import trend_of


@dataclass(frozen=True)
class VoteResult:
    vote_count: int
    my_vote: bool


def cast_vote(idea: Idea, *, by: Any) -> VoteResult:
    """Support an idea. Doing it again changes nothing. Raises NotSignedIn, NotFound, Banned, `idea_merged`, `votes_closed`."""
    _require_open(idea, by)
    require_taking_part(by)
    with transaction.atomic():
        if idea.votes.up(by.pk) and by.is_staff:
            _move_staff_votes(idea, 1)
        return _result(idea, my_vote=True)


def withdraw_vote(idea: Idea, *, by: Any) -> VoteResult:
    """Take one's support back, from the idea and from those merged into it. Doing it again changes nothing."""
    _require_open(idea, by)
    with transaction.atomic():
        if idea.votes.delete(by.pk) and by.is_staff:
            _move_staff_votes(idea, -1)
        if idea.merged_count:
            _votes_of_cluster(idea.pk).filter(user_id=by.pk).delete()
        return _result(idea, my_vote=False)


def _require_open(idea: Idea, by: Any) -> None:
    require(is_signed_in(by), NotSignedIn(_("Sign in to support this idea.")))
    require(can_see(by, idea), NotFound())
    if idea.merged_into_id:
        raise DomainError(
            _("This idea was merged into another one. Support that one instead."), code="idea_merged", status=409
        )
    if not idea.is_open_to_votes:
        raise DomainError(_("This idea takes no more votes."), code="votes_closed", status=409)


def _result(idea: Idea, *, my_vote: bool) -> VoteResult:
    """Read the counter back; where others were merged in, count people over the whole cluster, each once."""
    names = ("vote_score", "merged_into_id", "merged_count", "visibility")
    votes, merged_into, merged_count, visibility = Idea.objects.values_list(*names).get(pk=idea.pk)
    if merged_into:  # merged while we voted: the vote would be on a closed idea, so it is rolled back
        raise DomainError(
            _("This idea has just been merged. Support the one that stays."), code="idea_merged", status=409
        )
    if visibility != idea.visibility:  # withdrawn or hidden while we voted
        raise DomainError(_("This idea takes no more votes."), code="votes_closed", status=409)
    if merged_count:  # counted from the rows with the idea held, or a vote that comes meanwhile would be written over
        Idea.objects.select_for_update().values_list("pk").get(pk=idea.pk)
        votes = recount(idea)
    idea.vote_score = votes
    return VoteResult(votes, my_vote)


def _move_staff_votes(idea: Idea, step: int) -> None:
    """The bank's own people count among the votes, and are shown apart."""
    Idea.objects.filter(pk=idea.pk).update(staff_votes=F("staff_votes") + step)


def _votes_of_cluster(idea_id: int, without: Idea | None = None):
    content_type = ContentType.objects.get_for_model(Idea)
    duplicates = Idea.objects.filter(merged_into_id=idea_id).exclude(pk=without.pk if without else None)
    duplicates = list(duplicates.values_list("pk", flat=True))
    return Vote.objects.filter(content_type=content_type, object_id__in=[idea_id, *duplicates])


def voters_of(idea: Idea, *, without: Idea | None = None):
    """The ids of who supports the idea or one merged into it, each once, less the votes that are set aside.

    `without` one of these leaves its rows out.
    """
    return counting(_votes_of_cluster(idea.pk, without)).order_by().values_list("user_id", flat=True).distinct()


def recount(idea: Idea) -> int:
    """Set the counter from the rows, each person once. Call with the idea's row locked. The new count."""
    voters = voters_of(idea)
    votes, staff = voters.count(), Member.objects.staff().filter(pk__in=voters.values("user_id")).count()
    trend = trend_of(votes, idea.created_at)
    Idea.objects.filter(pk=idea.pk).update(vote_score=votes, num_vote_up=votes, staff_votes=staff, trend=trend)
    return votes
