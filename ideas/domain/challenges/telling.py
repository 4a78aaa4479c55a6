"""Who a challenge concerns: those it calls, those who entered, those who voted, those who judge."""

from django.db.models import Q

from members.models import Member

from ...challenge_reads import counting_votes
from ...models import Challenge, ChallengeEntry


def eligible_members(challenge: Challenge):
    """Members whom the challenge calls: living, not of the bank, of its circle, of the kinds and profiles chosen."""
    members = Member.objects.living().community().of_circle(challenge.circle_id)
    if challenge.eligible_kinds:
        members = members.filter(kind__in=challenge.eligible_kinds)
    if challenge.eligible_segments:
        members = members.filter(segment__in=challenge.eligible_segments)
    return members


def entrants_of(challenge: Challenge):
    """Who has an idea in it, and may still read it."""
    entries = ChallengeEntry.objects.of(challenge)
    return Member.objects.living().of_circle(challenge.circle_id).filter(pk__in=entries.values("idea__author"))


def not_entered(challenge: Challenge):
    """Those who may still enter and have not yet."""
    return eligible_members(challenge).exclude(pk__in=entrants_of(challenge).values("pk"))


def concerned_by_results(challenge: Challenge):
    """Winners, entrants and voters, each once."""
    members = Member.objects.living().of_circle(challenge.circle_id)
    entries = ChallengeEntry.objects.of(challenge).order_by()
    voters = counting_votes(challenge).order_by()
    return members.filter(Q(pk__in=entries.values("idea__author")) | Q(pk__in=voters.values("user_id")))
