"""Challenges as plain factories: `a_challenge("posting")` stands in that phase; `an_entry`, `a_juror`, `a_judged_challenge`."""

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from vote.models import UP, Vote

from ideas.domain.challenges.awarding import Pick, propose_winners, publish_results
from ideas.domain.challenges.counting import count_votes
from ideas.domain.challenges.judging import hand_in, note_entry
from ideas.domain.challenges.ruling import record_acceptance
from ideas.models import Challenge, ChallengeEntry, ChallengeRules, Idea, Juror
from ideas.phases import Criterion, Phase

from .ideas import an_idea
from .members import a_member, a_product_owner
from .naming import serials

_serials = serials()
# Days from now of the opening, the end of the entries, the end of the vote, the results.
DAYS = {
    Phase.DRAFT: (5, 20, 30, 45), Phase.ANNOUNCED: (5, 20, 30, 45), Phase.POSTING: (-5, 10, 20, 35),
    Phase.VOTING: (-20, -5, 10, 20), Phase.JURY: (-30, -15, -5, 10), Phase.RESULTS: (-60, -45, -30, -10),
    Phase.ARCHIVED: (-400, -390, -380, -370),
}  # fmt: skip


def a_challenge(phase: str = Phase.POSTING, **fields) -> Challenge:
    """Written straight into the database, dates and all, with version 1 of its rules."""
    serial, now = next(_serials), timezone.now()
    dates = [now + timedelta(days=days) for days in DAYS[Phase(phase)]]
    for name, at in zip(("opens_at", "posting_ends_at", "voting_ends_at", "results_at"), dates, strict=True):
        fields.setdefault(name, at)
    fields.setdefault("title_fr", f"Défi numéro {serial}")
    fields.setdefault("slug", f"defi-{serial}")
    fields.setdefault("lede_fr", "Qu’est-ce qui vous aurait aidé ?")
    fields.setdefault("call_fr", "Racontez-nous ce qui vous aurait aidé, en quelques lignes simples.")
    fields.setdefault("prizes_fr", "Votre idée construite avec vous\n300 €\n100 €")
    if phase in (Phase.RESULTS, Phase.ARCHIVED):
        fields.setdefault("published_at", fields["results_at"])
        fields.setdefault("archives_at", fields["results_at"] + timedelta(days=180))
    challenge = Challenge.objects.create(**fields)
    body = "Article 1. Une idée par personne. Article 2. Les soutiens comptent pour un tiers, le jury pour le reste."
    challenge.rules = ChallengeRules.objects.create(challenge=challenge, number=1, body_fr=body)
    if phase != Phase.DRAFT:
        challenge.announced_at = fields["opens_at"] - timedelta(days=10)
    challenge.save(update_fields=["rules", "announced_at"])
    return challenge


def an_entrant(**fields):
    """Somebody who may enter."""
    fields.setdefault("adult_confirmed_at", timezone.now())
    return a_member(**fields)


def an_entry(challenge: Challenge | None = None, *, votes: int = 0, **fields) -> ChallengeEntry:
    """An entry whose author accepted the rules; `votes` were cast during the challenge."""
    challenge = challenge or a_challenge()
    idea = fields.pop("idea", None) or an_idea(author=fields.pop("author", None) or an_entrant(), **fields)
    record_acceptance(challenge.rules, idea.author)
    entry = ChallengeEntry.objects.create(challenge=challenge, idea=idea)
    for _ in range(votes):
        a_vote(idea, at=challenge.opens_at + timedelta(hours=1))
    return entry


def a_vote(idea: Idea, *, at, by=None) -> Vote:
    kind, by = ContentType.objects.get_for_model(Idea), by or a_member()
    vote = Vote.objects.create(user_id=by.pk, content_type=kind, object_id=idea.pk, action=UP)
    Vote.objects.filter(pk=vote.pk).update(create_at=at)
    return vote


def a_juror(challenge: Challenge, member=None, *, accepted: bool = True, **fields) -> Juror:
    return Juror.objects.create(
        challenge=challenge, member=member or a_member(), accepted_at=timezone.now() if accepted else None, **fields
    )


def notes(
    juror: Juror, entry: ChallengeEntry, score: int = 4, text: str = "Simple, et utile dès le premier mois.", **more
):
    """What this juror thinks of this entry, by the verb."""
    scores = dict.fromkeys(Criterion.values, score)
    return note_entry(entry.challenge, entry.idea, scores=scores, text=text, by=juror.member, **more)


def a_judged_challenge(*, entries: int = 3, jurors: int = 2, **fields) -> Challenge:
    """Before the jury, all notes given: the first entry has the best ones, the last one most votes."""
    challenge = a_challenge(Phase.JURY, **fields)
    entered = [an_entry(challenge, votes=place) for place in range(entries)]
    challenge = count_votes(challenge)
    for _ in range(jurors):
        juror = a_juror(challenge)
        for place, entry in enumerate(entered):
            notes(juror, entry, score=max(5 - place, 1))
        hand_in(challenge, by=juror.member)
    return challenge


def a_won_challenge(**fields) -> Challenge:
    challenge = a_judged_challenge(**fields)
    picks = [
        Pick(entry.idea.public_id, "Elle tient en une phrase et sert dès le premier mois.")
        for entry in challenge.entries.order_by("id")[:2]
    ]
    propose_winners(challenge, picks, by=a_product_owner(), jury_word="Merci à toutes et à tous.")
    return publish_results(challenge, by=a_product_owner())
