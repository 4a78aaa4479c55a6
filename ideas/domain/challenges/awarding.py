"""Winners: one person proposes them with a reason each, a second one publishes. Everyone concerned is told once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, Invalid, NotAllowed, require
from core.events import publish
from core.shield import for_public, refuse_private

from ...events import ChallengeResultsPublished, WinnersProposed
from ...models import WORD_MAX, Challenge, ChallengeEntry, ChallengeWinner, Juror
from ...permissions import can_run_challenges
from ...phases import Phase
from .counting import count_votes
from .judging import NotTheJurysTime

REASON_MIN = 10
ARCHIVED_AFTER = timedelta(days=180)


class FourEyes(NotAllowed):
    code = "four_eyes"
    message = _("You proposed these winners: a second person publishes them.")


@dataclass(frozen=True)
class Pick:
    """A winner: the idea's public id, and why. The first pick has the first place."""

    idea: str
    reason: str


def jurors_awaited(challenge: Challenge) -> int:
    """How many who sit have not given their notes."""
    return Juror.objects.filter(challenge=challenge, accepted_at__isnull=False, handed_in_at__isnull=True).count()


@transaction.atomic
def propose_winners(challenge: Challenge, picks: Sequence[Pick], *, by: Any, jury_word: str = "") -> Challenge:
    """Set the winners in their order; a new proposal replaces the last one. Nothing is public yet.

    Raises NotAllowed, `not_the_jurys_time`, `jury_not_done`, `rules_not_accepted` (409), Invalid (`no_winner`, `too_many_winners`,
    `same_entry`, `unknown_entry`, `too_short`, `too_long`), PrivateData.
    """
    require(can_run_challenges(by))
    texts = {f"reason_{place}": pick.reason.strip() for place, pick in enumerate(picks, 1)}
    jury_word = (jury_word or "").replace("\r\n", "\n").strip()
    refuse_private(jury_word=jury_word, **texts)
    challenge = count_votes(challenge)
    require(challenge.phase_at(timezone.now()) == Phase.JURY, NotTheJurysTime())
    if jurors_awaited(challenge):
        raise DomainError(_("Some jurors have not given their notes yet."), code="jury_not_done", status=409)
    _check(challenge, picks, texts, jury_word)
    entries = [_entry(challenge, pick, place) for place, pick in enumerate(picks, 1)]
    challenge.winners.all().delete()
    ChallengeWinner.objects.bulk_create(
        ChallengeWinner(challenge=challenge, entry=entry, rank=place, reason=for_public(texts[f"reason_{place}"]))
        for place, entry in enumerate(entries, 1)
    )
    challenge.jury_word, challenge.proposed_at, challenge.proposed_by = for_public(jury_word), timezone.now(), by
    challenge.save(update_fields=["jury_word", "proposed_at", "proposed_by"])
    publish(WinnersProposed(challenge_id=challenge.pk), by=by)
    return challenge


def _check(challenge: Challenge, picks: Sequence[Pick], texts: dict[str, str], jury_word: str) -> None:
    if not picks:
        raise Invalid(_("Choose at least one winner."), code="no_winner", field="idea_1")
    if len(picks) > len(challenge.prizes):
        raise Invalid(_("There are more winners than prizes."), code="too_many_winners")
    if len({pick.idea for pick in picks}) < len(picks):
        raise Invalid(_("The same idea stands twice."), code="same_entry")
    for field, text in texts.items():
        if len(text) < REASON_MIN:
            raise Invalid(_("Say why it wins, in 10 characters at least."), code="too_short", field=field)
    for field, text in (texts | {"jury_word": jury_word}).items():
        if len(text) > WORD_MAX:
            raise Invalid(_("1,000 characters at most."), code="too_long", field=field)


def _entry(challenge: Challenge, pick: Pick, place: int) -> ChallengeEntry:
    """An entry of the shortlist whose author has accepted the rules in force."""
    entries = ChallengeEntry.objects.of(challenge).standing().shortlisted().with_acceptance()
    entry = entries.filter(idea__public_id=pick.idea).first()
    if entry is None:
        raise Invalid(_("Choose an idea of the shortlist."), code="unknown_entry", field=f"idea_{place}")
    if not entry.accepts_rules:
        raise DomainError(
            _("Its author has not accepted the rules in force."),
            code="rules_not_accepted", status=409, field=f"idea_{place}",
        )  # fmt: skip
    return entry


@transaction.atomic
def publish_results(challenge: Challenge, *, by: Any) -> Challenge:
    """Make the winners public. Raises NotAllowed, `four_eyes` (403), `no_winner`, `not_the_jurys_time` (409)."""
    require(can_run_challenges(by))
    challenge = count_votes(challenge)
    now = timezone.now()
    require(challenge.phase_at(now) == Phase.JURY, NotTheJurysTime())
    shown = ChallengeEntry.objects.of(challenge).standing().filter(win__isnull=False).count()
    if not shown or shown < challenge.winners.count():
        raise DomainError(_("Propose the winners first."), code="no_winner", status=409)
    require(challenge.proposed_by_id != by.pk, FourEyes())
    challenge.published_at, challenge.published_by, challenge.archives_at = now, by, now + ARCHIVED_AFTER
    challenge.save(update_fields=["published_at", "published_by", "archives_at"])
    publish(ChallengeResultsPublished(challenge_id=challenge.pk), by=by)
    return challenge
