"""Writing a challenge. What entrants rely on (prizes, who may enter, how votes weigh) no longer changes once it is open."""

from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, Invalid, require
from core.events import publish
from core.shield import for_public, refuse_private
from members.states import Kind, Segment

from ...events import ChallengeWritten
from ...models import PRIZES_MOST, Challenge
from ...permissions import can_run_challenges
from ...phases import OVER, Phase

TEXTS = ("title_fr", "title_en", "lede_fr", "lede_en", "call_fr", "call_en", "prizes_fr", "prizes_en", "sponsor")
DATES = ("opens_at", "posting_ends_at", "voting_ends_at", "results_at")
TERMS = (
    "circle", "prizes_fr", "prizes_en", "eligible_kinds", "eligible_segments", "adults_only", "entries_per_member", "vote_share",
    "shortlist_size",
)  # fmt: skip


class TermsSet(DomainError):
    code, status = "challenge_open", 409
    message = _("The challenge is open: prizes, conditions and weights no longer change.")


class DatesSet(DomainError):
    code, status = "dates_set", 409
    message = _("The challenge is announced: its dates can only be put later, one by one.")


@transaction.atomic
def write_challenge(challenge: Challenge | None = None, *, by: Any, **fields: Any) -> Challenge:
    """Make a draft, or change one. `fields` are the model's own; those not named stay as they are.

    Raises NotAllowed, Invalid, PrivateData, TermsSet once it is open, DatesSet once it is announced.
    """
    require(can_run_challenges(by))
    challenge = Challenge(owner=by) if challenge is None else locked(challenge)
    phase = challenge.phase_at(timezone.now())
    require(phase not in OVER, TermsSet(_("The results are published: this challenge no longer changes.")))
    fields = _cleaned(fields)
    changed = [name for name, value in fields.items() if getattr(challenge, name) != value]
    if phase not in (Phase.DRAFT, Phase.ANNOUNCED):
        _refuse(changed, TERMS, TermsSet)
    if phase != Phase.DRAFT:
        _refuse(changed, DATES, DatesSet)
    for name in changed:
        setattr(challenge, name, fields[name])
    challenge.slug = slugify(challenge.title_fr)[:80].strip("-") or "defi"
    _check(challenge)
    challenge.save()
    publish(ChallengeWritten(challenge_id=challenge.pk), by=by)
    return challenge


def locked(challenge: Challenge) -> Challenge:
    """The row as it stands, until the transaction ends."""
    return Challenge.objects.select_for_update().get(pk=challenge.pk)


def _cleaned(fields: dict[str, Any]) -> dict[str, Any]:
    unknown = set(fields) - {*TEXTS, *DATES, *TERMS}
    if unknown:
        raise TypeError(f"not a challenge's to write: {unknown}")
    texts = {name: str(fields[name] or "").replace("\r\n", "\n").strip() for name in TEXTS if name in fields}
    refuse_private(**texts)
    fields = fields | {name: for_public(text) for name, text in texts.items()}
    for name, known in (("eligible_kinds", Kind.values), ("eligible_segments", Segment.values)):
        if name in fields:
            fields[name] = _known(fields[name], known, name)
    return fields


def _known(codes: Iterable[str], known: list[str], field: str) -> list[str]:
    codes = set(codes)
    if codes - set(known):
        raise Invalid(_("Choose one of the answers offered."), field=field)
    return [code for code in known if code in codes]


def _refuse(changed: list[str], names: tuple[str, ...], refusal: type[DomainError]) -> None:
    for name in changed:
        if name in names:
            raise refusal(field=name)


def _check(challenge: Challenge) -> None:
    """The limits stand on the model's fields; the first that is broken is the refusal."""
    if len(challenge.title_fr) < 5:
        raise Invalid(_("Give the challenge a title: 5 characters at least."), code="too_short", field="title_fr")
    try:
        challenge.clean_fields(exclude=["owner", "circle", "rules", "proposed_by", "published_by", "slug"])
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise Invalid(messages[0], field=field) from error
    if max(len(text.splitlines()) for text in (challenge.prizes_fr, challenge.prizes_en)) > PRIZES_MOST:
        raise Invalid(_("Ten prizes at most, one a line."), code="too_many_prizes", field="prizes_fr")
    check_dates({name: getattr(challenge, name) for name in DATES})


def check_dates(dates: dict[str, datetime | None]) -> None:
    """Opening, end of the entries, end of the vote, results: each after the one before."""
    given = [(name, dates[name]) for name in DATES if dates[name]]
    for (_earlier, before), (name, at) in pairwise(given):
        if at < before or (at == before and name != "results_at"):
            raise Invalid(_("Each date comes after the one before it."), code="bad_dates", field=name)
