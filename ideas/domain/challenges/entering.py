"""Entering an idea in a challenge, and leaving it. The server's clock decides, read after the challenge's row is locked."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, NotAllowed, NotFound, NotSignedIn, require
from core.events import publish
from members.permissions import require_taking_part
from members.states import Kind, Segment

from ...events import EntryWithdrawn, IdeaEntered
from ...models import Challenge, ChallengeEntry, Idea
from ...permissions import can_see, can_see_challenge, is_signed_in
from ...phases import Phase
from ...states import AWAITING, Visibility
from .ruling import record_acceptance, require_in_force
from .writing import locked


class NotOpenYet(DomainError):
    code, status = "challenge_not_open", 409
    message = _("This challenge is not open yet.")


class EntriesClosed(DomainError):
    code, status = "entries_closed", 409
    message = _("This challenge takes no more ideas. Yours can still be posted outside it.")


def who_may_enter(challenge: Challenge) -> str:
    """In words: customers, students…; all members if nothing is said."""
    words = [
        *(Kind(code).label for code in challenge.eligible_kinds),
        *(Segment(code).label for code in challenge.eligible_segments),
    ]
    return ", ".join(map(str, words)).lower() or str(_("all members, customers or not"))


def refusal_to_enter(user: Any, challenge: Challenge, now: datetime | None = None) -> DomainError | None:
    """Why this user cannot enter an idea at `now`, or None. The clock first: it refuses all alike."""
    phase = challenge.phase_at(now or timezone.now())
    if phase in (Phase.DRAFT, Phase.ANNOUNCED):
        return NotOpenYet()
    if phase != Phase.POSTING:
        return EntriesClosed()
    if not is_signed_in(user):
        return NotSignedIn(_("Sign in to enter this challenge. What you typed is kept."))
    if user.is_staff:
        return NotAllowed(_("People of the bank do not compete."), code="staff_cannot_enter")
    kinds, segments = challenge.eligible_kinds, challenge.eligible_segments
    if (kinds and user.kind not in kinds) or (segments and user.segment not in segments):
        message = _("This challenge is meant for: %(who)s. You can still read it and support its ideas.")
        return NotAllowed(message % {"who": who_may_enter(challenge)}, code="not_eligible")
    if challenge.adults_only and not user.adult_confirmed_at:
        return NotAllowed(
            _("This challenge is for adults, and your account does not say that you are one. Write to us."),
            code="adults_only",
        )
    return None


def enter_idea(challenge: Challenge, idea: Idea, *, accepted_rules: int | None, by: Any) -> ChallengeEntry:
    """Enter one's own idea and record that one accepts the rules. Entering it again changes nothing.

    Raises NotSignedIn, NotFound; 403 `staff_cannot_enter`, `not_eligible`, `adults_only`; 409 `challenge_not_open`,
    `entries_closed`, `rules_changed`, `already_entered`, `other_circle`, `idea_taken_up`, `too_many_entries`; 400
    `rules_not_accepted`.
    """
    require(is_signed_in(by), NotSignedIn(_("Sign in to enter this challenge. What you typed is kept.")))
    require(can_see_challenge(by, challenge), NotFound())
    require(can_see(by, idea), NotFound())
    require(idea.author_id == by.pk, NotAllowed(_("Only its author can enter an idea.")))
    require_taking_part(by)
    with transaction.atomic():
        challenge = locked(challenge)
        if refusal := refusal_to_enter(by, challenge):
            raise refusal
        rules = require_in_force(challenge, accepted_rules)
        idea = Idea.objects.select_for_update().get(pk=idea.pk)
        if (known := ChallengeEntry.objects.filter(idea=idea).first()) and known.challenge_id == challenge.pk:
            return known
        _check(challenge, idea, known, by)
        record_acceptance(rules, by)
        entry = ChallengeEntry.objects.create(challenge=challenge, idea=idea)
        publish(IdeaEntered(challenge_id=challenge.pk, idea_id=idea.pk), by=by)
    return entry


def _check(challenge: Challenge, idea: Idea, known: ChallengeEntry | None, by: Any) -> None:
    if known:
        raise DomainError(_("This idea is in another challenge already."), code="already_entered", status=409)
    if idea.circle_id != challenge.circle_id:
        raise DomainError(
            _("An idea enters only a challenge of its own circle."), code="other_circle", status=409, field="idea"
        )
    if idea.state not in AWAITING or idea.visibility not in (Visibility.PUBLIC, Visibility.HELD):
        raise DomainError(
            _("This idea is decided already: enter one that still awaits its answer."), code="idea_taken_up", status=409
        )
    if ChallengeEntry.objects.of(challenge).written_by(by).count() >= challenge.entries_per_member:
        raise DomainError(
            _("You have entered as many ideas as the rules allow. Withdraw one to enter another."),
            code="too_many_entries", status=409,
        )  # fmt: skip


@transaction.atomic
def withdraw_entry(challenge: Challenge, idea: Idea, *, by: Any) -> None:
    """Take one's idea out of the challenge, before the vote. The idea stays. Raises NotFound, `too_late_to_leave` (409)."""
    require(is_signed_in(by), NotSignedIn())
    require(can_see_challenge(by, challenge) and can_see(by, idea), NotFound())
    require(idea.author_id == by.pk, NotAllowed(_("Only its author can withdraw an idea.")))
    challenge = locked(challenge)
    entry = ChallengeEntry.objects.of(challenge).filter(idea=idea).first()
    require(entry is not None, NotFound())
    if challenge.phase_at(timezone.now()) != Phase.POSTING:
        raise DomainError(
            _("The vote has begun: an idea can no longer leave the challenge."), code="too_late_to_leave", status=409
        )
    entry.delete()
    publish(EntryWithdrawn(challenge_id=challenge.pk, idea_id=idea.pk), by=by)
