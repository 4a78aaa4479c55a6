"""The phases of a challenge. They follow from its dates by the server's clock: `phase_of` is asked by page, API and desk.

`in_phase` says the same to the database; a test holds the two together.
"""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy


class Phase(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("challenge", "Draft")
    ANNOUNCED = "announced", pgettext_lazy("challenge", "Announced")
    POSTING = "posting", pgettext_lazy("challenge", "Open to ideas")
    VOTING = "voting", pgettext_lazy("challenge", "Vote open")
    JURY = "jury", pgettext_lazy("challenge", "Before the jury")
    RESULTS = "results", pgettext_lazy("challenge", "Results published")
    ARCHIVED = "archived", pgettext_lazy("challenge", "Archived")


OPENED = (Phase.POSTING, Phase.VOTING, Phase.JURY, Phase.RESULTS, Phase.ARCHIVED)
IN_PROGRESS = (Phase.ANNOUNCED, Phase.POSTING, Phase.VOTING, Phase.JURY)
OVER = (Phase.RESULTS, Phase.ARCHIVED)
ENTRIES_CLOSED = (Phase.VOTING, Phase.JURY, *OVER)  # what people vote on stays what it says
SHUFFLED = (Phase.POSTING, Phase.VOTING)  # nobody wins by standing first


class Criterion(models.TextChoices):
    """What each juror notes from 1 to 5."""

    USEFULNESS = "usefulness", pgettext_lazy("jury", "Usefulness")
    SIMPLICITY = "simplicity", pgettext_lazy("jury", "Simplicity")
    NOVELTY = "novelty", pgettext_lazy("jury", "Novelty")


class Shortlisted(models.TextChoices):
    """Who put an entry on the shortlist."""

    VOTES = "votes", pgettext_lazy("shortlisted by", "Members’ support")
    JURY = "jury", pgettext_lazy("shortlisted by", "The jury")


LOWEST, HIGHEST = 1, 5


def phase_of(challenge: Any, now: datetime) -> Phase:
    """Each phase begins at its date and ends before the next one's. The jury sits until the results are published."""
    if not challenge.announced_at or now < challenge.announced_at:
        return Phase.DRAFT
    if challenge.published_at and challenge.published_at <= now:
        return Phase.ARCHIVED if challenge.archives_at and challenge.archives_at <= now else Phase.RESULTS
    if now < challenge.opens_at:
        return Phase.ANNOUNCED
    if now < challenge.posting_ends_at:
        return Phase.POSTING
    return Phase.VOTING if now < challenge.voting_ends_at else Phase.JURY


def in_phase(phase: str, now: datetime) -> Q:
    """`phase_of` as a condition."""
    told = Q(announced_at__isnull=False, announced_at__lte=now)
    published = Q(published_at__isnull=False, published_at__lte=now)
    archived = Q(archives_at__isnull=False, archives_at__lte=now)
    return {
        Phase.DRAFT: Q(announced_at__isnull=True) | Q(announced_at__gt=now),
        Phase.ANNOUNCED: told & ~published & Q(opens_at__gt=now),
        Phase.POSTING: told & ~published & Q(opens_at__lte=now, posting_ends_at__gt=now),
        Phase.VOTING: told & ~published & Q(posting_ends_at__lte=now, voting_ends_at__gt=now),
        Phase.JURY: told & ~published & Q(voting_ends_at__lte=now),
        Phase.RESULTS: told & published & ~archived,
        Phase.ARCHIVED: told & published & archived,
    }[Phase(phase)]


def in_phases(phases: Any, now: datetime) -> Q:
    found = Q()
    for phase in phases:
        found |= in_phase(phase, now)
    return found
