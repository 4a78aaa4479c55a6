"""Announcing a challenge, and putting its dates later. What is past stays as it was."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, ImpossibleMove, Invalid, require
from core.events import publish

from ...events import ChallengeAnnounced, ChallengeLengthened
from ...models import Challenge
from ...permissions import can_run_challenges
from ...phases import OVER, Phase
from .telling import eligible_members
from .writing import DATES, check_dates, locked


class DatePast(DomainError):
    code, status = "date_past", 409
    message = _("This date is past: it stays as it was.")


def faults_of(challenge: Challenge, now: datetime | None = None) -> list[tuple[str, Any]]:
    """What keeps the challenge from being announced, as (code, sentence). Nothing means it can."""
    now, faults = now or timezone.now(), []
    if len(challenge.call_fr) < 30 or not challenge.lede_fr:
        faults.append(("no_call", _("Write the call: a sentence that says it all, and a few that explain.")))
    if not challenge.rules_id:
        faults.append(("no_rules", _("Publish the rules: entrants accept them.")))
    if not challenge.prizes_fr:
        faults.append(("no_prizes", _("Say what can be won: one prize a line.")))
    if not all(getattr(challenge, name) for name in DATES):
        faults.append(("no_dates", _("Set the four dates.")))
    elif challenge.opens_at <= now:
        faults.append(("bad_dates", _("The opening must be still to come.")))
    if not eligible_members(challenge).exists():
        faults.append(("no_audience", _("No member may enter under these conditions.")))
    return faults


@transaction.atomic
def announce(challenge: Challenge, *, by: Any) -> Challenge:
    """Make it public. It then opens, closes and goes to the jury by its dates. Raises ImpossibleMove, Invalid."""
    require(can_run_challenges(by))
    challenge, now = locked(challenge), timezone.now()
    require(challenge.phase_at(now) == Phase.DRAFT, ImpossibleMove())
    for code, sentence in faults_of(challenge, now):
        raise Invalid(sentence, code=code)
    challenge.announced_at = now
    challenge.save(update_fields=["announced_at"])
    publish(ChallengeAnnounced(challenge_id=challenge.pk), by=by)
    return challenge


@transaction.atomic
def lengthen(challenge: Challenge, *, by: Any, **dates: datetime | None) -> Challenge:
    """Put dates later. Raises `date_past` (409) for one that has come, Invalid for an earlier one or a wrong order.

    The results are expected on a day and appear when two people have published them: that day can always be put later.
    """
    require(can_run_challenges(by))
    challenge, now = locked(challenge), timezone.now()
    require(challenge.phase_at(now) not in (Phase.DRAFT, *OVER), ImpossibleMove())
    moved = {name: at for name, at in dates.items() if name in DATES and at and at != getattr(challenge, name)}
    for name, at in moved.items():
        if getattr(challenge, name) <= now and name != "results_at":
            raise DatePast(field=name)
        if at < getattr(challenge, name) or at <= now:
            raise Invalid(_("Choose a later date than the one announced."), code="not_later", field=name)
        setattr(challenge, name, at)
    if moved:
        check_dates({name: getattr(challenge, name) for name in DATES})
        challenge.save(update_fields=list(moved))
        said = {name: at.isoformat() for name, at in moved.items()}
        publish(ChallengeLengthened(challenge_id=challenge.pk, dates=said), by=by)
    return challenge
