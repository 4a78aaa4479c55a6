"""The rules of a challenge: each version is published, kept and read by all; entrants accept the one in force."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, Invalid, NotFound, NotSignedIn, require
from core.events import publish
from core.shield import for_public, refuse_private
from members.permissions import refuse_who_only_reads

from ...events import RulesAccepted, RulesPublished
from ...models import RULES_MAX, Challenge, ChallengeEntry, ChallengeRules, RulesAcceptance
from ...permissions import can_run_challenges, can_see_challenge, is_signed_in
from ...phases import OVER, Phase
from .writing import locked

RULES_MIN, CHANGES_MIN, CHANGES_MAX = 50, 10, 500


class RulesFrozen(DomainError):
    code, status = "rules_frozen", 409
    message = _("The vote has ended: the rules no longer change.")


class RulesChanged(DomainError):
    """The version accepted is not the one in force (409); `extra` names it."""

    code, status = "rules_changed", 409

    def __init__(self, number: int):
        message = _("The rules have changed: read version %(number)s, then accept it.") % {"number": number}
        super().__init__(message, field="accepted_rules", extra={"rules_in_force": number})


@transaction.atomic
def publish_rules(
    challenge: Challenge, *, by: Any, body_fr: str, body_en: str = "", changes_fr: str = "", changes_en: str = ""
) -> ChallengeRules:
    """A new version, in force at once. Once the challenge is open it must say what changes, and entrants are asked again.

    Raises NotAllowed, Invalid (`too_short`, `too_long`, `same_rules`), PrivateData, RulesFrozen once the vote has ended.
    """
    require(can_run_challenges(by))
    texts = {"body_fr": body_fr, "body_en": body_en, "changes_fr": changes_fr, "changes_en": changes_en}
    texts = {name: (text or "").replace("\r\n", "\n").strip() for name, text in texts.items()}
    refuse_private(**texts)
    challenge = locked(challenge)
    phase = challenge.phase_at(timezone.now())
    require(phase in (Phase.DRAFT, Phase.ANNOUNCED, Phase.POSTING, Phase.VOTING), RulesFrozen())
    is_open = phase in (Phase.POSTING, Phase.VOTING)
    _check(texts, is_open)
    before = challenge.rules
    if before and (before.body_fr, before.body_en) == (texts["body_fr"], texts["body_en"]):
        raise Invalid(_("This text is the version in force already."), code="same_rules", field="body_fr")
    number = before.number + 1 if before else 1
    texts = {name: for_public(text) for name, text in texts.items()}
    challenge.rules = ChallengeRules.objects.create(challenge=challenge, number=number, by=by, **texts)
    challenge.save(update_fields=["rules"])
    publish(RulesPublished(challenge_id=challenge.pk, number=number, asks_again=is_open and number > 1), by=by)
    return challenge.rules


def _check(texts: dict[str, str], is_open: bool) -> None:
    if len(texts["body_fr"]) < RULES_MIN:
        raise Invalid(_("Write the rules in full: 50 characters at least."), code="too_short", field="body_fr")
    for name in ("body_fr", "body_en"):
        if len(texts[name]) > RULES_MAX:
            raise Invalid(_("The rules hold 20,000 characters at most."), code="too_long", field=name)
    for name in ("changes_fr", "changes_en"):
        if len(texts[name]) > CHANGES_MAX:
            raise Invalid(_("Say what changes in 500 characters at most."), code="too_long", field=name)
    if is_open and len(texts["changes_fr"]) < CHANGES_MIN:
        raise Invalid(
            _("The challenge is open: tell entrants what changes, in 10 characters at least."),
            code="too_short", field="changes_fr",
        )  # fmt: skip


def require_in_force(challenge: Challenge, number: int | None) -> ChallengeRules:
    """The version in force, which is the one accepted; else Invalid (`rules_not_accepted`) or RulesChanged."""
    rules = challenge.rules
    require(rules is not None, NotFound())
    if not number:
        raise Invalid(
            _("Read the rules, then tick that you accept them."), code="rules_not_accepted", field="accepted_rules"
        )
    require(number == rules.number, RulesChanged(rules.number))
    return rules


@transaction.atomic
def accept_rules(challenge: Challenge, *, number: int | None, by: Any) -> RulesAcceptance:
    """An entrant accepts the version in force; doing it again changes nothing. Raises NotFound for who did not enter."""
    require(is_signed_in(by), NotSignedIn())
    require(can_see_challenge(by, challenge), NotFound())
    challenge = locked(challenge)
    require(ChallengeEntry.objects.of(challenge).written_by(by).exists(), NotFound())
    refuse_who_only_reads(by)
    require(challenge.phase_at(timezone.now()) not in OVER, RulesFrozen(_("This challenge is over.")))
    return record_acceptance(require_in_force(challenge, number), by)


def record_acceptance(rules: ChallengeRules, member: Any) -> RulesAcceptance:
    acceptance, is_new = RulesAcceptance.objects.get_or_create(rules=rules, member=member)
    if is_new:
        publish(RulesAccepted(challenge_id=rules.challenge_id, number=rules.number), by=member)
    return acceptance
