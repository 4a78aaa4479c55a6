"""Votes on behalf: people asked in a branch, on the phone or on a social network, and staff write it down, apart."""

from typing import Any

from django.db import transaction
from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, Invalid, require
from core.events import publish
from core.shield import refuse_private, scan

from ..events import VotesOnBehalfRecorded, VotesOnBehalfTakenBack
from ..models import ON_BEHALF_MAX, REFERENCE_MAX, REFERENCE_MIN, Deed, Idea, VoteOnBehalf
from ..permissions import can_vote_for_others
from ..states import Doing, Source
from .moving import changed_since, lock, lock_with_stay
from .recording import check_note, record_deed, restores


def vote_for_others(idea: Idea, *, source: str, people: int, reference: str, by: Any) -> VoteOnBehalf:
    """Record that so many people asked for this elsewhere. The reference says where to look, and holds no personal data.

    Raises NotAllowed, Invalid (`unknown_source`, `bad_number`, `too_short`, `too_long`, `personal_data`), `idea_merged`,
    `votes_closed` (409), PrivateData.
    """
    require(can_vote_for_others(by, idea))
    reference = check_votes(source=source, people=people, reference=reference)
    with transaction.atomic():
        idea = lock(idea)
        if idea.merged_into_id:
            raise DomainError(
                _("This idea was merged into another one. Record the votes on that one."),
                code="idea_merged",
                status=409,
            )
        if not idea.is_open_to_votes:
            raise DomainError(_("This idea takes no more votes."), code="votes_closed", status=409)
        vote = VoteOnBehalf.objects.create(idea=idea, source=source, people=people, reference=reference, by=by)
        recount_on_behalf(idea)
        vote.deed = record_deed(idea, Doing.ON_BEHALF, lambda: _words(vote), by=by, reason=reference, vote=vote.pk)
        publish(VotesOnBehalfRecorded(idea.pk, vote.pk, people), by=by)
    return vote


def take_back_votes(vote: VoteOnBehalf, *, by: Any, reason: str = "") -> Deed:
    """Take recorded votes out of the count; the row stays. Raises NotAllowed, `taken_back` (409), PrivateData."""
    require(can_vote_for_others(by, vote.idea))
    reason = check_note(reason)
    with transaction.atomic():
        idea = lock_with_stay(vote.idea)
        _withdraw(idea, vote.pk)
        deed = record_deed(idea, Doing.TAKEN_BACK, lambda: _words(vote), by=by, reason=reason, vote=vote.pk)
        publish(VotesOnBehalfTakenBack(idea.pk, vote.pk), by=by)
    return deed


def check_votes(*, source: str, people: Any, reference: str) -> str:
    """What a record says, whatever the idea; gives the reference as it is kept."""
    if source not in Source.values:
        raise Invalid(_("Choose where these people said it."), code="unknown_source", field="source")
    if not isinstance(people, int) or not 1 <= people <= ON_BEHALF_MAX:
        raise Invalid(_("Give a number of people from 1 to 1,000."), code="bad_number", field="people")
    return check_reference(reference)


def check_reference(reference: str) -> str:
    reference = " ".join(reference.split())
    if len(reference) < REFERENCE_MIN:
        raise Invalid(
            _("Say where to find it: a branch, a day, a number of file."), code="too_short", field="reference"
        )
    if len(reference) > REFERENCE_MAX:
        raise Invalid(_("A reference holds 140 characters at most."), code="too_long", field="reference")
    refuse_private(reference=reference)
    if scan(reference):
        raise Invalid(
            _("Leave out e-mail addresses and phone numbers: the reference names nobody."),
            code="personal_data", field="reference",
        )  # fmt: skip
    return reference


def recount_on_behalf(idea: Idea) -> int:
    """Set the counter from the rows of the idea and of those merged into it. Call with the idea's row locked."""
    people = votes_on_behalf_of(idea).aggregate(people=Sum("people"))["people"] or 0
    Idea.objects.filter(pk=idea.pk).update(votes_on_behalf_count=people)
    idea.votes_on_behalf_count = people
    return people


def votes_on_behalf_of(idea: Idea):
    """Those that count for the idea, its duplicates' too."""
    return VoteOnBehalf.objects.filter(Q(idea=idea) | Q(idea__merged_into=idea), taken_back_at__isnull=True)


def _words(vote: VoteOnBehalf) -> str:
    people = ngettext("%(n)s vote on behalf", "%(n)s votes on behalf", vote.people) % {"n": vote.people}
    return gettext("%(people)s (%(source)s)") % {"people": people, "source": vote.get_source_display().lower()}


def _withdraw(idea: Idea, key: int) -> None:
    if not VoteOnBehalf.objects.filter(pk=key, taken_back_at__isnull=True).update(taken_back_at=timezone.now()):
        raise DomainError(_("These votes are taken back already."), code="taken_back", status=409)
    _recount_both(idea)


def _recount_both(idea: Idea) -> None:
    """The idea and, where it was merged, the one that stays: both are locked."""
    recount_on_behalf(idea)
    if idea.merged_into_id:
        recount_on_behalf(idea.merged_into)


@restores(Doing.ON_BEHALF)
def _unrecord(idea: Idea, deed: Deed) -> None:
    _withdraw(idea, deed.before["vote"])


@restores(Doing.TAKEN_BACK)
def _record_again(idea: Idea, deed: Deed) -> None:
    if not VoteOnBehalf.objects.filter(pk=deed.before["vote"]).update(taken_back_at=None):
        raise changed_since()
    _recount_both(idea)
