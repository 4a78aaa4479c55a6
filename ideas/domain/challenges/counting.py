"""Counting a challenge: the votes when the vote ends, and the standing that votes and jury give together."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, F
from django.utils import timezone

from core.events import publish

from ...challenge_reads import counting_votes
from ...events import ChallengeVotesCounted
from ...models import Challenge, ChallengeEntry, Juror, JuryNote
from ...phases import HIGHEST, LOWEST, Phase, Shortlisted
from .writing import locked


@transaction.atomic
def count_votes(challenge: Challenge) -> Challenge:
    """Write down, once, what each entry gathered by the end of the vote, and the shortlist that follows. Votes given to
    the ideas later no longer move them. An author's support of their own idea does not count."""
    challenge = locked(challenge)
    if challenge.votes_counted_at or challenge.phase_at(timezone.now()) != Phase.JURY:
        return challenge
    found = dict(_votes(challenge))
    entries = list(ChallengeEntry.objects.of(challenge).select_related("idea"))
    for entry in entries:
        entry.votes_counted = found.get(entry.idea_id, 0)
    seen = set(ChallengeEntry.objects.of(challenge).standing().values_list("pk", flat=True))
    for entry in _first(entries, seen, challenge.shortlist_size):
        entry.shortlisted = entry.shortlisted or Shortlisted.VOTES
    ChallengeEntry.objects.bulk_update(entries, ["votes_counted", "shortlisted"], batch_size=500)
    challenge.votes_counted_at = timezone.now()
    challenge.save(update_fields=["votes_counted_at"])
    publish(ChallengeVotesCounted(challenge_id=challenge.pk))
    return challenge


def _votes(challenge: Challenge):
    """(idea, votes) in one query."""
    authors = ChallengeEntry.objects.of(challenge).values_list("idea_id", "idea__author_id")
    own = dict(authors)
    rows = counting_votes(challenge).order_by().values_list("object_id").annotate(number=Count("pk"))
    themselves = set(
        counting_votes(challenge).filter(user_id__in=set(own.values())).order_by().values_list("object_id", "user_id")
    )
    return [(idea, number - ((idea, own[idea]) in themselves)) for idea, number in rows]


def _first(entries: list[ChallengeEntry], seen: set[int], size: int) -> list[ChallengeEntry]:
    """The `size` most supported, and who has as many votes as the last of them."""
    ranked = sorted((entry for entry in entries if entry.pk in seen), key=lambda entry: -entry.votes_counted)
    if len(ranked) <= size:
        return ranked
    least = ranked[size - 1].votes_counted
    return [entry for entry in ranked if entry.votes_counted >= least]


@dataclass(frozen=True)
class Standing:
    """An entry on the shortlist: its votes, the jury's mean from 1 to 5 (None if nobody noted it), its score of 100."""

    entry: ChallengeEntry
    votes: int
    mean: float | None
    noted_by: int
    score: float


def standings(challenge: Challenge) -> list[Standing]:
    """The shortlist, best first: votes as a share of the most voted entry, the jury's mean between 1 and 5 as a share,
    weighed as the challenge says. Without a jury the votes decide alone. Two queries."""
    entries = list(
        ChallengeEntry.objects.of(challenge).standing().shortlisted().with_idea().with_acceptance().order_by("id")
    )
    means: dict[int, list[float]] = defaultdict(list)
    notes = JuryNote.objects.filter(juror__challenge=challenge, juror__handed_in_at__isnull=False, is_recused=False)
    for entry_id, total in notes.values_list("entry_id", F("usefulness") + F("simplicity") + F("novelty")):
        means[entry_id].append(total / 3)
    most = max((entry.votes_counted or 0 for entry in entries), default=0)
    jury_weight = 100 - challenge.vote_share if means else 0
    found = []
    for entry in entries:
        votes, given = entry.votes_counted or 0, means[entry.pk]
        mean = sum(given) / len(given) if given else None
        of_votes = votes / most if most else 0
        of_jury = (mean - LOWEST) / (HIGHEST - LOWEST) if mean is not None else 0
        score = (100 - jury_weight) * of_votes + jury_weight * of_jury
        found.append(Standing(entry, votes, mean, len(given), round(score, 1)))
    return sorted(found, key=lambda standing: (-standing.score, -standing.votes, standing.entry.pk))


@dataclass(frozen=True)
class LiveFigures:
    entries: int
    entrants: int
    voters: int
    votes: int


def live_figures(challenge: Challenge) -> LiveFigures:
    """What a challenge has gathered so far. Two queries; nothing before it opens."""
    if not (challenge.opens_at and challenge.voting_ends_at):
        return LiveFigures(0, 0, 0, 0)
    entries = (
        ChallengeEntry.objects.of(challenge)
        .standing()
        .aggregate(all=Count("pk"), authors=Count("idea__author", distinct=True))
    )
    votes: dict[str, Any] = counting_votes(challenge).aggregate(all=Count("pk"), people=Count("user_id", distinct=True))
    return LiveFigures(entries["all"], entries["authors"], votes["people"], votes["all"])


def jurors_of(challenge: Challenge):
    """Those who sit, with how many notes each has written."""
    seats = Juror.objects.filter(challenge=challenge).select_related("member").defer("member__password")
    return seats.annotate(note_count=Count("notes")).order_by("id")
